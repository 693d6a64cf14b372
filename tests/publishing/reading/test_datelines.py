"""Where a release begins, and what only looks like it."""

import pytest

from commonwire.publishing.reading.datelines import is_whole, split


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Port Haven, Wash. — Riders rally.", "Port Haven, Wash"),
        ("LAKEVIEW (14 January 2027) — Nurses stop.", "LAKEVIEW (14 January 2027)"),
    ],
)
def test_a_dateline_ends_at_its_dash(text, place):
    assert split(text)[0] == place


@pytest.mark.parametrize(
    "text",
    ["CORRECTION – please use this version", "NO WORK - NO SCHOOL - NO SHOPPING"],
)
def test_labels_and_headlines_with_a_dash_are_none(text):
    assert split(text) is None


def test_a_place_with_its_day_is_one_alone():
    assert is_whole("Ciudad de México, a 8 de marzo de 2027")
