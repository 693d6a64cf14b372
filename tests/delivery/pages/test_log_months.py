"""`/log/<yyyy>/<mm>/`"""

import pytest

from commonwire.delivery.pages.log import Log
from commonwire.delivery.pages.log_archive import LogMonths
from commonwire.moderation.models import Decision
from tests.delivery.pages import NOTHING, reaction
from tests.page import Page

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_log_takes_the_month_of_a_decision_away(decided):
    assert reaction(LogMonths(), decided) == NOTHING
    month = f"/log/{Decision.objects.get().at:%Y/%m}/"
    assert month in Log().forgotten(decided)


def test_a_month_counts_its_days(client, spring):
    days = Page(client.get("/log/2026/03/").content).said("li")
    assert [each for each in days if "decision" in each] == [
        "Monday, March 2 1 decision",
        "Sunday, March 1 1 decision",
    ]


@pytest.mark.parametrize("month", ["2026/04", "2026/00", "2026/13", "9999/12"])
def test_a_month_without_decisions_is_no_page(client, spring, month):
    assert client.get(f"/log/{month}/").status_code == 404


def test_a_month_leads_to_the_one_before(client, spring):
    link = Page(client.get("/log/2026/05/").content).one("a", rel="prev")
    assert link["attributes"]["href"] == "/log/2026/03/"
