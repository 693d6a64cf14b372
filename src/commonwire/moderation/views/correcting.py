"""Editors' corrections: the text fields, then the difference, then the decision."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods

from commonwire.accounts.middleware import editor_of
from commonwire.accounts.permissions import Permission, needs
from commonwire.moderation.actions import correcting
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.actions.looking import look_at
from commonwire.moderation.forms.correcting import EditorsCorrection
from commonwire.publishing import typed
from commonwire.publishing.models import Addendum, Post
from commonwire.publishing.models.correction import Change
from commonwire.publishing.views.see_other import SeeOther


@needs(Permission.CORRECT)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, number: int, part: int = 0) -> HttpResponse:
    post = get_object_or_404(Post, pk=number)
    if post.withdrawn_at:
        raise Http404
    addendum = get_object_or_404(Addendum, pk=part, post=post) if part else None
    target: Post | Addendum = addendum or post
    form = EditorsCorrection(target)
    changes: list[Change] = []
    if request.method == "POST":
        cleaned, _removed = typed.read(request.POST)
        form = EditorsCorrection(
            target, {**cleaned, "note": request.POST.get("note", "")}
        )
        if form.is_valid():
            changes = _changes(form)
            if changes and request.POST.get("do") == "correct":
                done = _correct(request, form, post, addendum)
                if done is not None:
                    return done
            elif not changes:
                form.add_error("body", form.nothing_changed)
    look_at(post=post, by=editor_of(request))
    page = {"form": form, "post": post, "part": addendum, "changes": changes}
    status = 422 if form.errors else 200
    return render(request, "desk/correct.html", page, status=status)


def _changes(form: EditorsCorrection) -> list[Change]:
    """What would be different, field by field."""
    return [
        Change(capfirst(str(form.fields[name].label)), before, form.cleaned_data[name])
        for name, before in form.initial.items()
        if form.cleaned_data.get(name, before) != before
    ]


def _correct(
    request: HttpRequest, form: EditorsCorrection, post: Post, part: Addendum | None
) -> HttpResponse | None:
    fields: dict[str, Any] = dict(form.cleaned_data)
    reason = fields.pop("note")
    try:
        made = correcting.correct(
            by=editor_of(request), post=post, fields=fields, reason=reason, part=part
        )
    except Refused as refused:
        field = {"reason": "note"}.get(refused.field, refused.field)
        form.add_error(field if field in form.fields else None, refused.words)
        return None
    return SeeOther(f"/desk/posts/{post.pk}/?done={made.number}")
