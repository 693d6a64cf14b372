"""What a correction changed, word by word, as HTML that is safe to show."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from itertools import zip_longest

from commonwire.kit import mail_mask

# Comparing costs up to the product of both lengths, or more: beyond these, what lies
# between the equal beginning and end is shown as replaced as a whole.
MAX_PARAGRAPHS = 400
MAX_WORDS = 600
MAX_COMPARED = 1_500_000
# Less in common than this and the words of two paragraphs only confuse each other.
_ALIKE = 0.3
_CONTEXT = 16  # tokens on either side of a change; about eight words
_BETWEEN = "…"

_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
_IDEOGRAPHS = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = rf"[^\s!-/:-@\[-`{{-~…“”«»„{_IDEOGRAPHS}]+"
# 12,000 and 3.5 and 10:30 are one word each.
_TOKENS = re.compile(rf"\s+|[{_IDEOGRAPHS}]|{_WORD}(?:(?<=\d)[.,:](?=\d){_WORD})*|.")


def difference(before: str, after: str) -> str:
    """``<del>`` and ``<ins>`` in their paragraphs; unchanged stretches shortened.

    Nothing when the words are the same.
    """
    old, new = (_paragraphs(text) for text in (before, after))
    budget = _Budget(MAX_COMPARED)
    shown: list[str] = []
    for same, removed, added in _changes(old, new, limit=MAX_PARAGRAPHS):
        if same:
            shown.append(_BETWEEN)
        else:
            shown.extend(_replaced(removed, added, budget))
    if shown == [_BETWEEN]:
        return ""
    return "\n".join(f"<p>{paragraph}</p>" for paragraph in shown)


@dataclass(slots=True)
class _Budget:
    """How much comparing is left, so that many changed paragraphs stay quick too."""

    left: int

    def spend(self, old: int, new: int) -> bool:
        if max(old, new) > MAX_WORDS or old * new > self.left:
            return False
        self.left -= old * new
        return True


def _paragraphs(text: str) -> list[str]:
    masked = mail_mask.mask(text.strip())
    return _PARAGRAPHS.split(masked) if masked else []


def _changes(
    old: Sequence[str], new: Sequence[str], *, limit: int
) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    """Runs in order: whether both have them, what the old has, what the new has."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    if start:
        yield True, old[:start], new[:start]
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    if max(len(middle_old), len(middle_new)) > limit:
        yield False, middle_old, middle_new
    else:
        matcher = SequenceMatcher(None, middle_old, middle_new)
        for kind, i, j, k, m in matcher.get_opcodes():
            yield kind == "equal", middle_old[i:j], middle_new[k:m]
    if end:
        yield True, old[len(old) - end :], new[len(new) - end :]


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    for count, (one, other) in enumerate(zip(old, new, strict=False)):
        if one != other:
            return count
    return min(len(old), len(new))


def _replaced(
    removed: Sequence[str], added: Sequence[str], budget: _Budget
) -> Iterator[str]:
    for old, new in zip_longest(removed, added, fillvalue=""):
        words = _words(old, new, budget) if old and new else None
        if words is not None:
            yield words
        else:
            # Each in its paragraph: what was there, and what is there now.
            yield from filter(None, (_marked("del", old), _marked("ins", new)))


def _words(old: str, new: str, budget: _Budget) -> str | None:
    """The change word by word, or nothing when it is too much or too different."""
    old_words, new_words = _TOKENS.findall(old), _TOKENS.findall(new)
    start = _common(old_words, new_words)
    if not budget.spend(len(old_words) - start, len(new_words) - start):
        return None
    runs = list(_changes(old_words, new_words, limit=MAX_WORDS))
    same = sum(len("".join(was).strip()) for is_same, was, _now in runs if is_same)
    if same < _ALIKE * min(len(old), len(new)):
        return None
    shown = []
    for number, (is_same, was, now) in enumerate(runs):
        if is_same:
            shown.append(
                _shortened(was, is_first=not number, is_last=number == len(runs) - 1)
            )
        else:
            shown += [_marked("del", "".join(was)), _marked("ins", "".join(now))]
    return "".join(shown)


def _shortened(words: Sequence[str], *, is_first: bool, is_last: bool) -> str:
    start = [] if is_first else words[:_CONTEXT]
    end = [] if is_last else words[-_CONTEXT:]
    if len(words) <= len(start) + len(end) + _CONTEXT:
        return _html("".join(words))
    return _html("".join(start).rstrip() + f" {_BETWEEN} " + "".join(end).lstrip())


def _marked(tag: str, text: str) -> str:
    return f"<{tag}>{_html(text)}</{tag}>" if text else ""


def _html(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")
