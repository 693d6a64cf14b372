"""Documents that are published as pictures of their pages only: no words to select, to
search or to have read aloud. For those whose words say more than may be known."""

from collections.abc import Iterable, Mapping
from typing import Any

from commonwire.media import actions as media
from commonwire.media.exchange import Options
from commonwire.media.models import Attachment
from commonwire.media.states import Kind, State
from commonwire.publishing.actions import files
from commonwire.publishing.models import Placement, Post

WORDLESS = Options(wordless=True)


def choose(attachment: Attachment, form: Mapping[str, Any]) -> None:
    """In a draft: its words can be had back until it is published."""
    wordless = _is_ticked(attachment, form)
    is_document = attachment.kind == Kind.DOCUMENT and not attachment.refusal
    if not is_document or wordless == attachment.is_wordless:
        return
    made = attachment.is_made
    changed = media.change_options(
        attachment=attachment, options=WORDLESS if wordless else Options()
    )
    if made:
        files.make_now(changed, seconds=files.WAIT_SECONDS)


def leave_out(
    *, post: Post, placements: Iterable[Placement], form: Mapping[str, Any]
) -> str:
    """Of a published post: the words are gone for good. What is to be said of it, as the
    room calls it."""
    said = ""
    for placement in placements:
        attachment = placement.attachment
        is_here = attachment.kind == Kind.DOCUMENT and attachment.state != State.REFUSED
        if is_here and not attachment.is_wordless and _is_ticked(attachment, form):
            if said != "wordless-here":
                said = "wordless-here" if media.is_shared(attachment) else "wordless"
            changed = files.cover_published(
                post=post, attachment=attachment, options=WORDLESS
            )
            files.make_now(changed, seconds=files.WAIT_SECONDS)
    return said


def _is_ticked(attachment: Attachment, form: Mapping[str, Any]) -> bool:
    return bool(form.get(f"file-{attachment.public_id}-wordless"))
