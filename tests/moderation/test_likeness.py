"""Posts that say nearly the same: people are asked, programs wait."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from commonwire.moderation import folding, likeness
from commonwire.moderation.actions.arrivals import forget_old
from commonwire.moderation.models import Fingerprint
from commonwire.publishing.actions import corrections
from commonwire.publishing.content import Content, Facts, Revision
from commonwire.publishing.models import Post
from tests.contributor import Contributor, the_post
from tests.factories import HERE, a_post
from tests.publishing.program import Program

pytestmark = pytest.mark.django_db(transaction=True)
TITLE = "Drivers vote to strike"
BODY = (
    "The count was read out at midnight in the hall of the transport workers. Nine of "
    "ten members said yes, and nobody in the room was surprised. The first buses stay "
    "in their depots on Monday morning unless the company comes back to the table with "
    "an offer that covers what rents and food have cost the drivers since last year."
)
EDITED = BODY.replace("nobody", "hardly anybody").replace("Monday", "Tuesday")
DISGUISED = [
    BODY.replace("e", "\N{CYRILLIC SMALL LETTER IE}"),
    BODY.replace("o", "o\N{ZERO WIDTH SPACE}"),
    BODY.upper(),
    BODY.replace("a", "a\N{COMBINING DOT BELOW}"),
    "".join(chr(ord(c) + 0xFEE0) if "a" <= c <= "z" else c for c in BODY),
    "".join(chr(0x1D41A + ord(c) - 97) if "a" <= c <= "z" else c for c in BODY),
    BODY.replace(" ", "  \n"),
    BODY.replace(".", " *** "),
]


# More signs of theirs than are looked for one by one.
MARKED = BODY.replace("e", "e" + "".join(map(chr, range(0x300, 0x340))))


@pytest.mark.parametrize("disguised", [*DISGUISED[:5], MARKED])
def test_letters_that_are_not_seen_do_not_count(disguised):
    assert folding.words((disguised,)) == folding.words((BODY,))


def of(body):
    return Content(kind="report", title=TITLE, body=body)


def test_an_edited_copy_is_like_its_post():
    post = a_post(TITLE, body=BODY)
    assert likeness.like(of(EDITED)) == post


@pytest.mark.parametrize("body", DISGUISED)
def test_a_disguise_does_not_help(body):
    post = a_post(TITLE, body=BODY)
    assert likeness.like(of(body)) == post


def test_another_report_on_the_same_is_not_like_it():
    a_post(TITLE, body=BODY)
    other = (
        "At the depot this morning I met four drivers who told me why they said yes "
        "last night. One has driven the night line for twenty years and shares a flat "
        "with three colleagues. They will be outside the gates from five o'clock on."
    )
    assert likeness.like(of(other)) is None


def test_short_notes_are_like_nothing():
    a_post("Meeting", body="On Sunday at noon.")
    assert (
        likeness.like(Content("report", "Meeting", body="On Sunday at noon.")) is None
    )


@pytest.mark.parametrize("state", [{"doubtful": True}, {"wire_class": "hidden"}])
def test_what_readers_cannot_find_is_not_shown_as_like(state):
    a_post(TITLE, body=BODY, **state)
    assert likeness.like(of(EDITED)) is None


def test_after_a_month_nothing_is_remembered():
    with time_machine.travel(timezone.now() - timedelta(days=31), tick=False):
        a_post(TITLE, body=BODY)
    assert likeness.like(of(BODY)) is None
    assert (forget_old(), Fingerprint.objects.count()) == (1, 0)


def test_a_withdrawn_post_s_fingerprint_is_forgotten():
    corrections.withdraw(post=a_post(TITLE, body=BODY))
    assert likeness.like(of(BODY)) is None
    assert (forget_old(), Fingerprint.objects.count()) == (1, 0)


def test_a_post_that_its_author_corrects_is_known_by_its_new_words():
    post = a_post(TITLE, body="Another text. " * 9)
    facts = Facts(network=HERE, now=timezone.now(), through_form=False)
    corrections.correct(post=post, revision=Revision({"body": BODY}), facts=facts)
    assert likeness.like(of(EDITED)) == post


def test_no_word_can_be_read_out_of_a_fingerprint():
    a_post(TITLE, body=BODY)
    assert len(bytes(Fingerprint.objects.get().signature)) == 128


def test_the_longest_text_is_read_as_far_as_it_matters():
    huge = "An endless text. " * 125_000
    assert len(folding.words((huge,))) == folding.MOST_WORDS
    assert len(folding.folded((huge,))) == folding.MOST_LETTERS


def test_a_person_is_asked_before_a_copy_is_published(contributor):
    a_post(TITLE, body=BODY)
    contributor.preview(title=TITLE, body=EDITED)
    assert the_post().path in contributor.links
    assert "Publish anyway" in contributor.page.said("button")
    assert "Publish" not in contributor.page.said("button")


def test_a_person_who_was_asked_publishes_anyway(contributor):
    a_post(TITLE, body=BODY)
    contributor.publish(title=TITLE, body=EDITED)
    assert contributor.page.said("h1") == ["Published"]


def test_a_copy_that_comes_at_the_last_moment_is_asked_about(contributor):
    a_post(TITLE, body=BODY)
    contributor.preview(title=TITLE, body="Something else.")
    contributor.send(do="publish", body=EDITED)
    assert (contributor.status, Post.objects.count()) == (422, 1)
    contributor.send(do="publish")
    assert contributor.page.said("h1") == ["Published"]


def test_the_third_of_a_kind_waits(client):
    a_post(TITLE, body=BODY)
    Contributor(client).publish(title=TITLE, body=EDITED)
    third = Contributor(client).publish(title=TITLE, body=EDITED.replace("ten", "11"))
    assert third.notices == ["it says nearly the same as another post"]


def test_a_program_s_copy_waits(client):
    a_post(TITLE, body=BODY)
    answer = Program(client).worked(title=TITLE, body=EDITED).json()
    assert answer["waiting"] == ["it says nearly the same as another post"]


def test_a_copy_becomes_a_comment_on_the_post_that_it_is_like(contributor):
    post = a_post(TITLE, body=BODY)
    contributor.preview(title=TITLE, body=EDITED, byline="Ada").send(do="comment")
    assert contributor.where.startswith(f"/publish/comment/{post.pk}/")
    contributor.send(do="publish")
    (comment,) = post.addenda.all()
    assert (comment.by, comment.byline, comment.body) == ("reader", "Ada", EDITED)
    assert Post.objects.count() == 1
