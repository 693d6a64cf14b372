import pytest

from commonwire.delivery.pages.sections import Sections
from tests.delivery.pages import NOTHING, reaction, stale, with_feeds

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    "kind", ["corrected", "added_to", "withdrawn", "sorted", "hidden", "released"]
)
def test_a_change_of_a_post_makes_its_sections_stale(change, kind):
    assert reaction(Sections(), change(f"post.{kind}")) == stale(
        *with_feeds("/topics/labor/", "/regions/us/")
    )


def test_a_post_makes_no_other_section_stale(change):
    assert reaction(Sections(), change("post.published")) == stale(
        *with_feeds("/topics/labor/")
    )


def test_other_changes_leave_sections_alone(other_change):
    assert reaction(Sections(), other_change) == NOTHING
