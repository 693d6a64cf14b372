"""What the link does that somebody got by mail with their pledge."""

from django.utils.translation import gettext as _

from commonwire.calls.actions import pledging
from commonwire.calls.models import Pledge
from commonwire.mail.confirmations import Done, Question


class PledgeConfirmation:
    def question(self, about: int) -> Question | None:
        found = Pledge.objects.select_related("call__post").filter(pk=about).first()
        if found is None or not found.email_hash:
            return None
        post = found.call.post
        return Question(
            title=_("Confirm your pledge"),
            words=_("You pledge on the call “%s”.") % post.title,
            button=_("Yes, I pledge"),
            path=post.path,
        )

    def confirm(self, about: int) -> Done:
        found = Pledge.objects.select_related("call__post").get(pk=about)
        words = _("Your pledge counts as confirmed. Your address is not kept.")
        if found.others:
            words = _(
                "Your pledge counts as confirmed. You get one mail when as many others "
                "have pledged as you wait for; then your address is deleted."
            )
        if pledging.confirm(pledge=found):
            words = f"{words} " + _("It stands for the one that you confirmed before.")
        return Done(words, found.call.post.path)
