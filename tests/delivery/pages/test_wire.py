import pytest

from commonwire.delivery.pages.wire import Wire
from tests.delivery.pages import NOTHING, reaction, stale, with_feeds

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    "kind",
    ["published", "corrected", "added_to", "withdrawn", "released"],
)
def test_a_change_of_a_post_makes_the_wire_and_its_class_stale(change, kind):
    assert reaction(Wire(), change(f"post.{kind}")) == stale(
        *with_feeds("/wire/", "/wire/unsorted/")
    )


def test_sorting_makes_both_classes_stale(change):
    assert reaction(Wire(), change("post.sorted")) == stale(
        *with_feeds("/wire/", "/wire/unsorted/", "/wire/local/")
    )


def test_hiding_makes_the_class_it_was_in_stale(change):
    assert reaction(Wire(), change("post.hidden")) == stale(
        *with_feeds("/wire/", "/wire/unsorted/")
    )


def test_other_changes_leave_the_wire_alone(other_change):
    assert reaction(Wire(), other_change) == NOTHING
