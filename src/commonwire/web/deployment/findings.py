"""Two kinds of finding: what has to be mended, and what is good to know."""

from django.core.checks import CheckMessage, Info
from django.core.checks import Warning as ToMend

Findings = list[CheckMessage]


def mend(name: str, what: str, do: str) -> CheckMessage:
    return ToMend(what, hint=do, id=name)


def note(name: str, what: str, do: str) -> CheckMessage:
    return Info(what, hint=do, id=name)
