"""Making renditions of what is published again, by a newer recipe."""

from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from commonwire.media import actions, store
from commonwire.media.exchange import Made
from commonwire.media.models import Attachment
from commonwire.media.recipe import RECIPE
from commonwire.media.states import State
from commonwire.media.work import Tell
from commonwire.media.workshop import Workshop, the_workshop


def published() -> QuerySet[Attachment]:
    """Oldest first: those that are done are passed over when it is begun again."""
    made = Attachment.objects.filter(state=State.MADE, published_at__isnull=False)
    return made.order_by("pk")


def outdated() -> QuerySet[Attachment]:
    return published().filter(recipe__lt=RECIPE)


def make_again(public_id: str, *, tell: Tell, shop: Workshop = the_workshop) -> bool:
    """Make a published file's renditions again from its full-size one, which stays as it
    is. Returns whether there was anything to do here; raises Refused, and changes
    nothing then.

    Pages that were read a moment ago still name the old files: they stay for the sweep.
    """
    if not store.unpublished(public_id).exists():
        store.make_room(public_id)
    with store.claim(public_id) as mine:
        attachment = published().filter(public_id=public_id).first()
        if not mine or attachment is None:
            return False
        try:
            _make_again(attachment, shop, tell)
        finally:
            actions.settle(public_id, "")
    return True


def _make_again(attachment: Attachment, shop: Workshop, tell: Tell) -> None:
    old = store.public(attachment.content_id)
    making = store.bench(attachment.public_id)
    made = shop.make(
        upload=old / attachment.full_name,
        into=making,
        kind=attachment.kind,
        seats=store.seats(attachment.kind),
    )
    renditions = _carry_over(attachment, made, old, making)
    content_id = store.settle_in(attachment.public_id, making)
    _replace(attachment, renditions, content_id, tell)


def _carry_over(
    attachment: Attachment, made: Made, old: Path, making: Path
) -> list[dict[str, Any]]:
    """What cannot be made from the full-size file, or only worse, is kept."""
    found = {item.name: item.as_dict() for item in made.renditions}
    for item in attachment.renditions:
        name = item["name"]
        kept = name == attachment.full_name or name.startswith("animation.")
        if kept and (old / name).exists():
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
        store.keep_a_while(row.content_id)
        row.renditions, row.content_id = renditions, content_id
        day = row.published_at or timezone.now()
        store.publish(row.public_id, content_id, row.names, day=day)
    row.save(update_fields=["recipe", "renditions", "content_id"])
    if content_id != attachment.content_id:
        tell(row)
