"""The site's own processes on PostgreSQL, two of each kind: people publish, decide,
endorse and pledge, and the server cuts them off. (`python -m tests.faults.run --on
postgresql` starts it again, many times.)"""

import json
import threading

import psycopg
import pytest

from tests.faults import verdict
from tests.faults.campaign import Campaign
from tests.faults.machine import Machine
from tests.faults.people import Author, Editor, Pledger, Program, Steward, Writer
from tests.live import copy_tables, database_of

pytestmark = pytest.mark.slow
KINDS = (Program, Writer, Author, Editor, Steward, Pledger)


CUT = """
    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@pytest.fixture
def run(tmp_path):
    machine = Machine(tmp_path)
    run = Campaign(machine, seed=1, faults=0)
    try:
        copy_tables(machine.data)
        run._set_up()
        machine.start()
        run._wait(run._answers)
        run.people = [kind(run, seed) for seed, kind in enumerate(KINDS)]
        yield run
    finally:
        machine.end()


def all_do_something(run):
    first, *others = run.people
    do(first)  # what the others decide about
    threads = [threading.Thread(target=do, args=[each]) for each in others]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def do(person):
    """Once, with success: what an editor wants is refused at times."""
    done = len(person.answered)
    while len(person.answered) == done:
        person.do()


def cut_off(run):
    with psycopg.connect(database_of(run.machine.data)["DATABASE_URL"]) as connection:
        assert connection.execute(CUT).fetchone()[0] > 0


def finds(run, words):
    _status, _headers, said = run.people[0].ask("GET", f"/api/v1/search?q={words}")
    return [item["title"] for item in json.loads(said)["items"]]


def test_nothing_is_lost_doubled_or_stale_when_the_server_cuts_everybody_off(run):
    all_do_something(run)
    cut_off(run)
    all_do_something(run)
    assert [len(each.answered) for each in run.people] == [2] * len(KINDS)
    assert verdict.of(run) == []
    title = run.answered("Program")[0]["title"]
    run._wait(lambda: finds(run, title.partition(" ")[2]) == [title])
