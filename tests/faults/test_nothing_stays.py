"""What is withdrawn for safety is gone from every byte of a running site's directory,
from the database's log too, without anybody asking for it."""

import gzip
import subprocess
import sys

import brotli
import pytest

from tests.live import PATIENCE, environment

pytestmark = pytest.mark.slow
SECRET = "zyxomma"
WITHDRAW = """
import django
django.setup()
from commonwire.accounts.models import Editor
from commonwire.moderation.actions.withdrawing import withdraw_for_safety
from commonwire.moderation.models import Rule
from commonwire.publishing.models import Post
withdraw_for_safety(
    by=Editor.objects.first(),
    post=Post.objects.get(),
    rule=Rule.objects.get(slug="private-data"),
    reason="It named a private person.",
)
"""


def opened(content, name):
    opener = {".gz": gzip.decompress, ".br": brotli.decompress}.get(name[-3:])
    return opener(content) if opener else content


def telling(data):
    """Files of the site that hold the word, or are called by it."""
    found = []
    for file in data.rglob("*"):
        try:
            content = file.read_bytes() if file.is_file() else b""
            if SECRET.encode() in opened(content, file.name) or SECRET in str(file):
                found.append(file)
        except (OSError, EOFError, brotli.error):
            found.append(file)  # it is being written: look again
    return found


def test_a_text_is_gone_from_every_byte(server):
    opened_at = server.take_a_while()
    body = f"{SECRET} lives at 1 Elm Street. " * 500
    draft, path = server.publish(title=f"On {SECRET}", body=body, opened=opened_at)
    server.wait_until(lambda: SECRET.encode() in server.get("/feed.atom")[2])
    assert len(telling(server.data)) > 5
    done = subprocess.run(
        [sys.executable, "-c", WITHDRAW],
        env={
            **environment(DATA=str(server.data)),
            "DJANGO_SETTINGS_MODULE": "commonwire.settings",
        },
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    server.wait_until(lambda: telling(server.data) == [])
    assert server.get(path)[0] == 410
    assert SECRET.encode() not in server.get(f"{draft}published/")[2]
