"""The page of the author's room where a post or one of its parts is corrected."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commonwire.kit.seen import Overtaken
from commonwire.kit.typed_text import clean_line
from commonwire.publishing import typed
from commonwire.publishing.actions import corrections
from commonwire.publishing.content import Revision
from commonwire.publishing.forms import CorrectionForm
from commonwire.publishing.models import Addendum, Key, Post
from commonwire.publishing.models.correction import Change
from commonwire.publishing.parts import PartForms, part_at
from commonwire.publishing.release_forms import ReleaseForms, typed_of
from commonwire.publishing.views.room import (
    Reply,
    addendum_of,
    back,
    facts_of,
    in_room,
    post_of,
    with_site,
)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@in_room
def correct(
    request: HttpRequest, key: Key, token: str, post_id: int, addendum_id: int = 0
) -> Reply:
    """Change the text; the old one stays on the page as a dated difference."""
    post = post_of(key, post_id)
    addendum = addendum_of(post, addendum_id) if addendum_id else None
    forms, theirs = _Forms(post, addendum), None
    if request.method == "POST":
        forms = _Forms(post, addendum, request.POST)
        try:
            if forms.is_valid:
                made = corrections.correct(
                    post=post,
                    revision=forms.revision,
                    addendum=addendum,
                    facts=facts_of(request),
                    seen=request.POST.get("seen", ""),
                )
                said = "corrected" if made else "unchanged"
                return back(token, said, post)
        except Overtaken:
            post = post_of(key, post_id)
            addendum = addendum_of(post, addendum_id) if addendum_id else None
            forms = _Forms(post, addendum, request.POST)
            theirs = forms.changes
    page = {**forms.page, "post": post, "addendum": addendum, "token": token}
    page |= {"theirs": theirs, "seen": corrections.mark_of(post, addendum)}
    if request.method == "POST" and theirs is None:
        page["seen"] = request.POST.get("seen", "")
    status = 200 if forms.is_right and theirs is None else 422
    return render(request, "publishing/correct.html", with_site(page), status=status)


class _Forms:
    """The form of the text, that of what a press release says beside it, and that of what
    its kind has of its own; as they stand, or as they were typed."""

    def __init__(self, post: Post, addendum: Addendum | None, sent: Any = None) -> None:
        target: Post | Addendum = addendum or post
        self.text = CorrectionForm(target)
        self.release, self.own = _release_of(post, addendum), _own_of(post, addendum)
        if sent is None:
            return
        cleaned, _removed = typed.read(sent)
        note = clean_line(sent.get("note", "")).text
        self.text = CorrectionForm(target, {**cleaned, "note": note})
        if self.release:
            held = post.embargo_until is not None
            self.release = ReleaseForms(cleaned["release"], held=held)
        if self.own:
            part = self.own.part
            self.own = part.forms(cleaned[part.kind], post=post)

    @property
    def is_valid(self) -> bool:
        beside = [each.is_valid for each in (self.release, self.own) if each]
        return self.text.is_valid() and all(beside)

    @property
    def is_right(self) -> bool:
        """So far as somebody typed into them."""
        others = [each for each in (self.release, self.own) if each]
        return not any(each.errors for each in (self.text, *others))

    @property
    def changes(self) -> list[Change]:
        """Of the text; what a release or a kind has beside it only its author changes."""
        return self.text.changes if self.text.is_valid() else []

    @property
    def revision(self) -> Revision:
        data = dict(self.text.cleaned_data)
        return Revision(
            note=data.pop("note"),
            fields=data,
            release=self.release.content if self.release else None,
            own=self.own.content if self.own else None,
        )

    @property
    def page(self) -> dict[str, Any]:
        of_kinds = [self.own] if self.own else []
        return {"form": self.text, "release": self.release, "of_kinds": of_kinds}


def _own_of(post: Post, addendum: Addendum | None) -> PartForms | None:
    """The form of what its kind has of its own, as it stands."""
    part = part_at(post) if addendum is None else None
    return part.forms(part.typed_of(post), post=post) if part else None


def _release_of(post: Post, addendum: Addendum | None) -> ReleaseForms | None:
    """The form of what a press release says beside its text, as it stands."""
    release = post.as_release if addendum is None else None
    if release is None:
        return None
    held = post.embargo_until is not None
    return ReleaseForms(typed_of(release, post.press_contacts), held=held)
