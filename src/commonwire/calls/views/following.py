"""`/key/…/of-call/`: the author of a press release that was made of a call brings it up to
date with that call."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commonwire.calls.actions import releasing
from commonwire.calls.models import CallRelease
from commonwire.calls.releases import note_of
from commonwire.publishing.models import Key
from commonwire.publishing.queries import the_site
from commonwire.publishing.views import room
from commonwire.publishing.views.see_other import SeeOther


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@room.in_room
def follow(
    request: HttpRequest, key: Key, token: str, post_id: int
) -> HttpResponseBase:
    post = room.post_of(key, post_id)
    made = get_object_or_404(CallRelease, post=post)
    if request.method == "POST":
        said = _do(request, made)
        return SeeOther(f"{request.path}?said={said}")
    note = note_of(post)
    page: dict[str, Any] = {
        "post": post,
        "token": token,
        "note": note,
        "now": _now(made, note.behind if note else ()),
        "said": _SAID.get(request.GET.get("said", ""), ""),
        "site": the_site(),
    }
    return render(request, "calls/follow.html", page)


def _do(request: HttpRequest, made: CallRelease) -> str:
    if not made.of.may_be_read:
        return "gone"
    if request.POST.get("do") == "follows":
        releasing.say_it_follows(made=made)
        return "follows"
    facts = room.facts_of(request)
    return "left" if releasing.bring_up_to_date(made=made, facts=facts) else "done"


def _now(made: CallRelease, behind: tuple[str, ...]) -> list[str]:
    """What the call says in place of what the release has."""
    there = releasing.now_said(made.of) if behind else {}
    return [there[name] for name in there if name in behind and there[name]]


_SAID = {
    "done": _("Done. The old text stands on the page as a difference."),
    "follows": _("Done."),
    "left": _(
        "What is named here is not in the release as it was taken from the call: correct "
        "it yourself. The rest was put in."
    ),
    "gone": _("The call is not there any more."),
}
