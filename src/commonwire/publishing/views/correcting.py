"""The page of the author's room where a post or one of its parts is corrected."""

from django.http import HttpRequest
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commonwire.kit.typed_text import clean_line
from commonwire.publishing import typed
from commonwire.publishing.actions import corrections
from commonwire.publishing.content import Revision
from commonwire.publishing.forms import CorrectionForm
from commonwire.publishing.models import Addendum, Key, Post
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
    target: Post | Addendum = addendum or post
    form, release = CorrectionForm(target), _release_of(post, addendum)
    own = _own_of(post, addendum)
    if request.method == "POST":
        cleaned, _removed = typed.read(request.POST)
        note = clean_line(request.POST.get("note", "")).text
        form = CorrectionForm(target, {**cleaned, "note": note})
        if release:
            held = post.embargo_until is not None
            release = ReleaseForms(cleaned["release"], held=held)
        if own:
            own = own.part.forms(cleaned[own.part.kind], post=post)
        valid = [each.is_valid for each in (release, own) if each]
        if form.is_valid() and all(valid):
            data = dict(form.cleaned_data)
            told = release.content if release else None
            revision = Revision(
                note=data.pop("note"),
                fields=data,
                release=told,
                own=own.content if own else None,
            )
            made = corrections.correct(
                post=post, revision=revision, addendum=addendum, facts=facts_of(request)
            )
            return back(token, "corrected", post) if made else back(token, "unchanged")
    page = {"form": form, "post": post, "addendum": addendum, "token": token}
    page |= {"release": release, "of_kinds": [own] if own else []}
    wrong = form.errors or (release and release.errors) or (own and own.errors)
    status = 422 if wrong else 200
    return render(request, "publishing/correct.html", with_site(page), status=status)


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
