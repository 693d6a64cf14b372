"""Pure questions about decisions: what a reason must not say, who may answer."""

import re

from commonwire.accounts.models import Editor
from commonwire.accounts.permissions import Permission
from commonwire.moderation.models import Appeal, Decision
from commonwire.moderation.states import UNDOABLE, Act

# Seven digits and more, as telephone numbers are written; years and dates are shorter.
_NUMBER = re.compile(r"(?<![\w/])\+?\d(?:[ ()./-]{0,2}\d){6,}(?!\w)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{4}")
_MAIL = re.compile(r"\w[\w.+-]*(?:@| at )\w[\w-]*(?:\.| dot )\w[\w.-]*", re.IGNORECASE)
# So many words in a row from a text are a quotation.
_QUOTED_WORDS = 8
_LEAST_CONTACT = 4


def private_data_in(reason: str, *, contact: str = "") -> str:
    """The first thing in a reason that readers must not be told; empty when there is
    none: a telephone number, a mail address, what the author gave in confidence."""
    undated = _DATE.sub(" ", reason)
    for pattern in (_MAIL, _NUMBER):
        found = pattern.search(undated)
        if found:
            return found[0]
    words = (word.strip(".,;:()<>") for word in contact.split())
    for word in words:
        if len(word) >= _LEAST_CONTACT and _stands_in(word, reason):
            return word
    return ""


def _stands_in(word: str, text: str) -> bool:
    pattern = rf"(?<!\w){re.escape(word)}(?!\w)"
    return bool(re.search(pattern, text, re.IGNORECASE))


def quotation_in(reason: str, texts: list[str]) -> str:
    """Words that a reason repeats from a text which is about to be taken away."""
    said = reason.casefold().split()
    there = " ".join(" ".join(texts).casefold().split())
    for start in range(len(said) - _QUOTED_WORDS + 1):
        words = " ".join(said[start : start + _QUOTED_WORDS])
        if words in there:
            return words
    return ""


def may_answer(editor: Editor, appeal: Appeal) -> bool:
    """Nobody judges their own decision."""
    return appeal.decision.editor_id != editor.pk


def can_be_taken_back(decision: Decision) -> bool:
    """Whether anything can be undone of an act: not of what deletes, nor of what is
    answered in public. The action looks again at whether it still stands."""
    if decision.act in {Act.FEATURE, Act.UNFEATURE}:
        return bool(decision.facts.get("what") != "changed")
    if decision.act == Act.HOLD:
        return decision.post_id is not None
    if decision.act == Act.RELEASE:
        return decision.post_id is not None and decision.addendum_id is None
    if decision.act in {Act.UNHIDE, Act.UNHIDE_COMMENT}:
        return decision.undoes_id is not None
    return decision.act in UNDOABLE


def needed_for(act: Act) -> Permission:
    """The permission that an act at the desk asks for."""
    return _NEEDED.get(act, Permission.HIDE)


_NEEDED = {
    Act.CLASSIFY: Permission.SORT,
    Act.HOLD: Permission.RELEASE,
    Act.RELEASE: Permission.RELEASE,
    Act.LOCK_COMMENTS: Permission.LOCK_COMMENTS,
    Act.UNLOCK_COMMENTS: Permission.LOCK_COMMENTS,
    Act.WITHDRAW_FOR_SAFETY: Permission.WITHDRAW,
    Act.WITHDRAW_COMMENT: Permission.WITHDRAW,
    Act.REDACT_CORRECTION: Permission.WITHDRAW,
    Act.CORRECT: Permission.CORRECT,
    Act.ANSWER_APPEAL: Permission.ANSWER_APPEALS,
    Act.REMOVE_TEXT: Permission.TAKE_OUT_REASONS,
}
