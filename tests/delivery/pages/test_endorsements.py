import json

import pytest

from commonwire.calls.actions import endorsing
from commonwire.calls.actions.endorsing import Authority
from commonwire.calls.actions.organisations import change_organisation
from commonwire.calls.models import Organisation
from commonwire.calls.stewardship import Acting
from commonwire.changes.models import Change
from commonwire.delivery.pages.calls import Endorsements
from commonwire.delivery.printing import on_demand, print_stale
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
