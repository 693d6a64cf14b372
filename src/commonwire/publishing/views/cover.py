"""Covering faces and plates in a draft's file, and in a published one by its key."""

import contextlib
import re
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from commonwire.media import actions as media
from commonwire.media import sketching, store
from commonwire.media.exchange import TYPES, Options
from commonwire.media.messages import Refused
from commonwire.media.models import Attachment
from commonwire.media.states import LONG, QUICK, Kind
from commonwire.publishing import author_queries, covering, queries
from commonwire.publishing.actions import files
from commonwire.publishing.views.handing import answer
from commonwire.publishing.views.room import in_room, post_of
from commonwire.publishing.views.see_other import SeeOther

_ELSEWHERE = re.compile(
    r"/key/[\w:.-]+/[0-9]+/add/[\w-]+/|/publish/comment/[0-9]+/[\w-]+/"
)
_SAID: dict[str, str] = {
    Kind.PICTURE: "covered",
    Kind.VIDEO: "covering",
    Kind.SOUND: "disguising",
}
COVERABLE = {Kind.PICTURE, Kind.VIDEO, Kind.SOUND}


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def cover_in_draft(request: HttpRequest, token: str, public_id: str) -> HttpResponse:
    """Choose what is covered; nothing is final before the post is published."""
    attachment = _of_draft(token, public_id)
    back = _back(request, token)
    if request.method != "POST":
        return _page(request, attachment, back)
    options = covering.wanted(request.POST, attachment)
    if options != Options.read(attachment.options):
        changed = media.change_options(attachment=attachment, options=options)
        if changed.kind in QUICK:
            files.make_now(changed, seconds=files.WAIT_SECONDS)
    return SeeOther(f"{back}#card-{public_id}")


@require_safe
def sketch_in_draft(
    _request: HttpRequest, token: str, public_id: str, name: str
) -> HttpResponseBase:
    return _sketch(_of_draft(token, public_id), name)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@in_room
def cover_published(
    request: HttpRequest, key: Any, token: str, post_id: int, public_id: str
) -> HttpResponseBase:
    """Cover something in what is public already: the uncovered files are gone first."""
    post = post_of(key, post_id)
    attachment = _of_post(post, public_id)
    back = f"/key/{token}/{post.pk}/files/"
    if request.method != "POST":
        return _page(request, attachment, back, published=True)
    if request.POST.getlist("face"):
        with contextlib.suppress(Refused, FileNotFoundError):
            sketching.sketch(
                attachment
            )  # for what the numbers of found faces stand for
    options = covering.wanted(request.POST, attachment)
    card = f"#card-{public_id}"
    if options == Options.read(attachment.options):
        return SeeOther(f"{back}{card}")
    shared = media.is_shared(attachment)
    changed = files.cover_published(
        post=post,
        attachment=attachment,
        options=options,
        look_first=attachment.kind in LONG and not request.POST.get("by_itself"),
    )
    if changed.kind in QUICK:
        files.make_now(changed, seconds=files.WAIT_SECONDS)
    said = "covered-here" if shared else _SAID[changed.kind]
    if media.LOOK_FIRST in changed.options:
        said = "look-first-here" if shared else "look-first"
    return SeeOther(f"{back}?said={said}&on={public_id}{card}")


@require_safe
@in_room
def sketch_published(
    request: HttpRequest, key: Any, token: str, post_id: int, public_id: str, name: str
) -> HttpResponseBase:
    """A sketch; of what is under embargo, or to be looked at first, a rendition too: it
    has no other address."""
    del token  # `in_room` has looked at it
    post = post_of(key, post_id)
    placed = queries.placements_of(post).filter(attachment__public_id=public_id)
    placement = placed.select_related("attachment").first()
    if placement and (post.embargo_until or placement.attachment.is_shown):
        with contextlib.suppress(FileNotFoundError):
            content = placement.attachment.content_id
            file = store.open_preview(public_id, content, name)
            kind = TYPES[name.rpartition(".")[2]]
            return answer(file, kind, request.headers.get("Range", ""))
    return _sketch(_of_post(post, public_id), name)


def _page(
    request: HttpRequest, attachment: Attachment, back: str, *, published: bool = False
) -> HttpResponse:
    notices, image = [], ""
    try:
        if attachment.kind != Kind.SOUND:
            sketching.sketch(attachment)
            image = f"{request.path}{sketching.PLAIN}"
    except (Refused, FileNotFoundError):
        notices = [
            _("This file is not ready to be covered yet; look again in a moment.")
        ]
    page = {
        "site": queries.the_site(),
        "picture": attachment,
        "image": image,
        "numbered": f"{request.path}{sketching.NUMBERED}",
        "back": back,
        "notices": notices,
        "published": published,
        "shared": published and media.is_shared(attachment),
        **covering.shown(attachment),
    }
    return render(request, "publishing/cover.html", page)


def _sketch(attachment: Attachment, name: str) -> HttpResponseBase:
    try:
        return FileResponse(sketching.open_sketch(attachment.public_id, name))
    except FileNotFoundError:
        return HttpResponse(status=404)


def _back(request: HttpRequest, token: str) -> str:
    """Where the draft is worked on: its own page, a room with a post it adds to, or the
    page of a comment."""
    back = request.GET.get("back", "")
    return back if _ELSEWHERE.fullmatch(back) else f"/publish/{token}/"


def _of_draft(token: str, public_id: str) -> Attachment:
    draft = author_queries.draft_for(token)
    if draft is None or draft.post is not None:
        raise Http404
    return _coverable(draft.placements.filter(attachment__public_id=public_id))


def _of_post(post: Any, public_id: str) -> Attachment:
    return _coverable(
        queries.placements_of(post).filter(attachment__public_id=public_id)
    )


def _coverable(placements: Any) -> Attachment:
    placement = placements.select_related("attachment").first()
    if placement is None or placement.attachment.kind not in COVERABLE:
        raise Http404
    attachment: Attachment = placement.attachment
    return attachment
