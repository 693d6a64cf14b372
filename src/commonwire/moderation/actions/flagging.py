"""What readers point out, in heaps."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonwire.accounts.models import Editor
from commonwire.changes.record import record
from commonwire.kit.mail_mask import mask
from commonwire.kit.typed_text import clean_line
from commonwire.moderation.actions.deciding import Refused, check_repeats, decide
from commonwire.moderation.actions.placing import standing
from commonwire.moderation.models import Decision, Flag, Rule
from commonwire.moderation.models.flag import FLAG_LENGTH
from commonwire.moderation.repeats import Taken
from commonwire.moderation.states import Act
from commonwire.publishing.models import Addendum, Post

# Of a heap's notes; a thousand would say no more.
MOST_NOTES = 10
NOTE_LIFE = timedelta(days=30)


@transaction.atomic
def flag(
    *,
    post: Post,
    rule: Rule | None,
    comment: Addendum | None = None,
    note: str = "",
    counts: bool = True,
) -> Flag:
    """Tell the editors that a post or a comment breaks a rule. ``counts``: nobody of
    that network has said so today."""
    if rule is None or rule.retired_at:
        raise Refused("rule", _("Choose the rule that it breaks."))
    note = mask(clean_line(note).text)
    if len(note) > FLAG_LENGTH:
        words = _("A note has %(most)s characters at most; this one has %(has)s.")
        raise Refused("note", words % {"most": FLAG_LENGTH, "has": len(note)})
    post = standing(post)
    if comment is not None and comment.withdrawn_at:
        raise Refused("post", _("This comment was withdrawn meanwhile."))
    heap, _new = Flag.objects.select_for_update().get_or_create(
        post=post, addendum=comment, rule=rule, seen_at=None
    )
    heap.count += counts or not heap.count
    heap.last_at = timezone.now()
    if note and note not in heap.notes:
        heap.notes = [*heap.notes, note][-MOST_NOTES:]
    heap.save()
    return heap


def wipe_notes(*, now: datetime | None = None) -> int:
    """Forget what readers wrote a month ago, whether an editor has looked or not."""
    limit = (now or timezone.now()) - NOTE_LIFE
    old = Flag.objects.filter(last_at__lt=limit).exclude(notes=[])
    return old.update(notes=[])


@transaction.atomic
def clear_flags(*, post: Post, comment: Addendum | None = None) -> int:
    """An editor has looked: the heaps about a post, or about one of its comments, leave
    the desk. How many there were."""
    found = Flag.objects.filter(post=post, addendum=comment, seen_at=None)
    return found.update(seen_at=timezone.now(), notes=[])


@transaction.atomic
def redact(*, by: Editor, flag: Flag, rule: Rule | None, reason: str) -> Decision:
    """Take what readers wrote out for somebody's safety; how many said so stays."""
    flag = Flag.objects.select_for_update().get(pk=flag.pk)
    if not flag.notes:
        raise Refused("flag", _("Nobody’s words are left with this report."))
    post = standing(flag.post)
    check_repeats(reason, Taken(tuple(flag.notes)))
    decision = decide(
        act=Act.REDACT_FLAG,
        by=by,
        post=post,
        addendum=flag.addendum,
        rule=rule,
        reason=reason,
    )
    flag.notes, flag.removed_under = [], rule
    flag.save(update_fields=["notes", "removed_under"])
    record(kind="flag.redacted", post_id=post.pk)
    return decision
