"""`/key/…/call/`: its author calls a call off, takes it up again, says what became of its demands, and
looks at what others bring: endorsements, local events, translations."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commonwire.calls.actions import calling, endorsing, local_events
from commonwire.calls.endorsers import waiting_of
from commonwire.calls.forms.endorsement import CallOffForm, StatusForm, TakeUpForm
from commonwire.calls.local import events_to_look_at
from commonwire.calls.models import Call, CallRelease, Organisation
from commonwire.calls.press_release import draft_release
from commonwire.calls.states import DemandStatus, EndorsementState
from commonwire.kit.numbers import row_number
from commonwire.publishing.models import Key
from commonwire.publishing.queries import the_site
from commonwire.publishing.views import room
from commonwire.publishing.views.see_other import SeeOther

Reply = HttpResponseBase


_TYPED = ("organisation", "demand", "status", "since", "note")


class Wrong(ValueError):
    """Nothing was done; says why."""


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@room.in_room
def lead(request: HttpRequest, key: Key, token: str, post_id: int) -> Reply:
    post = room.post_of(key, post_id)
    call = Call.objects.filter(post=post).first()
    if call is None:
        raise Http404
    call.post = post
    wrong = ""
    if request.method == "POST":
        if request.POST.get("do") == "release":
            return SeeOther(f"/publish/{draft_release(call, key)}/")
        try:
            _do(call, request.POST)
            return SeeOther(f"{request.path}?said=done")
        except (Wrong, endorsing.Refused, local_events.Refused) as error:
            wrong = str(error)
    page: dict[str, Any] = {
        "post": post,
        "call": call,
        "token": token,
        "wrong": wrong,
        "said": _("Done.") if not wrong and request.GET.get("said") == "done" else "",
        # What was refused comes back as it was typed.
        "sent": {name: request.POST.get(name, "") for name in _TYPED},
        "demands": call.demands.all(),
        "statuses": DemandStatus.choices,
        "off": CallOffForm(request.POST if _sent(request, "call off") else None),
        "up": TakeUpForm(request.POST if _sent(request, "take up") else None)
        if calling.can_be_taken_up(call)
        else None,
        "waiting": waiting_of(call),
        "releases": CallRelease.objects.filter(of=post, post__key=key).select_related(
            "post"
        ),
        "events": events_to_look_at(call),
        "translations": call.translations.filter(
            translation_agreed_at=None, post__embargo_until=None
        ).select_related("post"),
        "site": the_site(),
    }
    status = 422 if wrong else 200
    return render(request, "calls/lead.html", page, status=status)


def _sent(request: HttpRequest, act: str) -> bool:
    return bool(request.POST.get("do") == act)


def _do(call: Call, sent: QueryDict) -> None:
    """Raises Wrong or Refused, in a sentence."""
    act = _ACTS.get(sent.get("do", ""))
    if act is None:
        raise Wrong(_("Press one of the buttons of this page."))
    act(call, sent)


def _call_off(call: Call, sent: QueryDict) -> None:
    form = CallOffForm(sent)
    _check(form)
    calling.call_off(call=call, because=form.cleaned_data["because"])


def _take_up(call: Call, sent: QueryDict) -> None:
    form = TakeUpForm(sent)
    _check(form)
    calling.take_up(call=call, note=form.cleaned_data["note"])


def _set_status(call: Call, sent: QueryDict) -> None:
    demand = call.demands.filter(number=row_number(sent.get("demand", "")) or 0).first()
    if demand is None:
        raise Wrong(_("There is no such demand any more."))
    form = StatusForm(sent, today=call.when.today())
    _check(form)
    told = form.cleaned_data
    calling.set_status(
        demand=demand,
        status=DemandStatus(told["status"]),
        day=told["since"],
        note=told["note"],
    )


def _invite(call: Call, sent: QueryDict) -> None:
    name = sent.get("organisation", "").strip().rstrip("/").rpartition("/")[2]
    found = Organisation.objects.filter(slug=name) or Organisation.objects.filter(
        name__iexact=sent.get("organisation", "").strip()
    )
    organisation = found.first()
    if organisation is None:
        raise Wrong(
            _("There is no such organisation here. Copy the address of its page.")
        )
    endorsing.invite(call=call, organisation=organisation)


def _confirm(call: Call, sent: QueryDict) -> None:
    made = endorsing.confirm(endorsement=_endorsement(call, sent))
    if made.state != EndorsementState.CONFIRMED:
        raise Wrong(
            _("“%(name)s” speaks for itself here: it waits for one of its stewards.")
            % {"name": made.name}
        )


def _refuse(call: Call, sent: QueryDict) -> None:
    endorsing.refuse(endorsement=_endorsement(call, sent))


def _endorsement(call: Call, sent: QueryDict) -> Any:
    found = call.endorsements.filter(pk=row_number(sent.get("row", "")) or 0).first()
    if found is None:
        raise Wrong(_("This endorsement is not there any more."))
    return found


def _list_event(call: Call, sent: QueryDict) -> None:
    local_events.list_event(event=_event(call, sent))


def _refuse_event(call: Call, sent: QueryDict) -> None:
    local_events.refuse_event(event=_event(call, sent))


def _event(call: Call, sent: QueryDict) -> Any:
    found = call.local_events.filter(pk=row_number(sent.get("row", "")) or 0).first()
    if found is None:
        raise Wrong(_("This event is not there any more."))
    return found


def _agree(call: Call, sent: QueryDict) -> None:
    calling.agree_translation(translation=_translation(call, sent), agrees=True)


def _disagree(call: Call, sent: QueryDict) -> None:
    calling.agree_translation(translation=_translation(call, sent), agrees=False)


def _translation(call: Call, sent: QueryDict) -> Call:
    found = call.translations.filter(pk=row_number(sent.get("row", "")) or 0).first()
    if found is None:
        raise Wrong(_("This translation is not there any more."))
    return found


def _check(form: Any) -> None:
    if not form.is_valid():
        raise Wrong(" ".join(str(e) for found in form.errors.values() for e in found))


_ACTS: dict[str, Callable[[Call, QueryDict], None]] = {
    "call off": _call_off,
    "take up": _take_up,
    "status": _set_status,
    "invite": _invite,
    "confirm": _confirm,
    "refuse": _refuse,
    "list": _list_event,
    "not list": _refuse_event,
    "agree": _agree,
    "disagree": _disagree,
}
