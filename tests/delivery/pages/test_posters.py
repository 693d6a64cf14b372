import pytest

from commonwire.changes.models import Change
from commonwire.delivery.pages.posters import NAMES, Posters
from commonwire.delivery.printing import on_demand, print_stale
from commonwire.delivery.tree import the_tree
from commonwire.publishing.actions import corrections, sorting
from commonwire.publishing.content import Revision
from tests.calls.factories import a_call
from tests.delivery.pages import NOTHING, forgotten, reaction
from tests.factories import a_post

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked_for():
    """A report of which somebody took a poster."""
    post = a_post()
    on_demand(f"{post.path}poster-a4.pdf")
    return post


def test_what_was_taken_is_forgotten_when_the_post_changes(asked_for):
    corrections.correct(post=asked_for, revision=Revision({"title": "Other"}))
    taken = forgotten(f"{asked_for.path}poster-a4.pdf")
    assert reaction(Posters(), Change.objects.latest("pk")) == taken


def test_nothing_is_there_any_more_when_the_post_is_hidden(asked_for):
    sorting.sort(post=asked_for, wire_class="hidden")
    print_stale()
    assert the_tree().there(asked_for.path + name for name in NAMES) == []
    assert [on_demand(asked_for.path + name) for name in NAMES] == [None] * len(NAMES)


def test_the_page_leads_to_them_behind_share(asked_for):
    page = on_demand(asked_for.path).decode()
    assert [name for name in NAMES if f'"{asked_for.path}{name}"' not in page] == []


def test_a_mirror_has_every_one(asked_for):
    assert set(Posters().every()) == {asked_for.path + name for name in NAMES}


def test_other_changes_leave_them_alone(any_change):
    assert reaction(Posters(), any_change) == NOTHING


def test_those_of_a_call_are_printed_again_when_it_is_over():
    call = a_call()
    path = f"{call.post.path}poster-a4.pdf"
    before = {path: call.starts_at}
    assert list(Posters().due(call.ends_at, before.get)) == [path]
    after = {path: call.ends_at}
    assert list(Posters().due(call.ends_at, after.get)) == []
