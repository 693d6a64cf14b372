"""Making the renditions of attachments that wait for them.

The rows are the queue. Whoever works on one holds a lock that the kernel lets go of when
the process ends, so that what a crash interrupted is begun again; after some attempts it
is refused instead. A first attempt has some seconds (``media.effort``), so that a slow
file costs those behind it no more than that; then it waits among the heavy ones.
"""

import contextlib
import functools
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Final

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from commonwire.kit.disk import is_full
from commonwire.media import actions, contents, effort, quotas, resting, store
from commonwire.media.exchange import Made, Options
from commonwire.media.messages import Refused
from commonwire.media.models import Attachment, master_name
from commonwire.media.recipe import RECIPE
from commonwire.media.states import QUICK, Kind, State
from commonwire.media.workshop import (
    Busy,
    Late,
    Turn,
    Workshop,
    refusal,
    the_workshop,
)

# After so many ends without an answer, the file is what ends the process.
MOST_ATTEMPTS: Final = 3
POLL_SECONDS: Final = 0.02
PROGRESS_SECONDS: Final = 1.0
# The rows that this process is at.
_under_way: Final[set[int]] = set()


class Overtaken(Exception):
    """Its author wants it otherwise by now, or not at all."""


Tell = Callable[[Attachment], None]


def waiting(kinds: Sequence[Kind], *, heavy: bool = False) -> list[str]:
    """The public ids of what waits, oldest first. ``heavy``: what was begun as long as
    is fair to the others, and not made in that."""
    rows = Attachment.objects.filter(state=State.WAITING, kind__in=kinds, heavy=heavy)
    return list(rows.order_by("pk").values_list("public_id", flat=True)[:100])


def make(public_id: str, *, tell: Tell, shop: Workshop = the_workshop) -> bool:
    """Make an attachment's renditions, unless somebody else is at it or it is done.

    ``tell`` is called with the attachment in the transaction that ends it. Returns
    whether there was anything to do here.
    """
    with contextlib.suppress(Busy):
        return _make_in_turn(public_id, shop, tell)
    return False


def make_now(
    attachment: Attachment,
    *,
    tell: Tell,
    seconds: float = 60,
    shop: Workshop = the_workshop,
) -> Attachment:
    """Make it here, or wait for who is at it; as it is at the end of that time."""
    make_all_now([attachment], tell=tell, seconds=seconds, shop=shop)
    return attachment


def make_all_now(
    attachments: Sequence[Attachment],
    *,
    tell: Tell,
    seconds: float,
    shop: Workshop = the_workshop,
) -> None:
    """Make them here, beside the worker, as long as that; what is not made by then goes
    on waiting, and so does what is heavy, which is the worker's."""
    deadline = time.monotonic() + seconds
    rows = Attachment.objects.filter(
        pk__in=[each.pk for each in attachments], state=State.WAITING
    )
    while True:
        left = list(rows.order_by("pk").values_list("public_id", "heavy"))
        if not left or time.monotonic() > deadline:
            break
        quick = [public_id for public_id, heavy in left if not heavy]
        if not _make_one(quick, shop, tell):
            time.sleep(POLL_SECONDS)
    for each in attachments:
        each.refresh_from_db()


def _make_one(public_ids: Iterable[str], shop: Workshop, tell: Tell) -> bool:
    """The first that nobody is at, if there is a bench for it now."""
    with contextlib.suppress(Busy):
        return any(_make_in_turn(each, shop, tell, wait=0) for each in public_ids)
    return False


def _make_in_turn(
    public_id: str, shop: Workshop, tell: Tell, wait: float | None = None
) -> bool:
    """As `make`; raises Busy when nothing is free to make it, after so many seconds."""
    if resting.rests(public_id):
        return False
    with store.claim(public_id) as mine:
        attachment = Attachment.objects.filter(
            public_id=public_id, state=State.WAITING
        ).first()
        if not mine or attachment is None:
            return False
        seats = store.seats(attachment.kind, heavy=attachment.heavy)
        if attachment.kind == Kind.DOCUMENT and not attachment.heavy:
            # There may be pictures behind it, which have more places.
            wait = 0
        with shop.turn(seats, wait=wait) as turn, _at(attachment.pk):
            return _attempt(attachment, turn, tell)


@contextlib.contextmanager
def _at(row: int) -> Iterator[None]:
    _under_way.add(row)
    try:
        yield
    finally:
        _under_way.discard(row)


def let_go() -> None:
    """This process stops in good order: what it is at was no attempt, however often an
    hour's film is begun again."""
    rows = Attachment.objects.filter(pk__in=list(_under_way), state=State.WAITING)
    rows.filter(attempts__gt=0).update(attempts=F("attempts") - 1)


def _attempt(attachment: Attachment, turn: Turn, tell: Tell) -> bool:
    attachment.attempts += 1
    _note(attachment)
    if attachment.attempts > MOST_ATTEMPTS:
        refuse(attachment, "unsafe", tell)
        return True
    try:
        _make_or_refuse(attachment, turn, tell)
    except Refused as refused:
        if _may_pass(attachment, refused):
            # Half-written renditions would keep a full disk full.
            store.clear_benches(attachment.public_id)
            return False
        # What was killed again and again wanted more than the machine has.
        reason = "too_heavy" if refused.reason == "ended" else refused.reason
        refuse(attachment, reason, tell)
    except Overtaken:
        store.clear_benches(attachment.public_id)
        return False
    except FileNotFoundError:
        if Attachment.objects.filter(pk=attachment.pk).exists():
            raise
        # Its author removed it meanwhile.
    resting.forget(attachment.public_id)
    return True


def _may_pass(attachment: Attachment, refused: Refused) -> bool:
    """Whether a file that was not made goes on waiting."""
    if isinstance(refused, Late) and not attachment.heavy:
        attachment.heavy = True
    elif refused.reason not in resting.PASSING:
        return False
    else:
        resting.rest(attachment.public_id)
        if refused.reason != "disk_full" and quotas.fits_on_disk():
            return attachment.attempts < MOST_ATTEMPTS
    # Neither is an end that the file is to blame for.
    attachment.attempts -= 1
    _note(attachment)
    store.pulse().beat()
    return True


def _note(attachment: Attachment) -> None:
    """Its author may have removed it meanwhile, which saving would not forgive."""
    Attachment.objects.filter(pk=attachment.pk).update(
        attempts=attachment.attempts, heavy=attachment.heavy
    )


def _make_or_refuse(attachment: Attachment, turn: Turn, tell: Tell) -> None:
    try:
        _make(attachment, turn, tell)
    except (OSError, DatabaseError) as error:
        if is_full(error):
            raise refusal("disk_full") from error
        raise


def _make(attachment: Attachment, turn: Turn, tell: Tell) -> None:
    """A picture first without covers, which is kept to be covered, then as its author
    wants it. What takes long is made once: of a covered draft its upload is kept."""
    master = store.master(attachment.public_id)
    first = master is None
    told: Made | None = None
    plain = Options()
    wanted = Options.read(attachment.options)
    while True:
        plainly = master is None and attachment.kind in QUICK
        making = store.bench(attachment.public_id)
        made = turn.make(
            upload=master or store.upload(attachment.upload),
            into=making,
            kind=attachment.kind,
            options=plain if plainly else wanted,
            first=effort.first_seconds(attachment),
            say=_Progress(attachment),
        )
        # What it says beside what it shows is in the upload only.
        told = told or made
        if not plainly or wanted == plain:
            break
        name = master_name(made.kind, [each.name for each in made.renditions])
        master = store.keep_master(attachment.public_id, making / name)
    # The next file can be made while this one is put away.
    turn.leave()
    made = replace(made, removed=told.removed, text=told.text)
    _finish(attachment, made, making, first=first, tell=tell)


@transaction.atomic
def _finish(
    attachment: Attachment, made: Made, making: Path, *, first: bool, tell: Tell
) -> None:
    digests = contents.digests_of(making)
    content_id = store.settle_in(attachment.public_id, making, digests)
    row = Attachment.objects.select_for_update().filter(pk=attachment.pk).first()
    if row is None:
        # Removed meanwhile.
        transaction.on_commit(
            functools.partial(store.remove_unpublished, attachment.public_id)
        )
        return
    if row.options != attachment.options:
        # Its author wants it otherwise by now: it goes on waiting.
        return
    if first:
        row.text = row.text or made.text
    actions.leave_out_words(row)
    if first and row.published_at is None:
        traces = [asdict(trace) for trace in made.removed]
        store.keep_traces(row.public_id, traces)
    _take_over(row, made, content_id, digests)
    upload = ""
    if _can_spare_upload(row):
        upload, row.upload = row.upload, ""
    if row.published_at and row.options.get(actions.LOOK_FIRST):
        row.state, row.faces = State.SHOWN, None
    elif row.published_at:
        store.publish(row.public_id, content_id, row.names, day=timezone.now())
        actions.lay_captions(row, day=timezone.now())
        row.note, row.faces, row.options = "", None, {}
    row.save()
    tell(row)
    transaction.on_commit(
        functools.partial(_clear_up, row.public_id, content_id, upload)
    )


def _can_spare_upload(row: Attachment) -> bool:
    """It can be made again from a master, which is kept here, or need not be."""
    looks_first = row.options.get(actions.LOOK_FIRST)
    if (row.published_at and not looks_first) or store.master(row.public_id):
        return True
    if Options.read(row.options) != Options():
        return False
    name = master_name(row.kind, row.names)
    store.keep_master(row.public_id, store.made(row.public_id, row.content_id) / name)
    return True


def _take_over(
    row: Attachment, made: Made, content_id: str, digests: dict[str, str]
) -> None:
    row.width, row.height = made.width, made.height
    row.seconds, row.pages, row.note = made.seconds, made.pages, made.note
    items = [item.as_dict() for item in made.renditions]
    row.renditions = contents.with_digests(items, digests)
    row.content_id, row.recipe = content_id, RECIPE
    row.state, row.progress, row.reason = State.MADE, 100, ""


def _clear_up(public_id: str, content_id: str, upload: str) -> None:
    if upload:
        store.upload(upload).unlink(missing_ok=True)
    store.remove_other_contents(public_id, content_id)
    actions.settle(public_id, content_id)


@transaction.atomic
def refuse(attachment: Attachment, reason: str, tell: Tell) -> None:
    """Give it up, for a reason of `media.messages`; its public files are not seen to."""
    row = Attachment.objects.select_for_update().filter(pk=attachment.pk).first()
    if row is None:
        return
    upload, row.upload = row.upload, ""
    row.state, row.reason = State.REFUSED, reason
    row.renditions, row.note, row.content_id = [], "", ""
    actions.lay_captions(row, day=timezone.now())
    row.save()
    tell(row)
    if upload:
        path = store.upload(upload)
        transaction.on_commit(functools.partial(path.unlink, missing_ok=True))
    transaction.on_commit(functools.partial(store.remove_unpublished, row.public_id))


class _Progress:
    """Writes how far a file is into its row, once a second at most; the making ends
    when what is made is no longer wanted."""

    def __init__(self, attachment: Attachment) -> None:
        self._row = Attachment.objects.filter(pk=attachment.pk)
        self._options = attachment.options
        self._told = time.monotonic()

    def __call__(self, percent: int) -> None:
        if time.monotonic() - self._told >= PROGRESS_SECONDS:
            self._told = time.monotonic()
            if self._row.values_list("options", flat=True).first() != self._options:
                raise Overtaken
            self._row.update(progress=percent)
