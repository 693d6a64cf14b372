# ruff: noqa: RUF001  letters and digits of every script
import pytest

from commonwire.delivery.pages.post import Posts
from tests.delivery.pages import NOTHING, Reaction, reaction

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_change_of_a_post_prints_its_page_at_once_and_soon_for_good(any_post_change):
    path = frozenset({any_post_change.facts["path"]})
    assert reaction(Posts(), any_post_change) == Reaction(at_once=path, stale=path)


def test_other_changes_leave_posts_alone(other_change):
    assert reaction(Posts(), other_change) == NOTHING


def test_a_corrected_title_leaves_the_address(change):
    assert change("post.corrected").facts["path"] == "/2026/01/16/a-vote/"


@pytest.mark.parametrize(
    "path",
    ["/２０２６/01/16/a-vote/", "/٢٠٢٦/٠١/١٦/a-vote/", "/2026/01/16/A-Vote/"],
)
def test_a_page_has_one_address(client, post, path):
    """A second one would be printed once and never again, withdrawn or not."""
    assert client.get(path).status_code == 404
