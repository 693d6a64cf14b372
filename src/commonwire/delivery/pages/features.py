import re
from collections.abc import Iterable, Iterator
from typing import Any

from commonwire.changes.models import Change
from commonwire.delivery.pages.family import Family, is_of_post, page
from commonwire.delivery.pages.listing import FEED, with_feeds
from commonwire.publishing import queries
from commonwire.publishing.models import Feature, Section
from commonwire.syndication import feeds

MOST_FEATURES = 60
# A new post, or a part of one, is in no feature yet or shows nothing there.
_SHOWN_NOWHERE = {"post.published", "post.added_to"}


def is_of_feature(change: Change) -> bool:
    return change.kind.startswith("feature.")


def shown_on(change: Change) -> Iterator[str]:
    """The pages of sections that show a feature of the post, wherever it stands itself."""
    if is_of_post(change) and change.kind not in _SHOWN_NOWHERE:
        found = Section.objects.filter(features__posts=change.post_id).distinct()
        yield from (section.path for section in found)


class Features(Family):
    """`/features/`, all of them, and a page for each with what it said before."""

    pattern = re.compile(rf"/features/(?:(?P<pk>[0-9]{{1,18}})/|{FEED})")

    def render(self, **groups: Any) -> bytes | None:
        if groups["pk"]:
            return _one(int(groups["pk"]))
        found = queries.all_features(limit=MOST_FEATURES)
        if groups["feed"]:
            return feeds.render_features(groups["feed"], found)
        return page("public/features.html", {"features": found, "path": "/features/"})

    def stale(self, change: Change) -> Iterator[str]:
        if is_of_feature(change):
            yield from with_feeds("/features/")
            if "feature" in change.facts:
                yield f"/features/{change.facts['feature']}/"
        elif is_of_post(change) and change.kind not in _SHOWN_NOWHERE:
            yield from with_feeds("/features/")

    def forgotten(self, change: Change) -> Iterable[str]:
        """The pages of features that show the post."""
        if not is_of_post(change) or change.kind in _SHOWN_NOWHERE:
            return
        shown = Feature.objects.filter(posts=change.post_id).values_list(
            "pk", flat=True
        )
        yield from (f"/features/{pk}/" for pk in shown)

    def every(self) -> Iterator[str]:
        yield from with_feeds("/features/")
        for feature in Feature.objects.only("pk"):
            yield feature.path


def _one(pk: int) -> bytes | None:
    feature = queries.feature_at(pk)
    if feature is None:
        return None
    return page(
        "public/feature.html",
        {
            "feature": feature,
            "changes": _changes(feature),
            "path": feature.path,
        },
    )


def _changes(feature: Any) -> list[dict[str, Any]]:
    """What was different before, newest first: words that were and words that came."""
    newer = (feature.headline, feature.blurb)
    found = []
    for version in reversed(feature.versions.all()):
        older = (version.headline, version.blurb)
        found.append({"at": version.until, "before": older, "after": newer})
        newer = older
    return found
