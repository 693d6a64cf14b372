"""Appeals that need no answer any more."""

from datetime import timedelta

import pytest
from django.utils import timezone

from commonwire.delivery.printing import print_stale
from commonwire.moderation import queries
from commonwire.moderation.actions import appealing, placing, undoing
from commonwire.moderation.actions.clearing import clear_heap
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.actions.lapsing import lapse_hidings
from commonwire.moderation.models import Appeal, Decision
from commonwire.moderation.queues import QUEUES
from tests.contributor import Contributor
from tests.factories import a_post, a_rule, a_site, an_editor
from tests.page import Page

pytestmark = pytest.mark.django_db
KEY = "apple banana cherry drop-down egg yo-yo"
WHY = "It sells nothing."


@pytest.fixture
def ada():
    return an_editor("ada")


@pytest.fixture
def post(ada):
    made = a_post("A vote", key=KEY)
    placing.hide(by=ada, post=made, rule=a_rule(), reason="It sells pills.")
    return made


@pytest.fixture
def asked(post):
    """By the author, and by readers."""
    return [appealing.appeal(post=post, by=by, text=WHY) for by in ("author", "reader")]


def settled(appeal):
    appeal.refresh_from_db()
    return appeal.settled_by


def test_one_that_is_upheld_settles_the_other(asked):
    made = appealing.answer(
        by=an_editor("bo"), appeal=asked[0], upheld=True, reason="No."
    )
    assert settled(asked[1]).number == made.number + 1
    assert settled(asked[0]) is None
    assert QUEUES["appeals"].rows().count() == 0


def test_one_that_is_not_upheld_leaves_the_other_open(asked):
    appealing.answer(by=an_editor("bo"), appeal=asked[0], upheld=False, reason="No.")
    assert list(queries.open_appeals()) == [asked[1]]


def test_taking_the_hiding_back_settles_both(ada, asked):
    back = undoing.undo(by=ada, decision=asked[0].decision)
    assert [settled(each) for each in asked] == [back, back]


def test_what_is_settled_is_never_overdue(ada, asked):
    Appeal.objects.update(opened_at=timezone.now() - timedelta(days=9))
    assert queries.overdue_appeals(72).count() == 2
    undoing.undo(by=ada, decision=asked[0].decision)
    assert queries.overdue_appeals(72).count() == 0


def test_a_hiding_that_lapses_settles_them(asked):
    a_site(hides_lapse=True)
    lapse_hidings(now=timezone.now() + timedelta(hours=25))
    assert settled(asked[0]).is_automatic


def test_what_is_settled_is_not_answered(ada, asked):
    undoing.undo(by=ada, decision=asked[0].decision)
    with pytest.raises(Refused, match="needs no answer any more"):
        appealing.answer(
            by=an_editor("bo"), appeal=asked[0], upheld=False, reason="No."
        )


def test_sorting_what_screening_held_settles_them(ada):
    post = a_post(doubtful=True)
    asked = appealing.appeal(post=post, by="reader", text=WHY)
    made = placing.classify(by=ada, post=post, wire_class="local")
    assert settled(asked) == made


def test_it_is_open_again_when_the_same_decision_holds_the_post_again(ada):
    post = a_post(doubtful=True)
    asked = appealing.appeal(post=post, by="reader", text=WHY)
    made = placing.classify(by=ada, post=post, wire_class="local")
    undoing.undo(by=ada, decision=made)
    assert settled(asked) is None


def test_what_was_held_and_is_hidden_now_can_be_asked_about_again(ada):
    post = a_post(doubtful=True)
    asked = appealing.appeal(post=post, by="author", text=WHY)
    made = placing.hide(by=ada, post=post, rule=a_rule(), reason="It sells pills.")
    assert settled(asked) == made
    again = appealing.appeal(post=post, by="author", text=WHY)
    back = undoing.undo(by=ada, decision=made)
    assert (settled(asked), settled(again)) == (None, back)


def test_listing_a_heap_settles_those_of_its_posts_and_undoing_opens_them(ada):
    post = a_post(doubtful=True)
    asked = appealing.appeal(post=post, by="reader", text=WHY)
    made = clear_heap(by=ada, heap=post.heaped.heap, hide=False)
    assert settled(asked) == made
    held = undoing.undo(by=ada, decision=made)
    assert settled(asked) is None
    listed = undoing.undo(by=ada, decision=held)
    assert settled(asked) == listed


def test_hiding_a_heap_and_taking_it_back_settles_them(ada, flood):
    made = clear_heap(by=ada, heap=flood, hide=True, rule=a_rule(), reason="Rubbish.")
    post = flood.heaped.first().post
    post.refresh_from_db()
    asked = appealing.appeal(post=post, by="reader", text=WHY)
    back = undoing.undo(by=ada, decision=made)
    assert settled(asked) == back


@pytest.mark.django_db(transaction=True)
def test_everybody_reads_it_in_one_sentence(client, ada, asked):
    first = asked[0].decision.path
    client.get(first), client.get("/log/")
    back = undoing.undo(by=ada, decision=asked[0].decision)
    print_stale()
    said = f"settled without an answer: decision {back.number} ended what it is against"
    for path in (first, "/log/"):
        text = Page(client.get(path).content).text
        assert text.count(said) == 2
        assert "not answered yet" not in text
    room = Contributor(client).enter(KEY)
    assert f"Your appeal is settled: decision {back.number}" in room.page.text


def test_the_room_says_that_it_waits_and_what_was_answered(client, asked):
    assert "waits for an answer" in Contributor(client).enter(KEY).page.text
    appealing.answer(by=an_editor("bo"), appeal=asked[0], upheld=True, reason="No.")
    assert "Your appeal was upheld" in Contributor(client).enter(KEY).page.text
    assert Decision.objects.filter(act="answer-appeal").count() == 1
