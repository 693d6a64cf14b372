"""The least of screening. Each screener looks at a draft and at how it came; a doubt
lets the post wait for an editor, and its author is told which. Nothing is dropped."""

from datetime import timedelta

from django.utils.translation import gettext as _

from commonwire.kit.buckets import Buckets
from commonwire.kit.markup import count_links
from commonwire.publishing import queries
from commonwire.publishing.content import Content, Doubt, Facts

LEAST_AGE = timedelta(seconds=3)
MOST_LINKS = 20
# A person who covers a day of action publishes every few minutes; a flood does not stop.
posts_per_network = Buckets(capacity=10, seconds=180)


def honeypot(content: Content, facts: Facts) -> Doubt | None:
    if not facts.honeypot_filled:
        return None
    return Doubt("honeypot", _("a field that people do not see was filled in"))


def too_fast(content: Content, facts: Facts) -> Doubt | None:
    if not facts.through_form:
        return None
    if facts.opened_at and facts.now - facts.opened_at >= LEAST_AGE:
        return None
    return Doubt("too fast", _("it was sent faster than people write"))


def too_many(content: Content, facts: Facts) -> Doubt | None:
    if posts_per_network.take(facts.network):
        return None
    return Doubt("too many", _("many posts came from the same network just now"))


def same_text(content: Content, facts: Facts) -> Doubt | None:
    if queries.same_text(content.text_hash) is None:
        return None
    return Doubt("same text", _("the same text was published here a short while ago"))


def many_links(content: Content, facts: Facts) -> Doubt | None:
    if sum(count_links(text) for text in content.texts) <= MOST_LINKS:
        return None
    return Doubt("many links", _("it has more links than a report usually has"))
