"""The patterns that editors write, compiled for an engine whose time grows with the
text and with nothing else (RE2), so that no pattern can hold up a publishing."""

import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urlsplit

import re2
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from commonwire.moderation import mends
from commonwire.moderation.folding import fold
from commonwire.moderation.states import Pattern

LONGEST = 10_000
MOST_LINES = 500
# What the engine may use for one pattern.
MOST_MEMORY = 4 << 20
# Looks for; the words found, empty when there are none.
Search = Callable[[str], str]
_ANY_CASE = "(?i)"
_HOST = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63}")


def check(kind: str, pattern: str) -> None:
    """Raise a ValidationError of the field, with what to write instead."""
    try:
        compiled(kind, pattern)
    except ValidationError as error:
        raise ValidationError({"pattern": error}) from error


@lru_cache(200)
def compiled(kind: str, pattern: str) -> Search:
    if len(pattern) > LONGEST:
        words = _("This has %(length)s characters; %(most)s fit. Make two rules of it.")
        raise ValidationError(words % {"length": len(pattern), "most": LONGEST})
    if kind == Pattern.EXPRESSION:
        return _expression(pattern)
    lines = [line.strip() for line in pattern.splitlines() if line.strip()]
    if not lines:
        raise ValidationError(_("Write what to look for, one a line."))
    if len(lines) > MOST_LINES:
        words = _("This has %(lines)s lines; %(most)s fit. Make two rules of it.")
        raise ValidationError(words % {"lines": len(lines), "most": MOST_LINES})
    return _domains(lines) if kind == Pattern.DOMAINS else _words(lines)


def _expression(pattern: str) -> Search:
    """On the text as typed, in any case."""
    pattern = pattern.strip()
    if not pattern:
        raise ValidationError(_("Write the expression."))
    try:
        found = _compile(f"{_ANY_CASE}{pattern}")
    except re2.error as error:
        raise ValidationError(mends.mend(_said(error), pattern, _fault)) from error
    if found.search(""):
        raise ValidationError(
            _("This finds every text, even an empty one. Say what has to be there.")
        )
    return _searching(found)


def _words(lines: list[str]) -> Search:
    """Whole words, on folded text: what looks like a word is that word."""
    phrases = [r"\s+".join(map(re2.escape, fold(line).split())) for line in lines]
    if not all(phrases):
        words = _("Line %(number)s has nothing in it that can be seen. Delete it.")
        raise ValidationError(words % {"number": phrases.index("") + 1})
    edge = r"(?:^|[^\pL\pN])"
    try:
        found = _compile(f"{edge}({'|'.join(phrases)})(?:$|[^\\pL\\pN])")
    except re2.error as error:
        raise ValidationError(mends.mend(_said(error), "", _fault)) from error
    return lambda text: _found(found.search(text), 1)


def _domains(lines: list[str]) -> Search:
    """Of addresses, each on a line of its own: the site itself and all under it."""
    hosts = {_host(line, number) for number, line in enumerate(lines, 1)}

    def search(text: str) -> str:
        for host in text.split():
            parts = host.split(".")
            for place in range(len(parts) - 1):
                if ".".join(parts[place:]) in hosts:
                    return host
        return ""

    return search


def host_of(address: str) -> str:
    """The site that an address leads to; empty when it leads nowhere."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return fold(host).removeprefix("www.").rstrip(".")


def _host(line: str, number: int) -> str:
    host = host_of(line.removeprefix("*."))
    if not _HOST.fullmatch(host):
        words = _("Line %(number)s, “%(line)s”, is no site. Write it like example.com.")
        raise ValidationError(words % {"number": number, "line": line[:80]})
    return host


def _compile(pattern: str) -> "re2._Regexp":
    options = re2.Options()
    options.log_errors = False
    options.max_mem = MOST_MEMORY
    return re2.compile(pattern, options)


def _fault(beginning: str) -> str:
    """What the engine says of a beginning of an expression; empty when nothing."""
    try:
        _compile(f"{_ANY_CASE}{beginning}")
    except re2.error as error:
        return _said(error)
    return ""


def _said(error: re2.error) -> str:
    return str(error.args[0].decode().replace(_ANY_CASE, "", 1)) if error.args else ""


def _searching(found: "re2._Regexp") -> Search:
    return lambda text: _found(found.search(text), 0)


def _found(match: "re2._Match | None", group: int) -> str:
    return (match[group] or "?") if match else ""
