"""What an author covers by: a small picture, and one with numbers and a grid; and the
faces that were found in it."""

import secrets
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO, Final

from commonwire.media import places, resting, store
from commonwire.media.exchange import Options
from commonwire.media.messages import Refused
from commonwire.media.models import Attachment
from commonwire.media.states import Kind, State
from commonwire.media.workshop import Late, Workshop, the_workshop

PLAIN: Final = "plain.jpg"
NUMBERED: Final = "numbered.jpg"


def sketch(
    attachment: Attachment, *, shop: Workshop = the_workshop, ahead: bool = False
) -> None:
    """Find the faces in a picture or in one frame of a film, once, and draw what its
    author covers by. Raises Refused; FileNotFoundError when there is nothing to draw
    from.

    ``ahead``: before its author asks. Of what is published already nothing is kept in
    the row.
    """
    room = room_of(attachment.public_id)
    if attachment.faces is not None and (room / NUMBERED).exists():
        return
    if attachment.published_at and not room.parent.exists():
        store.make_room(attachment.public_id)
    # Not a bench: renditions may be made just now.
    drawing = room.parent / f".drawing-{secrets.token_hex(4)}"
    drawing.mkdir(mode=0o700)
    try:
        _draw(attachment, drawing, shop, ahead=ahead)
        _keep(drawing, room)
    finally:
        shutil.rmtree(drawing, ignore_errors=True)
    if attachment.published_at is None:
        Attachment.objects.filter(pk=attachment.pk, published_at=None).update(
            faces=attachment.faces
        )


def sketch_one(*, shop: Workshop) -> bool:
    """Look for faces in a draft's picture before its author asks; whether there was
    one."""
    unseen = Attachment.objects.filter(
        published_at=None,
        state=State.MADE,
        kind__in=(Kind.PICTURE, Kind.VIDEO),
        faces__isnull=True,
    )
    for attachment in unseen.order_by("pk")[:20]:
        if resting.rests(f"faces {attachment.public_id}"):
            continue
        with store.claim(attachment.public_id) as mine:
            if mine:
                if not _looked_at(attachment, shop):
                    # Found out again when its author asks.
                    unseen.filter(pk=attachment.pk).update(faces=[])
                return True
    return False


def _looked_at(attachment: Attachment, shop: Workshop) -> bool:
    """Or will be: where the site had no time for it, nobody says that there is none."""
    try:
        sketch(attachment, shop=shop, ahead=True)
    except FileNotFoundError:
        return False
    except Refused as refused:
        if not (isinstance(refused, Late) or refused.reason in resting.PASSING):
            return False
        resting.rest(f"faces {attachment.public_id}")
    return True


def room_of(public_id: str) -> Path:
    return store.unpublished(public_id) / "sketch"


def forget_numbered(public_id: str) -> None:
    """It shows what was covered before."""
    (room_of(public_id) / NUMBERED).unlink(missing_ok=True)


def open_sketch(public_id: str, name: str) -> BinaryIO:
    if name not in {PLAIN, NUMBERED}:
        raise FileNotFoundError(name)
    return (room_of(public_id) / name).open("rb")


def _draw(attachment: Attachment, into: Path, shop: Workshop, *, ahead: bool) -> None:
    # Where only what is covered has changed, what was drawn before will do.
    picture = room_of(attachment.public_id) / PLAIN
    if attachment.faces is None or not picture.exists():
        picture = _uncovered(attachment, into, shop)
        found = shop.faces(picture=picture, ahead=ahead)
        attachment.faces = [asdict(box) for box in found]
    shop.sketch(
        picture=picture,
        places=places.of(attachment.faces, attachment.options),
        into=into,
        size=(attachment.width, attachment.height),
        ahead=ahead,
    )


def _keep(drawing: Path, room: Path) -> None:
    """In the place of earlier ones, file by file: somebody may be looking at them."""
    room.mkdir(mode=0o700, exist_ok=True)
    for name in (PLAIN, NUMBERED):
        (drawing / name).replace(room / name)


def _uncovered(attachment: Attachment, into: Path, shop: Workshop) -> Path:
    """The picture without covers; of a published one, what there is."""
    master = store.master(attachment.public_id)
    if master is not None and master.suffix == ".jpg":
        return master
    covered = Options.read(attachment.options) != Options()
    if attachment.kind == Kind.VIDEO and (covered or not attachment.is_made):
        if master is None and not attachment.upload:
            raise FileNotFoundError(attachment.public_id)
        clip = master or store.upload(attachment.upload)
        return shop.still(clip=clip, into=into)
    return _widest(attachment)


def _widest(attachment: Attachment) -> Path:
    widths = {item["name"]: item["width"] for item in attachment.renditions}
    names = [name for name in attachment.names if name.endswith(".jpg")]
    widest = max(names, key=lambda name: int(widths[name]), default="")
    for directory in (
        store.made(attachment.public_id, attachment.content_id),
        store.public(attachment.content_id),
    ):
        if widest and (directory / widest).exists():
            return directory / widest
    raise FileNotFoundError(attachment.public_id)
