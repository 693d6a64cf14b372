"""Questions about decisions: who may answer, what can be taken back."""

from commonwire.accounts.models import Editor
from commonwire.accounts.permissions import Permission
from commonwire.moderation.models import Appeal, Decision
from commonwire.moderation.states import UNDOABLE, Act


def may_answer(editor: Editor, appeal: Appeal) -> bool:
    """Nobody judges their own decision."""
    return appeal.decision.editor_id != editor.pk


def may_take_out(editor: Editor, decision: Decision) -> bool:
    """Whether an editor may take away words that say why it was decided so, or that ask
    for another look: of a decision of their own only while nobody else could."""
    if decision.editor_id != editor.pk:
        return True
    others = Editor.objects.filter(is_active=True).exclude(pk=editor.pk)
    return not others.exists()


def can_be_taken_back(decision: Decision) -> bool:
    """Whether anything can be undone of an act: not of what deletes, nor of what is
    answered in public. The action looks again at whether it still stands."""
    if decision.act in {Act.FEATURE, Act.UNFEATURE}:
        return decision.facts.get("what") not in {"changed", "moved"}
    if decision.is_of_heap:
        return decision.act != Act.HOLD or decision.undoes_id is not None
    if decision.act == Act.RELEASE:
        return decision.addendum_id is None
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
    Act.SHOW_APPEAL: Permission.RELEASE,
    # A private address cannot wait for a steward.
    Act.REDACT_APPEAL: Permission.WITHDRAW,
    Act.REDACT_FLAG: Permission.WITHDRAW,
    Act.REMOVE_TEXT: Permission.TAKE_OUT_REASONS,
}
