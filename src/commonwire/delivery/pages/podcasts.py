import re
from collections.abc import Iterable, Iterator
from typing import Any

from commonwire.changes.models import Change
from commonwire.delivery.pages.family import Family, is_in_lists
from commonwire.publishing import queries
from commonwire.syndication import podcast_picture, podcasts

NAME = "podcast.rss"


class Podcasts(Family):
    """`/podcast.rss`, and one of each topic and region; none where nothing sounds."""

    pattern = re.compile(
        r"/(?:(?P<kind>topic|region)s/(?P<slug>[-\w]{1,60})/)?podcast\.rss"
    )

    def render(self, **groups: Any) -> bytes | None:
        section = None
        if groups["kind"]:
            section = queries.section_at(groups["kind"], groups["slug"])
            if section is None:
                return None
        found = queries.with_sound(section, limit=podcasts.MOST_EPISODES)
        posts = list(queries.full(found))
        if not posts:
            return None
        path, name = (section.path, section.name) if section else ("/", "")
        return podcasts.render(path, name, posts)

    def stale(self, change: Change) -> Iterable[str]:
        if is_in_lists(change) and change.facts.get("sound"):
            yield f"/{NAME}"
            for path in change.facts["sections"]:
                yield path + NAME

    def every(self) -> Iterator[str]:
        yield f"/{NAME}"
        topics, regions = queries.sections()
        for section in topics + regions:
            yield section.path + NAME


class PodcastPictures(Family):
    """`/podcast.png`, of all podcasts: the site's name. When that changes the tree is
    forgotten, and directories ask for it again."""

    pattern = re.compile(r"/podcast\.png")

    def render(self, **groups: Any) -> bytes | None:
        return podcast_picture.draw(queries.the_site().name)

    def every(self) -> Iterator[str]:
        yield podcasts.PICTURE
