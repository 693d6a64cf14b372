"""A reader's comment, from an empty form to the post's page: `/publish/comment/…`. A
draft like any other; its address is what holds it together."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commonwire.kit.buckets import network_of
from commonwire.publishing import author_queries, notices, queries, typed
from commonwire.publishing.actions import comments, drafts
from commonwire.publishing.admission import Later
from commonwire.publishing.comments import address_of
from commonwire.publishing.forms import CommentForm
from commonwire.publishing.models import Addendum, Draft, Post
from commonwire.publishing.notices import Notice
from commonwire.publishing.pictures import (
    DraftPictures,
    Part,
    cover_address,
    take_in,
)
from commonwire.publishing.screening import words_of
from commonwire.publishing.views import entrance
from commonwire.publishing.views.entrance import HONEYPOT
from commonwire.publishing.views.finishing import facts_of
from commonwire.publishing.views.see_other import SAVE, Saved, SeeOther

_BLANK = {"title": "", "byline": "", "body": "", "related_url": ""}


@csrf_exempt  # no cookie stands behind this form: there is nothing to forge
@require_http_methods(["GET", "HEAD", "POST"])
def comment_form(request: HttpRequest, post_id: int) -> HttpResponse:
    """The empty form; the first submit makes a draft of whatever came."""
    post = _post_of(post_id)
    if request.method == "POST":
        return _drafted(request, post)
    return _page(request, Draft(typed={"addenda": [_BLANK]}), post)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def comment_page(request: HttpRequest, post_id: int, token: str) -> HttpResponse:
    """The comment with its preview; publishes it once, and then says what became of
    it."""
    post = _post_of(post_id)
    draft = author_queries.draft_for(token)
    if draft is None or draft.comments_on != post.pk:
        lost = request.method == "POST"
        return _drafted(request, post) if lost else SeeOther(_path(post))
    if draft.post_id:
        return _published(request, post, draft)
    if request.method != "POST":
        return _page(request, draft, post, token)
    troubles = _save(request, draft)
    do, folder = request.POST.get("do", ""), f"/publish/{token}/pictures"
    if do != "publish":
        address = cover_address(draft, do, folder, request.path)
        return SeeOther(address) if address else _saved(request, request.path)
    if not troubles and _publish(request, draft, post):
        return SeeOther(request.path)
    return _page(request, draft, post, token, status=422)


def _drafted(request: HttpRequest, post: Post) -> HttpResponse:
    try:
        draft, token = entrance.start_comment(request, post)
    except entrance.Refused as refused:
        return _come_back(request, post, refused.later)
    _save(request, draft)
    return _saved(request, f"{_path(post)}{token}/")


def _come_back(request: HttpRequest, post: Post, later: Later) -> HttpResponse:
    """What was typed goes back into the form, and nothing of it is stored."""
    content, _count = typed.read(request.POST)
    words = _(
        "%(later)s What you typed is in the form below; nothing of it is stored, and "
        "files have to be chosen again."
    )
    said = Notice(words % {"later": later.words})
    # Not saved: it only shows its parts.
    draft = Draft(typed={"addenda": content["addenda"][:1] or [_BLANK]})
    draft.notices = notices.stored([said])
    response = _page(request, draft, post, status=429)
    response.headers["Retry-After"] = str(later.seconds)
    return response


def _save(request: HttpRequest, draft: Draft) -> list[Notice]:
    """Keep what came; what could not be taken."""
    content, _count = typed.read(request.POST)
    told = DraftPictures(draft).apply(request.POST, request.FILES)
    draft.typed = {"addenda": content["addenda"][:1] or draft.typed["addenda"]}
    told += take_in(draft, request.FILES, addenda=1)
    if request.POST.get(HONEYPOT):
        draft.signs["honeypot"] = True
    drafts.save_draft(draft=draft, notices=told)
    return told


def _saved(request: HttpRequest, address: str) -> HttpResponse:
    return (Saved if request.POST.get("do") == SAVE else SeeOther)(address)


def _publish(request: HttpRequest, draft: Draft, post: Post) -> bool:
    part = _part(DraftPictures(draft))
    if not part.form.is_valid():
        return False
    content = part.form.content(_files(part))
    facts = facts_of(draft, network_of(request.META))
    try:
        comments.publish_drafted_comment(
            draft=draft, post=post, content=content, facts=facts
        )
    except comments.Closed:  # the page says so
        return False
    return True


def _part(pictures: DraftPictures) -> Part:
    form = CommentForm(
        pictures.draft.typed["addenda"][0],
        pictures=len(pictures.by_part.get(1, ())),
        auto_id="id_addendum-0-%s",
    )
    return Part(1, form, [p for p in pictures.placements if p.part == 1])


def _files(part: Part) -> tuple[Any, ...]:
    found = (placement.attachment for placement in part.placements)
    return tuple(file for file in found if not file.refusal)


def _page(
    request: HttpRequest, draft: Draft, post: Post, token: str = "", status: int = 200
) -> HttpResponse:
    pictures = DraftPictures(draft, f"/publish/{token}/pictures")
    part = _part(pictures)
    valid = bool(token) and part.form.is_valid()
    page = {
        "site": queries.the_site(),
        "post": post,
        "draft_token": token,
        "part": part,
        "unfinished": pictures.unfinished,
        "one_file": True,
        "preview": part.form.content(_files(part)) if valid else None,
        "now": timezone.now(),
        "notices": [*notices.read(draft.notices), *pictures.refused],
        "closed": comments.refusal(post),
        "opened": entrance.opened(request),
        "paid": True,
        "honeypot": HONEYPOT,
    }
    return render(request, "publishing/comment.html", page, status=status)


def _published(request: HttpRequest, post: Post, draft: Draft) -> HttpResponse:
    """To its place on the post's page; or, if it waits, why it does."""
    found = Addendum.objects.filter(pk=draft.signs.get("comment")).first()
    if found is None:
        return SeeOther(post.path)
    if found.waiting_since is None:
        return SeeOther(address_of(found))
    page = {
        "site": queries.the_site(),
        "post": post,
        "reasons": words_of(found.waiting_because),
    }
    return render(request, "publishing/comment_waits.html", page)


def _post_of(post_id: int) -> Post:
    post = Post.objects.filter(pk=post_id).first()
    if post is None:
        raise Http404
    return post


def _path(post: Post) -> str:
    return f"/publish/comment/{post.pk}/"
