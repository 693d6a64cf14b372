"""`/calls/<post>/…`: an organisation endorses a call by a form, and anybody adds a local
event to it. No account, no cookie."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commonwire.calls.actions import endorsing, local_events
from commonwire.calls.forms.endorsement import EndorsementForm
from commonwire.calls.models import Call
from commonwire.kit.buckets import Buckets, network_of
from commonwire.mail.queries import is_on
from commonwire.publishing import patience, queries, sources, work
from commonwire.publishing.actions.sources import count
from commonwire.publishing.fares import Fare
from commonwire.publishing.models import Post
from commonwire.publishing.models.source import Act
from commonwire.publishing.views.entrance import HONEYPOT

# An office endorses for some of its locals; nobody for hundreds.
per_network = Buckets("calls.taking_part.per_network", capacity=10, seconds=300)


class Refused(Exception):
    """The form is not taken; says why, and what to do."""


@csrf_exempt  # no cookie stands behind this form: there is nothing to forge
@require_http_methods(["GET", "HEAD", "POST"])
def endorse(request: HttpRequest, post_id: int) -> HttpResponse:
    call = _call_of(post_id)
    form = EndorsementForm(request.POST if request.method == "POST" else None)
    page: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            _admit(request)
            made = endorsing.offer(
                call=call,
                organisation=form.body,
                named=form.cleaned_data["organisation"],
                email=form.cleaned_data["email"],
                authority=form.authority,
            )
            count(post=call.post, code=_source(request), act=Act.ENDORSED)
            page |= {"done": True, "mailed": made.state == "unconfirmed"}
            page["its_own"] = endorsing.speaks_for_itself(made) and made.organisation
        except (Refused, endorsing.Refused) as error:
            page["refused"] = str(error)
    return _page(request, call, "calls/endorse.html", page)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def add_event(request: HttpRequest, post_id: int) -> HttpResponse:
    """One that has its page already is put under the call; a new one is published under
    it, at `/publish/?kind=event&call=`."""
    call = _call_of(post_id)
    page: dict[str, Any] = {"typed": request.POST.get("event", "")[:500]}
    if request.method == "POST":
        try:
            _admit(request)
            event = local_events.add(call=call, post=_event_at(page["typed"]))
            page |= {"done": True, "listed": event.listed_at is not None}
        except (Refused, local_events.Refused) as error:
            page["refused"] = str(error)
    return _page(request, call, "calls/add_event.html", page)


def _source(request: HttpRequest) -> str:
    """By which link somebody came, carried along with the form."""
    behind = request.headers.get("Referer", "")
    return sources.carried(request.POST, request.GET, behind)


def _event_at(address: str) -> Post:
    """Raises Refused where there is none."""
    told = address.strip()
    path = urlsplit(told).path if told.startswith(settings.SITE_URL) else told
    number = queries.number_at(path)
    found = Post.objects.filter(pk=number or 0, kind="event", withdrawn_at=None).first()
    if found is None:
        raise Refused(
            _(
                "There is no event at this address. Copy it from the page of your event; "
                "if it has none yet, publish it under this call."
            )
        )
    return found


def _admit(request: HttpRequest) -> None:
    """Raises Refused for floods and programs."""
    if request.POST.get(HONEYPOT):
        raise Refused(
            _(
                "A field that people do not see was filled in. It is empty again: send "
                "the form once more."
            )
        )
    opened = patience.opened(request.POST.get("opened", ""))
    if opened is None:
        raise Refused(
            _("This form was open for days. Look through it and send it again.")
        )
    if opened.fare(timezone.now()) is None and not _worked(request):
        raise Refused(
            _("That was faster than people write. Wait a moment, then send it again.")
        )
    if not per_network.take(network_of(request.META)):
        raise Refused(
            _("Much came from your network just now. Wait some minutes, then send it.")
        )


def _worked(request: HttpRequest) -> bool:
    fare = work.check(request.POST.get("altcha", ""))
    return isinstance(fare, Fare) and not work.use(fare)


def _call_of(post_id: int) -> Call:
    calls = Call.objects.select_related("post").filter(post_id=post_id)
    call = calls.filter(post__embargo_until=None, post__withdrawn_at=None).first()
    if call is None or not call.post.may_be_read:
        raise Http404
    return call


def _page(
    request: HttpRequest, call: Call, template: str, page: dict[str, Any]
) -> HttpResponse:
    form = page.get("form")
    wrong = page.get("refused") or (form is not None and form.errors)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    shell: dict[str, Any] = {
        "done": False,
        "refused": "",
        "mailed": False,
        "listed": False,
        "call": call,
        "post": call.post,
        "source": _source(request),
        "closed": not call.takes_part(),
        "sends_mail": is_on(),
        "opened": patience.form_token(timezone.now()),
        "honeypot": HONEYPOT,
        "site": queries.the_site(),
    }
    return render(request, template, shell | page, status=status)
