"""Endorsements by steward, by invitation and by form, through the pages that people use."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commonwire.calls.actions import endorsing
from commonwire.calls.actions.endorsing import Authority, Refused
from commonwire.calls.actions.organisations import affiliate, dissolve
from commonwire.calls.actions.verifying import verify
from commonwire.calls.endorsers import endorsers_of
from commonwire.calls.models import Endorsement, Organisation
from commonwire.calls.states import Proof
from commonwire.calls.stewardship import Acting, NotYours
from commonwire.delivery.pages import find
from commonwire.delivery.printing import on_demand
from commonwire.mail.sending import send_due
from commonwire.publishing.actions.sources import name_source
from commonwire.publishing.models import SourceDay
from tests.calls.actions.test_calling import stands
from tests.calls.factories import a_call, a_time, changed, told
from tests.contributor import Contributor
from tests.factories import a_key_to, an_organisation
from tests.page import Page

pytestmark = pytest.mark.django_db
BY = Authority("president", how="vote")


@pytest.fixture
def call():
    return a_call(key="six words that open the room")


@pytest.fixture
def riders():
    return an_organisation("Riverton Riders")


def names(call):
    call.refresh_from_db()
    return [each.name for each in endorsers_of(call).standing]


def endorsed(call, body):
    return endorsing.endorse(call=call, acting=Acting(body), authority=BY)


def at_the_form(client, call, **fields):
    """Somebody who fills in the form, taking a minute over it."""
    contributor = Contributor(client)
    before = timezone.now() - timedelta(minutes=1)
    with time_machine.travel(before, tick=False):
        contributor.get(f"/calls/{call.post_id}/endorse/")
    fields = {"organisation": "Milltown Bakers", "office": "baker", **fields}
    return contributor.send(how="vote", **fields)


def test_a_steward_endorses_from_the_organisations_room(client, call, riders):
    room = Contributor(client).post("/organisations/room/", {"key": a_key_to(riders)})
    room.get(f"{room.where}calls/{call.post_id}/")
    room.send(how="vote", office="president")

    assert names(call) == ["Riverton Riders"]


def test_who_is_invited_accepts_or_declines(client, call, riders):
    asked = endorsing.invite(call=call, organisation=riders)
    assert names(call) == []

    endorsing.decline(endorsement=asked, acting=Acting(riders))
    endorsing.invite(call=call, organisation=riders)
    made = endorsed(call, riders)

    assert (made.way, names(call)) == ("invited", ["Riverton Riders"])


def test_the_same_organisation_endorses_once(call, riders):
    endorsed(call, riders)

    with pytest.raises(Refused):
        endorsed(call, riders)


def test_nobody_acts_for_another_organisation_up_or_down(call, riders):
    made = endorsed(call, riders)

    with pytest.raises(NotYours):
        endorsing.take_back(endorsement=made, acting=Acting(an_organisation()))
    assert names(call) == ["Riverton Riders"]


def test_a_stranger_stands_nowhere_before_issuer_or_editor_confirm(client, call):
    at_the_form(client, call)

    made = Endorsement.objects.get()
    assert (made.state, made.organisation) == ("waiting", None)
    assert b"Milltown Bakers" not in on_demand(call.post.path)
    assert b"Milltown Bakers" not in on_demand(f"{call.post.path}endorsements.json")


def test_with_mail_the_address_is_confirmed_first(client, call, settings):
    settings.MAIL_FROM = "wire@example.org"
    at_the_form(client, call, email="office@bakers.example")
    assert Endorsement.objects.get().state == "unconfirmed"

    send_due(timezone.now())
    link = re.search(r"http://testserver(/confirm/\w+/)", mail.outbox[-1].body)[1]
    client.post(link)
    assert Endorsement.objects.get().state == "waiting"
    assert client.post(link).status_code == 410


def test_the_issuer_confirms_in_the_authors_room_and_the_body_gets_its_page(
    client, call
):
    at_the_form(client, call)
    room = Contributor(client).enter("six words that open the room")
    room.room(call.post, "call")
    room.post(room.where, {"do": "confirm", "row": Endorsement.objects.get().pk})

    assert names(call) == ["Milltown Bakers"]
    assert Organisation.objects.get().name == "Milltown Bakers"


def offered(call, body=None, **told):
    """An endorsement by the form."""
    told = {"named": body.name if body else "", "email": "", "authority": BY, **told}
    return endorsing.offer(call=call, organisation=body, **told)


def words(contributor):
    return " ".join(contributor.page.text.split())


def confirmed_by_the_issuer(client, call):
    """What the author's room answers."""
    room = Contributor(client).enter("six words that open the room")
    room.room(call.post, "call")
    said = {"do": "confirm", "row": Endorsement.objects.get().pk}
    return words(room.post(room.where, said))


def test_the_issuers_word_is_not_that_of_a_body_with_stewards(client, call, riders):
    a_key_to(riders)
    at_the_form(client, call, organisation="riverton  riders")
    said = confirmed_by_the_issuer(client, call)

    assert "“Riverton Riders” speaks for itself here" in said
    assert (Endorsement.objects.get().state, names(call)) == ("waiting", [])
    assert b"Riverton Riders" not in on_demand(call.post.path)


def test_the_issuers_word_is_not_that_of_a_verified_body(client, call, riders):
    verify(organisation=riders, by=Proof.EDITOR)
    offered(call, named="Riverton Riders")
    confirmed_by_the_issuer(client, call)

    assert names(call) == []


def test_the_form_says_that_a_body_with_stewards_is_asked_itself(client, call, riders):
    a_key_to(riders)
    said = words(at_the_form(client, call, organisation=riders.path))

    assert "It is pending: “Riverton Riders” speaks for itself here." in said


def test_a_steward_confirms_what_somebody_wrote_at_the_form(client, call, riders):
    key = a_key_to(riders)
    offered(call, riders, email="somebody@elsewhere.example")
    room = Contributor(client).post("/organisations/room/", {"key": key})
    assert "Somebody wrote that you endorse" in words(room.get(f"{room.where}calls/"))
    room.get(f"{room.where}{call.post_id}/")
    room.send()

    assert names(call) == ["Riverton Riders"]
    made = Endorsement.objects.get()
    assert (made.office, made.email) == ("president", "")


def test_a_steward_says_that_it_is_not_true(client, call, riders):
    key = a_key_to(riders)
    made = offered(call, riders)
    room = Contributor(client).post("/organisations/room/", {"key": key})
    room.get(f"{room.where}calls/")
    room.post(room.where, {"do": "not true", "row": made.pk})

    assert Endorsement.objects.get().state == "refused"


def test_an_editor_who_asked_it_confirms_for_a_body_with_stewards(call, riders):
    a_key_to(riders)
    endorsing.confirm(endorsement=offered(call, riders), by="editor")

    assert names(call) == ["Riverton Riders"]


def test_a_link_in_a_mail_endorses_nothing_again_for_a_body_with_stewards(call, riders):
    made = endorsing.confirm(endorsement=offered(call, riders, email="a@b.example"))
    a_key_to(riders)

    with pytest.raises(Refused):
        endorsing.give_again(endorsement=made, by="author")
    with pytest.raises(Refused):
        endorsing.take_back(endorsement=made)


def test_nobody_endorses_in_the_name_of_what_is_no_more(client, call, riders):
    dissolve(organisation=riders, on=date(2026, 1, 1))
    said = words(at_the_form(client, call, organisation="Riverton Riders"))
    assert "This organisation was dissolved or merged" in said

    with pytest.raises(Refused):
        endorsing.confirm(endorsement=offered(call, named="Riverton Riders"))


def test_another_day_marks_what_was_given_for_the_version_before(call, riders):
    endorsed(call, riders)
    changed(call, told(a_time(date(2027, 1, 23)), demands=stands(call)))

    said = " ".join(Page(on_demand(call.post.path)).text.split())
    assert "for the version of" in said
    assert "1 of them endorsed it as it was before" in said


def test_an_endorsement_is_given_again_for_the_call_as_it_is(call, riders):
    made = endorsed(call, riders)
    changed(call, told(a_time(date(2027, 1, 23)), demands=stands(call)))
    endorsing.give_again(endorsement=made, acting=Acting(riders))

    assert endorsers_of(call).for_older == 0


def test_a_withdrawal_is_a_dated_fact(call, riders):
    endorsing.take_back(endorsement=endorsed(call, riders), acting=Acting(riders))

    said = " ".join(Page(on_demand(call.post.path)).text.split())
    assert "Riverton Riders withdrew its endorsement on" in said
    assert names(call) == []


def test_all_days_on_a_page_are_by_the_clocks_of_the_call(call, riders):
    changed(call, told(a_time(zone="America/New_York"), demands=stands(call)))
    with time_machine.travel("2026-11-30T02:00:00Z", tick=False):
        made = endorsing.endorse(call=call, acting=Acting(riders), authority=BY)
        endorsing.take_back(endorsement=made, acting=Acting(riders))

    (gone,) = endorsers_of(call).withdrawn
    assert gone.day == gone.withdrawn == made.day == date(2026, 11, 29)


def rendered(call):
    """How many questions the call's page asks the database."""
    family, groups = find(call.post.path)
    with CaptureQueriesContext(connection) as asked:
        assert family.render(**groups)
    return len(asked)


def test_the_page_asks_as_much_of_the_database_for_one_as_for_many(call):
    federation = an_organisation("Federation")
    for number in range(2):
        body = an_organisation(f"Body {number}")
        affiliate(organisation=body, parent=federation)
        endorsed(call, body)
    few = rendered(call)
    for number in range(12):
        body = an_organisation(f"Further body {number}")
        affiliate(organisation=body, parent=federation)
        endorsed(call, body)

    assert rendered(call) == few


def test_nobody_endorses_what_is_over(call, riders):
    with time_machine.travel(call.ends_at, tick=False), pytest.raises(Refused):
        endorsed(call, riders)


def test_who_came_by_a_named_link_is_counted_with_it(client, call):
    name_source(post=call.post, code="flyer")
    at_the_form(client, call, **{"from": "flyer"})

    rows = SourceDay.objects.values_list("source__code", "act", "count")
    assert list(rows) == [("flyer", "endorsed", 1)]
