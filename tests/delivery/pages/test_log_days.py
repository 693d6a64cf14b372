"""`/log/<yyyy>/<mm>/<dd>/`"""

import pytest

from commonwire.delivery.pages.log import Log
from commonwire.delivery.pages.log_archive import LogDays
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
