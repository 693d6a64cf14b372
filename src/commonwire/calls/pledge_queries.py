"""What is asked at each pledge, hundreds of times a second when a call goes round."""

from django.db.models import BigIntegerField, CharField

from commonwire.calls.models import Ask, Call, Pledge
from commonwire.kit.prepared import Prepared, Slot
from commonwire.mail.tokens import hash_of

_CALL = Prepared(
    lambda: (
        Call.objects.select_related("post")
        .filter(post_id=Slot("post", BigIntegerField()), post__withdrawn_at=None)
        .order_by()
    )
)
_ASKS = Prepared(
    lambda: Ask.objects.filter(
        call_id=Slot("call", BigIntegerField()), dropped=False
    ).order_by("position", "pk")
)
_PLEDGE = Prepared(
    lambda: Pledge.objects.filter(token_hash=Slot("hash", CharField())).order_by()
)


def call_of(post_id: int) -> Call | None:
    found = _CALL(post=post_id)
    return found[0] if found else None


def asks_of(call: Call) -> list[Ask]:
    return _ASKS(call=call.pk)


def by_token(token: str) -> Pledge | None:
    found = _PLEDGE(hash=hash_of(token))
    return found[0] if found else None
