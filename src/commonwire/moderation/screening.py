"""Each screener looks at a draft, or at a post as its author's
change will leave it, and at how that came; a doubt lets the post wait for an editor,
and its author is told which. Nothing is dropped."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from commonwire.kit.buckets import Buckets, Network
from commonwire.kit.markup import count_links, render
from commonwire.moderation import classifier, expressions, likeness
from commonwire.publishing import queries
from commonwire.publishing.content import Changed, Comment, Content, Doubt, Facts
from commonwire.publishing.queries import the_site

LEAST_AGE = timedelta(seconds=3)
MOST_LINKS = 20
# So many posts that say the same are no accident.
MOST_COPIES = 2
# A person who covers a day of action publishes every few minutes; a flood does not stop.
# Corrections and addenda count as posts do.
posts_per_network = Buckets(
    "moderation.screening.posts_per_network", capacity=10, seconds=180
)
_OF_LINKS = re.compile(r"://|www\.|\]", re.IGNORECASE)
_ADDRESS = re.compile(r'<a [^>]*?href="([^"]*)"')


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
    taken = posts_per_network.take(facts.network)
    # Who reports all day in a post that an editor has sorted is no flood.
    if taken or (isinstance(content, Changed) and content.is_sorted):
        return None
    return Doubt("too many", _("many posts came from the same network just now"))


def same_text(content: Content, facts: Facts) -> Doubt | None:
    if not _is_repeated(content):
        return None
    return Doubt("same text", _("the same text was published here a short while ago"))


def many_links(content: Content, facts: Facts) -> Doubt | None:
    if _links_at_most(content) <= MOST_LINKS or _links(content) <= MOST_LINKS:
        return None
    if isinstance(content, Changed) and not _links_more(content):
        return None
    return Doubt("many links", _("it has more links than a report usually has"))


def _is_repeated(content: Content) -> bool:
    if isinstance(content, Comment):
        return bool(content.body) and queries.same_comment(content.body)
    if not isinstance(content, Changed):
        return queries.same_text(content.text_hash) is not None
    if content.added is None or not content.added.body:
        return False
    again = content.repeats_itself
    return again or queries.same_text(content.added.text_hash) is not None


def _links_at_most(content: Content) -> int:
    """No link is without one of these; they are counted far faster than links."""
    return sum(len(_OF_LINKS.findall(text)) for text in content.texts)


def _links(content: Content) -> int:
    return sum(count_links(text) for text in content.texts)


def _links_more(content: Changed) -> bool:
    """A post with many links that an editor released is corrected in peace."""
    before = content.before.texts if content.before else ()
    return not _addresses(content.texts) <= _addresses(before)


def _addresses(texts: Iterable[str]) -> Counter[str]:
    return Counter(
        address for text in texts for address in _ADDRESS.findall(render(text))
    )


def much_alike(content: Content, facts: Facts) -> Doubt | None:
    """For programs. A person at the form was asked, and is believed; not when the same
    is said for the third time."""
    if isinstance(content, (Changed, Comment)):
        return None
    others = likeness.alike(content)
    if not others or (facts.insists and len(others) < MOST_COPIES):
        return None
    return Doubt("much alike", _("it says nearly the same as another post"))


def by_rule(content: Content, facts: Facts) -> Doubt | None:
    """The rules that editors wrote. The author is told that there is one, not what it
    looks for."""
    found = expressions.first_found([*content.texts, *content.captions])
    if found is None:
        return None
    words = _("it has something in it that the editors want to look at first")
    return Doubt(found.code, words, rule=found.rule.slug if found.rule else "")


def like_spam(content: Content, facts: Facts) -> Doubt | None:
    if not the_site().classifier_holds or not classifier.score(content).is_spam:
        return None
    return Doubt("like spam", _("to a program it looks like advertising"))


def of_words(text: str) -> list[Doubt]:
    """Of an appeal: what its words alone give reason for."""
    content = Content(kind="appeal", title="", body=text)
    nothing = Facts(network=Network("", shared=True), now=timezone.now())
    doubts = (look(content, nothing) for look in (many_links, by_rule, like_spam))
    return [doubt for doubt in doubts if doubt is not None]
