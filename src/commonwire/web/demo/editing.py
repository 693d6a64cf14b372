"""Readers comment in the demo town; its editors hide, answer and correct."""

from datetime import timedelta

from django.utils import timezone

from commonwire.accounts.actions import add_editor
from commonwire.accounts.models import Editor
from commonwire.kit.buckets import Network
from commonwire.moderation.actions import (
    appealing,
    commenting,
    correcting,
    placing,
    rulebook,
)
from commonwire.moderation.models import Rule
from commonwire.moderation.states import Appellant
from commonwire.publishing.actions import comments
from commonwire.publishing.content import AddendumContent, Facts
from commonwire.publishing.models import Post
from commonwire.web.demo import afterwards


def look_after() -> None:
    """Needs the stories to be published."""
    rulebook.begin()
    wren, heron = (_editor(name) for name in afterwards.EDITORS)
    for said in afterwards.COMMENTS:
        _comment(said, by=wren)
    _hide_and_answer(wren, heron)
    slip = afterwards.SLIP
    post = Post.objects.get(title=slip.title)
    body = post.body.replace(slip.wrong, slip.right)
    correcting.correct(by=heron, post=post, fields={"body": body}, reason=slip.reason)


def _editor(pseudonym: str) -> Editor:
    """Nobody can sign in as one of them."""
    editor = add_editor(name=f"demo-{pseudonym.lower()}")
    editor.pseudonym = pseudonym
    editor.save(update_fields=["pseudonym"])
    return editor


def _comment(said: afterwards.Comment, *, by: Editor) -> None:
    made = comments.comment(
        post=Post.objects.get(title=said.on),
        content=AddendumContent(title=said.title, byline=said.byline, body=said.body),
        facts=Facts(
            network=Network("demo", shared=True),
            now=timezone.now() - timedelta(hours=said.hours),
            through_form=False,
        ),
    )
    if said.hidden:
        rule = Rule.objects.get(slug=said.rule)
        commenting.hide_comment(by=by, comment=made, rule=rule, reason=said.hidden)


def _hide_and_answer(hides: Editor, answers: Editor) -> None:
    story = afterwards.HIDING
    post = Post.objects.get(title=story.title)
    rule = Rule.objects.get(slug=story.rule)
    placing.hide(by=hides, post=post, rule=rule, reason=story.reason)
    asked = appealing.appeal(post=post, by=Appellant.READER, text=story.appeal)
    appealing.answer(by=answers, appeal=asked, upheld=False, reason=story.answer)
