"""What the links in mails about endorsements do."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from commonwire.calls.actions import endorsing
from commonwire.calls.models import Endorsement
from commonwire.calls.states import EndorsementState
from commonwire.mail.actions import NoGood
from commonwire.mail.confirmations import Done, Question


class Endorsed:
    """Who filled in the form says that the mailbox is theirs."""

    def question(self, about: int) -> Question | None:
        found = _with(about, EndorsementState.UNCONFIRMED)
        if found is None:
            return None
        words = _(
            "“%(name)s” endorses “%(call)s”: that is what somebody wrote with your mail "
            "address. If it was you, confirm it. Whoever issued the call, or an editor, "
            "then looks at it before it is public."
        )
        return Question(
            title=_("Confirm the endorsement"),
            words=words % {"name": found.name, "call": found.call.post.title},
            button=_("It was me: confirm"),
            path=found.call.post.path,
        )

    def confirm(self, about: int) -> Done:
        made = endorsing.confirm_mail(endorsement=Endorsement(pk=about))
        words = _(
            "Confirmed. Whoever issued the call, or an editor, looks at it; then it "
            "stands on the page."
        )
        if endorsing.speaks_for_itself(made):
            words = _(
                "Confirmed. It is still pending: a steward of your organisation says so "
                "too, in its room, or an editor who asked it; then it stands on the page."
            )
        return Done(words, made.call.post.path)


class EndorsedAgain:
    """For the call as it is now."""

    def question(self, about: int) -> Question | None:
        found = _with(about, EndorsementState.CONFIRMED)
        if found is None:
            return None
        words = _(
            "“%(call)s” has another day or other demands than when “%(name)s” endorsed "
            "it. Read the page first. Does your organisation endorse it as it is now?"
        )
        return Question(
            title=_("Endorse the call as it is now"),
            words=words % {"name": found.name, "call": found.call.post.title},
            button=_("Yes, it still does"),
            path=found.call.post.path,
            instead=_("No, withdraw it"),
        )

    def confirm(self, about: int) -> Done:
        words = _("Your organisation endorses the call as it is now.")
        return _say(words, endorsing.give_again, about, by="author")

    def instead(self, about: int) -> Done:
        words = _(
            "Your organisation endorses the call no longer; its page says since when. "
            "Your mail address is deleted."
        )
        return _say(words, endorsing.take_back, about)


def _say(words: str, act: Callable[..., Endorsement], about: int, **how: str) -> Done:
    try:
        made = act(endorsement=Endorsement(pk=about), **how)
    except endorsing.Refused as error:  # in another tab, a moment ago
        raise NoGood(str(error)) from error
    return Done(words, made.call.post.path)


def _with(about: int, state: str) -> Endorsement | None:
    rows = Endorsement.objects.select_related("call__post", "organisation")
    return rows.filter(pk=about, state=state).first()
