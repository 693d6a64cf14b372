"""A call through the form, without scripts."""

import pytest
import time_machine

from commonwire.publishing.models import Post
from tests.calls.factories import typed
from tests.contributor import the_post

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("early"),
]


@pytest.fixture
def early():
    with time_machine.travel("2026-12-01T12:00:00Z", tick=False):
        yield


def the_call():
    return the_post().call


def test_a_call_is_published_with_its_day_asks_and_demands(contributor):
    contributor.publish(**typed())

    call = the_call()
    assert call.when.words() == "Saturday, January 16, 2027, all day"
    assert [(ask.kind, ask.text) for ask in call.asks.all()] == [
        ("attend", "Stand with us at the depot")
    ]
    assert [(d.number, d.text, d.addressee) for d in call.demands.all()] == [
        (1, "Night buses until two", "the transit board"),
        (2, "No fare rise this winter", ""),
    ]


def test_the_preview_shows_what_will_be_read(contributor):
    contributor.preview(**typed())

    said = " ".join(contributor.page.text.split())
    assert "Saturday, January 16, 2027, all day" in said
    assert "In 46 days." in said
    assert "Night buses until two of the transit board" in said


def test_a_number_moves_a_row_and_saving_brings_room_for_more(contributor):
    contributor.preview(**typed(**{"call-demands-1-place": "1"}))

    assert contributor.typed["call-demands-0-text"] == "No fare rise this winter"
    assert contributor.typed["call-demands-1-text"] == "Night buses until two"
    assert contributor.typed["call-demands-3-text"] == ""


def test_a_row_is_taken_out_by_its_box(contributor):
    contributor.preview(**typed(**{"call-demands-0-remove": "on"}))

    assert contributor.typed["call-demands-0-text"] == "No fare rise this winter"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"call-first_day": ""}, "Say on which day it is."),
        ({"call-first_day": "16.1.2027"}, "Write the day like 2027-01-16."),
        ({"call-first_day": "2026-11-30"}, "This day is over already."),
        ({"call-last_day": "2027-01-15"}, "It ends before it begins"),
        (
            {"call-from_time": "18:00", "call-until_time": "17:00"},
            "It ends before it begins",
        ),
        ({"call-until_time": "17:00"}, "Say when it begins"),
        ({"call-from_time": "half past"}, "Write the time like 18:30."),
        (
            {"call-first_day": "2027-03-14", "call-from_time": "02:30"},
            "There is no such hour on that day",
        ),
        ({"call-zone": ""}, "Say in which time zone it is"),
        ({"call-zone": "Mars/Olympus"}, "is no time zone"),
        ({"call-translates": "/nowhere/"}, "There is no call at this address."),
        ({"call-issuers": "Nobody"}, "There is no organisation “Nobody” here."),
        ({"call-embargo_at": "2026-11-01T06:00"}, "Say in which time zone"),
        ({"call-asks-0-kind": "sing"}, "“sing” is no kind of ask."),
        ({"call-demands-0-status": "lost"}, "“lost” is no status."),
        ({"call-links-0-words": "A film"}, "Give the address, or remove the row."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(contributor, fields, sentence):
    contributor.preview(**typed(**fields))

    assert contributor.status == 422 or "Not public yet" in contributor.page.text
    assert sentence in " ".join(contributor.page.text.split())
    assert not Post.everything.exists()


def test_a_call_under_embargo_is_seen_by_nobody_before_its_time(contributor):
    contributor.publish(
        **typed(
            **{
                "call-embargo_at": "2026-12-24T06:00",
                "call-embargo_zone": "America/New_York",
            }
        )
    )

    post = Post.everything.get()
    assert post.embargo_until.isoformat() == "2026-12-24T11:00:00+00:00"
    assert post.call.state() == "embargoed"


def test_contacts_for_the_press_stand_behind_a_click(contributor):
    contributor.publish(
        **typed(
            **{
                "call-contacts-0-name": "Bo Desk",
                "call-contacts-0-phone": "555 0134",
                "call-contacts-0-press_only": "on",
            }
        )
    )

    assert the_call().contacts == []
    assert the_post().press_contacts[0]["name"] == "Bo Desk"


def test_a_contact_that_becomes_one_for_the_press_leaves_the_differences(
    contributor, client
):
    pia = {"call-contacts-0-name": "Pia Vale", "call-contacts-0-phone": "555 0134"}
    contributor.publish(**typed(**pia))
    contributor.enter().room(the_post(), "correct")
    contributor.send(**{"call-contacts-0-phone": "555 0135"})
    contributor.enter().room(the_post(), "correct")
    contributor.send(**{"call-contacts-0-press_only": "on"})

    first, second = the_post().corrections.all()
    gone = {"call.contacts": ""}
    assert (first.before, first.after, second.before) == (gone, gone, gone)
    page = client.get(the_post().path).content.decode()
    assert second.after["call.contacts"] in page
    assert [told for told in ("Pia Vale", "555 013") if told in page] == []


def test_its_author_corrects_it_and_the_page_says_what_was(contributor):
    contributor.publish(**typed())
    contributor.enter().room(the_post(), "correct")
    contributor.send(**{"call-first_day": "2027-01-23"})

    call = the_call()
    assert (call.version, str(call.first_day)) == (2, "2027-01-23")
    [correction] = the_post().corrections.all()
    assert correction.before == {"call.when": "Saturday, January 16, 2027, all day"}


def test_a_withdrawn_call_leaves_nothing(contributor):
    contributor.publish(**typed())
    contributor.enter().room(the_post(), "withdraw")
    contributor.send(sure="on")

    assert not hasattr(the_post(), "call")


PASTED = """SAFE NIGHTS IN JANUARY

Riders will stand at the depots on January 16, 2027, from 6:00 a.m. to 2:00 p.m.

We demand:
- Night buses until two
- No fare rise

We ask everybody to:
- Come to a depot
- Share this call
"""


def test_a_pasted_text_gives_day_hours_asks_and_demands_and_says_from_where(
    contributor,
):
    contributor.open()
    contributor.send(do="read", kind="call", pasted=PASTED)

    typed = contributor.typed
    assert typed["call-first_day"] == "2027-01-16"
    assert (typed["call-from_time"], typed["call-until_time"]) == ("06:00", "14:00")
    assert (typed["call-asks-0-kind"], typed["call-asks-1-kind"]) == ("attend", "share")
    assert "Day: taken from line 3" in contributor.notices
    assert "Demands: taken from lines 6 to 7" in contributor.notices
    assert "Asks: taken from lines 10 to 11" in contributor.notices


def test_what_became_rows_stands_in_the_text_no_more_and_nothing_is_lost(contributor):
    contributor.open()
    contributor.send(do="read", kind="call", pasted=PASTED)

    body = contributor.typed["body"]
    assert "at the depots" in body
    assert "Night buses" not in body
    assert "Share this call" not in body
    lost = [each for each in contributor.notices if "the heading of a list" in each]
    assert [each.partition("): ")[2] for each in lost] == [
        "We demand:",
        "We ask everybody to:",
    ]


def test_a_pasted_release_keeps_its_lists_in_the_text(contributor):
    contributor.open()
    contributor.send(do="read", kind="release", pasted=PASTED)

    assert "- Night buses until two" in contributor.typed["body"]


def test_a_sentence_before_a_list_stays(contributor):
    sentence = "Of the transit board and of the council we demand this:"
    contributor.open()
    contributor.send(
        do="read", kind="call", pasted=PASTED.replace("We demand:", sentence)
    )

    assert sentence in contributor.typed["body"]
