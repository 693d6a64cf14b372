"""A federation of three levels, imported from a table as editors would; its local has
a steward, and has issued what it wrote."""

from functools import partial

from django.utils import timezone

from commonwire.calls.actions import (
    importing,
    issuing,
    organisations,
    stewards,
    verifying,
)
from commonwire.calls.actions.organisations import Told
from commonwire.calls.forms.importing import plan
from commonwire.calls.models import Organisation
from commonwire.calls.states import Proof
from commonwire.calls.stewardship import Acting
from commonwire.publishing.models import Post

FEDERATION = "Alder Valley Federation of Labor"
LOCAL = "Alder Bend Transit Workers, Local 41"
MEMBERS = """\
name;kind;area;website;members;members_on;parent;since
Upper Alder Council;regional;Upper Alder;;4100;2026-01-31;;1951-05-01
Lower Alder Council;regional;Lower Alder;https://lower-alder.example/;6350;2026-01-31;;1948-09-06
Alder Bend Transit Workers, Local 41;union;Alder Bend;https://local41.example/;231;2026-03-31;Lower Alder Council;1962-03-01
Bend Hospital Workers, Local 12;union;Alder Bend;;640;2026-01-31;Lower Alder Council;1970-01-01
Ferry and Lock Keepers;union;Lower Alder;;88;2025-12-31;Lower Alder Council;
Mill Lane Bakers;union;Old Mill;;57;2026-02-28;Lower Alder Council;
Weir Teachers’ Circle;union;Weir;;412;2026-01-31;Upper Alder Council;
Quarry and Stone Workers, Local 3;union;Weir;;190;2026-01-31;Upper Alder Council;1949-02-01
Ferry Street Neighbours;community;Alder Bend;;;;Lower Alder Council;
"""
BOILERPLATE = (
    "Alder Bend Transit Workers, Local 41, speaks for 231 drivers and mechanics on the "
    "buses of Alder Bend. Its meetings are open to riders on the first Monday of each "
    "month."
)


def found() -> str:
    """Makes them; the one-time link of the local's first steward."""
    told = Told(
        FEDERATION,
        kind="federation",
        area="Alder Valley",
        members=10_900,
        members_on=timezone.localdate(),
    )
    root = organisations.make_organisation(told=told)
    importing.import_members(root=root, read=partial(plan, MEMBERS, root))
    local = Organisation.objects.get(name=LOCAL)
    contact = {
        "name": "Irene Okafor-Reyes",
        "office": "press officer",
        "phone": "555-0141",
        "email": "press@local41.example",
    }
    local = organisations.change_organisation(
        organisation=local, seen=1, boilerplate=BOILERPLATE, press_contact=contact
    )
    verifying.verify(organisation=local, by=Proof.EDITOR)
    for post in Post.objects.filter(byline=LOCAL, kind="release"):
        issuing.issue(post=post, by=Acting(local))
    _have_a_past(local)
    return stewards.invite_first(by=None, organisation=local, label="press officer")


def _have_a_past(local: Organisation) -> None:
    """The tram crews' local went into it."""
    day = local.affiliations.get().since or timezone.localdate()
    trams = organisations.make_organisation(
        told=Told("Tram Crews, Local 9", kind="union", area="Alder Bend")
    )
    council = local.affiliations.get().parent
    organisations.affiliate(
        organisation=trams, parent=council, since=day.replace(year=1955)
    )
    organisations.merge(organisation=trams, into=local, on=day.replace(year=1988))
