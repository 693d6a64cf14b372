"""A small naive Bayes of the site's own: how much a text is like what editors hid as
spam, against what they sorted. It can only let a post wait, and says because of what.

A text is its signs: words and pairs of words, the sites it links to, how it shouts.
"""

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from django.conf import settings
from django.db.models import BigIntegerField
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonwire.kit.prepared import Prepared, Slot
from commonwire.moderation import folding, links
from commonwire.moderation.models import SignCount
from commonwire.publishing.content import Content

# Before it has seen so many of both it says nothing.
LEAST_LESSONS = 50
# From here on a post waits.
SPAM = 0.9
MOST_SIGNS = 400
MOST_WORDS = 1_200
# Only so many of the strongest signs speak, and not each as if it were alone: words of a
# text come together.
SPEAKING = 48
DAMPED = 0.35
# How often a sign has to be seen before it is believed.
PRIOR = 0.6
MOST_TOLD = 5
ALL = 0
ASKED_AT_ONCE = MOST_SIGNS
# In one question for a page of the desk; databases have bounds.
MOST_ASKED = 10_000
_LEAST_LETTERS = 3
_OF_LINKS = {"http", "https", "www"}
_SHOUTED = re.compile(r"\b[A-Z]{4,}\b")
_MONEY = re.compile(r"[$€£¥₹₽]\s?\d|\d\s?(?:[$€£¥₹₽]|%)")
_TELEPHONE = re.compile(r"\+\d[\d ().-]{7,}\d")


_LEARNT = Prepared(
    lambda: SignCount.objects.filter(sign=ALL).values_list("spam", "fine")
)
_SLOTS = [f"sign_{place}" for place in range(ASKED_AT_ONCE)]
_SEEN = Prepared(
    lambda: SignCount.objects.filter(
        sign__in=[Slot(name, BigIntegerField()) for name in _SLOTS]
    ).values_list("sign", "spam", "fine")
)


@dataclass(frozen=True)
class Score:
    """``probability``: of spam; a half while nothing was learnt. ``words``: the signs
    that speak most for it, for the desk."""

    probability: float = 0.5
    words: tuple[str, ...] = ()

    @property
    def is_spam(self) -> bool:
        return self.probability >= SPAM


def score(content: Content) -> Score:
    ((spam, fine),) = _LEARNT() or ((0, 0),)
    if min(spam, fine) < LEAST_LESSONS:
        return Score()
    found = signs(content.texts)
    return _score(found, _counts(list(found)), spam, fine)


def scores(all_texts: Sequence[Sequence[str]]) -> list[Score | None]:
    """Of many, for the desk: a fixed number of questions. None before it has learnt
    enough to say anything."""
    found = [signs(texts) for texts in all_texts]
    counts = _counts_of_many({ALL}.union(*found))
    spam, fine = counts.get(ALL, (0, 0))
    if min(spam, fine) < LEAST_LESSONS:
        return [None] * len(found)
    known = counts.keys()
    return [
        _score(each, {sign: counts[sign] for sign in each if sign in known}, spam, fine)
        for each in found
    ]


def _score(
    found: dict[int, str], counts: dict[int, tuple[int, int]], spam: int, fine: int
) -> Score:
    weights = {sign: _weight(*seen, spam, fine) for sign, seen in counts.items()}
    strong = sorted(weights, key=lambda sign: -abs(weights[sign]))[:SPEAKING]
    sum_of = sum(weights[sign] for sign in strong) * DAMPED
    told = sorted(
        ((weights[sign], found[sign]) for sign in strong if weights[sign] > 1),
        # Of those that speak alike, the longest says most.
        key=lambda each: (-round(each[0], 1), -len(each[1]), each[1]),
    )
    return Score(_probability(sum_of), tuple(_told(words for _weight, words in told)))


def _counts(wanted: Sequence[int]) -> dict[int, tuple[int, int]]:
    """How often each sign was seen in spam and in what is fine, where it was."""
    counts = {}
    for place in range(0, len(wanted), ASKED_AT_ONCE):
        chunk = wanted[place : place + ASKED_AT_ONCE]
        filled = itertools.chain(chunk, itertools.repeat(chunk[0]))
        slots = dict(zip(_SLOTS, filled, strict=False))
        counts.update({sign: (spam, fine) for sign, spam, fine in _SEEN(**slots)})
    return counts


def _counts_of_many(wanted: Iterable[int]) -> dict[int, tuple[int, int]]:
    counts: dict[int, tuple[int, int]] = {}
    wanted = list(wanted)
    for place in range(0, len(wanted), MOST_ASKED):
        chunk = wanted[place : place + MOST_ASKED]
        rows = SignCount.objects.filter(sign__in=chunk)
        counts |= {
            sign: (s, f) for sign, s, f in rows.values_list("sign", "spam", "fine")
        }
    return counts


def _weight(spam: int, fine: int, all_spam: int, all_fine: int) -> float:
    """How much a sign speaks for spam, and against it below zero."""
    in_spam = (spam + PRIOR) / (all_spam + 2 * PRIOR)
    in_fine = (fine + PRIOR) / (all_fine + 2 * PRIOR)
    return math.log(in_spam / in_fine)


def _probability(weight: float) -> float:
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, weight))))


def _told(signs_told: Iterable[str]) -> list[str]:
    """Without words that stand in a pair already told."""
    told: list[str] = []
    for sign in signs_told:
        if not any(sign in other or other in sign for other in told):
            told.append(sign)
    return told[:MOST_TOLD]


def signs(texts: Sequence[str]) -> dict[int, str]:
    """What a text is made of, by number, with how the desk names it."""
    words = [
        word
        for word in folding.words(tuple(texts))[:MOST_WORDS]
        if (len(word) >= _LEAST_LETTERS or not word.isascii()) and word not in _OF_LINKS
    ]
    pairs = (f"{one} {other}" for one, other in itertools.pairwise(words))
    found: dict[int, str] = {}
    key = _key(settings.SECRET_KEY)
    for sign in (*_manners(texts), *words, *pairs):
        found[_number(sign, key)] = sign
        if len(found) >= MOST_SIGNS:
            break
    return found


def _manners(texts: Sequence[str]) -> list[str]:
    """What can be said of a text beside its words."""
    hosts = Counter(links.hosts(texts))
    text = "\n".join(part[: folding.MOST_LETTERS] for part in texts)
    said = [_("a link to %(site)s") % {"site": site} for site in hosts]
    if not hosts:
        said.append(_("no links"))
    most = max(hosts.values(), default=0)
    if most > 1:
        words = ngettext(
            "%(count)s link to one site", "%(count)s links to one site", most
        )
        said.append(words % {"count": min(most, 9)})
    if sum(hosts.values()) > len(_words_in(text)) / 40:
        said.append(_("hardly any text beside links"))
    for pattern, name, least in (
        (_SHOUTED, _("words in capitals"), 3),
        (_MONEY, _("sums of money"), 2),
        (_TELEPHONE, _("a telephone number"), 1),
    ):
        if _has(pattern, text, least):
            said.append(name)
    if text.count("!") > 3:  # noqa: PLR2004 - a few are nothing
        said.append(_("exclamation marks"))
    return said


def _words_in(text: str) -> list[str]:
    return text[: folding.MOST_LETTERS].split()


def _has(pattern: re.Pattern[str], text: str, least: int) -> bool:
    found = pattern.finditer(text)
    return all(next(found, None) is not None for _number_of in range(least))


def _number(sign: str, key: bytes) -> int:
    """Keyed, so that the counts tell nobody what was in texts that are gone."""
    digest = blake2b(sign.encode(), digest_size=8, key=key)
    return int.from_bytes(digest.digest(), "big", signed=True) or 1


@lru_cache(2)
def _key(secret: str) -> bytes:
    return salted_hmac("signs of spam", b"", secret=secret, algorithm="sha256").digest()
