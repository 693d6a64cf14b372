"""`/desk/posts/N/`: all there is about one post, on one page."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commonwire.accounts.middleware import editor_of
from commonwire.accounts.models import Editor
from commonwire.accounts.permissions import Permission, may, needs
from commonwire.moderation import queries
from commonwire.moderation.actions import talking
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.actions.looking import look_at
from commonwire.moderation.actions.undoing import can_be_undone
from commonwire.moderation.forms.orders import Typed
from commonwire.moderation.items import Item, complete, item_of_post
from commonwire.moderation.models import Appeal, Decision
from commonwire.moderation.views.sheets import done_of, parts_of_items, without_done
from commonwire.publishing.models import Addendum, Post
from commonwire.publishing.states import Author
from commonwire.publishing.views.see_other import SeeOther

# Of a post that everybody talks about; the rest is in the stream of comments.
MOST_COMMENTS = 100


@dataclass(frozen=True)
class Entry:
    """A decision in a post's history, and whether it can be taken back from here."""

    decision: Decision
    can_undo: bool


@needs(Permission.READ)
@require_safe
def history(request: HttpRequest, number: int) -> HttpResponse:
    page = history_page(request, number, [], Typed())
    if page is None:
        raise Http404
    return page


def history_page(
    request: HttpRequest, number: int, names: list[str], typed: Typed
) -> HttpResponse | None:
    """The page, and beside the form about ``names`` what is wrong with it."""
    editor = editor_of(request)
    item = item_of_post(number, editor=editor)
    if item is None:
        return None
    if not item.post.withdrawn_at:
        look_at(post=item.post, by=editor)
    comments, appeals = _comments(item.post, editor), _appeals(item.post, editor)
    for shown in (item, *comments, *appeals):
        if shown.target in names:
            shown.typed = typed
    page = {
        "item": item,
        "post": item.post,
        "comments": comments,
        "appeals": appeals,
        "corrections": list(item.post.corrections.select_related("addendum")),
        "entries": _entries(item.post),
        "line": queries.line(item.post),
        "typed": typed,
        "typed_about": names[0] if names else "",
        "may_take_out": may(editor, Permission.TAKE_OUT_REASONS),
        "last_own": queries.last_own(editor),
        "done": done_of(request.GET.get("done", ""), editor),
        "back": without_done(f"/desk/posts/{number}/"),
        **parts_of_items(picks=False),
    }
    status = 422 if typed.faults else 200
    return render(request, "desk/history.html", page, status=status)


def _entries(post: Post) -> list[Entry]:
    related = ("undone_by", "addendum", "reason_removed_under")
    found = queries.history(post).select_related("post", "rule", "undoes", *related)
    decisions = list(found)
    undoable = can_be_undone(decisions)
    return [Entry(made, made.number in undoable) for made in decisions]


def _comments(post: Post, editor: Editor) -> list[Item]:
    rows = Addendum.objects.filter(post=post, by=Author.READER)
    items = []
    for part in rows.order_by("-published_at", "-pk")[:MOST_COMMENTS]:
        part.post = post
        items.append(Item("", f"comment:{part.pk}", post, comment=part))
    complete(items, editor=editor)
    return items


def _appeals(post: Post, editor: Editor) -> list[Item]:
    rows: Any = Appeal.objects.filter(post=post)
    items = []
    for appeal in rows.select_related(
        "decision__rule", "decision__post", "answer", "removed_under", "settled_by"
    ):
        appeal.post = post
        items.append(Item("", f"appeal:{appeal.pk}", post, appeal=appeal))
    complete(items, editor=editor)
    return items


def withdrawn_meanwhile(
    request: HttpRequest, number: int, typed: Typed
) -> HttpResponse:
    """What is left of the post, what cannot be done with it any more, and what was
    typed."""
    words = _(
        "This post was withdrawn meanwhile: nothing can be done with it any more."
    )
    typed = replace(typed, faults={"post": words})
    page = history_page(request, number, [f"post:{number}"], typed)
    return page or SeeOther("/desk/")


@needs(Permission.TALK)
@require_POST
def say(request: HttpRequest, number: int) -> HttpResponse:
    """Write to the post's author, who reads it in their room."""
    post = get_object_or_404(Post, pk=number)
    text = request.POST.get("text", "")
    if post.withdrawn_at:
        return withdrawn_meanwhile(request, number, Typed(do="say", reason=text))
    try:
        talking.say(post=post, text=text, by=editor_of(request))
    except Refused as refused:
        faults = {refused.field: refused.words}
        typed = Typed(do="say", reason=text, faults=faults)
        page = history_page(request, number, ["line"], typed)
        return page or SeeOther("/desk/")
    return SeeOther(f"/desk/posts/{number}/#line")
