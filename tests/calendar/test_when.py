"""Times that clocks skip or repeat, and rules."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonwire.calendar.forms import EventForm
from commonwire.calendar.typed import clean, from_program
from tests.calendar import ZONE, content

pytestmark = pytest.mark.django_db
BRIEFLY = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def errors(start="2027-03-19T18:30", **fields):
    form = EventForm(clean(from_program({"start": start, "zone": ZONE, **fields})))
    return {name: " ".join(said) for name, said in form.errors.items()}


def days(**fields):
    return [f"{span.start:%m-%d %H:%M}" for span in content(**fields).dates]


def test_an_hour_that_clocks_skip_is_refused():
    assert "clocks are put forward" in errors("2027-03-14T02:30")["start_time"]


def test_an_hour_that_comes_twice_is_asked_about():
    assert "comes twice" in errors("2027-11-07T01:30")["start_time"]
    first, second = (
        content("2027-11-07T01:30", which=which).dates[0].start
        for which in ("first", "second")
    )
    assert (second.timestamp() - first.timestamp()) == 3600


def test_a_distance_from_utc_answers_it():
    span = content("2027-11-07T01:30-05:00").dates[0]
    assert (span.start.fold, span.start.utcoffset().total_seconds()) == (1, -18000)


def test_a_rule_makes_dates_by_the_clocks_on_the_wall():
    made = days(start="2027-03-07T10:00", rule="FREQ=WEEKLY;COUNT=3")
    assert made == ["03-07 10:00", "03-14 10:00", "03-21 10:00"]


def test_a_rule_may_end_on_a_day():
    made = days(start="2027-03-05", rule="FREQ=MONTHLY;BYDAY=1FR;UNTIL=20270531")
    assert made == ["03-05 00:00", "04-02 00:00", "05-07 00:00"]


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("FREQ=WEEKLY", "This rule never ends."),
        ("FREQ=DAILY;COUNT=100000", "makes more than 200 dates"),
        ("FREQ=SECONDLY;COUNT=5", "no faster"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=2", "makes no date at all"),
        ("FREQ=DAILY;BYSETPOS=9;COUNT=2", "makes no date at all"),
        ("FREQ=DAILY;BYEASTER=1;COUNT=2", "is not known here"),
        ("every week", "cannot be read"),
        ("FREQ=WEEKLY;COUNT=3;UNTIL=20270401", "leave one of them out"),
        ("FREQ=WEEKLY;COUNT=x", "cannot be read"),
        ("FREQ=WEEKLY;COUNT=3;INTERVAL=0", "cannot be read"),
    ],
)
def test_a_rule_that_is_no_use_is_refused_in_words(rule, sentence):
    assert sentence in errors(rule=rule)["rule"]


def test_a_date_of_a_rule_in_a_skipped_hour_is_named():
    said = errors("2027-03-13T02:30", rule="FREQ=DAILY;COUNT=2")["rule"]
    assert "On 2027-03-14 there is no 02:30" in said


@BRIEFLY
@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=60))
def test_whatever_is_typed_is_refused_or_read(start, end, rule):
    EventForm(
        clean(from_program({"start": start, "zone": ZONE, "end": end, "rule": rule}))
    ).is_valid()


@BRIEFLY
@given(
    st.lists(
        st.sampled_from(
            [
                "FREQ=DAILY",
                "FREQ=YEARLY",
                "COUNT=9",
                "UNTIL=20280101",
                "BYDAY=-1MO,TU",
                "BYMONTH=13",
                "BYMONTHDAY=-31",
                "INTERVAL=999999",
                "BYSETPOS=-1",
                "WKST=XX",
                "COUNT=-1",
                "BYDAY=99MO",
                "UNTIL=99991231T235959Z",
            ]
        ),
        unique=True,
    )
)
def test_whatever_rule_is_refused_or_read(parts):
    errors(rule=";".join(["FREQ=MONTHLY", *parts][-5:]))


@pytest.mark.parametrize("said", ["rule", "until", "times"])
def test_what_is_said_of_repeating_without_choosing_it_is_not_passed_over(said):
    values = {"rule": "FREQ=DAILY;COUNT=2", "until": "2027-05-01", "times": "3"}
    found = errors(**{said: values[said], "repeats": ""})
    assert "Choose how it repeats" in found["repeats"]
