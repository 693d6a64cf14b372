import pytest
import time_machine
from django.utils import timezone

from commonwire.accounts.actions import add_token
from commonwire.accounts.models import ApiToken
from commonwire.calls import stewardship
from commonwire.calls.actions import stewards
from commonwire.calls.actions.organisations import affiliate, dissolve
from commonwire.calls.stewardship import NotYours
from tests.factories import a_key_to, an_organisation

pytestmark = pytest.mark.django_db


def test_six_words_open_the_room_of_one_organisation():
    local = an_organisation("Local 4")
    phrase = a_key_to(local)
    steward = stewardship.by_phrase(phrase.upper().replace(" ", "-"))
    acting = stewardship.by_pass(stewardship.room_pass(steward))
    assert (len(phrase.split()), acting.organisation) == (6, local)


def test_nobody_acts_up_or_down_the_tree():
    federation, region, local = (an_organisation(name) for name in "FRL")
    affiliate(organisation=local, parent=region)
    affiliate(organisation=region, parent=federation)
    acting = acting_by(a_key_to(region))
    acting.check(region)
    for other in (federation, local):
        with pytest.raises(NotYours):
            acting.check(other)


def test_a_link_works_once_but_for_a_double_click():
    token = link_to(an_organisation())
    with time_machine.travel("2026-05-01 12:00Z", tick=False) as clock:
        stewards.Steward.objects.update(link_expires_at="2026-05-08 12:00Z")
        first = stewards.join(token=token)
        assert stewards.join(token=token) == first
        clock.shift(121)
        assert stewards.join(token=token) is None


def test_a_link_is_good_for_a_week():
    with time_machine.travel("2026-05-01 12:00Z", tick=False) as clock:
        token = link_to(an_organisation())
        clock.shift(7 * 24 * 3600 + 1)
        assert stewards.join(token=token) is None


def test_a_key_that_was_taken_back_opens_nothing_and_shuts_the_open_room():
    local = an_organisation()
    first, second = a_key_to(local), a_key_to(local)
    steward = stewardship.by_phrase(first)
    room = stewardship.room_pass(steward)
    stewards.take_back(by=acting_by(second), steward=steward)
    assert stewardship.by_phrase(first) is None
    assert stewardship.by_pass(room) is None
    assert stewardship.by_phrase(second) is not None


def test_nobody_takes_back_the_key_of_another_organisation():
    acting = acting_by(a_key_to(an_organisation()))
    other = stewardship.by_phrase(a_key_to(an_organisation()))
    with pytest.raises(NotYours):
        stewards.take_back(by=acting, steward=other)


def test_the_pass_of_an_author_is_none_of_a_steward():
    assert stewardship.by_pass("made-up") is None


def test_a_program_acts_for_its_organisation():
    local = an_organisation()
    stewards.add_organisations_token(name="bot", organisation=local)
    acting = stewardship.by_token(ApiToken.objects.get())
    assert (acting.organisation, acting.steward) == (local, None)


def test_nobody_acts_for_what_was_dissolved():
    local = an_organisation()
    phrase = a_key_to(local)
    stewards.add_organisations_token(name="bot", organisation=local)
    dissolve(organisation=local, on=timezone.localdate())
    assert stewardship.by_phrase(phrase) is None
    assert stewardship.by_token(ApiToken.objects.get()) is None


def test_other_programs_act_for_nobody():
    add_token(name="bot", editor=None)
    assert stewardship.by_token(ApiToken.objects.get()) is None
    assert stewardship.by_token(None) is None


def test_what_links_were_made_of_is_forgotten():
    local = an_organisation()
    a_key_to(local)
    link_to(local)
    with time_machine.travel("2030-01-01", tick=False):
        stewards.sweep_links()
    assert [(s.link_hash, bool(s.phrase_hash)) for s in local.stewards.all()] == [
        ("", True)
    ]


def link_to(organisation):
    path = stewards.invite_first(by=None, organisation=organisation, label="Press")
    return path.split("/")[-2]


def acting_by(phrase):
    return stewardship.as_acting(stewardship.by_phrase(phrase))
