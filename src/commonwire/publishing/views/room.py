"""The author's own room, `/key/…`: their posts, correct, add to, withdraw.

No cookie: the address carries a pass that is good for two hours."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commonwire.kit.buckets import network_of
from commonwire.media.models import Attachment
from commonwire.publishing import (
    author_queries,
    keys,
    notices,
    queries,
    typed,
    wordless,
)
from commonwire.publishing.actions import corrections, drafts, files
from commonwire.publishing.content import Facts
from commonwire.publishing.models import Addendum, Draft, Key, Placement, Post
from commonwire.publishing.notices import Notice
from commonwire.publishing.pictures import (
    DraftPictures,
    as_numbered,
    cover_address,
    take_captions,
    take_in,
    words_typed,
)
from commonwire.publishing.screening import words_of
from commonwire.publishing.views.see_other import SAVE, Saved, SeeOther

Reply = HttpResponseBase
# What a form may have held when its room closed: shown again, to be copied.
_TEXTS = {
    *("title", "summary", "body", "note"),
    *("addendum-0-title", "addendum-0-body", "text"),
}


def in_room(view: Callable[..., Reply]) -> Callable[..., Reply]:
    """Gives the view the key that the address's pass stands for, while it is good."""

    @wraps(view)
    def inside(request: HttpRequest, token: str, **where: Any) -> Reply:
        key = keys.key_of_pass(token)
        if key is None:
            return _closed(request)
        try:
            return view(request, key, token, **where)
        except corrections.Withdrawn:  # in another tab, a moment ago
            return back(token, "withdrawn")

    return inside


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest) -> Reply:
    """Six words open the room; every wrong phrase gets the same answer."""
    if request.method != "POST":
        return _door(request)
    phrase = request.POST.get("key", "")
    if not keys.may_try(network_of(request.META)):
        error = _("Too many tries came from your network. Try again in an hour.")
        return _door(request, error, status=429)
    key = keys.find(phrase)
    if key is None:
        error = _(
            "No posts are kept under these words. Check each word: a key is six words "
            "with spaces between them."
        )
        return _door(request, error, status=422)
    return SeeOther(f"/key/{keys.room_pass(key)}/")


@require_http_methods(["GET", "HEAD"])
@in_room
def room(request: HttpRequest, key: Key, token: str) -> Reply:
    posts = list(author_queries.posts_of(key))
    page: dict[str, Any] = {"posts": posts, "token": token}
    page["said"] = _said(request, posts)
    page["to_look_at"] = queries.to_be_looked_at(posts)
    return render(request, "publishing/room.html", with_site(page))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@in_room
def withdraw(request: HttpRequest, key: Key, token: str, post_id: int) -> Reply:
    """Asks once, for it cannot be undone."""
    post = post_of(key, post_id)
    if request.method == "POST" and request.POST.get("sure"):
        corrections.withdraw(post=post)
        return back(token, "withdrawn")
    unsure = request.method == "POST"
    page = {"post": post, "token": token, "unsure": unsure}
    status = 422 if unsure else 200
    return render(request, "publishing/withdraw.html", with_site(page), status=status)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@in_room
def new_addendum(request: HttpRequest, key: Key, token: str, post_id: int) -> Reply:
    """The empty form of a § part; the first submit makes a draft of what came."""
    post = post_of(key, post_id)
    if request.method == "POST":
        return _drafted(request, token, post)
    blank = {"title": "", "byline": post.byline, "body": "", "related_url": ""}
    return _addendum_page(request, Draft(typed={"addenda": [blank]}), post, (token, ""))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@in_room
def addendum(
    request: HttpRequest, key: Key, token: str, post_id: int, draft_token: str
) -> Reply:
    """A § part with its preview; adds it to the post once."""
    post = post_of(key, post_id)
    draft = author_queries.draft_for(draft_token)
    if draft is None or draft.signs.get("adds_to") != post.pk:
        return _lost(request, token, post)
    if draft.post:
        return back(token, "added", post)
    tokens = (token, draft_token)
    if request.method != "POST":
        return _addendum_page(request, draft, post, tokens)
    _save_addendum(request, draft)
    do, folder = request.POST.get("do", ""), f"/publish/{draft_token}/pictures"
    if do != "publish":
        address = cover_address(draft, do, folder, request.path)
        return SeeOther(address) if address else _saved(request, request.path)
    if _add(draft, post, facts_of(request)):
        return back(token, "added", post)
    return _addendum_page(request, draft, post, tokens, status=422)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@in_room
def post_files(request: HttpRequest, key: Key, token: str, post_id: int) -> Reply:
    """The words that go with the files of a published post; removes files."""
    post = post_of(key, post_id)
    placements = list(queries.placements_of(post).select_related("attachment"))
    told: list[Notice] = []
    if request.method == "POST":
        told, leads_to = _take_files(request, post, placements)
        if leads_to:
            return SeeOther(f"{request.path}{leads_to}")
        placements = list(queries.placements_of(post).select_related("attachment"))
    for placement in placements:
        if post.embargo_until or placement.attachment.is_shown:
            placement.attachment.folder = f"/key/{token}/{post.pk}/files"
    page = {"post": post, "token": token, "said": _said(request, [post])}
    page |= {"placements": placements, "notices": told}
    # It is said at the card, where the address leads.
    known = {placement.attachment.public_id for placement in placements}
    page |= {"said_at": known.intersection(request.GET.getlist("on"))}
    status = 422 if told else 200
    return render(request, "publishing/files.html", with_site(page), status=status)


def _take_files(
    request: HttpRequest, post: Post, placements: list[Placement]
) -> tuple[list[Notice], str]:
    """What could not be taken, and where the button that was pressed leads to."""
    told: list[Notice] = []
    for placement in placements:
        file: Any = request.FILES.get(f"{_name(placement)}-captions")
        if file:
            told += take_captions(placement.attachment, file)
    cover, shown = (_chosen(request, placements, do) for do in ("cover", "show"))
    # Who goes to cover a file is not done with this page.
    removed = [
        placement
        for placement in placements
        if request.POST.get(f"{_name(placement)}-remove") and not (cover or shown)
    ]
    files.change_published(
        post=post,
        removed=removed,
        described={p: _words(request, p) for p in placements},
        ordered=as_numbered(placements, request.POST),
    )
    kept = [placement for placement in placements if placement not in removed]
    said = wordless.leave_out(post=post, placements=kept, form=request.POST)
    if cover:
        return told, f"{cover.public_id}/"
    if shown:
        files.show(post=post, attachment=shown)
        card = f"#card-{shown.public_id}"
        return told, f"?said=shown&on={shown.public_id}{card}"
    if told:
        return told, ""
    return told, f"?said={said or 'described'}"


def _chosen(
    request: HttpRequest, placements: list[Placement], do: str
) -> Attachment | None:
    """The file whose button was pressed; None for the page's own."""
    verb, _dash, public_id = request.POST.get("do", "").partition("-")
    found = (placement.attachment for placement in placements)
    return next((f for f in found if verb == do and f.public_id == public_id), None)


def _name(placement: Placement) -> str:
    return f"file-{placement.attachment.public_id}"


def _words(request: HttpRequest, placement: Placement) -> dict[str, Any]:
    name = _name(placement)
    if f"{name}-caption" not in request.POST:
        return {}
    return words_typed(request.POST, name)


def _drafted(request: HttpRequest, token: str, post: Post) -> Reply:
    draft, draft_token = drafts.start_draft(
        typed={"addenda": [{}]}, signs={"adds_to": post.pk}
    )
    _save_addendum(request, draft)
    address = f"/key/{token}/{post.pk}/add/{draft_token}/"
    return _saved(request, address)


def _saved(request: HttpRequest, address: str) -> Reply:
    return (Saved if request.POST.get("do") == SAVE else SeeOther)(address)


def _lost(request: HttpRequest, token: str, post: Post) -> Reply:
    """The draft is gone; what the browser sent along becomes a new one."""
    if request.method == "POST":
        return _drafted(request, token, post)
    return SeeOther(f"/key/{token}/{post.pk}/add/")


def _save_addendum(request: HttpRequest, draft: Draft) -> None:
    content, _removed = typed.read(request.POST)
    told = DraftPictures(draft).apply(request.POST, request.FILES)
    told += take_in(draft, request.FILES, addenda=1)
    addenda = content["addenda"][:1] or draft.typed["addenda"]
    draft.typed = {"addenda": addenda}
    drafts.save_draft(draft=draft, notices=told)


def facts_of(request: HttpRequest) -> Facts:
    """Who holds a key has published already: no trap and no clock watches them."""
    network = network_of(request.META)
    return Facts(network=network, now=timezone.now(), through_form=False)


def _add(draft: Draft, post: Post, facts: Facts) -> bool:
    pictures = DraftPictures(draft)
    form = pictures.forms.addenda[0]
    if not form.is_valid():
        return False
    content = form.content(pictures.by_part.get(1, ()))
    try:
        corrections.add_drafted_addendum(
            draft=draft, post=post, content=content, facts=facts
        )
    except corrections.Full:  # the page says so
        return False
    return True


def _addendum_page(
    request: HttpRequest,
    draft: Draft,
    post: Post,
    tokens: tuple[str, str],
    status: int = 200,
) -> Reply:
    token, draft_token = tokens
    pictures = DraftPictures(draft, f"/publish/{draft_token}/pictures")
    forms = pictures.forms
    form = forms.addenda[0]
    fresh = draft.changed_at == draft.created_at
    valid = not fresh and form.is_valid()
    told = [*notices.read(draft.notices), *pictures.refused]
    full = corrections.refusal(post)
    page: dict[str, Any] = {
        "post": post,
        "token": token,
        "draft_token": draft_token,
        "part": pictures.parts(forms)[1],
        "preview": form.content(pictures.by_part.get(1, ())) if valid else None,
        "unfinished": pictures.unfinished,
        "fresh": fresh,
        "notices": [*told, Notice(full)] if full else told,
    }
    return render(request, "publishing/addendum.html", with_site(page), status=status)


def post_of(key: Key, post_id: int) -> Post:
    own = Post.everything.filter(key=key, pk=post_id, withdrawn_at=None)
    post = queries.full(own).first()
    if post is None:
        raise Http404
    return post


def addendum_of(post: Post, addendum_id: int) -> Addendum:
    addendum = post.addenda.filter(pk=addendum_id, by="author").first()
    if addendum is None:
        raise Http404
    return addendum


def _door(request: HttpRequest, error: str = "", status: int = 200) -> Reply:
    kept = "\n\n".join(
        str(value) for name, value in request.POST.items() if value and name in _TEXTS
    )
    page = with_site({"error": error, "kept": kept})
    return render(request, "publishing/door.html", page, status=status)


def _closed(request: HttpRequest) -> Reply:
    error = _("This room has closed; it does so after two hours. Enter your key again.")
    return _door(request, error, status=403)


def back(token: str, said: str, post: Post | None = None) -> Reply:
    of = f"&of={post.pk}" if post else ""
    return SeeOther(f"/key/{token}/?said={said}{of}")


def _said(request: HttpRequest, posts: list[Post]) -> str:
    """What was done; and when the post waits, for that or before, why."""
    done = _done(request.GET.get("said", ""))
    of = request.GET.get("of")
    post = next((each for each in posts if str(each.pk) == of), None)
    if not done or post is None or not post.waiting_since:
        return done
    return _(
        "%(done)s It is kept, and the post waits for an editor, because %(reasons)s."
    ) % {"done": done, "reasons": "; ".join(words_of(post.waiting_because))}


def _done(said: str) -> str:
    sentences = {
        "corrected": _("Corrected. The old text stands on the page as a difference."),
        "unchanged": _("Nothing was different, so nothing was changed."),
        "withdrawn": _("Withdrawn. The page now says so, and nothing else."),
        "appealed": _(
            "Another editor will look at it. What you wrote, and the answer, stand on "
            "the post’s page."
        ),
        "added": _("Added to the post."),
        "described": _("Saved."),
        "wordless": _(
            "Saved. The document’s pages are published as pictures only; its words are "
            "gone from the site."
        ),
        "wordless-here": _(
            "Saved. The document’s pages are published here as pictures only. Another "
            "post shows the very same file with its words: write to the editors about "
            "that one."
        ),
        "covered": _("Covered. What was under it is gone from the site."),
        "covering": _(
            "The film is gone from the site and is being made anew. As soon as it is "
            "done it is public again: look at the whole of it then."
        ),
        "disguising": _(
            "The recording is gone from the site and is being made anew. As soon as it "
            "is done it is public again: listen to it then."
        ),
        "look-first": _(
            "It is gone from the site, and is being made anew. When it is done, look at "
            "the whole of it here: it is public again when you say so."
        ),
        "look-first-here": _(
            "Here it is gone, and is being made anew: look at the whole of it when it is "
            "done. Another post shows the very same file as it was: write to the editors "
            "about that one."
        ),
        "shown": _("It is public again, as you saw it here."),
        "covered-here": _(
            "Covered here. Another post shows the very same file as it was: write to the "
            "editors about that one."
        ),
    }
    return sentences.get(said, "")


def with_site(page: dict[str, Any]) -> dict[str, Any]:
    return {**page, "site": queries.the_site()}
