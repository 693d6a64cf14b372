"""What stewards change of the site is told in the public log."""

import pytest

from commonwire.moderation.actions import governing
from commonwire.moderation.sentences import teller
from tests.factories import a_site, a_steward

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


def test_words_are_named_and_do_not_stand_in_the_entry_for_ever():
    decision = change(tagline="Another")
    assert teller().plain(decision) == "grace changed the site’s settings: tagline"
    assert "Another" not in str(decision.facts)


def test_the_decision_s_page_has_both_values(client):
    page = client.get(change(hides_lapse=False).path).content.decode()
    assert "rule of two: on" in page
    assert "rule of two: off" in page
