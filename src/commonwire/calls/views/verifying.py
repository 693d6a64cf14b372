"""`/organisations/room/<pass>/verify/`: the organisation proves that its website is its
own."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from commonwire.calls import proofs
from commonwire.calls.actions.organisations import domain_of
from commonwire.calls.actions.verifying import WebsiteChanged, verify
from commonwire.calls.states import Proof
from commonwire.calls.stewardship import Acting
from commonwire.calls.views.inside import Reply, in_room, room_page
from commonwire.publishing.views.see_other import SeeOther


@in_room
def verify_page(request: HttpRequest, acting: Acting, token: str) -> Reply:
    own, fault = acting.organisation, ""
    if request.method == "POST":
        by = Proof.DNS if request.POST.get("by") == Proof.DNS else Proof.FILE
        try:
            domain = proofs.check(own, by)
            verify(organisation=own, by=by, domain=domain)
            return SeeOther(f"/organisations/room/{token}/?said=verified")
        except proofs.NotProved as not_proved:
            fault = not_proved.words
        except WebsiteChanged:
            fault = _(
                "The website was changed meanwhile. Verify the one that it is now."
            )
            own.refresh_from_db()
    page = {
        "fault": fault,
        "line": proofs.line_of(own),
        "domain": domain_of(own.website),
        "file": proofs.FILE,
        "status": 422 if fault else 200,
    }
    return room_page(request, acting, token, "organisations/verify.html", **page)
