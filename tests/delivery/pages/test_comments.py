import pytest

from commonwire.changes.models import Change
from commonwire.delivery.pages.post import Comments, Posts
from commonwire.delivery.printing import print_stale
from commonwire.delivery.tree import the_tree
from commonwire.publishing import comments as threads
from commonwire.publishing.actions import corrections, sorting
from tests.delivery.pages import NOTHING, Reaction, forgotten, reaction
from tests.delivery.pages.conftest import POST
from tests.factories import a_comment

pytestmark = pytest.mark.django_db(transaction=True)
SECOND, THIRD = f"{POST}comments/2/", f"{POST}comments/3/"


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch):
    monkeypatch.setattr(threads, "PER_PAGE", 1)


@pytest.fixture
def long(client, post):
    """A post whose second page of comments is printed."""
    for number in range(2):
        a_comment(post, body=f"Comment {number}.")
    assert client.get(SECOND).status_code == 200
    return post


def latest():
    return Change.objects.latest("pk")


def test_the_first_comments_are_on_the_post_s_page_only(post):
    a_comment(post)
    assert reaction(Comments(), latest()) == NOTHING
    assert reaction(Posts(), latest()) == Reaction(
        at_once=frozenset([POST]), stale=frozenset([POST])
    )


def test_a_comment_makes_its_page_stale_and_the_one_before(long):
    a_comment(long, body="A third.")
    assert reaction(Comments(), latest()) == Reaction(
        at_once=frozenset([THIRD]), stale=frozenset([SECOND, THIRD])
    )


def test_what_changes_a_post_forgets_those_that_are_printed(long):
    sorting.sort(post=long, wire_class="local")
    assert reaction(Comments(), latest()) == forgotten(SECOND)


def test_withdrawing_the_post_takes_them_away_at_once(client, long):
    corrections.withdraw(post=long)
    assert the_tree().read(SECOND) is None
    assert client.get(SECOND).status_code == 404


def test_other_changes_leave_them_alone(other_change):
    assert reaction(Comments(), other_change) == NOTHING


def test_of_a_hidden_post_they_are_not_for_robots(client, long):
    sorting.sort(post=long, wire_class="hidden")
    print_stale()
    assert b'content="noindex"' in client.get(SECOND).content


def test_a_mirror_has_them_all(long):
    assert list(Comments().every()) == [SECOND]
