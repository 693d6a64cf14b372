"""`/log/statistics/`: figures, bars, and when they are counted again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from commonwire.delivery import plots
from commonwire.delivery.pages.statistics import PATH, Statistics
from commonwire.moderation.actions import placing
from tests.delivery.pages import NOTHING, reaction
from tests.factories import a_post, a_rule, an_editor
from tests.page import Page

pytestmark = pytest.mark.django_db(transaction=True)


def test_no_change_prints_it(any_change):
    assert reaction(Statistics(), any_change) == NOTHING


@pytest.mark.parametrize(("minutes", "due"), [(59, []), (60, [PATH])])
def test_it_is_counted_again_every_hour(minutes, due):
    now = timezone.now()
    printed = now - timedelta(minutes=minutes)
    assert list(Statistics().due(now, lambda _path: printed)) == due


def test_nobody_counts_what_nobody_has_asked_for():
    assert list(Statistics().due(timezone.now(), lambda _path: None)) == []


def test_the_table_says_what_the_bars_show(client):
    ada, rule = an_editor("Ada"), a_rule()
    for _ in range(3):
        a_post()
    placing.hide(by=ada, post=a_post(), rule=rule, reason="Pills.")
    page = Page(client.get(PATH).content)
    assert "1 of 4 posts are hidden: 25 %." in page.text
    assert page.said("td")[:4] == ["4", "1", "25 %", "0"]
    (bar, *_rest) = page.all("rect")
    assert (bar["attributes"]["y"], bar["attributes"]["height"]) == ("50.0", "50.0")


def test_every_plot_has_a_title_a_description_and_no_style(client):
    page = Page(client.get(PATH).content)
    named = {e["attributes"]["id"] for e in page.elements if e["attributes"].get("id")}
    drawn = page.all("svg", role="img")
    assert len(drawn) == 5
    for svg in drawn:
        told = svg["attributes"]
        assert {told["aria-labelledby"], told["aria-describedby"]} <= named
    assert [e for e in page.elements if "style" in e["attributes"]] == []


def test_an_empty_site_has_figures_too(client):
    assert client.get(PATH).status_code == 200


@pytest.mark.parametrize(
    ("most", "end"), [(0, 1), (1, 1), (3, 5), (7, 10), (11, 20), (21, 50), (0.3, 0.5)]
)
def test_an_axis_ends_at_a_round_number(most, end):
    assert plots.nice(most) == end


def test_bars_are_stacked_from_below():
    lower, upper = plots.bars(["a week"], [[1], [3]], [2, 0], 8)
    assert (lower.y, lower.height, lower.kind) == (87.5, 12.5, 2)
    assert (upper.y, upper.height, upper.kind) == (50, 37.5, 0)
