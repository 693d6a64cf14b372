"""Dates and zones: what is not said is not guessed."""

import pytest

from commonwire.publishing.reading.dates import Moment, first_full, hours_after, moment


@pytest.mark.parametrize(
    "text",
    [
        *("March 3, 2026", "3 March 2026", "Tuesday 3rd March 2026", "2026-03-03"),
        *("Mar. 3, 2026", "3 de marzo de 2026", "martes, 3 de marzo del 2026"),
    ],
)
def test_a_day_is_read_as_people_write_it(text):
    assert first_full(text).isoformat() == "2026-03-03"


@pytest.mark.parametrize("text", ["March 3", "31 February 2026", "3/4/2026", "May"])
def test_what_could_be_several_days_is_none(text):
    assert first_full(text) is None


def test_letters_that_contradict_the_clocks_of_the_place_are_taken_at_their_word():
    winter = moment("6:00 a.m. EST, February 3, 2026")
    assert winter == Moment("2026-02-03T06:00", "America/New_York")
    summer = moment("6:00 a.m. EST, July 3, 2026")
    assert summer == Moment("2026-07-03T06:00", "Etc/GMT+5")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("12:00 a.m. March 3, 2026", "2026-03-03T00:00"),
        ("noon on March 3, 2026", "2026-03-03T12:00"),
        ("el 3 de marzo de 2026 a las 10:30", "2026-03-03T10:30"),
        ("18:00 UTC+2, 3 March 2026", "2026-03-03T18:00"),
    ],
)
def test_times_of_day(text, at):
    assert moment(text).at == at


@pytest.mark.parametrize("text", ["6 a.m.", "March 3, 2026", "25:00 March 3, 2026"])
def test_half_a_moment_is_none(text):
    assert moment(text) is None


def test_a_zone_that_is_not_said_is_none():
    assert moment("6 a.m. March 3, 2026").zone == ""


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        (
            "on January 16, 2027, from 6:00 a.m. to 2:00 p.m., they said",
            ("06:00", "14:00"),
        ),
        ("When: 16 January 2027 | 18:30", ("18:30", "")),
        ("el 16 de enero de 2027, a las 18:30 hasta las 20", ("18:30", "")),
        ("January 16, 2027, 6 to 8 p.m.", ("", "")),
        ("They decided it on January 16, 2027. The bus of 6 a.m. was cut.", ("", "")),
    ],
)
def test_hours_are_those_right_behind_the_day(text, hours):
    assert hours_after(text) == hours
