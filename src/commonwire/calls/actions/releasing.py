"""Press releases that were made of a call, and follow it when their author says so."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonwire.calls.actions.touching import touch_post
from commonwire.calls.facts import bare_facts_of
from commonwire.calls.models import CallRelease
from commonwire.calls.queries import with_call
from commonwire.calls.releases import pieces
from commonwire.publishing.actions import corrections
from commonwire.publishing.content import Facts, Revision
from commonwire.publishing.models import Post
from commonwire.publishing.release import Contact, ReleaseContent
from commonwire.publishing.states import Kind

# In a draft's signs.
RELEASE_OF = "release_of"


def sign_of(post: Post, told: dict[str, str], at: datetime) -> dict[str, Any]:
    """For the draft of a release of this call."""
    return {"post": post.pk, "told": told, "at": at.isoformat()}


def published(post: Post, facts: Facts) -> None:
    """In the transaction of a new post: a release whose draft was made of a call."""
    sign = facts.signs.get(RELEASE_OF)
    if not sign or post.kind != Kind.RELEASE:
        return
    if of := Post.everything.filter(pk=sign["post"]).first():
        at = datetime.fromisoformat(sign["at"])
        CallRelease.objects.create(post=post, of=of, told=sign["told"], told_at=at)


def withdrawn(post: Post) -> None:
    """In the transaction that withdraws it: nothing of what it said stays."""
    CallRelease.objects.filter(post=post).delete()
    CallRelease.objects.filter(of=post).update(told={})


def lapsed(signs: dict[str, Any]) -> Iterator[str]:
    """Of a draft: what its call said when it was begun, and says no more."""
    sign = signs.get(RELEASE_OF)
    if not sign:
        return
    of = Post.objects.filter(pk=sign["post"], kind=Kind.CALL).first()
    if of is None or not of.may_be_read:
        return
    there = now_said(of)
    changed = [name for name, text in there.items() if text != sign["told"][name]]
    if not changed:
        return
    signs[RELEASE_OF] = sign_of(of, there, timezone.now())
    said = " ".join(" ".join(there[name].split()) for name in changed)
    yield _(
        "The call was changed after this release was begun. Put into the release what "
        "the call says now, and publish it then. It says: %(said)s"
    ) % {"said": said or _("it is not called off any more.")}


@transaction.atomic
def bring_up_to_date(*, made: CallRelease, facts: Facts) -> list[str]:
    """Put what the call says now where the release has what it said, as a correction of
    its author; the names of what is not there as it was, and stays."""
    made = CallRelease.objects.select_for_update().select_related("of").get(pk=made.pk)
    post, there = Post.everything.get(pk=made.post_id), now_said(made.of)
    body, below, left = post.body, post.release.get("subheadline", ""), []
    for name, text in there.items():
        old = made.told[name]
        if old == text:
            continue
        if old and old not in body and old not in below:
            left.append(name)
            continue
        body = _put(name, old, text, body)
        below = below.replace(old, text) if old else below
        made.told[name] = text
    corrections.correct(
        post=post,
        revision=Revision({"body": body}, release=_with_line(post, below)),
        facts=facts,
    )
    _save(made, made.told_at if left else timezone.now())
    return left


@transaction.atomic
def say_it_follows(*, made: CallRelease) -> None:
    """Its author has brought it up to date by hand."""
    made = CallRelease.objects.select_for_update().select_related("of").get(pk=made.pk)
    made.told = now_said(made.of)
    _save(made, timezone.now())


def now_said(of: Post) -> dict[str, str]:
    return pieces(bare_facts_of(with_call(of)))


def _put(name: str, old: str, text: str, body: str) -> str:
    if old:
        return body.replace(old, text).strip()
    parts = [text, body] if name == "off" else [body, text]
    return "\n\n".join(parts)


def _with_line(post: Post, subheadline: str) -> ReleaseContent | None:
    release = post.as_release
    if release is None or subheadline == release.subheadline:
        return None
    return ReleaseContent(
        replace(release, subheadline=subheadline),
        tuple(Contact(**each) for each in post.press_contacts),
        post.embargo_until,
        post.corrects_id,
    )


def _save(made: CallRelease, told_at: datetime) -> None:
    made.told_at = told_at
    made.turns += 1
    made.save()
    touch_post(made.post_id)
