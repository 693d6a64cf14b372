"""For whom a request acts: the organisation whose steward's room it came through, or
whose program's token it brought, and no other. Nobody acts for what stands above or
below."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet

from commonwire.accounts.models import ApiToken
from commonwire.calls.models import Organisation, OrganisationToken, Steward
from commonwire.kit import phrases
from commonwire.kit.buckets import Buckets, Network

ROOM_SECONDS = 2 * 3600
_SALT = "organisation's room"
# As for authors' keys: it keeps guessing from costing us anything.
_tries = Buckets("calls.stewardship.tries", capacity=10, seconds=360, shared=20)


class NotYours(ValueError):
    """It is another organisation's, whatever their places in the tree."""


@dataclass(frozen=True)
class Acting:
    """An organisation that acts: through a steward, or through its program (then
    there is none)."""

    organisation: Organisation
    steward: Steward | None = None

    def check(self, organisation: Organisation | int) -> None:
        """Raises NotYours unless it is the one that acts."""
        number = getattr(organisation, "pk", organisation)
        if number != self.organisation.pk:
            raise NotYours


def may_try(network: Network) -> bool:
    return _tries.take(network)


def phrase_for(seed: str) -> str:
    return phrases.derive(_secret(), f"steward:{seed}")


def hash_of(phrase: str) -> str:
    return phrases.keyed_hash(_secret(), f"steward:{phrases.normalise(phrase)}")


def by_phrase(phrase: str) -> Steward | None:
    """Hashing is the same work for a wrong one."""
    return _standing().filter(phrase_hash=hash_of(phrase)).first()


def room_pass(steward: Steward) -> str:
    """What stands in the address of the organisation's room, good for two hours and for
    as long as the key is."""
    return signing.dumps(
        [steward.pk, steward.phrase_hash[:8]], salt=_SALT, compress=False
    )


def by_pass(token: str) -> Acting | None:
    try:
        pk, begun = signing.loads(token, salt=_SALT, max_age=ROOM_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    steward = _standing().filter(pk=pk, phrase_hash__startswith=begun).first()
    return as_acting(steward) if steward else None


def by_number(steward: object) -> Acting | None:
    """Of a steward whom a draft remembers, while their key is good."""
    if not isinstance(steward, int):
        return None
    found = _standing().filter(pk=steward).first()
    return as_acting(found) if found else None


def as_acting(steward: Steward) -> Acting:
    return Acting(steward.organisation, steward)


def by_token(token: ApiToken | None) -> Acting | None:
    """None for an editor's token and for one that acts for nobody."""
    good = OrganisationToken.objects.filter(organisation__ended_on=None)
    found = good.select_related("organisation").filter(token=token)
    row = found.first() if token else None
    return Acting(row.organisation) if row else None


def _standing() -> QuerySet[Steward]:
    held = Steward.objects.select_related("organisation")
    # Nobody acts for what merged or was dissolved.
    held = held.filter(organisation__ended_on=None)
    return held.exclude(phrase_hash="").filter(ended_at=None)


def _secret() -> bytes:
    return settings.SECRET_KEY.encode()
