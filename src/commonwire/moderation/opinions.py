"""What screening thinks of what lies on the desk, in plain words: of everything that came
in, not only of what it held. Asked anew for each page, so that it says what the program
has learnt by now; a fixed number of questions, however many things stand there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from commonwire.kit.numbers import row_numbers
from commonwire.moderation import classifier, expressions, likeness
from commonwire.moderation.classifier import SPAM, Score
from commonwire.moderation.models import ScreeningRule
from commonwire.moderation.trying import texts_of
from commonwire.publishing.models import Addendum, Post

# From here on its words are told as worth a look, though nothing is held for them.
DOUBTFUL = 0.5


@dataclass(frozen=True)
class Opinion:
    """``waits``: for what it is held; ``words``: what else can be said of it; ``like``:
    an earlier post that says nearly the same."""

    waits: tuple[str, ...] = ()
    words: str = ""
    is_doubtful: bool = False
    like: Post | None = None


def opinions(parts: Sequence[Any]) -> list[Opinion]:
    """Of posts read with their ``parts``, and of comments and addenda, in their order."""
    texts = [_texts(part) for part in parts]
    scores = classifier.scores(texts)
    rules = _rules(parts)
    like = _like([part.pk for part in parts if isinstance(part, Post)])
    return [
        Opinion(
            waits=tuple(_waits(part, words, rules)),
            words=_words(score, noticed=bool(part.waiting_because)),
            is_doubtful=bool(score and score.probability >= DOUBTFUL),
            like=like.get(part.pk) if isinstance(part, Post) else None,
        )
        for part, words, score in zip(parts, texts, scores, strict=True)
    ]


def _texts(part: Any) -> list[str]:
    if isinstance(part, Addendum):
        return [part.title, part.byline, part.body, part.related_url]
    return texts_of(part)


def _rules(parts: Sequence[Any]) -> dict[str, ScreeningRule]:
    codes = {code for part in parts for code, _words in part.waiting_because}
    numbers = [code.removeprefix("rule ") for code in codes if code.startswith("rule ")]
    rules = ScreeningRule.objects.filter(pk__in=row_numbers(numbers))
    return {rule.code: rule for rule in rules} if numbers else {}


def _waits(part: Any, texts: list[str], rules: dict[str, ScreeningRule]) -> list[str]:
    """What its author was told; of editors' own rules which one, and what it found."""
    said = []
    for code, words in part.waiting_because:
        rule = rules.get(code)
        found = expressions.found_in(rule, texts) if rule else ""
        if rule is None:
            said.append(words)
        elif found:
            told = _("the screening rule “%(rule)s” found “%(found)s”")
            said.append(told % {"rule": rule, "found": found[:80]})
        else:
            told = _("the screening rule “%(rule)s”, as it was then, found something")
            said.append(told % {"rule": rule})
    return said


def _words(score: Score | None, *, noticed: bool) -> str:
    if score is None:
        return (
            _("How its words look cannot be said yet: too little was sorted.")
            if noticed
            else _("Noticed nothing. How its words look cannot be said yet.")
        )
    facts = {
        "percent": round(score.probability * 100),
        "signs": ", ".join(f"“{sign}”" for sign in score.words),
    }
    if score.probability >= SPAM:
        return _("Its words look like spam (%(percent)s %%): %(signs)s.") % facts
    if score.probability >= DOUBTFUL:
        words = _("Its words are somewhat like spam (%(percent)s %%): %(signs)s.")
        return words % facts
    if noticed:
        return (
            _("Its words look like those of other posts (%(percent)s %% spam).") % facts
        )
    words = _(
        "Noticed nothing; its words look like those of other posts (%(percent)s %% spam)."
    )
    return words % facts


def _like(post_ids: list[int]) -> dict[int, Post]:
    found = likeness.alike_each(post_ids)
    rows = Post.objects.filter(pk__in=found.values(), withdrawn_at=None)
    posts = {post.pk: post for post in rows.only("pk", "title", "language")}
    return {pk: posts[other] for pk, other in found.items() if other in posts}
