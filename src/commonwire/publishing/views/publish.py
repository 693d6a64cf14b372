"""From an empty form to a published post: `/publish/…`. Works without scripts and
without cookies; the draft's address is what holds it together."""

import json
from typing import Any

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from commonwire.kit.buckets import network_of
from commonwire.kit.numbers import row_number, row_numbers
from commonwire.media import store
from commonwire.media.exchange import TYPES
from commonwire.publishing import (
    author_queries,
    keys,
    notices,
    parts,
    pasting,
    purposes,
    queries,
    typed,
)
from commonwire.publishing.actions import drafts
from commonwire.publishing.admission import Later
from commonwire.publishing.forms import PostForm, kinds
from commonwire.publishing.models import Draft, Post
from commonwire.publishing.notices import Notice, about_field
from commonwire.publishing.pictures import DraftPictures, cover_address, take_in
from commonwire.publishing.preview import Preview
from commonwire.publishing.release_forms import ReleaseForms
from commonwire.publishing.screening import is_flooded, like, words_of
from commonwire.publishing.views import entrance, finishing, waiting
from commonwire.publishing.views.entrance import HONEYPOT
from commonwire.publishing.views.finishing import Outcome
from commonwire.publishing.views.handing import answer
from commonwire.publishing.views.see_other import SAVE, Saved, SeeOther

# What stands for bytes that were no UTF-8.
UNREADABLE = "\N{REPLACEMENT CHARACTER}"
CAPTIONS_TYPE = "text/vtt; charset=utf-8"


@csrf_exempt  # no cookie stands behind this form: there is nothing to forge
@require_http_methods(["GET", "HEAD", "POST"])
def publish_form(request: HttpRequest) -> HttpResponse:
    """The empty form; the first submit makes a draft of whatever came."""
    if request.method != "POST":
        return _form_page(request, PostForm(initial=_asked_for(request)))
    content, removed = typed.read(request.POST)
    read = _paste(request, content)
    files = uploaded(request)
    blank = typed.is_blank(content) and not content["addenda"] and not files
    if blank and request.POST.get("do") != SAVE:
        if read:
            return _form_page(request, PostForm(), status=422, lost=read[0].words)
        form = PostForm(content)
        form.is_valid()
        return _form_page(request, form, status=422)
    try:
        draft, token = entrance.start(request, content, has_files=bool(files))
    except entrance.Refused as refused:
        return _come_back(request, content, refused.later)
    troubles, _pictures = _take_over(request, draft, content)
    told = read + troubles + _noticed(content, removed)
    drafts.save_draft(draft=draft, notices=told)
    return _saved(request, token)


def _asked_for(request: HttpRequest) -> dict[str, str]:
    """Links lead to the form of one kind."""
    kind = request.GET.get("kind", "")
    return {"kind": kind} if kind in dict(kinds()) else {}


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def draft_page(request: HttpRequest, token: str) -> HttpResponse:
    """The post as it will look, and the form to change it; publishes it."""
    draft = author_queries.draft_for(token)
    if draft is None:
        return _lost(request)
    if elsewhere := _elsewhere(draft, token):
        return SeeOther(elsewhere)
    if request.method != "POST":
        show = _begun_page if drafts.is_begun(draft) else _draft_page
        return show(request, draft, token)
    return _go_on(request, draft, token)


def _begun_page(request: HttpRequest, draft: Draft, token: str) -> HttpResponse:
    """The form as somebody began it for its author: nothing is wrong with it yet."""
    forms = DraftPictures(draft).forms
    page: dict[str, Any] = {"release": forms.release, "token": token}
    page |= {"draft_token": token, "key_known": "key" in draft.signs}
    page |= purposes.shown(draft)
    return _form_page(request, PostForm(initial=draft.typed), more=page)


def _go_on(request: HttpRequest, draft: Draft, token: str) -> HttpResponse:
    """Publish a draft, or keep what was changed in it."""
    content, removed = typed.read(request.POST)
    read = _paste(request, content)
    troubles, pictures = _take_over(request, draft, content)
    troubles += purposes.lost(draft)
    finishing.take_signs(request, draft)
    wanted = request.POST.get("do") == "publish"
    fare = entrance.worked(request, draft)
    done = Outcome.ASKED
    if wanted and not troubles:
        done = finishing.publish(pictures, token, network_of(request.META), fare)
    if done == Outcome.PUBLISHED:
        return SeeOther(f"/publish/{token}/published/")
    notices = read + troubles + _noticed(content, removed)
    drafts.save_draft(draft=draft, notices=notices, fare=fare)
    if done == Outcome.WAITS:
        return SeeOther(waiting.address(draft, token))
    if wanted:
        return _draft_page(request, draft, token, status=422)
    do, folder = request.POST.get("do", ""), f"/publish/{token}/pictures"
    if do == "comment" and draft.signs.get("insists"):
        return _as_comment(request, draft, token)
    address = cover_address(draft, do, folder, request.path)
    return SeeOther(address) if address else _saved(request, token)


def _as_comment(request: HttpRequest, draft: Draft, token: str) -> HttpResponse:
    """The draft goes on as a comment on the post that it is like."""
    numbers = row_numbers([request.POST.get("anyway", "")])
    post = Post.objects.filter(pk__in=numbers).first()
    if post is None:
        return _draft_page(request, draft, token, status=422)
    drafts.make_comment(draft=draft, post=post)
    return SeeOther(f"/publish/comment/{post.pk}/{token}/")


def _elsewhere(draft: Draft, token: str) -> str:
    """Where a comment is worked on, and where a published post's key is shown."""
    if draft.comments_on is not None:
        return f"/publish/comment/{draft.comments_on}/{token}/"
    return f"/publish/{token}/published/" if draft.post_id else ""


@require_safe
def draft_picture(
    request: HttpRequest, token: str, public_id: str, name: str
) -> HttpResponseBase:
    """A file of a draft, for whoever has the draft's address."""
    draft = author_queries.draft_for(token)
    placed = draft and draft.placements.filter(attachment__public_id=public_id)
    placement = placed.select_related("attachment").first() if placed else None
    if placement and name == store.CAPTIONS and placement.attachment.captions:
        return HttpResponse(placement.attachment.captions, content_type=CAPTIONS_TYPE)
    try:
        content = placement.attachment.content_id if placement else ""
        file = store.open_preview(public_id, content, name)
    except FileNotFoundError:
        file = None
    if file is None:
        return HttpResponse(status=404)
    return answer(
        file, TYPES[name.rpartition(".")[2]], request.headers.get("Range", "")
    )


@require_safe
def published_page(request: HttpRequest, token: str) -> HttpResponse:
    """The key, for as long as the draft's row is kept after publishing."""
    draft = author_queries.draft_for(token)
    if draft is None or draft.post is None or draft.comments_on is not None:
        return _lost(request)
    phrase = keys.phrase_for(token)
    own = draft.post.key is not None and draft.post.key.phrase_hash == keys.hash_of(
        phrase
    )
    page = {
        "post": draft.post,
        "phrase": phrase if own else "",
        "reasons": words_of(draft.post.waiting_because),
        "key_address": f"{settings.SITE_URL}/key/",
        "site": _site(),
    }
    return render(request, "publishing/published.html", page)


def _paste(request: HttpRequest, content: dict[str, Any]) -> list[Notice]:
    """Read a pasted release into the form, if that was asked for; what was found."""
    if request.POST.get("do") != "read":
        return []
    return pasting.fill(content, request.POST.get("pasted", ""))


def uploaded(request: HttpRequest) -> list[Any]:
    return [file for name in request.FILES for file in request.FILES.getlist(name)]


def _take_over(
    request: HttpRequest, draft: Draft, content: dict[str, Any]
) -> tuple[list[Notice], DraftPictures]:
    """Put what came into the draft, not yet saved, and its files beside it; what could
    not be taken, which the author should know before anything is published."""
    if request.POST.get("do") == "addendum":
        content["addenda"].append(
            {"title": "", "byline": "", "body": "", "related_url": ""}
        )
    troubles = _take_key(draft, request.POST.get("key", ""), request)
    pictures = DraftPictures(draft)
    troubles += pictures.apply(request.POST, request.FILES)
    _remove_addendum(content, pictures, request.POST.get("do", ""))
    draft.typed = content
    if request.FILES:
        troubles += take_in(draft, request.FILES, addenda=len(content["addenda"]))
        pictures = DraftPictures(draft)
    return troubles, pictures


def _noticed(content: dict[str, Any], removed: int) -> list[Notice]:
    """What the author should look at, and may let stand."""
    noticed = []
    if removed:
        words = _("Invisible control characters were taken out of the text: %(count)s.")
        noticed.append(Notice(words % {"count": removed}))
    if UNREADABLE in json.dumps(content, ensure_ascii=False):
        words = _(
            "Some letters could not be read and stand as “�”: they came in another "
            "encoding than UTF-8. Put them right below before you publish."
        )
        noticed.append(Notice(words))
    return noticed


def _remove_addendum(content: dict[str, Any], pictures: DraftPictures, do: str) -> None:
    verb, _dash, number = do.partition("-")
    part = row_number(number) or 0
    if verb == "remove" and 1 <= part <= len(content["addenda"]):
        del content["addenda"][part - 1]
        pictures.remove_part(part)


def _take_key(draft: Draft, phrase: str, request: HttpRequest) -> list[Notice]:
    """Remember which key the post goes under, never the phrase itself."""
    if not phrase.strip():
        return []
    if not keys.may_try(network_of(request.META)):
        words = _("Too many wrong keys came from your network. Try again in an hour.")
        return [about_field(words, "key")]
    key = keys.find(phrase)
    if key is None:
        words = _("No posts are kept under these six words. Check each word.")
        return [about_field(words, "key")]
    draft.signs["key"] = key.pk
    return []


def _draft_page(
    request: HttpRequest, draft: Draft, token: str, status: int = 200
) -> HttpResponse:
    pictures = DraftPictures(draft, f"/publish/{token}/pictures")
    forms = pictures.forms
    page = {
        "site": _site(),
        "token": token,
        "draft_token": token,
        "forms": forms,
        "form": forms.post,
        "release": forms.release,
        "of_kinds": forms.of_kinds,
        "parts": pictures.parts(forms),
        "unfinished": pictures.unfinished,
        "valid": forms.is_valid,
        "preview": Preview(forms.content, timezone.now()) if forms.is_valid else None,
        "notices": [*notices.read(draft.notices), *pictures.refused],
        "key_known": "key" in draft.signs,
        "honeypot": HONEYPOT,
        "paid": drafts.PAID in draft.signs,
        "flooded": is_flooded(),
        "like": like(forms.content) if forms.is_valid else None,
        **purposes.shown(draft),
    }
    return render(request, "publishing/draft.html", page, status=status)


def _saved(request: HttpRequest, token: str) -> HttpResponse:
    do = request.POST.get("do")
    if do == SAVE:
        return Saved(f"/publish/{token}/")
    return SeeOther(f"/publish/{token}/{'#addenda' if do == 'addendum' else ''}")


def _form_page(
    request: HttpRequest,
    form: PostForm,
    status: int = 200,
    lost: str = "",
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    page = {
        "site": _site(),
        "form": form,
        "release": ReleaseForms(None),
        "of_kinds": [part.forms(None, wanted=False) for part in parts.every()],
        "parts": "",
        "unfinished": 0,
        "opened": entrance.opened(request),
        "draft_token": "",
        "token": "",
        "key_known": False,
        **purposes.NONE,
        "under": entrance.under(request),
        "honeypot": HONEYPOT,
        "lost": lost,
        "paid": False,
        "flooded": is_flooded(),
        **(more or {}),
    }
    return render(request, "publishing/form.html", page, status=status)


def _lost(request: HttpRequest) -> HttpResponse:
    """The draft is gone; what the browser sent along is put into a fresh form."""
    lost = _(
        "This draft is no longer here: it was published, or left alone for two days."
    )
    if request.method != "POST":
        return _form_page(request, PostForm(), status=404, lost=lost)
    content, _removed = typed.read(request.POST)
    lost = _("%(lost)s Your text is below; add its pictures again.") % {"lost": lost}
    try:
        draft, token = entrance.start(request, content, has_files=bool(request.FILES))
    except entrance.Refused as refused:
        return _come_back(request, content, refused.later)
    troubles = take_in(draft, request.FILES, addenda=len(content["addenda"]))
    drafts.save_draft(draft=draft, notices=[Notice(lost), *troubles])
    return SeeOther(f"/publish/{token}/")


def _come_back(
    request: HttpRequest, content: dict[str, Any], later: Later
) -> HttpResponse:
    """What was typed goes back into the form, and nothing of it is stored."""
    said = _(
        "%(later)s What you typed is in the form below; nothing of it is stored, and "
        "files have to be chosen again."
    )
    # Not saved: it only shows its parts.
    pictures = DraftPictures(Draft(typed=content))
    forms = pictures.forms
    page = {"parts": pictures.parts(forms), "release": forms.release}
    page["of_kinds"] = forms.of_kinds
    response = _form_page(
        request,
        PostForm(initial=content),
        status=429,
        lost=said % {"later": later.words},
        more=page,
    )
    response.headers["Retry-After"] = str(later.seconds)
    return response


def _site() -> Any:
    return queries.the_site()
