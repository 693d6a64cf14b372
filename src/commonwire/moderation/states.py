from django.db import models
from django.utils.translation import gettext_lazy as _


class Act(models.TextChoices):
    """What a decision does. The names stand in the public log for ever."""

    CLASSIFY = "classify", _("sorted")
    FEATURE = "feature", _("featured")
    UNFEATURE = "unfeature", _("took from the features")
    HIDE = "hide", _("hid")
    UNHIDE = "unhide", _("brought back")
    CONFIRM_HIDE = "confirm-hide", _("confirmed the hiding of")
    WITHDRAW_FOR_SAFETY = "withdraw-for-safety", _("withdrew for safety")
    HOLD = "hold", _("held back")
    RELEASE = "release", _("released")
    LOCK_COMMENTS = "lock-comments", _("closed the comments on")
    UNLOCK_COMMENTS = "unlock-comments", _("opened the comments on")
    HIDE_COMMENT = "hide-comment", _("hid a comment on")
    UNHIDE_COMMENT = "unhide-comment", _("brought back a comment on")
    WITHDRAW_COMMENT = "withdraw-comment", _("withdrew for safety a comment on")
    REDACT_CORRECTION = "redact-correction", _("withdrew for safety an old text of")
    CORRECT = "correct", _("corrected")
    ANSWER_APPEAL = "answer-appeal", _("answered an appeal about")
    HOLD_APPEAL = "hold-appeal", _("held back the words of an appeal about")
    SHOW_APPEAL = "show-appeal", _("showed the words of an appeal about")
    REDACT_APPEAL = "redact-appeal", _("took out the words of an appeal about")
    REDACT_FLAG = "redact-flag", _("took out what readers wrote with a report of")
    REMOVE_TEXT = "remove-text", _("took out the reason of a decision")
    CHANGE_RULE = "change-rule", _("changed a rule")
    CHANGE_SCREENING = "change-screening", _("changed a rule of screening")
    CHANGE_POLICY = "change-policy", _("changed the policy")
    CHANGE_SETTINGS = "change-settings", _("changed the settings")
    FLOOD_ON = "flood-on", _("opened the raw wire")
    FLOOD_OFF = "flood-off", _("closed the raw wire")
    CHANGE_ORGANISATION = "change-organisation", _("changed an organisation")
    VERIFY_ORGANISATION = "verify-organisation", _("verified an organisation")
    DOUBT_ORGANISATION = "doubt-organisation", _("took back a verification")
    LOOK_AT_CALL = "look-at-call", _("looked at what was brought to")
    INVITE_EDITOR = "invite-editor", _("invited an editor")
    ADMIT_EDITOR = "admit-editor", _("let in an editor")
    REMOVE_EDITOR = "remove-editor", _("removed an editor")
    CHANGE_ROLE = "change-role", _("changed the role of an editor")


# Readers are told why, in the editor's own words.
REASONED = frozenset(
    {
        Act.HIDE,
        Act.WITHDRAW_FOR_SAFETY,
        Act.HOLD,
        Act.HIDE_COMMENT,
        Act.WITHDRAW_COMMENT,
        Act.REDACT_CORRECTION,
        Act.REDACT_APPEAL,
        Act.REDACT_FLAG,
        Act.REMOVE_TEXT,
        Act.CORRECT,
        Act.ANSWER_APPEAL,
    }
)
# And under which of the site's rules.
RULED = frozenset(
    {
        Act.HIDE,
        Act.WITHDRAW_FOR_SAFETY,
        Act.HOLD,
        Act.HIDE_COMMENT,
        Act.WITHDRAW_COMMENT,
        Act.REDACT_CORRECTION,
        Act.REDACT_APPEAL,
        Act.REDACT_FLAG,
        Act.REMOVE_TEXT,
    }
)


# What one key takes back, as a decision of its own; features have a page for that.
UNDOABLE = frozenset(
    {
        Act.CLASSIFY,
        Act.HIDE,
        Act.UNHIDE,
        Act.HOLD,
        Act.RELEASE,
        Act.LOCK_COMMENTS,
        Act.UNLOCK_COMMENTS,
        Act.HIDE_COMMENT,
        Act.UNHIDE_COMMENT,
        Act.CORRECT,
    }
)


class Appellant(models.TextChoices):
    """Who asks for a second look."""

    AUTHOR = "author", _("the author")
    READER = "reader", _("a reader")


class Speaker(models.TextChoices):
    """Who wrote in the line between a post's author and the editors."""

    AUTHOR = "author", _("the author")
    EDITOR = "editor", _("an editor")


# The heap of what came in a flood; other heaps have the code of a doubt.
FLOOD = "flood"


class Pattern(models.TextChoices):
    """What a rule of screening looks for."""

    WORDS = "words", _("Words")
    DOMAINS = "domains", _("Sites that are linked to")
    EXPRESSION = "expression", _("Regular expression")
