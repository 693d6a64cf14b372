"""What a correction does to that which a press release says beside its text."""

from typing import Any

from django.utils.translation import gettext as _

from commonwire.publishing.actions import embargo
from commonwire.publishing.models import Post
from commonwire.publishing.parts import PartContent
from commonwire.publishing.release import Contact, Release, ReleaseContent
from commonwire.publishing.withheld import Withheld, contacts_withheld


def compare(
    post: Post,
    given: ReleaseContent | None,
    before: dict[str, Any],
    after: dict[str, Any],
) -> None:
    """What everybody may see of it goes among what changed."""
    if given is None:
        return
    stood = Release.of(post.release).readable
    for name, text in given.release.readable.items():
        if text != stood[name]:
            before[name], after[name] = stood[name], text


def changes_unseen(post: Post, given: ReleaseContent | None) -> bool:
    """Contacts for the press alone, an end mark, the time of an embargo."""
    if given is None:
        return False
    contacts = [vars(each) for each in given.press_contacts]
    return (
        contacts != post.press_contacts
        or given.release.end_mark != Release.of(post.release).end_mark
        or (post.embargo_until or None) != given.embargo_until
    )


def standing(post: Post) -> ReleaseContent | None:
    if post.as_release is None:
        return None
    contacts = tuple(Contact(**each) for each in post.press_contacts)
    return ReleaseContent(post.as_release, contacts)


def withheld(given: ReleaseContent | None) -> dict[str, Withheld]:
    if given is None:
        return {}
    words = _("Who was taken out is for the press alone from now on.")
    found = contacts_withheld(given.release.contacts, given.press_contacts, words)
    return {"release.contacts": found} if found else {}


def put(post: Post, given: ReleaseContent) -> None:
    """Of an embargo that is over, the time stays as it was."""
    stored = given.release.stored
    if not post.embargo_until:
        for name in ("status", "embargo", "embargo_zone"):
            stored[name] = post.release.get(name, stored[name])
    post.release = stored
    post.press_contacts = [vars(each) for each in given.press_contacts]
    post.corrects_id = given.corrects


def save_held(
    post: Post, given: ReleaseContent | None, own: PartContent | None = None
) -> None:
    told = given or own
    if told is None:
        post.save()
    else:
        release = given.release if given else None
        embargo.move(post=post, release=release, until=told.embargo_until)
