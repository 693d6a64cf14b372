"""Sorting, hiding, holding: what editors decide about a post's place. Each is one
transaction: the decision, its effect, and the change that prints it."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from commonwire.accounts.models import Editor
from commonwire.moderation import queries
from commonwire.moderation.actions import teaching
from commonwire.moderation.actions.deciding import Refused, decide
from commonwire.moderation.actions.settling import settle
from commonwire.moderation.models import Decision, Rule
from commonwire.moderation.states import Act
from commonwire.publishing.actions import sorting
from commonwire.publishing.models import Post, Section
from commonwire.publishing.states import PUBLIC_CLASSES, WireClass


@transaction.atomic
def classify(  # noqa: PLR0913 - undoing says more than sorting
    *,
    by: Editor,
    post: Post,
    wire_class: str,
    sections: Iterable[Section] | None = None,
    reason: str = "",
    undoes: Decision | None = None,
    waits: bool = False,
) -> Decision:
    """Put a post in a class, and in these topics and regions if any are given. A post
    that waits for an editor is released by it: one has looked. ``waits``: it waits for
    an editor again, as it did before what is undone."""
    post = standing(post)
    if wire_class not in PUBLIC_CLASSES:
        raise Refused("class", _("Choose one of: new, local, global, other."))
    if post.wire_class == WireClass.HIDDEN:
        raise Refused("class", _("This post is hidden. Bring it back first."))
    facts: dict[str, Any] = {"was": post.wire_class, "became": wire_class}
    if sections is not None:
        sections = list(dict.fromkeys(sections))
        facts["sections_were"] = sorted(s.path for s in post.sections)
        facts["sections_became"] = sorted(s.path for s in sections)
    if post.waiting_since:
        facts["released"] = True
        sorting.release(post=post)
    if waits:
        facts["waits"] = True
    decision = decide(
        act=Act.CLASSIFY, by=by, post=post, reason=reason, facts=facts, undoes=undoes
    )
    teaching.learn(post=post, is_spam=False)
    sorting.sort(post=post, wire_class=wire_class)
    if sections is not None:
        sorting.place(post=post, sections=sections)
    if waits:
        _wait_again(post)
    _settle_if_moved(post, decision)
    return decision


@transaction.atomic
def hide(
    *,
    by: Editor,
    post: Post,
    rule: Rule | None,
    reason: str,
    undoes: Decision | None = None,
) -> Decision:
    """Take a post from every list; it keeps its address, with the rule and the reason."""
    post = standing(post)
    if post.wire_class == WireClass.HIDDEN:
        raise Refused("post", _("This post is hidden already."))
    facts: dict[str, Any] = {"was": post.wire_class}
    if post.waiting_since:
        facts["waited"] = True
    decision = decide(
        act=Act.HIDE,
        by=by,
        post=post,
        rule=rule,
        reason=reason,
        facts=facts,
        undoes=undoes,
    )
    if rule and rule.teaches_spam:
        teaching.learn(post=post, is_spam=True)
    if post.waiting_since:
        sorting.release(post=post)
    sorting.sort(post=post, wire_class=WireClass.HIDDEN)
    _settle_if_moved(post, decision)
    return decision


@transaction.atomic
def unhide(
    *, by: Editor | None, post: Post, reason: str = "", waits: bool = False
) -> Decision:
    """Bring a hidden post back to where it was. ``by``: None when a hiding lapses that
    no second editor confirmed. ``waits``: as above."""
    post = standing(post)
    if post.wire_class != WireClass.HIDDEN:
        raise Refused("post", _("This post is not hidden."))
    hiding = queries.hiding(post)
    was = queries.class_before(hiding, post)
    facts: dict[str, Any] = {"became": was}
    if waits:
        facts["waits"] = True
    decision = decide(
        act=Act.UNHIDE,
        by=by,
        post=post,
        reason=reason,
        facts=facts,
        # That of a heap goes on hiding the others.
        undoes=hiding if hiding and hiding.post_id else None,
    )
    teaching.learn(post=post, is_spam=False)
    if waits:
        _wait_again(post)
    sorting.sort(post=post, wire_class=was)
    settle(post=post, by=decision)
    return decision


def _settle_if_moved(post: Post, decision: Decision) -> None:
    """Only what waited, or waits again, was kept back by a decision, or is."""
    if {"released", "waits", "waited"} & decision.facts.keys():
        settle(post=post, by=decision)


def waited_before() -> list[list[str]]:
    """Why something waits again that screening had kept, as its author reads it."""
    words = _("it waited before, and what an editor did with it was taken back")
    return [["again", words]]


def _wait_again(post: Post) -> None:
    sorting.keep_waiting(post=post, because=waited_before())


@transaction.atomic
def confirm_hide(*, by: Editor, post: Post, reason: str = "") -> Decision:
    """A second editor stands by a hiding, so that it does not lapse."""
    post = standing(post)
    hiding = queries.hiding(post)
    if post.wire_class != WireClass.HIDDEN or hiding is None:
        raise Refused("post", _("This post is not hidden."))
    if hiding.editor_id == by.pk:
        raise Refused("post", _("Another editor than the one who hid it confirms."))
    since = Decision.objects.filter(act=Act.CONFIRM_HIDE, number__gt=hiding.number)
    if since.filter(facts__confirms=hiding.number).exists():
        raise Refused("post", _("This hiding is confirmed already."))
    facts = {"confirms": hiding.number}
    return decide(act=Act.CONFIRM_HIDE, by=by, post=post, reason=reason, facts=facts)


@transaction.atomic
def hold(
    *,
    by: Editor,
    post: Post,
    rule: Rule | None,
    reason: str,
    undoes: Decision | None = None,
) -> Decision:
    """Take a listed post from the lists until somebody has looked closer."""
    post = standing(post)
    if not post.listed:
        raise Refused("post", _("This post is in no list already."))
    decision = decide(
        act=Act.HOLD, by=by, post=post, rule=rule, reason=reason, undoes=undoes
    )
    words = _("an editor holds it back: %(reason)s") % {"reason": decision.reason}
    sorting.keep_waiting(post=post, because=[["held", words]])
    return decision


@transaction.atomic
def release(
    *, by: Editor, post: Post, reason: str = "", undoes: Decision | None = None
) -> Decision:
    """List a post that was held back, by screening or by an editor."""
    post = standing(post)
    if post.waiting_since is None:
        raise Refused("post", _("This post does not wait."))
    decision = decide(
        act=Act.RELEASE,
        by=by,
        post=post,
        reason=reason,
        facts={"waited_for": [code for code, _words in post.waiting_because]},
        undoes=undoes,
    )
    teaching.learn(post=post, is_spam=False)
    sorting.release(post=post)
    settle(post=post, by=decision)
    return decision


def standing(post: Post) -> Post:
    """The post as it is now, locked; Refused when nothing can be decided about it."""
    post = sorting.lock(post)
    if post.withdrawn_at:
        words = _("This post was withdrawn meanwhile: there is nothing left to decide.")
        raise Refused("post", words)
    return post
