"""Features are editors' words on the front page: putting them there, changing them and
taking them down are decisions."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonwire.accounts.models import Editor
from commonwire.moderation.actions.deciding import Refused, decide
from commonwire.moderation.models import Decision
from commonwire.moderation.states import Act
from commonwire.publishing import queries
from commonwire.publishing.actions import featuring
from commonwire.publishing.actions.featuring import FeatureContent
from commonwire.publishing.models import Feature


@transaction.atomic
def put_feature(
    *,
    by: Editor,
    content: FeatureContent,
    feature: Feature | None = None,
    reason: str = "",
    seen: str = "",
) -> tuple[Feature, Decision]:
    """Make a feature, or change one that is as it was when the form was opened."""
    for post in content.posts:
        post.refresh_from_db()
        if not post.listed:
            words = _("“%(title)s” is in no list now, so it cannot be featured.")
            raise Refused("posts", words % {"title": post.title or post.path})
    what = "changed" if feature else "made"
    feature = featuring.put_feature(content=content, by=by, feature=feature, seen=seen)
    posts = [post.pk for post in content.posts]
    decision = decide(
        act=Act.FEATURE,
        by=by,
        post=content.posts[0] if content.posts else None,
        reason=reason,
        facts={"what": what, "feature": feature.pk, "posts": posts},
    )
    return feature, decision


@transaction.atomic
def move(*, by: Editor, feature: Feature, down: bool) -> Decision | None:
    """Up or down by one among those that are shown: what is first is large on the front
    page. None where there is nothing to change places with."""
    shown = list(queries.live_features(timezone.now()))
    place = shown.index(feature) if feature in shown else -1
    other = place + (1 if down else -1)
    if place < 0 or not 0 <= other < len(shown):
        return None
    shown[place], shown[other] = shown[other], shown[place]
    featuring.order_features(features=shown)
    first = feature.links.select_related("post").first()
    return decide(
        act=Act.FEATURE,
        by=by,
        post=first.post if first else None,
        # Not as `feature`: that it stands there can be taken back all the same.
        facts={"what": "moved", "moved": feature.pk},
    )


@transaction.atomic
def take_down(
    *,
    by: Editor,
    feature: Feature,
    reason: str = "",
    undoes: Decision | None = None,
) -> Decision:
    """Take a feature off the front page and the pages of sections."""
    feature = Feature.objects.select_for_update().get(pk=feature.pk)
    if feature.retired_at and feature.retired_at <= timezone.now():
        raise Refused("feature", _("This feature was taken down already."))
    decision = _decided(Act.UNFEATURE, by, feature, reason, undoes)
    featuring.take_down(feature=feature)
    return decision


@transaction.atomic
def put_back(
    *,
    by: Editor,
    feature: Feature,
    reason: str = "",
    undoes: Decision | None = None,
) -> Decision:
    """Show a feature again that was taken down."""
    feature = Feature.objects.select_for_update().get(pk=feature.pk)
    if feature.retired_at is None or feature.retired_at > timezone.now():
        raise Refused("feature", _("This feature is shown already."))
    decision = _decided(Act.FEATURE, by, feature, reason, undoes, what="put back")
    featuring.put_back(feature=feature)
    return decision


def _decided(
    act: Act,
    by: Editor,
    feature: Feature,
    reason: str,
    undoes: Decision | None,
    **facts: str,
) -> Decision:
    first = feature.links.select_related("post").first()
    return decide(
        act=act,
        by=by,
        post=first.post if first else None,
        reason=reason,
        facts={**facts, "feature": feature.pk},
        undoes=undoes,
    )
