import pytest

from commonwire.changes.models import Change
from commonwire.delivery.pages.releases import NAMES, Releases
from commonwire.delivery.printing import on_demand, print_stale
from commonwire.delivery.tree import the_tree
from commonwire.publishing.actions import corrections, sorting
from commonwire.publishing.content import Revision
from commonwire.publishing.release import OUTPUTS
from tests.delivery.pages import NOTHING, forgotten, reaction
from tests.factories import a_post, a_release
from tests.page import Page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked_for():
    """A release of which somebody took two outputs."""
    post = a_release()
    for name in ("release.txt", "ninjs.json"):
        on_demand(post.path + name)
    return post


def test_what_was_taken_is_forgotten_when_the_release_changes(asked_for):
    corrections.correct(post=asked_for, revision=Revision({"title": "Other"}))
    paths = [asked_for.path + name for name in ("release.txt", "ninjs.json")]
    assert reaction(Releases(), Change.objects.latest("pk")) == forgotten(*paths)
    print_stale()
    assert b"Other" in on_demand(paths[0])


@pytest.mark.parametrize("act", ["hidden", "withdrawn"])
def test_nothing_is_there_any_more_when_the_release_goes(asked_for, act):
    if act == "hidden":
        sorting.sort(post=asked_for, wire_class="hidden")
    else:
        corrections.withdraw(post=asked_for)
    print_stale()
    assert the_tree().there(asked_for.path + name for name in NAMES) == []
    assert [on_demand(asked_for.path + name) for name in NAMES] == [None] * len(NAMES)


def test_reports_have_none():
    post = a_post()
    assert [on_demand(post.path + name) for name in NAMES] == [None] * len(NAMES)


def test_a_mirror_has_every_output(asked_for):
    assert set(Releases().every()) == {asked_for.path + name for name in NAMES}


def test_other_changes_leave_them_alone(any_change):
    assert reaction(Releases(), any_change) == NOTHING


def test_a_release_that_says_no_more_than_its_text_leads_to_them_too(client):
    post = a_post("Rules agreed", kind="release")
    assert post.release == {}
    page = Page(client.get(post.path).content)
    found = {each["attributes"].get("href") for each in page.all("a")}
    assert {post.path + name for name in OUTPUTS} <= found
