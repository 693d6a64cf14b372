"""The rules of screening that editors wrote, on a text."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError

from commonwire.kit.prepared import Prepared
from commonwire.moderation import folding, links, patterns
from commonwire.moderation.models import ScreeningRule
from commonwire.moderation.states import Pattern

_ACTIVE = Prepared(
    lambda: (
        ScreeningRule.objects.filter(active=True).select_related("rule").order_by("pk")
    )
)


def first_found(texts: Sequence[str]) -> ScreeningRule | None:
    """The first rule that finds something in a text."""
    rules = _ACTIVE()
    if not rules:
        return None
    text = _Text(texts)
    for rule in rules:
        if finds(rule, text):
            found: ScreeningRule = rule
            return found
    return None


class _Text:
    """The forms of a text that patterns are looked for in; each made once."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = tuple(texts)

    def of(self, kind: str) -> str:
        if kind == Pattern.WORDS:
            return folding.folded(self.texts)
        if kind == Pattern.DOMAINS:
            return "\n".join(links.hosts(self.texts))
        return "\n".join(text[: folding.MOST_LETTERS] for text in self.texts)


def finds(rule: ScreeningRule, text: _Text) -> str:
    """What a rule finds; a pattern that can no longer be read finds nothing."""
    try:
        search = patterns.compiled(rule.kind, rule.pattern)
    except ValidationError:
        return ""
    return search(text.of(rule.kind))


def found_in(rule: ScreeningRule, texts: Sequence[str]) -> str:
    """For the desk: what a rule would find in a text."""
    return finds(rule, _Text(texts))
