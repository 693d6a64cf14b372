from datetime import date

import pytest

from commonwire.calls.actions.organisations import (
    AlreadyThere,
    Circle,
    Overtaken,
    affiliate,
    change_organisation,
    dissolve,
    end_affiliation,
    merge,
)
from commonwire.calls.models import Affiliation, Organisation
from tests.factories import an_organisation

pytestmark = pytest.mark.django_db
MAY = date(2026, 5, 1)


def standing(day):
    return {
        (each.organisation.name, each.parent.name)
        for each in Affiliation.objects.on(day)
    }


def test_two_of_one_name_have_two_addresses():
    paths = [an_organisation("Local 4").path for _ in range(2)]
    assert paths == ["/organisations/local-4/", "/organisations/local-4-2/"]


def test_a_name_may_not_take_the_address_of_a_room():
    assert an_organisation("Room").slug == "room-2"


def test_the_second_of_two_who_change_it_at_once_is_told():
    made = an_organisation("Local 4")
    change_organisation(organisation=made, seen=1, area="Riverton")
    with pytest.raises(Overtaken):
        change_organisation(organisation=made, seen=1, area="Hillside")
    made.refresh_from_db()
    assert (made.area, made.version) == ("Riverton", 2)


def test_another_website_is_not_proved_by_the_old_one():
    made = an_organisation("Local 4", website="https://local4.example/")
    Organisation.objects.update(
        verified_by="dns", verified_at=made.created_at, verified_domain="local4.example"
    )
    moved = change_organisation(organisation=made, seen=1, website="https://x.example")
    assert not moved.is_verified


def test_what_stands_under_it_cannot_stand_above_it():
    a, b, c = (an_organisation(name) for name in "ABC")
    affiliate(organisation=b, parent=a)
    affiliate(organisation=c, parent=b)
    with pytest.raises(Circle, match="C → B → A"):
        affiliate(organisation=a, parent=c)


def test_it_stands_under_another_once():
    a, b = an_organisation("A"), an_organisation("B")
    affiliate(organisation=b, parent=a)
    with pytest.raises(AlreadyThere):
        affiliate(organisation=b, parent=a)


def test_who_left_and_came_back_has_both_times():
    a, b = an_organisation("A"), an_organisation("B")
    first = affiliate(organisation=b, parent=a, since=date(2020, 1, 1))
    end_affiliation(affiliation=first, on=date(2024, 1, 1))
    affiliate(organisation=b, parent=a, since=MAY)
    assert standing(date(2022, 1, 1)) == standing(MAY) == {("B", "A")}
    assert standing(date(2024, 1, 1)) == set()


def test_what_stood_under_a_merged_body_stands_under_the_other():
    old, new, local = (an_organisation(name) for name in ("Old", "New", "Local"))
    affiliate(organisation=local, parent=old, since=date(2020, 1, 1))
    merge(organisation=old, into=new, on=MAY)
    assert standing(date(2026, 4, 30)) == {("Local", "Old")}
    assert standing(MAY) == {("Local", "New")}
    assert (old.merged_into, old.ended_on) == (new, MAY)


def test_a_dissolved_body_stands_nowhere_but_in_the_past():
    a, b = an_organisation("A"), an_organisation("B")
    affiliate(organisation=b, parent=a)
    dissolve(organisation=b, on=MAY)
    assert standing(MAY) == set()
    assert standing(date(2026, 4, 30)) == {("B", "A")}
