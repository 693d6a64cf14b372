"""A post as programs get it. Every text that people typed has its mail addresses
masked; `body_html` has that done already."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from commonwire.kit.address import absolute
from commonwire.kit.mail_mask import mask
from commonwire.media.models import Attachment
from commonwire.publishing import parts
from commonwire.publishing.models import Addendum, Correction, Post
from commonwire.publishing.release import OUTPUTS, ROWS
from commonwire.publishing.states import SectionKind


def post_shown(post: Post, comments: Iterable[Addendum] = ()) -> dict[str, Any]:
    """A post that `queries.full` read."""
    shown: Any = post
    return {
        "id": post.pk,
        "url": absolute(post.path),
        "kind": post.kind,
        "title": mask(post.title),
        "byline": mask(post.byline),
        "summary": mask(post.summary),
        "body": mask(post.body),
        "body_html": post.body_html,
        "language": post.language,
        "topics": _slugs(post, SectionKind.TOPIC),
        "regions": _slugs(post, SectionKind.REGION),
        "related_url": post.related_url,
        "class": post.wire_class,
        "listed": post.listed,
        "published_at": _time(post.published_at),
        "updated_at": _time(post.updated_at),
        "media": [_media(picture) for picture in post.attachments],
        "addenda": [_addendum(part) for part in (*shown.parts, *comments)],
        "corrections": [_correction(item) for item in shown.corrected],
        "called_off": " ".join(
            filter(None, (p.called_off(post) for p in parts.every()))
        ),
        "release": _release(post),
        **{part.kind: _own(part, post) for part in parts.every()},
    }


def _own(part: parts.Part, post: Post) -> dict[str, Any] | None:
    return part.api_shown(post) if part is parts.part_at(post) else None


def _release(post: Post) -> dict[str, Any] | None:
    """Without the contacts for the press alone, which are no part of it."""
    release = post.as_release
    if release is None:
        return None
    until = release.embargoed_until
    names = ("kind", "status", "issued", "end_mark", "corrects")
    rows = {
        name: [{key: mask(str(value)) for key, value in row.items()} for row in told]
        for name, told in release.stored.items()
        if name in ROWS
    }
    return {
        **{name: getattr(release, name) for name in names},
        "embargoed_until": until.isoformat() if until else None,
        "subheadline": mask(release.subheadline),
        "dateline": mask(release.dateline),
        "licence": mask(release.licence),
        **rows,
        "press_contacts": absolute(f"/press/{post.pk}/") if release.for_press else None,
        "outputs": {n: absolute(post.path + n) for n in OUTPUTS if post.may_be_read},
    }


def _slugs(post: Post, kind: SectionKind) -> list[str]:
    return [section.slug for section in post.sections if section.kind == kind]


def _addendum(part: Addendum) -> dict[str, Any]:
    return {
        "id": part.pk,
        "by": part.by,
        "title": mask(part.title),
        "byline": mask(part.byline),
        "body": mask(part.body),
        "body_html": part.body_html,
        "related_url": part.related_url,
        "published_at": _time(part.published_at),
        "media": [_media(picture) for picture in part.attachments],
    }


def _media(picture: Attachment) -> dict[str, Any]:
    return {
        "id": picture.public_id,
        "kind": picture.kind,
        "state": picture.state,
        "seconds": picture.seconds,
        "pages": picture.pages,
        "alt": mask(picture.alt),
        "decorative": picture.decorative,
        "caption": mask(picture.caption),
        "credit": mask(picture.credit),
        "width": picture.width,
        "height": picture.height,
        "renditions": [
            {
                "url": absolute(picture.address(item["name"])),
                "width": item["width"],
                "height": item["height"],
                "type": item["type"],
            }
            for item in picture.renditions
        ],
        "original": absolute(picture.original_address) if picture.is_made else "",
    }


def _correction(correction: Correction) -> dict[str, Any]:
    return {
        "by": correction.by,
        "note": mask(correction.note),
        "made_at": _time(correction.made_at),
        "addendum": correction.addendum_id,
        "fields": list(correction.after),
    }


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
