"""Codes on links: `?from=flyer` says where a link was, and nothing of who took it."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

from django.conf import settings
from django.db.models import Sum
from django.utils.module_loading import import_string

from commonwire.kit.address import absolute
from commonwire.publishing.models import Post
from commonwire.publishing.models.source import CODE_LENGTH, Act, Source, SourceDay

NAME = "from"
# An author's own. Those of organisations come beside them, up to as many again as fit.
MOST_NAMED = 20
MOST_OF_A_POST = 100
MOST_DAYS_SHOWN = 60
_CODE = re.compile(rf"\w[-\w]{{0,{CODE_LENGTH - 1}}}")
# A query that is longer has no code of ours in it.
_LONGEST_QUERY = 2_000


def code_in(query: str) -> str:
    """The code that a query carries; empty for none, and for what is no code."""
    if len(query) > _LONGEST_QUERY:
        return ""
    try:
        told = dict(parse_qsl(query, max_num_fields=20, errors="strict"))
    except ValueError:  # too many, or no text
        return ""
    return cleaned(told.get(NAME, ""))


def cleaned(code: str) -> str:
    code = code.strip().lower()
    return code if _CODE.fullmatch(code) else ""


def code_behind(referer: str) -> str:
    """Of the page of ours on which somebody followed a link: browsers tell us its
    address, and nobody else."""
    try:
        parts = urlsplit(referer)
    except ValueError:
        return ""
    own = urlsplit(settings.SITE_URL).netloc
    return code_in(parts.query) if parts.netloc == own else ""


def carried(
    sent: Mapping[str, Any], asked: Mapping[str, Any], referer: str = ""
) -> str:
    """What a form carries: as it came with it, in its address, or from the page before."""
    given = str(sent.get(NAME) or asked.get(NAME) or "")
    return cleaned(given) or code_behind(referer)


def is_known(code: str) -> bool:
    """Whether somebody whom the settings name has this word for their own."""
    return any(import_string(name)(code) for name in settings.SOURCE_NAMES)


def counts_of(sources: Iterable[Source]) -> list[dict[str, Any]]:
    """Each with its sums and its newest days."""
    sources = list(sources)
    sums = SourceDay.objects.filter(source__in=sources).order_by()
    told: dict[int, dict[str, int]] = {}
    for number, act, count in sums.values_list("source", "act").annotate(Sum("count")):
        told.setdefault(number, {})[act] = count
    return [
        {
            "source": each,
            "address": absolute(f"{each.post.path}?{NAME}={quote(each.code)}"),
            "sums": [(act.label, told.get(each.pk, {}).get(act, 0)) for act in Act],
            "days": each.days.all()[:MOST_DAYS_SHOWN],
        }
        for each in sources
    ]


def of_code(code: str) -> list[Source]:
    """Of an organisation: on links to whatever posts, where they may be read."""
    found = Source.objects.filter(code=code).select_related("post").order_by("-post")
    return [each for each in found[:MOST_OF_A_POST] if each.post.may_be_read]


def of_post(post: Post) -> list[Source]:
    return list(Source.objects.filter(post=post).select_related("post"))
