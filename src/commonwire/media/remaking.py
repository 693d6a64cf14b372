"""Making renditions of what is published again, by a newer recipe."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from commonwire.media import actions, contents, store
from commonwire.media.exchange import Made
from commonwire.media.models import Attachment
from commonwire.media.recipe import RECIPE
from commonwire.media.states import Kind, State
from commonwire.media.work import Tell
from commonwire.media.workshop import Workshop, the_workshop

# What else a file's renditions can be made from when the full-size one is lost, best
# first; of pictures and posters, the widest that is left.
_LESSER: Final = {
    Kind.VIDEO: ("video.webm", "small.mp4"),
    Kind.SOUND: ("sound.mp3",),
    Kind.DOCUMENT: (),
}


def published() -> QuerySet[Attachment]:
    """Oldest first: those that are done are passed over when it is begun again."""
    made = Attachment.objects.filter(state=State.MADE, published_at__isnull=False)
    return made.order_by("pk")


def outdated() -> QuerySet[Attachment]:
    return published().filter(recipe__lt=RECIPE)


def outdate() -> None:
    """All are to be made again: each is outdated until it is, however often that is
    broken off and gone on with."""
    published().update(recipe=0)


def make_again(
    public_id: str,
    *,
    tell: Tell,
    shop: Workshop = the_workshop,
    whole: Iterable[str] | None = None,
) -> bool:
    """Make a published file's renditions again from its full-size one, which stays as it
    is. Returns whether there was anything to do here; raises Refused, and changes
    nothing then.

    ``whole``: names of the renditions that are left, when some are lost. They stay as
    they are, and the best of them is what the lost ones are made from.

    Pages that were read a moment ago still name the old files: they stay for the sweep.
    """
    if not store.unpublished(public_id).exists():
        store.make_room(public_id)
    with store.claim(public_id) as mine:
        attachment = published().filter(public_id=public_id).first()
        if not mine or attachment is None:
            return False
        try:
            _make_again(attachment, shop, tell, whole)
        finally:
            actions.settle(public_id, "")
    return True


def source_of(attachment: Attachment, whole: Iterable[str]) -> str:
    """The best of the renditions that are left to make the lost ones from; empty when
    none will do."""
    left = set(whole)
    if moving := _moving(attachment, left):
        return moving
    if attachment.full_name in left:
        return attachment.full_name
    if attachment.kind == Kind.PICTURE:
        return _widest(attachment, left)
    lesser = _LESSER[Kind(attachment.kind)]
    return next((name for name in lesser if name in left), "")


def _moving(attachment: Attachment, left: set[str]) -> str:
    """What is left of an animation that has lost one of its forms."""
    forms = [name for name in attachment.names if name.startswith("animation.")]
    found = [name for name in forms if name in left]
    return found[0] if len(found) < len(forms) and found else ""


def _widest(attachment: Attachment, left: set[str]) -> str:
    stills = [
        item
        for item in attachment.renditions
        if item["name"] in left and not item["name"].startswith("animation.")
    ]
    widest = max(stills, key=lambda item: int(item["width"]), default={"name": ""})
    return str(widest["name"])


def _make_again(
    attachment: Attachment, shop: Workshop, tell: Tell, whole: Iterable[str] | None
) -> None:
    old = store.public(attachment.content_id)
    kept = _kept(attachment) if whole is None else set(whole)
    source = source_of(attachment, kept)
    if not source:
        raise FileNotFoundError(attachment.full_name)
    making = store.bench(attachment.public_id)
    made = shop.make(
        upload=old / source,
        into=making,
        kind=attachment.kind,
        seats=store.seats(attachment.kind, heavy=True),
    )
    renditions = _carry_over(attachment, made, kept, making)
    digests = contents.digests_of(making)
    renditions = contents.with_digests(renditions, digests)
    content_id = store.settle_in(attachment.public_id, making, digests)
    if attachment.full_name not in kept:
        # Smaller than it was, since the full size is lost.
        attachment.width, attachment.height = made.width, made.height
    _replace(attachment, renditions, content_id, tell)


def _kept(attachment: Attachment) -> set[str]:
    """What cannot be made from the full-size file, or only worse."""
    return {
        name
        for name in attachment.names
        if name == attachment.full_name or name.startswith("animation.")
    }


def _carry_over(
    attachment: Attachment, made: Made, kept: set[str], making: Path
) -> list[dict[str, Any]]:
    old = store.public(attachment.content_id)
    found = {item.name: item.as_dict() for item in made.renditions}
    for item in attachment.renditions:
        name = item["name"]
        if name in kept and (old / name).exists():
            (making / name).unlink(missing_ok=True)
            store.bring(old / name, making / name)
            found[name] = item
    return list(found.values())


@transaction.atomic
def _replace(
    attachment: Attachment,
    renditions: list[dict[str, Any]],
    content_id: str,
    tell: Tell,
) -> None:
    row = published().select_for_update().filter(pk=attachment.pk).first()
    if row is None or row.content_id != attachment.content_id:
        # Somebody removed or covered it meanwhile.
        return
    row.recipe = RECIPE
    if content_id != row.content_id:
        store.keep_a_while(row.public_id, row.content_id)
        row.renditions, row.content_id = renditions, content_id
        row.width, row.height = attachment.width, attachment.height
        day = row.published_at or timezone.now()
        store.publish(row.public_id, content_id, row.names, day=day)
    row.save(update_fields=[*("recipe", "renditions", "content_id", "width", "height")])
    if content_id != attachment.content_id:
        tell(row)
