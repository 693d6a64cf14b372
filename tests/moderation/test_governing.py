"""What stewards change of the site is told in the public log."""

import pytest

from commonwire.moderation.actions import governing, withdrawing
from commonwire.moderation.sentences import teller
from tests.factories import a_rule, a_section, a_site, a_steward

pytestmark = pytest.mark.django_db


def change(**values):
    site = a_site(hides_lapse=True, appeal_hours=72)
    for name, value in values.items():
        setattr(site, name, value)
    return governing.save_settings(by=a_steward(), site=site, changed=list(values))


def test_the_log_says_which_settings_were_changed_from_what_to_what():
    decision = change(hides_lapse=False, appeal_hours=48)
    assert teller().plain(decision) == (
        "grace changed the site’s settings: hours to answer an appeal (72, now 48), "
        "rule of two (on, now off)"
    )


def test_what_is_chosen_from_a_list_is_told_too():
    decision = change(languages=["en", "es"], time_zone="Europe/Berlin")
    assert teller().plain(decision) == (
        "grace changed the site’s settings: languages (none, now en, es), "
        "time zone (UTC, now Europe/Berlin)"
    )


def test_words_are_told_as_reasons_are_and_do_not_stand_in_the_entry_for_ever():
    decision = change(tagline="Another", class_names={"local": "Riverton"})
    assert teller().plain(decision) == (
        "grace changed the site’s settings: names of the wire's classes, tagline"
    )
    assert decision.reason.splitlines() == [
        "names of the wire's classes: none, now local “Riverton”",
        "tagline: “An open newswire”, now “Another”",
    ]
    assert "Another" not in decision.entry


def test_what_no_reason_may_tell_is_named_only():
    decision = change(name="The Wire", tagline="Call 0171 5550 199")
    assert decision.reason == "name: “Commonwire”, now “The Wire”"
    assert decision.facts["fields"] == ["name", "tagline"]


def test_the_new_name_of_a_section_is_told():
    section = a_section()
    section.name = "Work"
    made = governing.save_section(by=a_steward(), section=section)
    assert made.reason == "name: “Labor”, now “Work”"


def test_what_the_log_tells_of_a_name_can_be_taken_out():
    decision = change(name="Another")
    withdrawing.remove_text(
        by=a_steward("hopper"), of=decision, rule=a_rule(), reason="It told too much."
    )
    decision.refresh_from_db()
    assert decision.reason == ""


def test_the_decision_s_page_has_both_values(client):
    page = client.get(change(hides_lapse=False).path).content.decode()
    assert "rule of two: on" in page
    assert "rule of two: off" in page
