import json
from datetime import timedelta

import pytest
import time_machine

from commonwire.calls.actions import calling, endorsing
from commonwire.calls.actions.endorsing import Authority
from commonwire.calls.actions.organisations import change_organisation
from commonwire.calls.models import Endorsement, Organisation
from commonwire.calls.stewardship import Acting
from commonwire.changes.models import Change
from commonwire.delivery.pages.calls import Endorsements
from commonwire.delivery.printing import on_demand, print_due, print_stale
from tests.calls.factories import a_call
from tests.delivery.pages import NOTHING, forgotten, reaction
from tests.factories import an_organisation
from tests.page import Page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def call():
    made = a_call()
    for name, kind, area in (
        ("Valley Federation", "federation", ""),
        ("Riders of Riverton", "union", "Riverton"),
        ("=cmd()", "union", "Milltown"),
    ):
        body = an_organisation(name, kind=kind, area=area)
        endorsing.endorse(call=made, acting=Acting(body), authority=Authority())
    return made


def names(path):
    links = Page(on_demand(path)).all("a")
    return [
        a["text"]
        for a in links
        if a["attributes"]["href"].startswith("/organisations/")
        and a["attributes"]["href"] != "/organisations/"
    ]


def test_they_are_listed_whole_by_kind_and_by_area(call):
    path = f"{call.post.path}endorsements/"

    assert sorted(names(path)) == ["=cmd()", "Riders of Riverton", "Valley Federation"]
    assert names(f"{path}federation/") == ["Valley Federation"]
    assert names(f"{path}in/riverton/") == ["Riders of Riverton"]
    assert on_demand(f"{path}business/") is None


def test_they_are_data_and_no_formula_in_spreadsheets(call):
    table = on_demand(f"{call.post.path}endorsements.csv").decode("utf-8-sig")
    data = json.loads(on_demand(f"{call.post.path}endorsements.json"))

    assert "'=cmd()" in table
    assert (data["count"], len(data["items"])) == (3, 3)


def test_lists_are_forgotten_when_the_call_changes(call):
    path = f"{call.post.path}endorsements/"
    print_stale()
    for each in (path, f"{path}union/", f"{path}in/riverton/"):
        on_demand(each)
    body = an_organisation("Milltown Bakers")
    endorsing.endorse(call=call, acting=Acting(body), authority=Authority())

    assert reaction(Endorsements(), Change.objects.latest("pk")) == forgotten(
        path, f"{path}union/", f"{path}in/riverton/"
    )


def test_lists_are_forgotten_when_an_endorser_changes(call):
    path = f"{call.post.path}endorsements/"
    taken = (path, f"{path}union/", f"{path}in/riverton/")
    for each in taken:
        on_demand(each)
    body = Organisation.objects.get(name="Riders of Riverton")
    change_organisation(organisation=body, seen=body.version, area="Harbour")

    assert reaction(Endorsements(), Change.objects.latest("pk")) == forgotten(*taken)


def test_other_changes_leave_them_alone(any_change):
    assert reaction(Endorsements(), any_change) == NOTHING


def words(path):
    return " ".join(Page(on_demand(path)).text.split())


def withdrawn(call, name):
    given = Endorsement.objects.get(call=call, organisation__name=name)
    endorsing.take_back(endorsement=given, acting=Acting(given.organisation))


def test_who_withdrew_is_named_in_the_list_of_all_and_of_its_own(call):
    withdrawn(call, "Riders of Riverton")
    path, said = f"{call.post.path}endorsements/", "withdrew its endorsement on"

    assert f"Riders of Riverton {said}" in words(path)
    assert f"Riders of Riverton {said}" in words(f"{path}in/riverton/")
    assert said not in words(f"{path}federation/")


def test_lists_and_data_say_how_a_call_stands(call):
    path = call.post.path
    calling.call_off(call=call, because="The ice is too thin.")

    assert "The ice is too thin." in words(f"{path}endorsements/")
    assert json.loads(on_demand(f"{path}endorsements.json"))["state"] == "called-off"


def test_lists_and_data_are_printed_again_when_the_call_is_over(call):
    path, now = call.post.path, call.ends_at + timedelta(minutes=1)
    taken = [f"{path}endorsements/union/", f"{path}endorsements.json"]
    for each in taken:
        on_demand(each)
    with time_machine.travel(now, tick=False):
        print_due(now)
        assert "It is over." in words(taken[0])
        assert json.loads(on_demand(taken[1]))["state"] == "ended"
