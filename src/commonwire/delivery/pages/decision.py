"""`/log/<n>/`: one decision, with all that proves it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from commonwire.delivery.pages.family import Family, page
from commonwire.delivery.pages.hidden import heap_path
from commonwire.delivery.pages.log_paths import SCREENING_PATH
from commonwire.moderation import archive
from commonwire.moderation.log.merkle import leaf_hash
from commonwire.moderation.models import Appeal, Decision
from commonwire.moderation.queries import hides_heap
from commonwire.moderation.sentences import Teller, in_words, setting_name, teller
from commonwire.moderation.states import Appellant
from commonwire.publishing import queries


@dataclass(frozen=True)
class Fact:
    name: str
    words: str


class Decisions(Family):
    """A decision's page, and the same for programs."""

    pattern = re.compile(
        r"/log/(?P<number>0|[1-9][0-9]{0,15})/(?P<data>decision\.json)?"
    )

    def render(self, **groups: Any) -> bytes | None:
        decision = archive.numbered(int(groups["number"]))
        if decision is None:
            return None
        if groups["data"]:
            told = archive.public_data(decision, decision.entry.encode())
            return json.dumps(told, ensure_ascii=False).encode()
        tell = teller()
        lists = f"/log/editors/{archive.name_slug(decision.signed_as)}/"
        return page(
            "public/decision.html",
            {
                "site": tell.site,
                "path": decision.path,
                "decision": decision,
                "sentence": tell.html(decision),
                "title": tell.plain(decision),
                "facts": _facts(decision, tell),
                "heap": heap_path(decision) if hides_heap(decision) else "",
                "appeals": decision.appeals.all(),
                "answered": _answered(decision),
                "by_path": SCREENING_PATH if decision.is_automatic else lists,
                "leaf": leaf_hash(decision.entry.encode()).hex(),
                "command": f"commonwire log verify {settings.SITE_URL}/",
                "indexed": not (decision.post and decision.post.withdrawn_at),
            },
        )

    def every(self) -> Iterator[str]:
        for number in range(archive.newest_number() + 1):
            yield f"/log/{number}/"
            yield f"/log/{number}/decision.json"


def _answered(decision: Decision) -> Appeal | None:
    """The appeal that this decision answers."""
    found = Appeal.objects.filter(answer=decision).select_related("decision")
    return found.first()


# What was and what became, in words

_NAMES = {
    "was": gettext_noop("it was"),
    "became": gettext_noop("it became"),
    "sections_were": gettext_noop("it stood under"),
    "sections_became": gettext_noop("it stands under"),
    "released": gettext_noop("it had waited, and was released"),
    "waited": gettext_noop("it had waited"),
    "waited_for": gettext_noop("it had waited because of"),
    "because": gettext_noop("what the program noticed"),
    "fields": gettext_noop("what was changed"),
    "settings_were": gettext_noop("the settings were"),
    "settings_became": gettext_noop("the settings are now"),
    "correction": gettext_noop("the number of the correction"),
    "of": gettext_noop("about decision"),
    "confirms": gettext_noop("it confirms decision"),
    "by": gettext_noop("asked for by"),
    "upheld": gettext_noop("the appeal was upheld"),
    "what": gettext_noop("what was done"),
    "rule": gettext_noop("the rule’s address"),
    "screening": gettext_noop("the number of the screening rule"),
    "kind": gettext_noop("what it looks for"),
    "on": gettext_noop("it is switched on"),
    "heap": gettext_noop("the number of the heap"),
    "posts": gettext_noop("how many posts"),
    "rate": gettext_noop("what the site calls a flood: posts in ten minutes"),
}


def _facts(decision: Decision, tell: Teller) -> list[Fact]:
    names = _section_names()
    return [
        Fact(
            _(_NAMES[name]) if name in _NAMES else name,
            _words(name, value, tell, names),
        )
        for name, value in decision.facts.items()
    ]


def _section_names() -> dict[str, str]:
    topics, regions = queries.sections()
    return {section.path: section.name for section in [*topics, *regions]}


def _words(name: str, value: Any, tell: Teller, sections: dict[str, str]) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in {"settings_were", "settings_became"}:
        told = [f"{setting_name(key)}: {in_words(each)}" for key, each in value.items()]
        return "; ".join(told)
    if isinstance(value, list):
        listed = ", ".join(sections.get(str(item), str(item)) for item in value)
        return listed or _("nothing")
    if name in {"was", "became"}:
        return tell.class_name(value)
    if name == "by" and value in Appellant.values:
        return str(Appellant(value).label)
    return (
        json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)
    )
