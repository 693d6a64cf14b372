"""A correction that makes something private keeps it nowhere: not as its own difference,
and not as that of an earlier one."""

from typing import Any

from commonwire.publishing.actions import part_corrections, release_corrections
from commonwire.publishing.content import Revision
from commonwire.publishing.models import Post
from commonwire.publishing.withheld import Withheld, blotted, said_in

_TEXTS = ("title", "byline", "summary", "body", "related_url")


def withhold(
    post: Post, revision: Revision, before: dict[str, Any], after: dict[str, Any]
) -> None:
    """``before`` and ``after`` are those of the correction that is being made."""
    fields = {
        **release_corrections.withheld(revision.release),
        **part_corrections.withheld(post, revision.own),
    }
    if not fields:
        return
    for name in fields.keys() & before.keys():
        kept = fields[name].without(before[name])
        if kept != before[name]:
            said = (after[name], fields[name].words)
            before[name], after[name] = kept, "\n".join(filter(None, said))
    secrets = _secrets(post, revision, fields, after)
    before |= _blotted(before, secrets)
    for earlier in post.corrections.all():
        kept = (
            _kept(earlier.before, fields, secrets),
            _kept(earlier.after, fields, secrets),
            blotted(earlier.note, secrets),
        )
        if kept != (earlier.before, earlier.after, earlier.note):
            earlier.before, earlier.after, earlier.note = kept
            earlier.save(update_fields=["before", "after", "note"])


def _secrets(
    post: Post,
    revision: Revision,
    fields: dict[str, Withheld],
    after: dict[str, Any],
) -> list[str]:
    """What the post itself does not go on telling in another place."""
    texts = [str(after.get(name, getattr(post, name))) for name in _TEXTS]
    if revision.release:
        texts += revision.release.release.texts
    if revision.own:
        texts += revision.own.texts
    public = "\n".join(texts)
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
