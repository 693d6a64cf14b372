import pytest

from commonwire.changes.models import Change
from commonwire.delivery.pages.raw import Raw
from commonwire.moderation.actions import clearing, floods
from commonwire.moderation.queries import flood
from commonwire.publishing.actions import corrections, sorting
from commonwire.publishing.models import Post
from tests.delivery.pages import NOTHING, Reaction, reaction, stale, with_feeds
from tests.factories import a_post, a_rule, an_editor

pytestmark = pytest.mark.django_db(transaction=True)
RAW = "/wire/raw/"


@pytest.fixture
def raw():
    """A post on the raw wire."""
    a_rule()
    floods.begin(by=None)
    return a_post("Flood")


def test_a_raw_post_is_there_at_once(raw):
    seen = Change.objects.get(kind="post.published")
    assert reaction(Raw(), seen) == Reaction(
        at_once=frozenset({RAW}), stale=frozenset(with_feeds(RAW))
    )


@pytest.mark.parametrize(
    "act",
    [
        lambda post: sorting.sort(post=post, wire_class="local"),
        lambda post: sorting.sort(post=post, wire_class="hidden"),
        lambda post: corrections.withdraw(post=post),
    ],
    ids=["sorted", "hidden", "withdrawn"],
)
def test_what_is_taken_from_it_is_gone_at_once(raw, act):
    act(raw)
    changed = Change.objects.filter(kind__startswith="post.").latest("pk")
    assert reaction(Raw(), changed).at_once == {RAW}


def test_clearing_a_heap_makes_it_stale(raw):
    clearing.clear_heap(
        by=an_editor(), heap=flood(), hide=True, rule=a_rule(), reason="Rubbish."
    )
    cleared = Change.objects.get(kind="flood.cleared")
    assert reaction(Raw(), cleared) == stale(*with_feeds(RAW))
    assert Post.objects.get().wire_class == "hidden"


def test_posts_that_are_not_raw_leave_it_alone(change):
    assert reaction(Raw(), change("post.published")) == NOTHING


def test_other_changes_leave_it_alone(other_change):
    assert reaction(Raw(), other_change) == NOTHING
