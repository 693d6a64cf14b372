"""What only some are told, corrections keep nowhere: not the one that makes it private,
none before it, and none that takes it out of another text."""

from typing import Any

from commonwire.publishing.actions import part_corrections, release_corrections
from commonwire.publishing.content import Revision
from commonwire.publishing.models import Addendum, Post
from commonwire.publishing.withheld import Withheld, blotted, said_in

_TEXTS = ("title", "byline", "summary", "body", "related_url")


def withhold(
    target: Post | Addendum,
    revision: Revision,
    before: dict[str, Any],
    after: dict[str, Any],
) -> str:
    """``before`` and ``after`` are those of the correction that is being made; what it
    may keep of its note."""
    post = target.post if isinstance(target, Addendum) else target
    release = revision.release or release_corrections.standing(post)
    own = revision.own or part_corrections.standing(post)
    fields = {
        **release_corrections.withheld(release),
        **part_corrections.withheld(post, own),
    }
    if not fields:
        return revision.note
    for name in fields.keys() & before.keys():
        kept = fields[name].without(before[name])
        if kept != before[name]:
            said = (after[name], fields[name].words)
            before[name], after[name] = kept, "\n".join(filter(None, said))
    public = [str(after.get(name, getattr(target, name, ""))) for name in _TEXTS]
    public += release.release.texts if release else []
    public += own.texts if own else []
    secrets = _secrets(fields, "\n".join(public))
    before |= _blotted(before, secrets)
    _clear_earlier(post, fields, secrets)
    return blotted(revision.note, secrets)


def _clear_earlier(post: Post, fields: dict[str, Withheld], secrets: list[str]) -> None:
    for earlier in post.corrections.all():
        now = (
            _kept(earlier.before, fields, secrets),
            _kept(earlier.after, fields, secrets),
            blotted(earlier.note, secrets),
        )
        if now != (earlier.before, earlier.after, earlier.note):
            earlier.before, earlier.after, earlier.note = now
            earlier.save(update_fields=["before", "after", "note"])


def _secrets(fields: dict[str, Withheld], public: str) -> list[str]:
    """What is not told to everybody in another place."""
    told = {secret for each in fields.values() for secret in each.secrets}
    return sorted(secret for secret in told if not said_in(public, secret))


def _kept(
    told: dict[str, Any], fields: dict[str, Withheld], secrets: list[str]
) -> dict[str, Any]:
    here = {n: fields[n].without(told[n]) for n in fields.keys() & told.keys()}
    return _blotted({**told, **here}, secrets)


def _blotted(told: dict[str, Any], secrets: list[str]) -> dict[str, Any]:
    return {
        name: blotted(text, secrets) if isinstance(text, str) else text
        for name, text in told.items()
    }
