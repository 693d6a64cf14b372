from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commonwire.calendar.models import Occurrence
from commonwire.calls.actions import endorsing, issuing
from commonwire.calls.actions.endorsing import Authority
from commonwire.calls.actions.organisations import (
    affiliate,
    change_organisation,
    merge,
)
from commonwire.calls.actions.touching import touch
from commonwire.calls.models import Issuer
from commonwire.calls.stewardship import Acting
from commonwire.changes.models import Change
from commonwire.delivery.pages.organisations import OrganisationList, Organisations
from commonwire.delivery.printing import on_demand
from tests.calendar import an_event
from tests.calls.factories import a_call
from tests.delivery.pages import NOTHING, Reaction, reaction, stale, with_feeds
from tests.factories import a_post, an_organisation
from tests.page import Page

pytestmark = pytest.mark.django_db


def page(organisation):
    return Page(Organisations().render(slug=organisation.slug, feed=None))


def issue(organisation, **post):
    made = a_post(**post)
    Issuer.objects.create(
        post=made, organisation=organisation, accepted_at=timezone.now()
    )
    return made


def test_a_change_shows_on_its_own_page_at_once_and_around_it_when_asked():
    federation, region, local = (an_organisation(name) for name in ("F", "R", "L"))
    an_organisation("Elsewhere")
    affiliate(organisation=region, parent=federation)
    affiliate(organisation=local, parent=region)
    change_organisation(organisation=region, seen=1, area="North")
    change = Change.objects.latest("pk")
    assert reaction(Organisations(), change) == Reaction(
        frozenset({"/organisations/r/"}),
        frozenset(with_feeds("/organisations/r/")),
        frozenset({"/organisations/f/", "/organisations/l/"}),
    )
    assert reaction(OrganisationList(), change) == stale(*with_feeds("/organisations/"))


def test_a_post_is_on_the_pages_of_its_issuers_and_of_no_other():
    local = an_organisation("Local 4")
    an_organisation("Local 5")
    post = issue(local)
    change = Change(kind="post.corrected", post_id=post.pk)
    assert reaction(Organisations(), change) == stale(
        *with_feeds("/organisations/local-4/")
    )
    assert reaction(OrganisationList(), change) == stale(*with_feeds("/organisations/"))


def test_other_posts_leave_organisations_alone():
    an_organisation("Local 4")
    change = Change(kind="post.corrected", post_id=a_post().pk)
    assert reaction(Organisations(), change) == NOTHING
    assert reaction(OrganisationList(), change) == NOTHING


def test_the_page_shows_the_tree_above_and_below():
    federation, region, local = (
        an_organisation(name) for name in ("Federation", "Region", "Local 4")
    )
    affiliate(organisation=region, parent=federation)
    affiliate(organisation=local, parent=region)
    assert "Belongs to Region Federation" in page(local).text
    shown = page(federation).text
    assert "Bodies that belong to it" in shown
    assert shown.index("Region") < shown.index("Local 4")


def test_what_merged_says_into_what_and_that_page_says_what_it_was():
    old, new = an_organisation("Old Union"), an_organisation("New Union")
    merge(organisation=old, into=new, on=timezone.localdate())
    assert "It went into another body" in page(old).text
    assert "Old Union went into it" in page(new).text


def test_posts_and_feeds_are_those_that_it_issued():
    local = an_organisation("Local 4")
    issue(local, title="A strike vote")
    a_post("Another's post")
    shown = page(local).text
    assert "A strike vote" in shown
    assert "Another's post" not in shown
    feed = Organisations().render(slug="local-4", feed="feed.atom")
    assert b"A strike vote" in feed
    assert b"Another" not in feed


def test_a_contact_for_the_press_alone_is_on_no_page():
    contact = {"name": "Rosa", "phone": "555-0100", "email": "", "office": ""}
    local = an_organisation("Local 4")
    change_organisation(organisation=local, seen=1, press_contact=contact)
    assert "555-0100" not in page(local).text
    change_organisation(organisation=local, seen=2, press_contact_public=True)
    assert "555-0100" in page(local).text


@pytest.mark.parametrize("bodies", [1, 3])
def test_the_page_asks_as_much_of_many_bodies_as_of_one(bodies):
    federation = an_organisation("Federation")
    for _number in range(bodies):
        affiliate(organisation=an_organisation(), parent=federation)
    page(federation)
    with CaptureQueriesContext(connection) as asked:
        page(federation)
    assert len(asked) == 13


def an_endorsement(call, body):
    return endorsing.endorse(call=call, acting=Acting(body), authority=Authority())


def test_it_says_what_it_endorses_and_that_it_withdrew():
    local, call = an_organisation("Local 4"), a_call("Night buses")
    made = an_endorsement(call, local)
    assert "Endorses Night buses" in page(local).text
    endorsing.take_back(endorsement=made)
    assert "withdrawn on" in page(local).text


def test_a_change_of_a_call_has_the_pages_of_endorsers_forgotten():
    local, call = an_organisation("Local 4"), a_call("Night buses")
    an_endorsement(call, local)
    on_demand(local.path)
    touch(call)
    change = Change.objects.latest("pk")
    assert set(Organisations().forgotten(change)) == {local.path}


def test_it_names_the_events_to_come_and_no_longer_those_that_were():
    local, post = an_organisation("Local 4"), an_event("Picnic")
    issuing.issue(post=post, by=Acting(local))
    (occurrence,) = Occurrence.objects.all()
    assert "Picnic" in page(local).text.partition("Calendar")[2]
    over = datetime.combine(occurrence.last_day, time(12), UTC) + timedelta(days=1)
    due = Organisations().due(over, lambda _path: over - timedelta(days=1))
    assert set(due) == {local.path}


def test_there_is_no_page_of_nobody():
    assert Organisations().render(slug="nobody", feed=None) is None
