"""Atom, RSS 2.0 and JSON Feed of a listing, with full text and enclosures."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.encoding import iri_to_uri
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed
from django.utils.html import escape

from commonwire.calls.standing import called_off_post
from commonwire.media.models import Attachment
from commonwire.moderation.models import Decision
from commonwire.moderation.sentences import teller
from commonwire.publishing import queries
from commonwire.publishing.models import Feature
from commonwire.syndication.structured import description


@dataclass(frozen=True)
class Entry:
    address: str
    title: str
    summary: str
    html: str
    author: str
    language: str
    published: datetime
    updated: datetime
    categories: list[str]
    attachments: list[Attachment]


# A feed of nothing has never been updated.
_NEVER = datetime.fromtimestamp(0, UTC)


class _OfItsEntries:
    """The same feed whenever it is printed: the library puts the time of printing into
    one without entries, and no copy of a site would be like it."""

    items: list[dict[str, Any]]

    def latest_post_date(self) -> datetime:
        dates = [item[key] for item in self.items for key in ("pubdate", "updateddate")]
        return max(filter(None, dates), default=_NEVER)


class RssFeed(_OfItsEntries, Rss201rev2Feed):
    """RSS with the full text in content:encoded."""

    def rss_attributes(self) -> dict[str, str]:
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
        }

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["content"])


class AtomFeed(_OfItsEntries, Atom1Feed):
    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


def render(
    feed: str, path: str, title: str, entries: list[Entry], *, query: str = ""
) -> bytes:
    """``feed``: `feed.atom`, `feed.rss` or `feed.json`, of the listing at ``path``;
    ``query``: of a search, as it stands in both addresses."""
    return _render(feed, path, title, entries, query)


def render_features(feed: str, features: list[Feature]) -> bytes:
    entries = [
        Entry(
            address=settings.SITE_URL + item.path,
            title=item.headline,
            summary="",
            html=render_to_string("feeds/feature.html", {"feature": item, **_base()}),
            author="",
            language="",
            published=item.featured_at,
            updated=item.updated_at or item.featured_at,
            categories=[],
            attachments=_pictures(item),
        )
        for item in features
    ]
    return _render(feed, "/features/", "", entries)


def _pictures(feature: Feature) -> list[Attachment]:
    picture = feature.shown_picture
    return [picture] if picture and picture.is_made else []


def log_entries(decisions: Iterable[Decision]) -> list[Entry]:
    tell = teller()
    return [
        Entry(
            address=settings.SITE_URL + decision.path,
            title=tell.plain(decision),
            summary=decision.reason,
            html=render_to_string(
                "feeds/decision.html",
                {"decision": decision, "sentence": tell.html(decision), **_base()},
            ),
            author=decision.signed_as,
            language="",
            published=decision.at,
            updated=decision.at,
            categories=[
                decision.act,
                *([decision.rule.title] if decision.rule else []),
            ],
            attachments=[],
        )
        for decision in decisions
    ]


def _base() -> dict[str, str]:
    return {"base": settings.SITE_URL}


def entry(post: Any) -> Entry:
    """Of a post that `queries.full` read, its addenda in `parts`."""
    return Entry(
        address=settings.SITE_URL + iri_to_uri(post.path),
        title=f"{called_off_post(post)} {post.title}".strip(),
        summary=description(post),
        html=render_to_string("feeds/post.html", {"post": post, **_base()}),
        author=post.byline,
        language=post.language,
        published=post.published_at,
        updated=post.updated_at,
        categories=[place.section.name for place in post.places.all()],
        attachments=[
            item
            for part in (post, *post.parts)
            for item in part.attachments
            if item.is_made
        ],
    )


def _render(
    feed: str, path: str, title: str, entries: list[Entry], query: str = ""
) -> bytes:
    site = queries.the_site()
    title = f"{title}: {site.name}" if title else site.name
    asked = f"?{query}" if query else ""
    place = settings.SITE_URL + iri_to_uri(path)
    home, own = place + asked, f"{place}{feed}{asked}"
    if feed == "feed.json":
        return _json(title, home, own, entries)
    generator = AtomFeed if feed == "feed.atom" else RssFeed
    made = generator(
        title=title,
        link=home,
        description=site.tagline or title,
        feed_url=own,
        language=settings.LANGUAGE_CODE,
    )
    for entry in entries:
        made.add_item(
            title=entry.title,
            link=entry.address,
            # HTML by definition in both formats, and ours is plain text.
            description=escape(entry.summary),
            author_name=entry.author or None,
            unique_id=entry.address,
            unique_id_is_permalink=True,
            pubdate=entry.published,
            updateddate=entry.updated,
            categories=entry.categories,
            enclosures=_enclosures(generator, entry),
            content=entry.html,
        )
    return made.writeString("utf-8").encode()


def _enclosures(generator: type, entry: Entry) -> list[Enclosure]:
    """Every file; RSS has room for one."""
    found = [
        Enclosure(settings.SITE_URL + item.src, str(item.src_bytes), item.src_type)
        for item in entry.attachments
    ]
    return found[:1] if generator is RssFeed else found


def _json(title: str, home: str, own: str, entries: list[Entry]) -> bytes:
    items = [
        {
            "id": entry.address,
            "url": entry.address,
            "title": entry.title,
            "summary": entry.summary,
            "content_html": entry.html,
            "date_published": entry.published.isoformat(timespec="seconds"),
            "date_modified": entry.updated.isoformat(timespec="seconds"),
            "authors": [{"name": entry.author}] if entry.author else [],
            "language": entry.language,
            "tags": entry.categories,
            "attachments": [
                {
                    "url": settings.SITE_URL + item.src,
                    "mime_type": item.src_type,
                    "size_in_bytes": item.src_bytes,
                    **({"duration_in_seconds": item.seconds} if item.seconds else {}),
                }
                for item in entry.attachments
            ],
        }
        for entry in entries
    ]
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": home,
        "feed_url": own,
        "items": items,
    }
    return json.dumps(data, ensure_ascii=False).encode()
