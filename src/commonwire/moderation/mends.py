"""What is wrong with an expression, where, and what to write instead: the engine's few
words made sentences."""

from collections.abc import Callable

from django.utils.translation import gettext as _

# So many places that look like the fault are tried.
MOST_PLACES = 50
MOST_SHOWN = 30
# What RE2 says, by how it begins.
_KINDS = (
    ("invalid perl operator", "lookahead"),
    ("invalid escape sequence", "escape"),
    ("trailing \\", "end"),
    ("bad repetition operator", "repetition"),
    ("invalid repetition size", "size"),
    ("missing ]", "bracket"),
    ("missing )", "opened"),
    ("unexpected )", "closed"),
    ("no argument for repetition operator", "argument"),
    ("invalid character class range", "range"),
)


def mend(said: str, pattern: str, fault: Callable[[str], str]) -> str:
    """``said``: by the engine of the pattern; ``fault``: what it says of a beginning."""
    kind = next((kind for start, kind in _KINDS if said.startswith(start)), "")
    place = _place(kind, said, pattern, fault)
    reason = _reasons().get(kind) or _(
        "It is too large: shorten it or make two rules of it."
    )
    if place is None:
        return _("The expression cannot be read. %(reason)s") % {"reason": reason}
    words = _(
        "The expression cannot be read from sign %(number)s on, “%(rest)s”. %(reason)s"
    )
    rest = pattern[place : place + MOST_SHOWN]
    return words % {"number": place + 1, "rest": rest, "reason": reason}


def _reasons() -> dict[str, str]:
    parentheses = _("The ( and ) do not match.")
    return {
        "lookahead": _(
            "Looking ahead or behind (?=, ?!, ?<) is not possible here. Write what has "
            "to stand there as a part of the expression, or make two rules of it."
        ),
        "escape": _(
            "There is no such sign after a backslash here; a group cannot be "
            "referred to either. Write \\\\ for a backslash itself."
        ),
        "end": _("Nothing follows the backslash. Write \\\\ for a backslash itself."),
        "repetition": _(
            "Two repetitions follow one another: group the first with ( )."
        ),
        "size": _("At most 1000 repetitions can be counted."),
        "bracket": _(
            "A [ is never closed with ]. Close it, or write \\[ for the sign."
        ),
        "opened": parentheses + " " + _("Close this one, or write \\( for the sign."),
        "closed": parentheses
        + " "
        + _("This one closes none: write \\) for the sign."),
        "argument": _(
            "There is nothing before *, + or ? that could be repeated. Write \\* for "
            "the sign."
        ),
        "range": _("In a range such as [a-z] the first sign has to come first."),
    }


def _place(
    kind: str, said: str, pattern: str, fault: Callable[[str], str]
) -> int | None:
    """Where in the pattern; None when nobody can say."""
    if kind in {"opened", "closed"}:
        return _unmatched(pattern, closed=kind == "closed")
    if kind == "end":
        return len(pattern) - 1
    part = said.partition(": ")[2]
    if not kind or not part:
        return None
    if kind == "bracket":  # the engine repeats all that follows
        return pattern.rfind(part)
    start = pattern.find(part)
    for _try in range(MOST_PLACES):
        if start < 0 or fault(pattern[: start + len(part)]) == said:
            break
        start = pattern.find(part, start + 1)
    return start if start >= 0 else None


def _unmatched(pattern: str, *, closed: bool) -> int | None:
    """The first parenthesis that closes none, or the last that nothing closes."""
    opened: list[int] = []
    place, inside = 0, False
    while place < len(pattern):
        sign = pattern[place]
        if sign == "\\":
            place += 1
        elif inside:
            inside = sign != "]"
        elif sign == "[":
            inside = True
            # A ] that comes first stands for itself.
            place += pattern[place + 1 : place + 3] == "^]"
            place += pattern[place + 1 : place + 2] == "]"
        elif sign == "(":
            opened.append(place)
        elif sign == ")":
            if not opened:
                return place if closed else None
            opened.pop()
        place += 1
    return opened[-1] if opened and not closed else None
