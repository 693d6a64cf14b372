"""The log by act, rule and editor."""

import pytest

from commonwire.delivery.pages.log import Log
from commonwire.delivery.pages.log_archive import LogLists
from tests.delivery.pages import NOTHING, reaction
from tests.page import Page

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_log_prints_the_lists_that_a_decision_is_in(decided):
    assert reaction(LogLists(), decided) == NOTHING
    lists = {"/log/acts/hide/", "/log/rules/advertising/", "/log/editors/ada/"}
    assert lists < set(Log().stale(decided))


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("acts/hide/", ["Three", "Two", "One"]),
        ("acts/hide/2026/03/", ["Two", "One"]),
        ("acts/hide/2026/04/", None),
        ("acts/hide/2026/13/", None),
        ("acts/shout/", None),
        ("rules/advertising/", ["Three", "One"]),
        ("rules/advertising/2026/05/", ["Three"]),
        ("rules/nothing/", None),
        ("editors/ada/", ["Three", "One"]),
        ("editors/łucja-b/", ["Two"]),
        ("editors/nobody/", None),
        ("screening/", []),
    ],
)
def test_a_list_shows_its_decisions(titles, spring, path, shown):
    assert titles(f"/log/{path}") == shown


@pytest.mark.parametrize("path", ["acts/hide", "rules/advertising", "editors/ada"])
def test_a_month_of_a_list_leads_to_the_one_before(client, spring, path):
    page = Page(client.get(f"/log/{path}/2026/05/").content)
    link = page.one("a", rel="prev")
    assert link["attributes"]["href"] == f"/log/{path}/2026/03/"
