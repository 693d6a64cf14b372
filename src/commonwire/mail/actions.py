"""Mail is written into a row inside the caller's transaction and sent by the worker
after it: no mail of what was rolled back, none lost that was promised."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonwire.kit.buckets import Buckets, Network
from commonwire.mail import tokens
from commonwire.mail.confirmations import Done, Either, confirmation_for
from commonwire.mail.models import OneTimeLink, OutgoingMail
from commonwire.mail.queries import is_on, is_too_late, link_of

# Where the link stands in the text of a mail.
LINK = "{link}"
GIVEN_UP_AFTER = timedelta(days=2)
LINKS_REMEMBERED = timedelta(days=30)
_MOST_SUBJECT = 200
# Whoever types other people's addresses into forms must not fill their mailboxes.
per_address = Buckets("mail.actions.per_address", capacity=5, seconds=4 * 3600)


class NoGood(Exception):
    """A link confirms nothing; says why and what to do."""


@transaction.atomic
def write(*, to: str, subject: str, body: str, seed: str = "") -> bool:
    """Have a mail sent, once the caller's transaction has committed. False when the site
    sends no mail, or has sent this address much today. Nothing that a stranger typed
    belongs into a mail: it would carry their words to whomever they name."""
    mailbox = Network(tokens.address_hash(to, within="limits"), shared=False)
    if not is_on() or not per_address.take(mailbox):
        return False
    subject = " ".join(subject.split())[:_MOST_SUBJECT]
    OutgoingMail.objects.create(to=to, subject=subject, body=body, seed=seed)
    return True


@transaction.atomic
def ask_to_confirm(
    *, to: str, subject: str, body: str, purpose: str, about: int
) -> bool:
    """Write a mail whose ``{link}`` confirms something, once, within seven days. Its page
    and what it does are the class's that CONFIRMATIONS names for the purpose."""
    seed = tokens.new_seed()
    if not write(to=to, subject=subject, body=body, seed=seed):
        return False
    token_hash = tokens.hash_of(tokens.token_of(seed))
    OneTimeLink.objects.create(token_hash=token_hash, purpose=purpose, about=about)
    return True


@transaction.atomic
def confirm(*, token: str, instead: bool = False) -> Done:
    """Do what the link is for, or what its second button says, once; raises NoGood."""
    now, link = timezone.now(), link_of(token)
    if link is None:
        raise NoGood(unknown_link())
    if is_too_late(link, now):
        raise NoGood(too_late())
    unused = OneTimeLink.objects.filter(pk=link.pk, used_at=None)
    if not unused.update(used_at=now):
        raise NoGood(used_already())
    confirmation = confirmation_for(link.purpose)
    if confirmation.question(link.about) is None:
        raise NoGood(nothing_there())
    if instead and isinstance(confirmation, Either):
        return confirmation.instead(link.about)
    return confirmation.confirm(link.about)


def sweep_mail() -> None:
    """Give up what could not be sent for two days; forget old links."""
    now = timezone.now()
    OutgoingMail.objects.filter(written_at__lt=now - GIVEN_UP_AFTER).delete()
    OneTimeLink.objects.filter(made_at__lt=now - LINKS_REMEMBERED).delete()


def text_of(mail: OutgoingMail) -> str:
    """A mail's words, with its link."""
    address = f"{settings.SITE_URL}/confirm/{tokens.token_of(mail.seed)}/"
    return mail.body.replace(LINK, address) if mail.seed else mail.body


def unknown_link() -> str:
    return _(
        "This link is not known here. Mail programs break long lines: copy the whole "
        "address from the mail. A link older than a month is forgotten; then fill in the "
        "form again."
    )


def too_late() -> str:
    return _(
        "This link was good for seven days, and they are over. Nothing was confirmed: "
        "fill in the form again, and a new link comes by mail."
    )


def used_already() -> str:
    return _(
        "This link was used already. What it was for is confirmed, and there is nothing "
        "more to do."
    )


def nothing_there() -> str:
    return _(
        "What this link was to confirm is not there any more: it was taken back. If you "
        "want it again, fill in the form again."
    )
