"""Endorsements: given, asked for, confirmed, given again for another version, taken
back. What a person does never changes an organisation's: one that is verified or has
stewards speaks for itself, by a steward or through an editor who asked it. On the issuer's
word alone only a body stands that nobody speaks for here."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonwire.calls import queries
from commonwire.calls.actions.organisations import Told, make_organisation
from commonwire.calls.actions.touching import touch
from commonwire.calls.mails import mail_words
from commonwire.calls.models import Call, Endorsement, Organisation
from commonwire.calls.models.endorsement import LIVE
from commonwire.calls.states import EndorsementState, How, Way
from commonwire.calls.stewardship import Acting
from commonwire.mail import actions as mail
from commonwire.publishing.states import Author

State = EndorsementState
ADDRESS_LIFE = timedelta(days=60)


class Refused(ValueError):
    """It cannot be done; says why and what to do."""


@dataclass(frozen=True)
class Authority:
    """Who authorised it. ``decided_on``: today if it is not said."""

    office: str = ""
    officer: str = ""
    how: str = How.OFFICER.value
    decided_on: date | None = None
    note: str = ""


@transaction.atomic
def endorse(*, call: Call, acting: Acting, authority: Authority) -> Endorsement:
    """By its steward: it stands at once. An invitation that was not answered yet is
    accepted by it."""
    call = _lock(call)
    there = _live(call, acting.organisation)
    if there is None:
        there = Endorsement(call=call, organisation=acting.organisation)
        there.way = Way.STEWARD
    elif there.state == State.CONFIRMED and there.version == call.version:
        raise Refused(_("Your organisation endorses this call already."))
    # Whoever filled in a form for it has no part in it from now on.
    there.email = ""
    there.steward, there.version = acting.steward, call.version
    _put(there, authority)
    return _stand(there, "")


@transaction.atomic
def decline(*, endorsement: Endorsement, acting: Acting) -> Endorsement:
    endorsement = _held(endorsement)
    acting.check(endorsement.organisation_id or 0)
    _ask(endorsement, State.INVITED)
    return _end(endorsement, State.DECLINED)


@transaction.atomic
def invite(*, call: Call, organisation: Organisation) -> Endorsement:
    """By the issuer; its steward accepts or declines."""
    call = _lock(call)
    if _live(call, organisation):
        raise Refused(
            _("“%(name)s” endorses this call or was asked already.")
            % {"name": organisation.name}
        )
    return Endorsement.objects.create(
        call=call,
        organisation=organisation,
        way=Way.INVITED,
        state=State.INVITED,
        version=call.version,
    )


@transaction.atomic
def offer(
    *,
    call: Call,
    organisation: Organisation | None,
    named: str,
    email: str,
    authority: Authority,
) -> Endorsement:
    """By the form, from somebody whom nobody knows: nothing of it is public before the
    mail address and then the issuer or an editor have confirmed it."""
    call = _lock(call)
    if organisation and _live(call, organisation):
        raise Refused(
            _("“%(name)s” endorses this call or was asked already.")
            % {"name": organisation.name}
        )
    made = Endorsement(call=call, organisation=organisation, named=named, email=email)
    made.way, made.state, made.version = Way.FORM, State.WAITING, call.version
    _put(made, authority)
    made.save()
    if _ask_mailbox(made):
        made.state = State.UNCONFIRMED
        made.save(update_fields=["state"])
    return made


@transaction.atomic
def confirm_mail(*, endorsement: Endorsement) -> Endorsement:
    """Whoever reads that mailbox says that it is theirs."""
    endorsement = _held(endorsement)
    endorsement.email_confirmed_at = timezone.now()
    if endorsement.state == State.UNCONFIRMED:
        endorsement.state = State.WAITING
    endorsement.save()
    return endorsement


@transaction.atomic
def confirm(
    *, endorsement: Endorsement, by: str = Author.AUTHOR, kind: str = "other"
) -> Endorsement:
    """The issuer or an editor finds it true. An organisation that is not here yet gets
    its page with it. For one that speaks for itself the issuer's word is not enough: it
    waits on for a steward of that one, or an editor."""
    endorsement = _held(endorsement)
    _ask(endorsement, State.WAITING, State.UNCONFIRMED)
    if endorsement.organisation is None:
        endorsement.organisation = _body_named(endorsement.named, kind)
        if _live(endorsement.call, endorsement.organisation):
            raise Refused(
                _("“%(name)s” endorses this call already: refuse this one.")
                % {"name": endorsement.named}
            )
    if by != Author.EDITOR and speaks_for_itself(endorsement):
        endorsement.save(update_fields=["organisation"])
        return endorsement
    return _stand(endorsement, by)


@transaction.atomic
def refuse(*, endorsement: Endorsement, acting: Acting | None = None) -> Endorsement:
    """The issuer, an editor or the organisation itself does not find it true; its words
    and address go."""
    endorsement = _held(endorsement)
    if acting:
        acting.check(endorsement.organisation_id or 0)
    _ask(endorsement, State.WAITING, State.UNCONFIRMED, State.INVITED)
    endorsement.email = endorsement.officer = endorsement.note = ""
    return _end(endorsement, State.REFUSED)


@transaction.atomic
def give_again(
    *, endorsement: Endorsement, acting: Acting | None = None, by: str = ""
) -> Endorsement:
    """For the call as it is now."""
    endorsement = _held(endorsement)
    if acting:
        acting.check(endorsement.organisation_id or 0)
    _ask(endorsement, State.CONFIRMED)
    if not acting:
        _check_nobody_else_speaks(endorsement)
    endorsement.version = endorsement.call.version
    endorsement.decided_on = endorsement.call.when.today()
    return _stand(endorsement, by)


@transaction.atomic
def take_back(*, endorsement: Endorsement, acting: Acting | None = None) -> Endorsement:
    """It stays on the page as withdrawn, with the day."""
    endorsement = _held(endorsement)
    if acting:
        acting.check(endorsement.organisation_id or 0)
    _ask(endorsement, State.CONFIRMED)
    if not acting:
        _check_nobody_else_speaks(endorsement)
    endorsement.email = ""
    return _end(endorsement, State.WITHDRAWN)


@transaction.atomic
def wipe_addresses() -> None:
    """Mail addresses of who filled in the form, when the call is long over."""
    long_over = timezone.now() - ADDRESS_LIFE
    kept = Endorsement.objects.exclude(email="").filter(call__ends_at__lt=long_over)
    kept.update(email="")


def _ask_mailbox(endorsement: Endorsement) -> bool:
    """False when this site sends no mail."""
    if not endorsement.email:
        return False
    subject, body = mail_words(endorsement.call.post.language, "endorsement")
    return mail.ask_to_confirm(
        to=endorsement.email,
        subject=subject,
        body=body,
        purpose="endorsement",
        about=endorsement.pk,
    )


def _lock(call: Call) -> Call:
    call = Call.objects.select_for_update().select_related("post").get(pk=call.pk)
    if not call.takes_part():
        raise Refused(_("This call is over, or not open: nobody can endorse it."))
    return call


def _held(endorsement: Endorsement) -> Endorsement:
    held = Endorsement.objects.select_for_update(of=("self",))
    return held.select_related("call__post", "organisation").get(pk=endorsement.pk)


def _live(call: Call, organisation: Organisation) -> Endorsement | None:
    rows = Endorsement.objects.select_for_update()
    found = rows.filter(call=call, organisation=organisation, state__in=LIVE)
    return found.first()


def _ask(endorsement: Endorsement, *states: str) -> None:
    if endorsement.state not in states:
        raise Refused(
            _("Somebody was quicker: it is “%(state)s” now.")
            % {"state": endorsement.get_state_display()}
        )


def _put(endorsement: Endorsement, authority: Authority) -> None:
    for name, value in asdict(authority).items():
        setattr(endorsement, name, value)


def _stand(endorsement: Endorsement, by: str) -> Endorsement:
    endorsement.state = State.CONFIRMED
    endorsement.confirmed_at = timezone.now()
    endorsement.confirmed_by = by
    try:
        with transaction.atomic():
            endorsement.save()
    except IntegrityError as error:  # two stewards at once
        words = _("Your organisation endorses this call already.")
        raise Refused(words) from error
    touch(endorsement.call)
    return endorsement


def _end(endorsement: Endorsement, state: str) -> Endorsement:
    public = endorsement.state == State.CONFIRMED
    endorsement.state, endorsement.ended_at = state, timezone.now()
    endorsement.save()
    if public:
        touch(endorsement.call)
    return endorsement


def speaks_for_itself(endorsement: Endorsement) -> bool:
    number = endorsement.organisation_id
    return queries.speaking_for_themselves().filter(pk=number or 0).exists()


def has_stewards(endorsement: Endorsement) -> bool:
    number = endorsement.organisation_id
    return queries.standing_stewards().filter(organisation=number).exists()


def _check_nobody_else_speaks(endorsement: Endorsement) -> None:
    """Who filled in the form once speaks for a body until it has stewards."""
    if has_stewards(endorsement):
        words = _("“%(name)s” has stewards here: one of them says so in its room.")
        raise Refused(words % {"name": endorsement.name})


def _body_named(name: str, kind: str) -> Organisation:
    """By its name if one is called so; else it is made."""
    found = queries.bodies_named(name)
    if not found:
        return make_organisation(told=Told(name=name, kind=kind))
    standing = [each for each in found if not each.ended_on]
    if len(standing) != 1:
        words = _(
            "“%(name)s” may be several organisations here, or one that is no more. "
            "Refuse this one, and invite the one that is meant by its page’s address."
        )
        raise Refused(words % {"name": name})
    return standing[0]
