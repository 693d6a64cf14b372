"""`kill -9` between a decision and its pages: after the restart they agree."""

import json
import signal

import pytest

from tests.live import command

pytestmark = pytest.mark.slow
# Whoever prints first is dead: the decision is committed, and no page knows of it.
DECIDE_AND_DIE = """
import os, signal
from commonwire.accounts.actions import add_editor
from commonwire.delivery import printing
from commonwire.moderation.actions import placing
from commonwire.moderation.models import Rule
from commonwire.publishing.models import Post
printing.print_at_once = lambda change: os.kill(os.getpid(), signal.SIGKILL)
placing.hide(
    by=add_editor(name="ada"),
    post=Post.objects.get(),
    rule=Rule.objects.get(slug="advertising"),
    reason="It sells pills.",
)
"""


@pytest.fixture
def cut_off(server):
    """A listed post that was hidden by a process that died of it; the site, again."""
    fields = {"title": "Pills", "body": "Buy them.", "opened": server.take_a_while()}
    _draft, path = server.publish(**fields)
    server.wait_until(lambda: b">Pills</a>" in server.get("/wire/")[2])
    server.kill()
    died = command("shell", "--no-imports", "-c", DECIDE_AND_DIE, data=server.data)
    assert died.returncode == -signal.SIGKILL, died.stderr
    server.start()
    return server, path


def test_pages_agree_with_the_log_after_a_power_cut(cut_off):
    server, path = cut_off
    server.wait_until(lambda: b">Pills</a>" not in server.get("/wire/")[2])
    server.wait_until(lambda: b"It sells pills." in server.get(path)[2])
    server.wait_until(lambda: b"Pills" not in server.get("/")[2])
    server.wait_until(lambda: server.get("/log/0/")[0] == 200)
    entry = json.loads(server.get("/log/0/decision.json")[2])
    assert (entry["entry"]["act"], entry["reason"]["text"]) == (
        "hide",
        "It sells pills.",
    )
