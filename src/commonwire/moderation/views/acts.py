"""Every button of the desk leads here. Without scripts the answer leads back to where
the form stood; a script gets the few parts of the page that are different."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from commonwire.accounts.middleware import editor_of
from commonwire.accounts.models import Editor
from commonwire.accounts.permissions import Permission, may, needs
from commonwire.kit.numbers import row_number
from commonwire.moderation import queries
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.actions.flagging import clear_flags
from commonwire.moderation.actions.orders import Outcome, Target, carry_out_each
from commonwire.moderation.forms.orders import (
    SEEN,
    Typed,
    order_of,
    target_of,
    targets_of,
    typed_of,
)
from commonwire.moderation.items import (
    Item,
    item_of_appeal,
    item_of_comment,
    item_of_correction,
    item_of_post,
)
from commonwire.moderation.models import Flag
from commonwire.moderation.queues import QUEUES
from commonwire.moderation.today import today
from commonwire.moderation.views.history import history_page
from commonwire.moderation.views.sheets import (
    mark,
    page_of,
    parts_of_items,
    sheet_at,
    without_done,
)
from commonwire.publishing.views.see_other import SeeOther

# How a script says that it wants parts.
PART = "Desk-Part"
_BACK = re.compile(r"/desk/[^\s\\]{0,2000}")
_POST = re.compile(r"/desk/posts/([0-9]{1,17})/")


@needs(Permission.READ)
@require_POST
def act(request: HttpRequest) -> HttpResponse:
    editor = editor_of(request)
    names = request.POST.getlist("target")
    try:
        targets = targets_of(names)
        names = [
            _shown_by(name, found) for name, found in zip(names, targets, strict=False)
        ]
        if request.POST.get("do") == SEEN:
            outcome = _seen(editor, targets)
        else:
            order = order_of(request.POST)
            outcome = carry_out_each(by=editor, order=order, targets=targets)
    except Refused as refused:
        return _again(request, names, refused)
    if outcome.refused and not outcome.done:
        told = {refused.words for _target, refused in outcome.refused}
        if len(told) == 1:
            return _again(request, names, outcome.refused[0][1])
    return _done(request, names, outcome)


def _shown_by(name: str, target: Target) -> str:
    """The name of what lies on the desk: of a flag, what it is about."""
    return name_of(target) if target.flag is not None else name


def _seen(editor: Editor, targets: list[Target]) -> Outcome:
    """Nothing is wrong with what was flagged: no decision, and no trace of who flagged."""
    if not may(editor, Permission.HIDE):
        raise Refused("act", _("You may not do this. Ask a steward."))
    for target in targets:
        if target.post is not None:
            clear_flags(post=target.post, comment=target.comment)
    return Outcome()


def _done(request: HttpRequest, names: list[str], outcome: Outcome) -> HttpResponse:
    if request.headers.get(PART):
        return _parts(request, names, outcome)
    for words in refusals(outcome):
        messages.warning(request, words)
    back = without_done(_back(request))
    if outcome.done:
        numbers = ",".join(str(made.number) for made in outcome.done)
        back += f"{'&' if '?' in back else '?'}done={numbers}"
    elif not outcome.refused:
        messages.success(request, _("The flags are off the desk."))
    after = request.POST.get("next", "")
    place = f"#{after}" if re.fullmatch(r"[a-z]+-\d+", after) else "#list"
    return SeeOther(back + place)


def refusals(outcome: Outcome) -> list[str]:
    """What could not be done, and why: the same reason once."""
    told: dict[str, list[str]] = {}
    for target, refused in outcome.refused:
        told.setdefault(refused.words, []).append(f"“{target.title}”")
    return [
        ngettext(
            "Not done with %(titles)s: %(why)s",
            "Not done with %(titles)s: %(why)s",
            len(titles),
        )
        % {"titles": ", ".join(titles), "why": words}
        for words, titles in told.items()
    ]


def _again(request: HttpRequest, names: list[str], refused: Refused) -> HttpResponse:
    """The page that the form was on, with what was typed and what is wrong with it."""
    editor, typed = editor_of(request), typed_of(request.POST, refused)
    if request.headers.get(PART):
        return _refused_part(request, names, typed)
    back = _back(request)
    post = _POST.fullmatch(urlsplit(back).path)
    if post and (page := history_page(request, int(post[1]), names, typed)):
        return page
    sheet = sheet_at(back, editor)
    if request.POST.get("bulk") or len(names) != 1:
        sheet.bulk, sheet.ticked = typed, tuple(names)
    else:
        mark(sheet, names[0], typed, _item(names[0], editor))
    return render(request, "desk/stream.html", page_of(sheet), status=422)


def _back(request: HttpRequest) -> str:
    back = request.POST.get("back", "")
    return back if _BACK.fullmatch(back) else "/desk/"


# For scripts


def _parts(request: HttpRequest, names: list[str], outcome: Outcome) -> HttpResponse:
    editor = editor_of(request)
    numbers = [made.number for made in outcome.done]
    # As their posts are now.
    done = list(queries.decisions().filter(number__in=numbers))
    if any(name.startswith("decision:") for name in names):
        items = _undone_items(names, editor)
    else:
        # Each is still in its queue, or has left it.
        queues = zip(names, request.POST.getlist("queue"), strict=False)
        items = [_item(n, editor, queue) for n, queue in queues if _belongs(n, queue)]
    page = {
        "items": [item for item in items if item is not None],
        "done": done,
        "refusals": refusals(outcome),
        "refused": [name_of(target) for target, _refused in outcome.refused],
        "last_own": queries.last_own(editor),
        "today": today(),
        **parts_of_items(),
        "back": without_done(_back(request)),
    }
    return render(request, "desk/answer.html", page)


def _undone_items(names: list[str], editor: Editor) -> list[Item | None]:
    """What an act that was taken back was about: it lies on the desk again."""
    found = [target_of(name) for name in names]
    return [_item(name_of(target), editor) for target in found if target.post]


def name_of(target: Target) -> str:
    if target.appeal is not None:
        return f"appeal:{target.appeal.pk}"
    if target.correction is not None:
        return f"correction:{target.correction.pk}"
    if target.decision is not None and target.decision.addendum_id:
        return f"comment:{target.decision.addendum_id}"
    if target.comment is not None:
        return f"comment:{target.comment.pk}"
    return f"post:{target.post.pk}" if target.post else ""


def _refused_part(request: HttpRequest, names: list[str], typed: Typed) -> HttpResponse:
    editor, queue = editor_of(request), request.POST.get("queue", "")
    alone = len(names) == 1 and not request.POST.get("bulk")
    single = _item(names[0], editor, queue) if alone else None
    if single is not None:
        single.typed = typed
    page = {
        "items": [single] if single else [],
        "bulk": None if single else typed,
        "refusals": [typed.fault_elsewhere] if typed.fault_elsewhere else [],
        "done": [],
        "refused": [],
        "last_own": queries.last_own(editor),
        "today": today(),
        **parts_of_items(),
        "back": without_done(_back(request)),
    }
    return render(request, "desk/answer.html", page, status=422)


def _item(name: str, editor: Editor, queue: str = "") -> Item | None:
    kind, _colon, text = name.partition(":")
    find: Any = _ITEMS.get(kind)
    number = row_number(text)
    if find is None or number is None:
        return None
    found: Item | None = find(number, editor=editor, queue=queue)
    return found


_ITEMS = {
    "post": item_of_post,
    "comment": item_of_comment,
    "appeal": item_of_appeal,
    "correction": item_of_correction,
}


def _belongs(name: str, queue: str) -> bool:
    """Whether it lies in the queue still."""
    if queue not in QUEUES:
        return True
    kind, _colon, text = name.partition(":")
    number = row_number(text)
    if queue == "flags":
        return number is not None and _has_flags(kind, number)
    return QUEUES[queue].rows().filter(pk=number).exists()


def _has_flags(kind: str, number: int) -> bool:
    about = {"post": number, "addendum": None}
    if kind == "comment":
        about = {"addendum": number}
    return Flag.objects.filter(seen_at=None, **about).exists()
