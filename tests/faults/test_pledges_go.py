"""Sixty days after a call's day no byte of a site's directory leads to who pledged, and
no public file ever did."""

import subprocess
import sys
from pathlib import Path

import pytest

from commonwire import env
from tests.faults.test_nothing_stays import opened
from tests.live import PATIENCE, command, environment

pytestmark = pytest.mark.slow
ADDRESS = "zyxomma@example.org"
SITE = {
    "SECRET_KEY": "a secret of forty characters for the tests",
    "EMAIL_URL": "smtp://localhost/?from=wire@example.org",
}
PLEDGE = f"""
from commonwire.calls.actions import pledging
from commonwire.calls.actions.pledging import PledgeContent
from commonwire.delivery.printing import on_demand, print_counted
from tests.calls.factories import a_call
call = a_call()
content = PledgeContent(
    asks=tuple(call.asks.all()), place="Alder", email="{ADDRESS}", others=5,
)
pledge = pledging.pledge(call=call, content=content, token="zyxomma-token")
pledging.confirm(pledge=pledge)
on_demand(call.post.path)
print_counted()
"""
SIXTY_DAYS_LATER = """
from datetime import timedelta
import time_machine
from commonwire.calls.models import Call
from commonwire.web.housekeeping import keep_house
later = Call.objects.get().ends_at + timedelta(days=61)
with time_machine.travel(later, tick=False):
    keep_house()
"""


def run(data, words):
    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{words}"],
        env={
            **environment(DATA=str(data), **SITE),
            "DJANGO_SETTINGS_MODULE": "commonwire.settings",
        },
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def telling(directory):
    files = [file for file in directory.rglob("*") if file.is_file()]
    return [
        file.name
        for file in files
        if b"zyxomma" in opened(file.read_bytes(), file.name).lower()
    ]


def test_nothing_leads_to_who_pledged(tmp_path):
    data = tmp_path / "data"
    env.make_data_directory(data)
    assert command("prepare", data=data, **SITE).returncode == 0
    run(data, PLEDGE)
    assert telling(data)
    assert telling(data / "public") == []
    assert list((data / "public").rglob("winter-day*/index.html"))
    run(data, SIXTY_DAYS_LATER)
    assert telling(data) == []
