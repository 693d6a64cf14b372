"""What many do at the same moment, where each of them only sees what is committed."""

import pytest
from django.test import Client

from commonwire.accounts.actions import NotAllowed, add_token, remove_editor
from commonwire.accounts.models import Editor
from commonwire.calls.actions import pledging
from commonwire.calls.actions.pledging import PledgeContent
from commonwire.calls.models import Pledge
from commonwire.changes import cursors
from commonwire.changes.models import Change
from commonwire.moderation.actions import clearing, flagging, floods, placing, teaching
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.log import stored
from commonwire.moderation.models import Decision, Flag, Heap, LogEntry, SignCount
from commonwire.publishing import keys
from commonwire.publishing.actions import drafts
from commonwire.publishing.actions.publish import publish_draft
from commonwire.publishing.content import Content
from commonwire.publishing.models import Feature, Post
from tests.calls.factories import a_call
from tests.factories import (
    a_feature,
    a_post,
    a_rule,
    a_site,
    a_steward,
    an_editor,
    unhurried,
)
from tests.postgres.together import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_draft_becomes_one_post_however_often_it_is_sent():
    draft, _token = drafts.start_draft(typed={}, signs={})

    def send():
        return publish_draft(
            draft=draft,
            content=Content(kind="report", title="Once", body="Text."),
            facts=unhurried(),
            phrase_hash=keys.hash_of("six words"),
        ).pk

    assert len(set(together(*[send] * 6))) == 1
    assert Post.objects.count() == 1


def test_posts_of_one_title_get_an_address_each():
    made = together(*[lambda: a_post("A vote").slug] * 6)
    assert sorted(made) == ["a-vote", *(f"a-vote-{n}" for n in range(2, 7))]


def test_posts_that_are_published_at_once_are_all_read_by_the_worker():
    start = cursors.latest()
    together(*[a_post] * 8)
    found = [change.post_id for change in cursors.read_after(start)]
    assert sorted(found) == sorted(Post.objects.values_list("pk", flat=True))


def test_decisions_have_a_number_each_and_an_entry():
    ada, posts = an_editor(), [a_post() for _ in range(6)]
    done = together(
        *[
            lambda post=post: placing.classify(by=ada, post=post, wire_class="local")
            for post in posts
        ]
    )
    assert sorted(decision.number for decision in done) == list(range(6))
    assert LogEntry.objects.count() == stored.size() == 6


def test_one_post_is_hidden_once():
    ada, post, rule = an_editor(), a_post(), a_rule()
    done = together(
        *[lambda: placing.hide(by=ada, post=post, rule=rule, reason="An ad.")] * 4
    )
    assert sum(isinstance(each, Refused) for each in done) == 3
    assert Decision.objects.count() == 1


def test_a_programs_decision_that_is_sent_twice_is_one():
    post, token = a_post(), add_token(name="sorting", editor=an_editor())
    sent = {"post": post.pk, "action": "classify", "class": "local"}
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "k" * 32}

    def decide():
        place, kind = "/api/v1/decisions", "application/json"
        return Client().post(place, sent, content_type=kind, headers=headers).json()

    first, *others = together(*[decide] * 4)
    assert others == [first] * 3
    assert Decision.objects.count() == 1


def test_every_flag_counts():
    post, rule = a_post(), a_rule()
    together(*[lambda: flagging.flag(post=post, rule=rule)] * 6)
    assert [flag.count for flag in Flag.objects.all()] == [6]


def test_one_flood_begins_however_many_come_at_once():
    a_rule(), a_site(flood_rate=1)
    a_post()
    assert [
        each for each in together(*[a_post] * 6) if isinstance(each, Exception)
    ] == []
    assert Heap.objects.filter(code="flood").count() == 1


def test_held_posts_of_one_reason_lie_on_one_heap():
    a_rule()
    together(*[lambda: a_post(doubtful=True)] * 6)
    assert [heap.posts for heap in Heap.objects.all()] == [6]


def test_what_is_cleared_and_sorted_at_once_is_both():
    """Whoever comes second waits for the first, and neither for ever."""
    ada, posts = an_editor(), [a_post(doubtful=True) for _ in range(5)]
    heap, rule = Heap.objects.get(), a_rule()
    done = together(
        lambda: clearing.clear_heap(
            by=ada, heap=heap, hide=True, rule=rule, reason="Ads."
        ),
        *[
            lambda post=post: placing.classify(by=ada, post=post, wire_class="local")
            for post in posts
        ],
    )
    wrong = [e for e in done if isinstance(e, Exception) and not isinstance(e, Refused)]
    assert wrong == []


def test_lessons_are_counted_whoever_teaches():
    posts = [a_post("Cheap watches here", body=f"Buy watches {n}") for n in range(6)]
    done = together(
        *[lambda p=post: teaching.learn(post=p, is_spam=True) for post in posts]
    )
    assert done == [None] * 6
    assert SignCount.objects.get(sign=0).spam == 6


def test_features_have_a_place_each():
    together(*[a_feature] * 5)
    assert len(set(Feature.objects.values_list("position", flat=True))) == 5


def test_a_pledge_that_is_sent_twice_is_one():
    call = a_call()
    content = PledgeContent(asks=tuple(call.asks.all()))
    done = together(
        *[lambda: pledging.pledge(call=call, content=content, token="t" * 32).pk] * 4
    )
    assert len(set(done)) == Pledge.objects.count() == 1


def test_pledges_are_all_told_of():
    call = a_call()
    content = PledgeContent(asks=tuple(call.asks.all()))
    together(
        *[
            lambda n=n: pledging.pledge(call=call, content=content, token=f"{n}" * 32)
            for n in range(6)
        ]
    )
    assert Pledge.objects.filter(call=call).count() == 6
    assert Change.objects.filter(kind="call.pledged").count() == 6


def test_two_stewards_who_remove_each_other_leave_one():
    one, two = a_steward("one"), a_steward("two")
    done = together(
        lambda: remove_editor(by=one, editor=two),
        lambda: remove_editor(by=two, editor=one),
    )
    assert sum(isinstance(each, NotAllowed) for each in done) == 1
    assert Editor.objects.filter(is_active=True, is_steward=True).count() == 1


def test_a_flood_is_ended_once():
    a_rule()
    floods.begin(by=None)
    done = together(*[lambda: floods.end(by=None)] * 3)
    assert sum(isinstance(each, Refused) for each in done) == 2
