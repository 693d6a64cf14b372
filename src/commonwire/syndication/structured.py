"""Machine-readable data of a post (schema.org, JSON-LD)."""

from typing import Any

from django.conf import settings
from django.utils.encoding import iri_to_uri

from commonwire.kit.mail_mask import mask
from commonwire.kit.markup import to_plain
from commonwire.media.captions import transcript
from commonwire.media.models import Attachment
from commonwire.media.states import Kind as Media
from commonwire.publishing.comments import NO_COMMENTS, Thread
from commonwire.publishing.models import Addendum, Post, Site
from commonwire.publishing.states import Kind


def article(post: Post, site: Site, comments: Thread = NO_COMMENTS) -> dict[str, Any]:
    """A post that `queries.full` read, as an Article, with the comments on its page."""
    if post.withdrawn_at:
        return {}
    address = settings.SITE_URL + iri_to_uri(post.path)
    pictures, files = post.pictures, post.attachments
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": address,
        "url": address,
        "headline": post.title,
        "description": description(post),
        "datePublished": post.published_at.isoformat(timespec="seconds"),
        "dateModified": post.updated_at.isoformat(timespec="seconds"),
        "inLanguage": post.language,
        "isAccessibleForFree": True,
        "publisher": {
            "@type": "Organization",
            "name": site.name,
            "url": f"{settings.SITE_URL}/",
        },
        "articleSection": [place.section.name for place in post.places.all()],
    }
    data |= _of_release(post)
    if post.byline:
        # Nobody asked which it is; releases and calls are signed by bodies.
        body = post.kind in {Kind.RELEASE, Kind.CALL}
        signed = "Organization" if body else "Person"
        data["author"] = {"@type": signed, "name": post.byline}
    if pictures:
        data["image"] = [settings.SITE_URL + picture.poster for picture in pictures]
    for name, kind in (("video", Media.VIDEO), ("audio", Media.SOUND)):
        found = [item for item in files if item.kind == kind and item.is_made]
        if found:
            data[name] = [_recording(item, post) for item in found]
    if comments.count:
        data["commentCount"] = comments.count
        data["comment"] = [_comment(item, address) for item in comments.readable]
    return data


def _of_release(post: Post) -> dict[str, Any]:
    release = post.as_release
    if release is None:
        return {}
    told = {"dateline": release.dateline, "alternativeHeadline": release.subheadline}
    known = {name: mask(value) for name, value in told.items() if value}
    return {"@type": "NewsArticle", **known}


def _comment(comment: Addendum, address: str) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@type": "Comment",
        "url": f"{address}#comment-{comment.pk}",
        "text": to_plain(comment.body),
        "datePublished": comment.published_at.isoformat(timespec="seconds"),
    }
    if comment.title:
        data["name"] = comment.title
    if comment.byline:
        data["author"] = {"@type": "Person", "name": comment.byline}
    return data


def _recording(item: Attachment, post: Post) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@type": "VideoObject" if item.kind == Media.VIDEO else "AudioObject",
        "name": item.caption or item.alt or post.title,
        "description": item.alt or item.caption or description(post),
        "contentUrl": settings.SITE_URL + item.src,
        "encodingFormat": item.src_type,
        "contentSize": str(item.src_bytes),
        "duration": item.iso_duration,
        "uploadDate": post.published_at.isoformat(timespec="seconds"),
    }
    if item.kind == Media.VIDEO:
        data["width"], data["height"] = item.width, item.height
    if item.poster:
        data["thumbnailUrl"] = settings.SITE_URL + item.poster
    if words := _transcript(item):
        data["transcript"] = words
    if item.captions_address:
        data["caption"] = {
            "@type": "MediaObject",
            "contentUrl": settings.SITE_URL + item.captions_address,
            "encodingFormat": "text/vtt",
        }
    return data


def _transcript(item: Attachment) -> str:
    if item.text or not item.captions_address:
        return item.text
    said = transcript(item.captions)
    lines = (f"{it.speaker}: {it.words}".removeprefix(": ") for it in said)
    return mask("\n\n".join(lines))


def description(post: Post) -> str:
    """The summary, or how the text begins."""
    return post.summary or _beginning(to_plain(post.body))


def _beginning(text: str, length: int = 200) -> str:
    if len(text) <= length:
        return text
    return text[:length].rpartition(" ")[0] + " …"
