"""What readers add to posts."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonwire.changes.record import record
from commonwire.kit import markup
from commonwire.media import actions as media
from commonwire.publishing import rules
from commonwire.publishing.actions.facts import facts_of, facts_of_comment
from commonwire.publishing.actions.publish import create_addendum
from commonwire.publishing.author_queries import lock_draft
from commonwire.publishing.content import AddendumContent, Comment, Facts
from commonwire.publishing.models import Addendum, Draft, Post
from commonwire.publishing.queries import the_site
from commonwire.publishing.screening import screen, tell_held
from commonwire.publishing.states import Author


class Closed(ValueError):
    """The post takes no comments; says why."""


@transaction.atomic
def comment(*, post: Post, content: AddendumContent, facts: Facts) -> Addendum:
    """Put a reader's comment on a post's page; a doubtful one waits for an editor.

    The post itself stays as it was: comments change no list. Raises Closed.
    """
    post = Post.objects.select_for_update().get(pk=post.pk)
    if words := refusal(post):
        raise Closed(words)
    doubts = screen(_as_screened(content, post), facts)
    if content.attachments:
        media.publish(attachments=list(content.attachments))
    made = create_addendum(content, post, facts.now, Author.READER)
    if doubts:
        made.waiting_since = facts.now
        made.waiting_because = [[doubt.code, doubt.words] for doubt in doubts]
        made.save(update_fields=["waiting_since", "waiting_because"])
        tell_held(post, doubts, made)
    record(
        kind="comment.published",
        post_id=post.pk,
        **facts_of(post),
        **facts_of_comment(made),
    )
    return made


@transaction.atomic
def publish_drafted_comment(
    *, draft: Draft, post: Post, content: AddendumContent, facts: Facts
) -> None:
    """Make a draft a comment, exactly once. Raises Closed, and then keeps the draft."""
    markup.render(content.body)  # kept by its cache, so that no writer waits for it
    if lock_draft(draft) is not None:
        return
    if words := refusal(post):
        raise Closed(words)
    draft.placements.all().delete()
    made = comment(post=post, content=content, facts=facts)
    draft.post = post
    draft.typed, draft.notices = {}, []
    draft.signs = {"comments_on": post.pk, "comment": made.pk}
    draft.changed_at = timezone.now()
    draft.save()


def refusal(post: Post) -> str:
    """Why a post takes no comments; empty while it does."""
    site = the_site()
    if rules.takes_comments(post, site):
        return ""
    if post.withdrawn_at:
        return _("This post was withdrawn: nobody can comment on it any more.")
    if not site.comments_open:
        return _("Comments are closed on this site.")
    if post.comments_locked:
        return _("Editors have closed the comments on this post.")
    return _("This post is in no list just now, and takes no comments meanwhile.")


def _as_screened(content: AddendumContent, post: Post) -> Comment:
    return Comment(
        kind="comment",
        title=content.title,
        byline=content.byline,
        body=content.body,
        language=post.language,
        related_url=content.related_url,
        attachments=content.attachments,
        on=post.pk,
    )
