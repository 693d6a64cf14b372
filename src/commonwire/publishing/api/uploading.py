from http import HTTPStatus
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import File, Form, Status
from ninja.files import UploadedFile

from commonwire.kit.buckets import Buckets
from commonwire.kit.typed_text import clean_line
from commonwire.media import actions as media
from commonwire.media.messages import FACTS, Refused
from commonwire.media.models import TEXT_LENGTH, Attachment
from commonwire.media.resting import PASSING
from commonwire.media.states import QUICK
from commonwire.publishing.actions import files, uploads
from commonwire.publishing.api.describing import extra
from commonwire.publishing.api.problems import Fault, Problem, of_field, of_fields
from commonwire.publishing.api.routes import router
from commonwire.publishing.api.senders import Sender, contributor
from commonwire.publishing.api.shapes import MediaTaken

WAIT_SECONDS = 10
# Twenty pictures of a post and some again; then as fast as they can be worked on.
uploads_per_network = Buckets(
    "publishing.uploading.uploads_per_network", capacity=30, seconds=WAIT_SECONDS
)
_WORDS = ("alt", "caption", "credit", "decorative")
# Not the file's fault: the same one may be taken in a minute.
_LATER = PASSING | {"site_full"}
_LATER_SECONDS = 60
_WHAT = (
    "A picture of up to {megabytes} MB, a PDF of up to {document_megabytes} MB, or "
    "video or sound of up to {clip_megabytes} MB.".format(**FACTS)
)


@router.post(
    "/media",
    response={201: MediaTaken},
    auth=contributor,
    tags=["publish"],
    operation_id="sendMedia",
    openapi_extra=extra(
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.SERVICE_UNAVAILABLE,
        security=("Bearer",),
        optional=True,
    ),
)
def send_media(
    request: HttpRequest,
    file: Annotated[UploadedFile, File(description=_WHAT)],
    alt: Annotated[
        str, Form(description="For those who cannot see it.", max_length=TEXT_LENGTH)
    ] = "",
    caption: Annotated[str, Form(max_length=TEXT_LENGTH)] = "",
    credit: Annotated[str, Form(description="Who made it.", max_length=200)] = "",
    *,
    decorative: Annotated[bool, Form(description="It tells nothing.")] = False,
) -> Status[dict[str, Any]]:
    """Take a file in. It is made anew without any metadata; the file itself is deleted.
    Name its id in a post within a day. Video and sound are answered `waiting`; they
    appear in the post when they are made."""
    _allow(request)
    words = {"alt": alt, "caption": caption, "credit": credit}
    words = {name: clean_line(value).text for name, value in words.items()}
    taken = _take_in(file, words, decorative=decorative)
    return Status(
        HTTPStatus.CREATED,
        {
            "id": taken.public_id,
            "kind": taken.kind,
            "state": taken.state,
            "width": taken.width,
            "height": taken.height,
            "removed": taken.removed_phrases,
            "note": taken.note_text,
        },
    )


def _allow(request: HttpRequest) -> None:
    sender: Sender = request.auth  # type: ignore[attr-defined]  # set by ninja
    unknown = [name for name in request.POST if name not in _WORDS]
    unknown += [name for name in request.FILES if name != "file"]
    if unknown:
        sentence = _("There is no field of this name here.")
        raise of_fields(Fault(name, sentence) for name in unknown)
    if len(request.FILES.getlist("file")) > 1:
        raise of_field("file", _("Send one file at a time."))
    if sender.token is None and not uploads_per_network.take(sender.network):
        raise Problem(
            HTTPStatus.TOO_MANY_REQUESTS,
            _("Many files came from your network just now; wait some seconds."),
            headers={"Retry-After": str(WAIT_SECONDS)},
        )


def _made(attachment: Attachment) -> Attachment:
    """A picture or a document is answered made, unless it is slow; video and sound are
    made behind."""
    if attachment.kind in QUICK:
        attachment = files.make_now(attachment, seconds=files.WAIT_SECONDS)
    if attachment.refusal:
        media.discard(attachments=[attachment])
        raise Refused(attachment.reason, attachment.refusal)
    return attachment


def _take_in(file: Any, words: dict[str, str], *, decorative: bool) -> Attachment:
    try:
        uploads.check_site(file.size)
        return _made(media.receive(upload=file.keep(), **words, decorative=decorative))
    except Refused as refused:
        problem = of_field("file", _(str(refused)))
        if refused.reason in _LATER:
            problem.status = HTTPStatus.SERVICE_UNAVAILABLE
            problem.headers = {"Retry-After": str(_LATER_SECONDS)}
        raise problem from refused
    except ValidationError as error:
        raise of_fields(
            Fault(name, message)
            for name, messages in error.message_dict.items()
            for message in messages
        ) from error
