import pytest

from commonwire.delivery.pages.archives import SectionMonths
from tests.delivery.pages import NOTHING, forgotten, reaction
from tests.factories import a_site

pytestmark = pytest.mark.django_db(transaction=True)
SECTIONS = ("/topics/labor/2026/01/", "/regions/us/2026/01/")


@pytest.mark.parametrize("kind", ["corrected", "added_to", "withdrawn", "released"])
def test_a_change_of_a_post_takes_the_month_of_its_lists_away(change, kind):
    assert reaction(SectionMonths(), change(f"post.{kind}")) == forgotten(
        "/wire/unsorted/2026/01/", *SECTIONS
    )


def test_sorting_takes_the_month_of_both_classes_away(change):
    assert reaction(SectionMonths(), change("post.sorted")) == forgotten(
        "/wire/unsorted/2026/01/", "/wire/local/2026/01/", *SECTIONS
    )


def test_hiding_takes_the_month_of_the_class_it_was_in_away(change):
    assert reaction(SectionMonths(), change("post.hidden")) == forgotten(
        "/wire/unsorted/2026/01/", *SECTIONS
    )


def test_other_changes_leave_them_alone(other_change):
    assert reaction(SectionMonths(), other_change) == NOTHING


@pytest.mark.parametrize("month", ["0001/01", "9999/12", "9999/11", "2026/13"])
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_month_at_the_end_of_time_is_not_found(client, post, month, zone):
    a_site(time_zone=zone)
    for parent in ("/topics/labor/", "/wire/local/"):
        assert client.get(f"{parent}{month}/").status_code == 404
