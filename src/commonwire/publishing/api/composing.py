"""From what a program sent to what is published, through the forms that people use:
their limits and their sentences are the same."""

from collections.abc import Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from commonwire.media import quotas
from commonwire.media.messages import Refused
from commonwire.media.models import Attachment
from commonwire.publishing import parts, purposes, typed
from commonwire.publishing.api.part_shapes import given
from commonwire.publishing.api.problems import Fault, of_field, of_fields
from commonwire.publishing.api.senders import Sender
from commonwire.publishing.api.shapes import AddendumSent, CorrectionSent, PostSent
from commonwire.publishing.content import AddendumContent, Content, Placed, Revision
from commonwire.publishing.draft_forms import DraftForms
from commonwire.publishing.forms import AddendumForm, CorrectionForm
from commonwire.publishing.models import Post
from commonwire.publishing.parts import PartContent, PartForms
from commonwire.publishing.release import ReleaseContent
from commonwire.publishing.release_forms import ReleaseForms
from commonwire.publishing.sent import Sent
from commonwire.publishing.states import Author, Kind, WireClass

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
# Python's last year: an hour added to its end is no date any more.
_LAST_YEAR = 9999


def content_of(sent: PostSent, *, at: datetime | None = None) -> Content:
    """``at``: when the post was published, if not now; its pictures carry it, too."""
    if sent.release and sent.kind != Kind.RELEASE:
        raise of_field("release", _only("release"))
    for kind in given(sent):
        if kind != sent.kind:
            raise of_field(kind, _only(kind))
    found = Files([sent.media, *(part.media for part in sent.addenda)], at=at)
    tidied, _removed = typed.clean(sent.model_dump())
    drafted = DraftForms(tidied, found.by_part)
    faults = list(found.faults)
    if not drafted.is_valid:
        faults += _faults_of(drafted.post)
        faults += _faults_of_release(drafted.release) if drafted.is_release else []
        faults += _faults_of_own(drafted.own) if drafted.own else []
        for number, form in enumerate(drafted.addenda):
            faults += _faults_of(form, f"addenda[{number}].")
        faults += [Fault("media", sentence) for sentence in drafted.own_errors]
    if faults:
        raise of_fields(faults)
    return drafted.content


def addendum_of(sent: AddendumSent) -> AddendumContent:
    found = Files([sent.media])
    tidied, _removed = typed.clean({"addenda": [sent.model_dump()]})
    pictures = found.by_part[0]
    form = AddendumForm(tidied["addenda"][0], pictures=len(pictures))
    faults = list(found.faults) + ([] if form.is_valid() else list(_faults_of(form)))
    if faults:
        raise of_fields(faults)
    return form.content(pictures)


def revision_of(sent: CorrectionSent, post: Post, by: Author) -> Revision:
    """What was not sent stays as it is, and is not looked at."""
    kinds = given(sent)
    names = sent.model_fields_set - {"note", "release", *kinds}
    release, own = _release_of(sent, post), _own_of(kinds, post)
    tidied, _removed = typed.clean(sent.model_dump(exclude={"release", *kinds}))
    note = typed.clean({"title": sent.note})[0]["title"]
    form = CorrectionForm(post)
    data = {**form.initial, **{name: tidied[name] for name in names}, "note": note}
    form = CorrectionForm(post, data)
    form.is_valid()
    faults = [fault for fault in _faults_of(form) if fault.field in {*names, "note"}]
    if not names and release is None and own is None:
        faults.append(Fault("", _("Send at least one field to correct.")))
    if by == Author.EDITOR and not note:
        faults.append(Fault("note", _("Editors have to say what was wrong.")))
    if faults:
        raise of_fields(faults)
    fields = {name: form.cleaned_data[name] for name in names}
    note = form.cleaned_data["note"]
    return Revision(note=note, fields=fields, release=release, own=own)


def placed_of(sent: PostSent, sender: Sender) -> Placed:
    """When and where an editor wants a post; nobody else may say."""
    asked = {"published_at": sent.published_at, "class": sent.wire_class}
    asked = {name: value for name, value in asked.items() if value}
    if asked and sender.editor is None:
        sentence = _("Only an editor's token may set this.")
        raise of_fields([Fault(name, sentence) for name in asked], HTTPStatus.FORBIDDEN)
    if sent.wire_class and sent.wire_class not in WireClass.values:
        raise of_field("class", no_class(sent.wire_class))
    return Placed(
        published_at=_moment(sent.published_at) if sent.published_at else None,
        wire_class=sent.wire_class,
    )


def signs_of(sent: PostSent) -> dict[str, Any]:
    """What a draft would remember of what it is for."""
    if not sent.under:
        return {}
    if sent.kind != Kind.EVENT:
        raise of_field("under", _only("event"))
    if purposes.gathering(sent.under) is None:
        words = _("There is no call of this number that gathers events now.")
        raise of_field("under", words)
    return {purposes.UNDER: sent.under}


def no_class(name: str) -> str:
    return _("There is no class “%(name)s”; there are %(classes)s.") % {
        "name": name,
        "classes": ", ".join(WireClass.values),
    }


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        sentence = _("This is no date and time. Write it like 2003-02-15T12:00:00Z.")
        raise of_field("published_at", sentence) from error
    if moment.tzinfo is None:
        sentence = _("Add the zone to it: Z for UTC, or the distance, such as -06:00.")
        raise of_field("published_at", sentence)
    if moment.year == _LAST_YEAR or moment > timezone.now():
        sentence = _("This is in the future; leave it out to publish now.")
        raise of_field("published_at", sentence)
    if moment < EARLIEST:
        raise of_field("published_at", _("This is before 1900; is the year right?"))
    return moment.astimezone(UTC)


def _faults_of_release(release: ReleaseForms) -> list[Fault]:
    release.is_valid  # noqa: B018 - looks at every form
    faults = list(_faults_of(release.head, "release."))
    for name, forms_ in release.rows.items():
        for number, form in enumerate(forms_):
            faults += _faults_of(form, f"release.{name}[{number}].")
    return faults


def _release_of(sent: CorrectionSent, post: Post) -> ReleaseContent | None:
    if sent.release is None:
        return None
    if post.as_release is None:
        raise of_field("release", _only("release"))
    tidied, _removed = typed.clean({"release": sent.release.model_dump()})
    release = ReleaseForms(tidied["release"], held=post.embargo_until is not None)
    faults = _faults_of_release(release)
    if faults:
        raise of_fields(faults)
    return release.content


def _only(kind: str) -> str:
    return _("Only posts of the kind “%(kind)s” have this.") % {"kind": kind}


def _own_of(kinds: dict[str, Sent], post: Post) -> PartContent | None:
    """What is not sent of it stays as it is."""
    for kind, sent in kinds.items():
        part = parts.part_at(post)
        if part is None or kind != part.kind:
            raise of_field(kind, _only(kind))
        told = part.clean(sent.model_dump(exclude_unset=True), post=post)
        own = part.forms(told, post=post)
        faults = _faults_of_own(own)
        if faults:
            raise of_fields(faults)
        return own.content
    return None


def _faults_of_own(own: PartForms) -> list[Fault]:
    own.is_valid  # noqa: B018 - looks at every form
    kind = own.part.kind
    found = [Fault(f"{kind}.{name}", sentence) for name, sentence in own.faults]
    return found + [Fault(kind, sentence) for sentence in own.general_errors]


def _faults_of(form: forms.BaseForm, prefix: str = "") -> Iterator[Fault]:
    for name, messages in form.errors.items():
        for message in messages:
            yield Fault(f"{prefix}{name}", str(message))


class Files:
    """The attachments that a request names, by part: 0 for the post, n for its nth
    addendum. One that stands somewhere already is as unknown as one that never was."""

    def __init__(self, named: list[list[str]], *, at: datetime | None = None) -> None:
        ids = [public_id for part in named for public_id in part]
        free = Attachment.objects.filter(public_id__in=ids, placement=None)
        self._free = {item.public_id: item for item in free}
        self._seen: set[str] = set()
        self._taken = 0
        self.faults: list[Fault] = []
        self.by_part = {
            part: tuple(self._of_part(part, chosen))
            for part, chosen in enumerate(named)
        }
        for item in self._free.values():
            item.published_at = at  # kept by media.publish; None is now

    def _too_much(self, item: Attachment) -> str:
        """Why a file does not fit beside those before it; empty when it does."""
        try:
            quotas.check_post(item.weight, taken=self._taken)
        except Refused as refused:
            return str(refused)
        self._taken += item.weight
        return ""

    def _of_part(self, part: int, chosen: list[str]) -> Iterator[Attachment]:
        prefix = f"addenda[{part - 1}]." if part else ""
        for number, public_id in enumerate(chosen):
            if public_id in self._seen:
                sentence = _("This file is named twice.")
            elif public_id not in self._free:
                sentence = _(
                    "No unused file has this id. Send the file to /api/v1/media first; "
                    "it is kept for a day, and stands in one post."
                )
            elif sentence := self._too_much(self._free[public_id]):
                pass
            else:
                self._seen.add(public_id)
                yield self._free[public_id]
                continue
            self.faults.append(Fault(f"{prefix}media[{number}]", sentence))
