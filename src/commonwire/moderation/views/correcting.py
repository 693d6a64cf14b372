"""Editors' corrections: the text fields, then the difference, then the decision."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from commonwire.accounts.middleware import editor_of
from commonwire.accounts.permissions import Permission, needs
from commonwire.kit.seen import Overtaken
from commonwire.moderation.actions import correcting
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.actions.looking import look_at
from commonwire.moderation.forms.correcting import EditorsCorrection
from commonwire.moderation.forms.orders import Typed
from commonwire.moderation.views.history import withdrawn_meanwhile
from commonwire.publishing import typed
from commonwire.publishing.actions import corrections
from commonwire.publishing.models import Addendum, Post
from commonwire.publishing.views.see_other import SeeOther


@needs(Permission.CORRECT)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, number: int, part: int = 0) -> HttpResponse:
    if request.method == "POST" and _is_withdrawn(number):
        cleaned, _removed = typed.read(request.POST)
        told = "\n\n".join(filter(None, (request.POST.get("note"), cleaned["body"])))
        return withdrawn_meanwhile(request, number, Typed(reason=told))
    post, addendum = _text_at(number, part)
    page: dict[str, Any] = {"seen": request.POST.get("seen", ""), "theirs": None}
    if request.method == "POST":
        form = _typed(request, addendum or post)
        try:
            if done := _correct(request, form, post, addendum):
                return done
        except Overtaken:
            post, addendum = _text_at(number, part)
            form = _typed(request, addendum or post)
            page["theirs"] = form.changes if form.is_valid() else []
    else:
        form = EditorsCorrection(addendum or post)
    if request.method != "POST" or page["theirs"] is not None:
        page["seen"] = corrections.mark_of(post, addendum)
    look_at(post=post, by=editor_of(request))
    changes = form.changes if form.is_valid() else []
    page |= {"form": form, "post": post, "part": addendum, "changes": changes}
    status = 422 if form.errors or page["theirs"] is not None else 200
    return render(request, "desk/correct.html", page, status=status)


def _is_withdrawn(number: int) -> bool:
    return Post.objects.filter(pk=number).exclude(withdrawn_at=None).exists()


def _text_at(number: int, part: int) -> tuple[Post, Addendum | None]:
    post = get_object_or_404(Post, pk=number)
    if post.withdrawn_at:
        raise Http404
    return post, get_object_or_404(Addendum, pk=part, post=post) if part else None


def _typed(request: HttpRequest, target: Post | Addendum) -> EditorsCorrection:
    cleaned, _removed = typed.read(request.POST)
    return EditorsCorrection(target, {**cleaned, "note": request.POST.get("note", "")})


def _correct(
    request: HttpRequest, form: EditorsCorrection, post: Post, part: Addendum | None
) -> HttpResponse | None:
    """None for what is only to be looked at, and for what is wrong, which the form says."""
    if not form.is_valid():
        return None
    if not form.changes:
        form.add_error("body", form.nothing_changed)
    if form.errors or request.POST.get("do") != "correct":
        return None
    fields: dict[str, Any] = dict(form.cleaned_data)
    reason = fields.pop("note")
    try:
        made = correcting.correct(
            by=editor_of(request),
            post=post,
            fields=fields,
            reason=reason,
            part=part,
            seen=request.POST.get("seen", ""),
        )
    except Refused as refused:
        field = {"reason": "note"}.get(refused.field, refused.field)
        form.add_error(field if field in form.fields else None, refused.words)
        return None
    return SeeOther(f"/desk/posts/{post.pk}/?done={made.number}")
