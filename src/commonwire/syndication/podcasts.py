"""Podcasts: RSS with the tags of iTunes and of Podcasting 2.0."""

import itertools
import uuid
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.feedgenerator import Enclosure, Rss201rev2Feed
from django.utils.html import escape
from django.utils.text import Truncator

from commonwire.media.models import Attachment
from commonwire.media.states import Kind
from commonwire.publishing import queries
from commonwire.publishing.models import Post
from commonwire.syndication.structured import description

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
# Of the `podcast:guid` of every feed, by the namespace's rules.
GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
CATEGORY = "News"
PICTURE = "/podcast.png"
MOST_EPISODES = 100
# What a player shows of a title in a list.
_LONGEST_TITLE = 120


class PodcastFeed(Rss201rev2Feed):
    def rss_attributes(self) -> dict[str, str]:
        spaces = {"xmlns:itunes": ITUNES, "xmlns:podcast": PODCAST}
        return {**super().rss_attributes(), **spaces}

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("itunes:author", self.feed["author"])
        picture = settings.SITE_URL + PICTURE
        handler.addQuickElement("itunes:image", None, {"href": picture})
        handler.addQuickElement("itunes:category", None, {"text": CATEGORY})
        handler.addQuickElement("itunes:explicit", "false")
        handler.addQuickElement("itunes:type", "episodic")
        handler.addQuickElement("podcast:guid", guid(self.feed["feed_url"]))
        # Nobody may move it to another house in the site's name.
        handler.addQuickElement("podcast:locked", "yes")
        handler.addQuickElement("podcast:medium", "podcast")

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        sound: Attachment = item["sound"]
        handler.addQuickElement("itunes:title", item["title"])
        handler.addQuickElement("itunes:author", item["author"])
        handler.addQuickElement("itunes:duration", str(sound.whole_seconds))
        handler.addQuickElement("itunes:explicit", "false")
        if item["picture"]:
            handler.addQuickElement("itunes:image", None, {"href": item["picture"]})
        for told in item["transcripts"]:
            about = {**told, "language": item["language"]}
            handler.addQuickElement("podcast:transcript", None, about)


def guid(address: str) -> str:
    """The same for as long as a feed's address is the same, whatever its scheme."""
    return str(uuid.uuid5(GUIDS, address.partition("://")[2].rstrip("/")))


def render(path: str, title: str, posts: list[Post]) -> bytes:
    """The podcast of the list at ``path``, of posts that `queries.full` read."""
    site = queries.the_site()
    home = settings.SITE_URL + iri_to_uri(path)
    made = PodcastFeed(
        title=f"{title}: {site.name}" if title else site.name,
        link=home,
        description=site.tagline or site.name,
        feed_url=f"{home}podcast.rss",
        language=settings.LANGUAGE_CODE,
        author=site.name,
    )
    episodes = (
        _episode(post, sound, title, site.name)
        for post in posts
        for sound, title in _sounds(post)
    )
    for episode in itertools.islice(episodes, MOST_EPISODES):
        made.add_item(**episode)
    return made.writeString("utf-8").encode()


def _sounds(post: Any) -> Iterator[tuple[Attachment, str]]:
    """Every recording of a post that can be played, with its title: what its author
    says of it, or the post's own, counted where there are several."""
    files = (file for part in (post, *post.parts) for file in part.attachments)
    found = [file for file in files if file.kind == Kind.SOUND and file.is_made]
    for number, sound in enumerate(found, 1):
        counted = f"{post.title} ({number})" if len(found) > 1 else post.title
        caption = " ".join(sound.caption.split())
        yield sound, Truncator(caption).chars(_LONGEST_TITLE) or counted


def _episode(
    post: Post, sound: Attachment, title: str, site_name: str
) -> dict[str, Any]:
    address = settings.SITE_URL + iri_to_uri(post.path)
    return {
        "title": title,
        "link": f"{address}#file-{sound.public_id}",
        "description": escape(description(post)),
        # The recording's own, which stays when the post is called otherwise or has
        # more of them.
        "unique_id": sound.public_id,
        "unique_id_is_permalink": False,
        "pubdate": post.published_at,
        "enclosures": [
            Enclosure(
                settings.SITE_URL + sound.src, str(sound.src_bytes), sound.src_type
            )
        ],
        "author": post.byline or site_name,
        "sound": sound,
        "language": post.language,
        "picture": _picture(post),
        "transcripts": _transcripts(sound, address),
    }


def _picture(post: Post) -> str:
    return settings.SITE_URL + post.pictures[0].poster if post.pictures else ""


def _transcripts(sound: Attachment, address: str) -> list[dict[str, str]]:
    found = []
    if sound.captions_address:
        lies = settings.SITE_URL + sound.captions_address
        found.append({"url": lies, "type": "text/vtt", "rel": "captions"})
    if sound.text or sound.captions_address:
        on_page = f"{address}#file-{sound.public_id}"
        found.append({"url": on_page, "type": "text/html"})
    return found
