from datetime import UTC, date, datetime, time

import pytest

from commonwire.calls.when import When

DAY = date(2027, 1, 16)


def test_whole_days_end_when_the_last_one_is_over_where_they_are():
    when = When(DAY, date(2027, 1, 17), None, None, "America/New_York")

    assert when.starts_at == datetime(2027, 1, 16, 5, tzinfo=UTC)
    assert when.ends_at == datetime(2027, 1, 18, 5, tzinfo=UTC)


def test_hours_are_said_with_their_zone():
    when = When(DAY, DAY, time(8), time(12), "America/New_York")

    assert when.words() == (
        "Saturday, January 16, 2027, 8:00 AM to 12:00 PM (EST, America/New York)"
    )


def test_the_same_in_spanish():
    when = When(DAY, DAY, None, None, "America/New_York")

    assert when.words("es") == "sábado, 16 de enero de 2027, todo el día"


def test_days_are_counted_where_the_call_is():
    when = When(DAY, DAY, None, None, "Asia/Tokyo")

    assert when.days_left(datetime(2027, 1, 14, 20, tzinfo=UTC)) == 1


def test_what_is_stored_comes_back():
    when = When(DAY, DAY, time(8), None, "Europe/Vienna")

    assert When.of(when.stored) == when


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC"])
def test_a_zone_that_has_one_name_says_it_once(zone):
    when = When(date(2027, 1, 16), date(2027, 1, 16), time(6), None, zone)
    assert when.words("en").endswith("from 6:00 AM (UTC)")


def test_hours_between_which_the_clocks_change_are_told_apart():
    day = date(2027, 11, 7)
    twice = When(day, day, time(1, 30), time(1, 45), "America/New_York")
    assert twice.words() == (
        "Sunday, November 7, 2027, 1:30 AM EDT to 1:45 AM EST (America/New York)"
    )
