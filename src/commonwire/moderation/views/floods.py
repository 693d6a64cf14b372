"""Floods: one line and one button while there is one, and a heap that one act clears."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from commonwire.accounts.middleware import editor_of
from commonwire.accounts.permissions import Permission, needs
from commonwire.moderation.actions import floods
from commonwire.moderation.actions.clearing import clear_heap
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.forms.orders import Typed, rule_of, typed_of
from commonwire.moderation.models import Heap
from commonwire.moderation.views.sheets import page_of, sheet_at
from commonwire.publishing.views.see_other import SeeOther


@needs(Permission.FLOOD)
@require_POST
def flood(request: HttpRequest) -> HttpResponse:
    """Open the raw wire for new posts, or close it."""
    begins = request.POST.get("do") == "flood-on"
    reason = request.POST.get("reason", "")
    try:
        if begins:
            floods.begin(by=editor_of(request), reason=reason)
        else:
            floods.end(by=editor_of(request), reason=reason)
    except Refused as refused:
        return _again(request, typed_of(request.POST, refused))
    return SeeOther("/desk/#flood")


@needs(Permission.HIDE)
@require_POST
def clear(request: HttpRequest, number: int) -> HttpResponse:
    """Everything of a heap that nobody has looked at is hidden, or listed."""
    heap = get_object_or_404(Heap, pk=number)
    try:
        made = clear_heap(
            by=editor_of(request),
            heap=heap,
            hide=request.POST.get("do") == "hide",
            rule=rule_of(request.POST.get("rule", "")),
            reason=request.POST.get("reason", ""),
        )
    except Refused as refused:
        return _again(request, typed_of(request.POST, refused), heap)
    return SeeOther(f"/desk/?done={made.number}")


def _again(
    request: HttpRequest, typed: Typed, heap: Heap | None = None
) -> HttpResponse:
    sheet = sheet_at("/desk/", editor_of(request))
    there = next((one for one in sheet.floods if one.heap == heap), None)
    if there is None:
        sheet.refusals = list(typed.faults.values())
    else:
        there.typed = typed
    return render(request, "desk/stream.html", page_of(sheet), status=422)
