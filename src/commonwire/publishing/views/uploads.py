"""Files that come to a draft in pieces: the tus protocol, version 1.0 (tus.io), so that
its clients can send to ``/publish/<token>/files/``. Any answer but the protocol's own
says in JSON, as ``sentence``, what a person should know."""

import base64
import binascii
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from commonwire.kit.buckets import Buckets, network_of
from commonwire.kit.disk import is_full
from commonwire.media import arriving, quotas
from commonwire.media.messages import Refused
from commonwire.media.resting import PASSING
from commonwire.media.workshop import refusal
from commonwire.publishing import author_queries
from commonwire.publishing.actions import uploads
from commonwire.publishing.models import Draft, Placement, Upload

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,termination,expiration,checksum"
PIECE = "application/offset+octet-stream"
CHUNK = 256 * 1024
WAIT_SECONDS = 10
# The protocol's own: the piece was not what its checksum said.
CHECKSUM_MISMATCH = 460
# Twenty files of a post and some again.
begun_per_network = Buckets(
    "publishing.uploads.begun_per_network", capacity=30, seconds=WAIT_SECONDS
)
# By reason of the refusal; 422 for what the file itself is to blame for, 409 where its
# author can make room and try again.
_STATUS = {
    "too_big_at_all": 413,
    "too_many": 409,
    "post_full": 409,
    "disk_full": 507,
    "site_full": 507,
    "busy": 503,
    "unmade": 503,
    "ended": 503,
}
_LATER_SECONDS = 60

View = Callable[..., HttpResponse]


class Sorry(Exception):
    """An answer that is not what was asked for."""

    def __init__(self, status: int, sentence: str, **headers: str) -> None:
        self.response = JsonResponse({"sentence": sentence}, status=status)
        for name, value in headers.items():
            self.response[name.replace("_", "-")] = value
        super().__init__(sentence)


def _tus(view: View) -> View:
    """What the protocol wants of every answer, and which answers its errors are."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, token: str, **where: str) -> HttpResponse:
        # For programs whose network lets no PATCH through.
        method = request.headers.get("X-HTTP-Method-Override", request.method or "")
        if method == "OPTIONS":
            response = _abilities()
        else:
            try:
                _check_version(request)
                response = view(request, _draft(token), method.upper(), **where)
            except Exception as error:  # noqa: BLE001 - what is not known is raised on
                response = _apology(error)
        response["Tus-Resumable"] = VERSION
        return response

    return answer


def _apology(error: Exception) -> HttpResponse:
    match error:
        case Sorry():
            return error.response
        case Refused():
            return _refusal(error)
        case FileNotFoundError() | Upload.DoesNotExist() | Draft.DoesNotExist():
            sorry = Sorry(404, _("This upload is no longer here."))
        case uploads.TooLate():
            sorry = Sorry(410, _("The post was published before this file was here."))
        case arriving.Busy():
            words = _("Another connection is sending this file just now.")
            sorry = Sorry(423, words, Retry_After="1")
        case arriving.Elsewhere():
            sorry = Sorry(409, _("This piece belongs elsewhere."))
        case _ if is_full(error):
            return _refusal(refusal("disk_full"))
        case _:
            raise error
    return sorry.response


@_tus
def begin(request: HttpRequest, draft: Draft, method: str) -> HttpResponse:
    """Make an upload; its first piece may come along."""
    if method != "POST":
        raise Sorry(405, _("Files are sent here with POST."), Allow="OPTIONS, POST")
    length = _length(request)
    if not begun_per_network.take(network_of(request.META)):
        raise Sorry(
            429,
            _("Many files came from your network just now; wait some seconds."),
            Retry_After=str(WAIT_SECONDS),
        )
    part = _part(request)
    brings = request.content_type == PIECE
    if brings:
        # What cannot be taken must not leave an upload that nobody goes on with.
        _check_end(request, 0, length)
        _checksum(request)
    upload = uploads.begin(draft=draft, length=length, part=part)
    if brings:
        _append(request, upload, 0)
    response = _where_it_is(upload, 201)
    response["Location"] = f"{request.path}{upload.public_id}"
    return response


@_tus
def go_on(
    request: HttpRequest, draft: Draft, method: str, public_id: str
) -> HttpResponse:
    """Say how far an upload is, add a piece, or give it up."""
    upload = draft.uploads.select_related("attachment").get(public_id=public_id)
    if method == "HEAD":
        return _how_far(upload)
    if method == "PATCH":
        if request.content_type != PIECE:
            raise Sorry(415, _("A piece has the type %(type)s.") % {"type": PIECE})
        _append(request, upload, _offset(request))
        return _where_it_is(upload, 204)
    if method == "DELETE":
        uploads.terminate(upload=upload)
        return HttpResponse(status=204)
    raise Sorry(405, _("Not this way."), Allow="OPTIONS, HEAD, PATCH, DELETE")


@require_safe
def status(request: HttpRequest, token: str) -> HttpResponse:
    """How far the files of a draft are, for the scripts of its page."""
    draft = author_queries.draft_for(token)
    if draft is None:
        return JsonResponse({"files": [], "arriving": []}, status=404)
    folder = f"/publish/{token}/pictures"
    underway = draft.uploads.filter(attachment=None).order_by("pk")
    page = {
        "files": [
            _placed(item, folder) for item in author_queries.draft_placements(draft)
        ],
        "arriving": [
            {
                "id": upload.public_id,
                "part": upload.part,
                "offset": _size(upload),
                "length": upload.length,
            }
            for upload in underway
        ],
    }
    return JsonResponse(page)


def _placed(placement: Placement, folder: str) -> dict[str, object]:
    attachment = placement.attachment
    attachment.folder = folder
    return {
        "id": attachment.public_id,
        "part": placement.part,
        "position": placement.position,
        "kind": attachment.kind,
        "state": attachment.state,
        "progress": attachment.progress,
        "refusal": attachment.refusal,
        "removed": attachment.removed_phrases,
        "thumbnail": attachment.thumbnail if attachment.is_made else "",
        # How many were found; null before anybody looked.
        "faces": None if attachment.faces is None else len(attachment.faces),
    }


def _abilities() -> HttpResponse:
    response = HttpResponse(status=204)
    response["Tus-Version"] = VERSION
    response["Tus-Extension"] = EXTENSIONS
    response["Tus-Max-Size"] = str(quotas.largest())
    response["Tus-Checksum-Algorithm"] = ",".join(arriving.ALGORITHMS)
    return response


def _check_version(request: HttpRequest) -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        words = _("This site speaks version %(version)s of the tus protocol.")
        raise Sorry(412, words % {"version": VERSION}, Tus_Version=VERSION)


def _draft(token: str) -> Draft:
    draft = author_queries.draft_for(token)
    if draft is None:
        raise Sorry(404, _("This draft is no longer here."))
    if draft.post:
        raise uploads.TooLate
    return draft


def _length(request: HttpRequest) -> int:
    if "Upload-Defer-Length" in request.headers or "Upload-Concat" in request.headers:
        words = _("This site wants each file as one upload, with its length.")
        raise Sorry(400, words)
    return _number(request, "Upload-Length")


def _offset(request: HttpRequest) -> int:
    if not request.META.get("CONTENT_LENGTH"):
        raise Sorry(411, _("Say how long the piece is."))
    return _number(request, "Upload-Offset")


def _number(request: HttpRequest, name: str) -> int:
    told = request.headers.get(name, "")
    if not (told.isascii() and told.isdecimal() and len(told) <= 15):  # noqa: PLR2004
        raise Sorry(400, _("%(name)s must be a number of bytes.") % {"name": name})
    return int(told)


def _part(request: HttpRequest) -> int:
    """Which part of the post the file is for: all that is looked at of what the sender
    tells. The file's name is not."""
    part = _metadata(request).get("part", b"")
    return int(part) if part.isdigit() and len(part) < 4 else 0  # noqa: PLR2004


def _metadata(request: HttpRequest) -> dict[str, bytes]:
    found = {}
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        name, _space, value = pair.strip().partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError) as error:
            raise Sorry(400, _("Upload-Metadata cannot be read.")) from error
    return found


def _coming(request: HttpRequest) -> int:
    return int(request.META.get("CONTENT_LENGTH") or 0)


def _check_end(request: HttpRequest, at: int, length: int) -> None:
    if at + _coming(request) > length:
        raise Sorry(413, _("This is more than the upload's length."))


def _append(request: HttpRequest, upload: Upload, at: int) -> None:
    if upload.attachment is not None:
        # It is whole; who asks again missed the answer.
        if at != upload.length:
            raise arriving.Elsewhere
        return
    _check_end(request, at, upload.length)
    if arriving.offset(upload.public_id) != at:
        raise arriving.Elsewhere
    quotas.check_disk()
    uploads.check_site(_coming(request))
    try:
        end = arriving.append(
            upload.public_id, at, _pieces(request), _checksum(request)
        )
    except arriving.Damaged:
        words = _("This piece was damaged on the way; send it again.")
        raise Sorry(CHECKSUM_MISMATCH, words) from None
    except arriving.DiskFull:
        uploads.end(upload=upload)
        raise refusal("disk_full") from None
    if end == upload.length:
        uploads.finish(upload=upload)


def _pieces(request: HttpRequest) -> Iterator[bytes]:
    """What comes, until it ends or the connection does."""
    while True:
        try:
            piece = request.read(CHUNK)
        except OSError:
            return
        if not piece:
            return
        yield piece


def _checksum(request: HttpRequest) -> arriving.Checksum | None:
    told = request.headers.get("Upload-Checksum")
    try:
        return arriving.Checksum.read(told) if told else None
    except ValueError:
        words = _("This site checks pieces with %(algorithms)s.")
        names = ", ".join(arriving.ALGORITHMS)
        raise Sorry(400, words % {"algorithms": names}) from None


def _how_far(upload: Upload) -> HttpResponse:
    if upload.attachment is None and _size(upload) == upload.length:
        # Whole, but the site stopped before it was taken in.
        uploads.finish(upload=upload)
    response = _where_it_is(upload, 200)
    response["Upload-Length"] = str(upload.length)
    response["Cache-Control"] = "no-store"
    return response


def _where_it_is(upload: Upload, status: int) -> HttpResponse:
    response = HttpResponse(status=status)
    response["Upload-Offset"] = str(_size(upload))
    if upload.attachment is None:
        expires = timezone.now() + uploads.UPLOAD_LIFE - timedelta(minutes=1)
        response["Upload-Expires"] = http_date(expires.timestamp())
    return response


def _size(upload: Upload) -> int:
    if upload.attachment is not None:
        return upload.length
    return arriving.offset(upload.public_id)


def _refusal(refused: Refused) -> HttpResponse:
    response = Sorry(_STATUS.get(refused.reason, 422), str(refused)).response
    if refused.reason in PASSING:
        response["Retry-After"] = str(_LATER_SECONDS)
    return response
