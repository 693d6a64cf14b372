"""The log's files: printed with a decision, served as their standard says."""

import pytest
from django.db import transaction

from commonwire.changes.models import Change
from commonwire.delivery import pages
from commonwire.delivery.pages.log_tree import Checkpoint, Tiles
from commonwire.delivery.pages.plain import Errors
from commonwire.delivery.printing import print_at_once, print_page, print_stale
from commonwire.delivery.tree import the_tree
from commonwire.moderation.actions import log
from commonwire.moderation.log import keys, verifying
from commonwire.moderation.log.sources import Directory
from tests.factories import a_site
from tests.moderation.log.copies import an_entry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def only_the_proof(monkeypatch):
    """These entries are of no decision, of which other pages could tell."""
    monkeypatch.setattr(pages, "CATALOGUE", (Tiles(), Checkpoint(), Errors()))


def decide(count=1):
    """As decisions do, but for what they are about."""
    for change in append(count):
        print_at_once(change)


def append(count):
    with transaction.atomic():
        numbers = [log.append(an_entry(log.take_number())) for _ in range(count)]
        changes = [
            Change(kind="decision.made", facts={"number": number}) for number in numbers
        ]
        return Change.objects.bulk_create(changes)


def print_head():
    print_page("/log/key")
    print_page("/log/checkpoint")


@pytest.fixture
def public(settings):
    return settings.PUBLIC_DIR


def files(public):
    root = public / "log"
    return {str(file.relative_to(root)) for file in root.rglob("*") if file.is_file()}


def faults(public):
    return verifying.verify(Directory(public), keys.the_signer().verifier).faults


def test_a_decision_lays_down_what_its_head_is_signed_for(public):
    decide()
    assert files(public) == {
        "checkpoint",
        "tile/0/000.p/1",
        "tile/entries/000.p/1",
    }
    assert faults(public) == []


def test_the_files_lie_there_before_the_head_that_names_them(public, monkeypatch):
    laid = []
    write = type(the_tree()).write

    def note(tree, path, body, **how):
        laid.append(path)
        return write(tree, path, body, **how)

    monkeypatch.setattr(type(the_tree()), "write", note)
    append(250)
    decide(6)
    assert laid.index("/log/tile/0/000") < laid.index("/log/checkpoint")
    assert laid[-1] == "/log/checkpoint"


@pytest.mark.parametrize("together", [1, 5])
def test_a_copy_of_the_tree_verifies_whenever_it_is_made(public, together):
    append(505)
    print_stale()
    for _ in range(15 // together):
        decide(together)
        assert faults(public) == []
    print_stale()
    assert faults(public) == []


def test_many_decisions_at_once_leave_a_tree_that_verifies(public):
    decide(300)
    assert faults(public) == []


def test_partial_files_go_when_the_full_one_is_there(public):
    for _ in range(3):
        append(100)
        print_head()
    assert "tile/0/000.p/100" in files(public)
    print_stale()
    left = {name for name in files(public) if not name.endswith((".gz", ".br"))}
    assert left == {
        "checkpoint",
        "key",
        "tile/0/000",
        "tile/0/001.p/44",
        "tile/1/000.p/1",
        "tile/entries/000",
        "tile/entries/001.p/44",
    }


def test_bundles_are_compressed_and_hashes_are_not(public):
    append(256)
    print_stale()
    assert {name for name in files(public) if name.endswith((".gz", ".br"))} == {
        "tile/entries/000.gz",
        "tile/entries/000.br",
    }


def test_a_forgotten_tree_keeps_what_nothing_changes(public):
    append(300)
    print_stale()
    before = files(public)
    the_tree().forget_pages()
    assert files(public) == before - {"checkpoint"}


def test_a_change_of_the_site_leaves_a_tree_that_verifies(public):
    append(300)
    a_site(name="Riverton Wire")
    print_stale()
    assert faults(public) == []
    assert "key" in files(public)


@pytest.mark.parametrize(
    ("path", "kind", "cache"),
    [
        ("/log/checkpoint", "text/plain; charset=utf-8", "no-cache"),
        ("/log/key", "text/plain; charset=utf-8", "no-cache"),
        ("/log/tile/0/000", "application/octet-stream", "immutable"),
        ("/log/tile/1/000.p/1", "application/octet-stream", "immutable"),
        ("/log/tile/entries/000", "application/octet-stream", "immutable"),
        ("/log/tile/entries/001.p/44", "application/octet-stream", "immutable"),
    ],
)
def test_what_is_not_in_the_tree_is_printed_on_demand(
    client, public, path, kind, cache
):
    append(300)
    for file in public.rglob("*"):
        if file.is_file():
            file.unlink()
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert answer["Cache-Control"].endswith(cache)
    assert answer.content == the_tree().read(path)


@pytest.mark.parametrize(
    "path",
    [
        "/log/tile/0/001",
        "/log/tile/0/001.p/45",
        "/log/tile/0/000.p/44",
        "/log/tile/entries/002.p/1",
        "/log/tile/2/000.p/1",
        "/log/tile/0/0",
        "/log/tile/0/000.p/300",
        "/log/tile/0/000.gz",
        "/log/log_key",
    ],
)
def test_what_there_is_none_of_is_not_found_and_leaves_no_file(client, public, path):
    append(300)
    print_head()
    before = files(public)
    answer = client.get(path)
    assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store")
    assert files(public) == before


def test_the_tree_of_a_log_of_nothing_verifies(public):
    print_head()
    assert faults(public) == []
