"""`/pledge/<post>/…`: a person promises what a call asks; afterwards they find it again
at an address that only they know. No account, no cookie."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commonwire.calls import pledge_rules as rules
from commonwire.calls.actions import pledging
from commonwire.calls.models import Call, Pledge
from commonwire.calls.pledge_forms import PledgeForm
from commonwire.calls.pledge_queries import by_token, call_of
from commonwire.kit.buckets import Buckets, network_of
from commonwire.kit.numbers import row_numbers
from commonwire.mail import tokens
from commonwire.publishing import patience, sources, work
from commonwire.publishing.actions.sources import count
from commonwire.publishing.fares import Fare
from commonwire.publishing.models.source import Act
from commonwire.publishing.queries import the_site
from commonwire.publishing.views.entrance import HONEYPOT
from commonwire.publishing.views.see_other import SeeOther

# A school or a shop floor behind one address pledges together.
pledges_per_network = Buckets(
    "calls.pledging.pledges_per_network", capacity=60, seconds=20
)


class Refused(Exception):
    """A form is not taken; says why, and what to do."""


@csrf_exempt  # no cookie stands behind this form: there is nothing to forge
@require_http_methods(["GET", "HEAD", "POST"])
def pledge_form(request: HttpRequest, post_id: int) -> HttpResponse:
    call = _call_of(post_id)
    if closed := rules.why_closed(call, timezone.now()):
        status = HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK
        return _page(request, call, status, closed=closed)
    if request.method != "POST":
        asked = row_numbers(request.GET.getlist("ask"))
        form = PledgeForm(call, initial={"asks": asked})
        return _page(request, call, form=form)
    form = PledgeForm(call, request.POST)
    try:
        return SeeOther(_take(request, call, form))
    except pledging.Closed as error:  # in the meantime
        return _page(request, call, HTTPStatus.CONFLICT, closed=str(error))
    except Refused as error:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _page(request, call, status, form=form, refused=str(error))


def _take(request: HttpRequest, call: Call, form: PledgeForm) -> str:
    """Where the pledge is found; raises Refused and Closed. A form that is sent twice
    leads to the same pledge."""
    opened = patience.opened(request.POST.get("opened", ""))
    if opened is None:
        raise Refused(
            _("This form was open for days. Look through it and send it again.")
        )
    token = tokens.keyed("pledge", f"{call.pk}:{opened.nonce}")
    if _find(call, token) is None:
        _admit(request, opened, form)
        pledging.pledge(call=call, content=form.content, token=token)
        count(post=call.post, code=_source(request), act=Act.PLEDGED)
    return f"/pledge/{call.post_id}/{token}/"


def _admit(request: HttpRequest, opened: patience.Opened, form: PledgeForm) -> None:
    """Raises Refused for faults, floods and programs."""
    if request.POST.get(HONEYPOT):
        raise Refused(
            _(
                "A field that people do not see was filled in. It is empty again: send "
                "the form once more."
            )
        )
    if not form.is_valid():
        raise Refused("")
    if opened.fare(timezone.now()) is None and not _worked(request):
        raise Refused(
            _("That was faster than people write. Wait a moment, then send it again.")
        )
    if not pledges_per_network.take(network_of(request.META)):
        raise Refused(
            _(
                "Many pledges came from your network just now. Wait a minute and send it "
                "again; what you wrote is still here."
            )
        )


def _worked(request: HttpRequest) -> bool:
    fare = work.check(request.POST.get("altcha", ""))
    return isinstance(fare, Fare) and not work.use(fare)


@csrf_exempt  # the address is the secret
@require_http_methods(["GET", "HEAD", "POST"])
def own_pledge(request: HttpRequest, post_id: int, token: str) -> HttpResponse:
    """What somebody promised: they confirm by mail, say that they did it, take it
    back."""
    call = _call_of(post_id)
    pledge = _find(call, token)
    if pledge is None:
        return _own_page(request, call, HTTPStatus.NOT_FOUND)
    if request.method != "POST":
        return _own_page(request, call, pledge=pledge)
    try:
        return _change(request, call, pledge)
    except (pledging.NotYet, Refused) as error:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _own_page(request, call, status, pledge=pledge, refused=str(error))


def _change(request: HttpRequest, call: Call, pledge: Pledge) -> HttpResponse:
    do = request.POST.get("do", "")
    if do == "done":
        pledging.say_done(pledge=pledge)
        return SeeOther(request.path)
    if do != "take back":
        raise Refused(_("Press one of the buttons below."))
    if not request.POST.get("sure"):
        raise Refused(_("Tick the box to take it back."))
    pledging.take_back(pledge=pledge)
    return _own_page(request, call, taken_back=True)


def _find(call: Call, token: str) -> Pledge | None:
    found = by_token(token)
    if found is None or found.call_id != call.pk:
        return None
    found.call = call
    return found


def _call_of(post_id: int) -> Call:
    call = call_of(post_id)
    if call is None or call.post.embargo_until:
        raise Http404
    return call


def _page(
    request: HttpRequest, call: Call, status: int = HTTPStatus.OK, **said: Any
) -> HttpResponse:
    now = timezone.now()
    sent = request.POST.get("opened", "")
    page = {
        "site": the_site(),
        "post": call.post,
        "form": None,
        "closed": "",
        "refused": "",
        "honeypot": HONEYPOT,
        "opened": sent if patience.opened(sent) else patience.form_token(now),
        "source": _source(request),
        **said,
    }
    return render(request, "calls/pledge.html", page, status=status)


def _own_page(
    request: HttpRequest, call: Call, status: int = HTTPStatus.OK, **said: Any
) -> HttpResponse:
    pledge = said.get("pledge")
    page = {
        "site": the_site(),
        "post": call.post,
        "pledge": pledge,
        "asks": list(pledge.asks.all()) if pledge else [],
        "has_begun": rules.has_begun(call, timezone.now()),
        "address": request.build_absolute_uri(request.path),
        "taken_back": False,
        "refused": "",
        **said,
    }
    return render(request, "calls/own_pledge.html", page, status=status)


def _source(request: HttpRequest) -> str:
    """By which link somebody came, carried along with the form."""
    behind = request.headers.get("Referer", "")
    return sources.carried(request.POST, request.GET, behind)
