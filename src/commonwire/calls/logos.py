"""An organisation's logo: made anew like every picture that comes in."""

from typing import Any

from django.utils.translation import gettext as _

from commonwire.media import actions as media
from commonwire.media import quotas
from commonwire.media.messages import Refused
from commonwire.media.models import Attachment
from commonwire.media.states import Kind
from commonwire.publishing.actions import files, uploads

LARGEST = 10_000_000


class NoLogo(ValueError):
    """The file cannot be one; ``words`` say why and what to do."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def take_in(file: Any) -> Attachment:
    """A picture that was sent, made and ready to be published. Raises NoLogo."""
    try:
        made = _made(file)
    except Refused as refused:
        raise NoLogo(str(refused)) from refused
    if made.kind != Kind.PICTURE or not made.has_picture:
        why = made.refusal or _("This is no picture. Send a JPEG, PNG or WebP.")
        media.discard(attachments=[made])
        raise NoLogo(why)
    return made


def _made(file: Any) -> Attachment:
    size = file.size or 0
    upload = file.keep()
    if size > LARGEST:
        upload.unlink(missing_ok=True)
        raise NoLogo(_("A logo may have 10 MB. Make it smaller."))
    quotas.check_post(size, taken=0)
    uploads.check_site(size)
    return files.make_now(media.receive(upload=upload), seconds=files.WAIT_SECONDS)
