"""What issuers see of pledges, in the author's room and in an organisation's: numbers,
and the words that everybody sees. And the sheets that were signed on paper."""

from typing import Any

from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commonwire.calls.actions import pledging, sheets
from commonwire.calls.models import Call, Endorsement, Pledge
from commonwire.calls.pledge_forms import GoalForm, SheetForm
from commonwire.calls.pledge_queries import call_of
from commonwire.calls.pledge_rules import place_key
from commonwire.calls.pledge_tally import Tally, days, tally
from commonwire.calls.states import EndorsementState
from commonwire.calls.stewardship import Acting
from commonwire.calls.views import inside
from commonwire.kit.numbers import row_numbers
from commonwire.publishing.models import Key
from commonwire.publishing.queries import the_site
from commonwire.publishing.views import room
from commonwire.publishing.views.see_other import SeeOther

Reply = HttpResponseBase


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@room.in_room
def authors_counts(request: HttpRequest, key: Key, token: str, post_id: int) -> Reply:
    call = _call_of(room.post_of(key, post_id).pk)
    page: dict[str, Any] = {"room": f"/key/{token}/"}
    return _answer(request, call, page)


@inside.in_room
def organisations_counts(
    request: HttpRequest, acting: Acting, token: str, post_id: int
) -> Reply:
    """Numbers for a call that the organisation issues; who endorses one enters paper
    sheets, too."""
    issues = acting.organisation.issued.exclude(accepted_at=None).filter(post=post_id)
    endorses = Endorsement.objects.filter(
        call__post=post_id,
        organisation=acting.organisation,
        state=EndorsementState.CONFIRMED,
    )
    is_issuer = issues.exists()
    if not is_issuer and not endorses.exists():
        raise Http404
    call = _call_of(post_id)
    page: dict[str, Any] = {"room": f"/organisations/room/{token}/", "acting": acting}
    page["issues"] = is_issuer
    if request.POST.get("do") == "enter":
        return _enter(request, call, acting, page)
    if request.POST.get("do") == "take sheet back":
        name = request.POST.get("sheet", "")[:100]
        sheets.take_sheet_back(by=acting, call=call, name=name)
        return SeeOther(f"{request.path}#sheets")
    return _answer(request, call, page) if is_issuer else _page(request, call, **page)


def _answer(request: HttpRequest, call: Call, page: dict[str, Any]) -> Reply:
    do = request.POST.get("do", "")
    if do == "goal":
        form = GoalForm(request.POST)
        if not form.is_valid():
            return _page(request, call, status=422, **page, goal_form=form)
        pledging.set_goal(call=call, **form.cleaned_data)
        return SeeOther(request.path)
    if do.startswith("remove words "):
        numbers = row_numbers([do.removeprefix("remove words ")])
        for pledge in Pledge.objects.filter(call=call, pk__in=numbers):
            pledging.remove_words(pledge=pledge)
        return SeeOther(f"{request.path}#words")
    if do == "remove area":
        key = place_key(request.POST.get("area", "")[:100])
        pledging.remove_place(call=call, key=key)
        return SeeOther(f"{request.path}#by-area")
    return _page(request, call, **page)


def _enter(
    request: HttpRequest, call: Call, acting: Acting, page: dict[str, Any]
) -> Reply:
    form = SheetForm(call, request.POST)
    if form.is_valid():
        try:
            sheets.enter_sheet(by=acting, call=call, sheet=form.content)
        except (sheets.Entered, pledging.Closed) as error:
            form.add_error("sheet", str(error))
        else:
            return SeeOther(f"{request.path}#sheets")
    return _page(request, call, status=422, **page, sheet_form=form)


def _call_of(post_id: int) -> Call:
    call = call_of(post_id)
    if call is None:
        raise Http404
    return call


def _page(request: HttpRequest, call: Call, status: int = 200, **page: Any) -> Reply:
    counted = tally(call)
    acting = page.get("acting")
    shown = {
        "site": the_site(),
        "post": call.post,
        "pledges": counted,
        "asks": _by_ask(call, counted),
        "days": days(call),
        "goal_form": GoalForm(_goal(counted)),
        "acting": acting,
        "issues": True,
        "sheets": _sheets(acting, call) if acting else [],
        "sheet_form": SheetForm(call),
        "closed_to_paper": sheets.why_closed(call),
        **page,
    }
    return render(request, "calls/pledge_counts.html", shown, status=status)


def _by_ask(call: Call, counted: Tally) -> list[tuple[Any, Any]]:
    """What was asked once, too, when somebody promised it."""
    return [
        (ask, counted.asks.get(ask.pk))
        for ask in call.asks.all()
        if ask.pk in counted.asks or not ask.dropped
    ]


def _goal(counted: Tally) -> dict[str, Any]:
    return {"people": counted.goal or "", "in_each_area": counted.in_each_place}


def _sheets(acting: Acting, call: Call) -> list[dict[str, Any]]:
    rows: Any = sheets.sheets_of(acting, call).values("sheet", "place", "day")
    return list(rows.annotate(people=Sum("people")).order_by("-day", "sheet"))
