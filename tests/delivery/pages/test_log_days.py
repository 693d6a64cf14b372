"""`/log/<yyyy>/<mm>/<dd>/`"""

from itertools import islice

import pytest

from commonwire.delivery.pages.log import Log
from commonwire.delivery.pages.log_archive import LogDays, LogMonths
from commonwire.delivery.printing import print_stale
from commonwire.moderation.actions import placing
from commonwire.moderation.models import Decision
from tests.delivery.pages import NOTHING, reaction
from tests.factories import a_post, a_rule, a_site
from tests.page import Page

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_log_takes_the_day_of_a_decision_away(decided):
    assert reaction(LogDays(), decided) == NOTHING
    day = f"/log/{Decision.objects.get().at:%Y/%m/%d}/"
    assert day in Log().forgotten(decided)


@pytest.mark.parametrize(
    ("day", "shown"),
    [("03/01", ["One"]), ("03/02", ["Two"]), ("03/03", None), ("02/30", None)],
)
def test_a_day_shows_its_decisions(titles, spring, day, shown):
    assert titles(f"/log/2026/{day}/") == shown


def test_days_are_those_of_the_sites_zone(titles, ada, hide):
    a_site(time_zone="America/Chicago")
    hide(ada, "Late", 3, 2, hour=3)
    assert titles("/log/2026/03/01/") == ["Late"]


def test_a_day_leads_to_the_one_before(client, spring):
    link = Page(client.get("/log/2026/05/04/").content).one("a", rel="prev")
    assert link["attributes"]["href"] == "/log/2026/03/02/"


def test_a_day_shows_what_was_decided_since(titles, ada, hide):
    day = f"/log/{hide(ada, 'One', 3, 1).at:%Y/%m/%d}/"
    titles(day)
    placing.hide(by=ada, post=a_post("Two"), rule=a_rule(), reason="Pills.")
    print_stale()
    assert titles(day) == ["Two"]


@pytest.mark.parametrize("hour", [1, 23])
def test_a_clock_that_was_wrong_puts_each_decision_on_its_day_once(
    titles, ada, hide, hour
):
    """The second was made while the clock was a day ahead, or behind."""
    wrong = 3 if hour == 23 else 1
    hide(ada, "One", 3, 2, hour=11)
    hide(ada, "Two", 3, wrong, hour=hour)
    hide(ada, "Three", 3, 2, hour=12)
    assert titles("/log/2026/03/02/") == ["Three", "One"]
    assert titles(f"/log/2026/03/0{wrong}/") == ["Two"]


def test_a_clock_that_was_set_back_keeps_nothing_going_for_ever(ada, hide):
    """The second decision is the earliest of all."""
    hide(ada, "One", 3, 2, hour=11)
    hide(ada, "Two", 3, 2, hour=9)
    day = "/log/2026/03/02/"
    assert list(islice(LogDays().every(), 2)) == [day]
    assert list(islice(LogMonths().every(), 2)) == ["/log/2026/03/"]
