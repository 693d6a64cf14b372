"""The patterns that editors write, compiled for an engine whose time grows with the
text and with nothing else (RE2), so that no pattern can hold up a publishing."""

import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urlsplit

import re2
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from commonwire.moderation.folding import fold
from commonwire.moderation.states import Pattern

LONGEST = 10_000
MOST_LINES = 500
# What the engine may use for one pattern.
MOST_MEMORY = 4 << 20
# Looks for; the words found, empty when there are none.
Search = Callable[[str], str]
_HOST = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63}")
# What RE2 has not, by how it begins, with what to do.
_MENDS = (
    ("invalid perl operator", "lookahead"),
    ("invalid escape sequence", "escape"),
    ("bad repetition operator", "repetition"),
    ("invalid repetition size", "size"),
    ("missing ]", "bracket"),
    ("missing )", "parenthesis"),
    ("unexpected )", "parenthesis"),
    ("no argument for repetition operator", "argument"),
    ("invalid character class range", "range"),
)


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
    found = _compile(f"(?i){pattern}")
    if found.search(""):
        raise ValidationError(
            _("This finds every text, even an empty one. Say what has to be there.")
        )
    return _searching(found)


def _words(lines: list[str]) -> Search:
    """Whole words, on folded text: what looks like a word is that word."""
    phrases = [r"\s+".join(map(re2.escape, fold(line).split())) for line in lines]
    if not all(phrases):
        raise ValidationError(_("A line has nothing in it that can be seen."))
    edge = r"(?:^|[^\pL\pN])"
    found = _compile(f"{edge}({'|'.join(phrases)})(?:$|[^\\pL\\pN])")
    return lambda text: _found(found.search(text), 1)


def _domains(lines: list[str]) -> Search:
    """Of addresses, each on a line of its own: the site itself and all under it."""
    hosts = {_host(line) for line in lines}

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


def _host(line: str) -> str:
    host = host_of(line.removeprefix("*."))
    if not _HOST.fullmatch(host):
        words = _("“%(line)s” is no site. Write it like example.com.")
        raise ValidationError(words % {"line": line[:80]})
    return host


def _compile(pattern: str) -> "re2._Regexp":
    options = re2.Options()
    options.log_errors = False
    options.max_mem = MOST_MEMORY
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        said = error.args[0].decode() if error.args else ""
        raise ValidationError(_mend(said)) from error


def _mend(said: str) -> str:
    kind = next((kind for start, kind in _MENDS if said.startswith(start)), "")
    mends = {
        "lookahead": _("Looking ahead or behind (?=, ?!, ?<) is not possible here."),
        "escape": _(
            "There is no such sign after a backslash here; a group cannot be "
            "referred to either. Write \\\\ for a backslash itself."
        ),
        "repetition": _(
            "Two repetitions follow one another: group the first with ( )."
        ),
        "size": _("At most 1000 repetitions can be counted."),
        "bracket": _("A [ is never closed with ]."),
        "parenthesis": _("The ( and ) do not match."),
        "argument": _("There is nothing before *, + or ? that could be repeated."),
        "range": _("In a range such as [a-z] the first sign has to come first."),
    }
    reason = mends.get(kind, _("It is too large: shorten it or make two rules of it."))
    words = _("The expression cannot be read. %(reason)s The engine says: %(said)s")
    return words % {"reason": reason, "said": said or "-"}


def _searching(found: "re2._Regexp") -> Search:
    return lambda text: _found(found.search(text), 0)


def _found(match: "re2._Match | None", group: int) -> str:
    return (match[group] or "?") if match else ""
