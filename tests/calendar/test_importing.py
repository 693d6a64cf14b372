"""Events from calendars elsewhere."""

from datetime import UTC, datetime

import pytest
import time_machine

from commonwire.calendar import reading
from commonwire.calendar.actions import importing
from commonwire.calendar.models import Event, IcsSubscription, Occurrence
from commonwire.kit import fetching
from commonwire.publishing.actions import corrections
from commonwire.publishing.models import Post
from tests.calendar import an_event
from tests.factories import an_editor

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def editor():
    return an_editor()


@pytest.fixture
def source(editor):
    return importing.subscribe(name="Choir", url="", sections=(), by=editor)


def calendar(*events):
    parts = [f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT" for event in events]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *parts, "END:VCALENDAR", ""]
    return "\r\n".join(lines).encode()


def an_entry(uid="one", title="Rehearsal", start="20270319T183000", *more):
    zone = "TZID=America/New_York:"
    lines = [f"UID:{uid}", f"SUMMARY:{title}", f"DTSTART;{zone}{start}", *more]
    return "\r\n".join(lines)


def take(source, *events):
    return importing.take_over(source=source, body=calendar(*events))


def test_an_event_is_taken_over_once(source):
    entry = an_entry("one", "Rehearsal", "20270319T183000", "LOCATION:Old mill")
    results = [take(source, entry), take(source, entry)]
    assert [(r.added, r.changed, r.same) for r in results] == [(1, 0, 0), (0, 0, 1)]
    post = Post.objects.get()
    assert (post.title, post.byline, post.event.place) == (
        "Rehearsal",
        "Choir",
        "Old mill",
    )
    assert (
        post.event.occurrences.get().begins.isoformat() == "2027-03-19T18:30:00-04:00"
    )


def test_what_changes_there_changes_here(source):
    take(source, an_entry())
    uid = Event.objects.get().uid
    result = take(source, an_entry("one", "Concert", "20270320T190000"))
    event = Event.objects.get()
    assert (result.changed, event.uid, event.post.title) == (1, uid, "Concert")
    assert f"{event.occurrences.get().begins:%d %H:%M}" == "20 19:00"


def test_what_is_cancelled_there_is_cancelled_here(source):
    take(source, an_entry())
    cancelled = an_entry("one", "Rehearsal", "20270319T183000", "STATUS:CANCELLED")
    assert take(source, cancelled).changed == 1
    assert Occurrence.objects.get().cancelled_at
    assert take(source, cancelled).changed == 0


def test_a_rule_becomes_dates_with_its_exceptions(source):
    weekly = an_entry(
        "one",
        "Rehearsal",
        "20270319T183000",
        "RRULE:FREQ=WEEKLY;COUNT=4",
        "EXDATE;TZID=America/New_York:20270326T183000",
    )
    moved = an_entry(
        "one",
        "Rehearsal",
        "20270403T100000",
        "RECURRENCE-ID;TZID=America/New_York:20270402T183000",
    )
    for _again in range(2):
        take(source, weekly, moved)
    days = [f"{row.begins:%m-%d}" for row in Occurrence.objects.all()]
    assert days == ["03-19", "04-03", "04-09"]


def test_a_rule_without_end_is_bounded_and_said(source):
    endless = an_entry("one", "Daily", "20200101T080000", "RRULE:FREQ=DAILY")
    result = take(source, endless)
    assert Occurrence.objects.count() == 200
    assert "it goes on for longer" in result.unused[0]


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        (
            [an_entry("one", "Choir", "20270319T183000", "RRULE:FREQ=WEEKLY")],
            "it goes on for longer",
        ),
        ([an_entry("one", "A"), an_entry("one", "B")], "it is there several times"),
        (
            [an_entry("one", "A", "20270319T183000", "DTEND:20270319T173000Z")],
            "it ends before it begins",
        ),
        ([an_entry("one", "A", "20270314T023000")], "02:30 is skipped on that day"),
    ],
)
def test_what_was_changed_or_cut_is_said(source, entries, words):
    result = take(source, *entries)
    assert result.added == 1
    assert words in result.unused[0]


def test_letters_of_two_bytes_are_read(source):
    body = calendar(an_entry()).decode().encode("utf-16")
    assert importing.take_over(source=source, body=body).added == 1


def test_what_cannot_be_used_is_said(source):
    result = take(
        source,
        an_entry("", "No name"),
        "UID:two\r\nSUMMARY:No time",
        an_entry("three", "Hourly", "20270319T183000", "RRULE:FREQ=HOURLY;COUNT=4"),
        an_entry("four", "Secret", "20270319T183000", "CLASS:PRIVATE"),
        an_entry("five", "Fine"),
    )
    assert result.added == 1
    assert [line.partition("”")[0] for line in result.unused] == [
        "“No name",
        "“No time",
        "“Hourly",
        "“Secret",
    ]


def test_what_was_withdrawn_does_not_come_back(source):
    take(source, an_entry())
    corrections.withdraw(post=Post.objects.get())
    result = take(source, an_entry())
    assert (result.added, len(result.unused)) == (0, 1)
    assert not Event.objects.exists()


def test_nobody_elsewhere_changes_what_was_published_here(source):
    post = an_event("Ours")
    take(source, an_entry(post.event.uid, "Theirs"))
    assert Post.objects.get().title == "Ours"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"<html>", "This is no calendar"),
        (b"BEGIN:VCALENDAR" + b"\r\nBEGIN:VEVENT" * 20_000, "too many parts"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n\xff\xfe;;;:::\r\n", "broken"),
        (b"x" * 5_000_001, "5 MB fit"),
    ],
)
def test_a_hostile_file_is_refused_in_words(source, body, sentence):
    assert importing.take_over(source=source, body=body) is None
    assert sentence in source.said
    assert not Post.objects.exists()


def test_nothing_is_kept_of_a_file_that_is_no_calendar(editor):
    with pytest.raises(reading.NoCalendar):
        importing.take_file(name="Choir", body=b"<html>", sections=(), by=editor)
    assert not IcsSubscription.objects.exists()


@pytest.mark.parametrize(
    "address", ["webcal://127.0.0.1/calendar.ics", "http://localhost/calendar.ics"]
)
def test_nothing_is_kept_of_an_address_that_is_never_fetched(editor, address):
    with pytest.raises(fetching.NotAllowed):
        importing.follow(name="Near", url=address, sections=(), by=editor)
    assert not IcsSubscription.objects.exists()


def test_an_address_that_does_not_answer_today_is_asked_again(editor, monkeypatch):
    def fetch(*_address, **_limits):
        raise fetching.NotThere("band.example does not answer.")

    monkeypatch.setattr(fetching, "fetch", fetch)
    address = "https://band.example/c.ics"
    kept = importing.follow(name="Band", url=address, sections=(), by=editor)
    assert kept.said == "band.example does not answer."
    assert IcsSubscription.objects.get() == kept


def test_nothing_is_kept_of_a_name_that_nobody_has(editor, monkeypatch):
    def fetch(*_address, **_limits):
        raise fetching.NoSuchSite("There is no site called bnd.example.")

    monkeypatch.setattr(fetching, "fetch", fetch)
    with pytest.raises(fetching.NoSuchSite):
        importing.follow(
            name="Band", url="https://bnd.example/", sections=(), by=editor
        )
    assert not IcsSubscription.objects.exists()


def test_what_leads_into_a_private_network_is_told_and_not_asked_for_ever(source):
    address = "http://127.0.0.1/calendar.ics"
    near = importing.subscribe(name="Near", url=address, sections=(), by=None)
    assert importing.look_due() == 1
    near.refresh_from_db()
    assert "not on the public internet" in near.said
    with time_machine.travel("2027-03-01T19:00Z", tick=False):
        assert importing.look_due() == 0


def test_a_subscribed_calendar_is_asked_whether_it_changed(source, monkeypatch):
    asked = []

    def fetch(url, *, headers, **_limits):
        asked.append(dict(headers))
        if headers:
            return fetching.Fetched(url, 304, {}, b"")
        return fetching.Fetched(url, 200, {"etag": '"1"'}, calendar(an_entry()))

    monkeypatch.setattr(fetching, "fetch", fetch)
    importing.subscribe(
        name="Band", url="webcal://band.example/c.ics", sections=(), by=source.added_by
    )
    assert importing.look_due() == 1
    with time_machine.travel("2027-03-01T19:00Z", tick=False):
        assert importing.look_due() == 1
    assert asked == [{}, {"If-None-Match": '"1"'}]
    assert Post.objects.get().byline == "Band"
    assert IcsSubscription.objects.get(name="Band").url == "https://band.example/c.ics"


def test_only_so_many_events_are_read():
    entries = [an_entry(f"e{n}") for n in range(3)]
    body = calendar(*entries)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(reading, "MOST_EVENTS", 2)
        read = reading.read(body, zone="UTC", today=NOW.date())
    assert len(read.events) == 2
    assert "more than 2 events" in read.unused[0]
