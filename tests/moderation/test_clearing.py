"""One act hides a heap, or lists it; one takes that back, and posts are what they were."""

from datetime import timedelta

import pytest
from django.utils import timezone

from commonwire.delivery.printing import print_stale
from commonwire.moderation import queries
from commonwire.moderation.actions import (
    admitting,
    clearing,
    commenting,
    floods,
    heaps,
    placing,
    undoing,
)
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.actions.lapsing import lapse_hidings
from commonwire.moderation.models import Decision, Heap, Lesson
from commonwire.publishing.actions import corrections
from commonwire.publishing.models import Post
from commonwire.publishing.states import WireClass
from tests.factories import a_post, a_rule, a_site, a_steward, an_editor

pytestmark = pytest.mark.django_db(transaction=True)
RAW = "/wire/raw/"


@pytest.fixture
def ada():
    return an_editor("ada")


def hide(by, heap, reason="Rubbish.", rule="advertising"):
    return clearing.clear_heap(
        by=by, heap=heap, hide=True, rule=a_rule(rule), reason=reason
    )


def release(by, heap):
    return clearing.clear_heap(by=by, heap=heap, hide=False)


def states():
    """Of every post: where it stands."""
    fields = ("wire_class", "raw", "waiting_since", "waiting_because", "listed")
    return list(Post.objects.order_by("pk").values_list(*fields))


def listed():
    return list(Post.objects.order_by("pk").values_list("listed", flat=True))


@pytest.fixture
def mixed(flood):
    """In the same flood came what waits, and what an editor holds back."""
    a_post("Doubtful", doubtful=True)
    held = a_post("Held")
    placing.classify(by=an_editor("bo"), post=held, wire_class=WireClass.LOCAL)
    placing.hold(by=an_editor("cy"), post=held, rule=a_rule(), reason="Is it true?")
    return flood


def test_one_act_hides_a_heap(client, ada, flood):
    path = Post.objects.first().path
    client.get(path)
    hide(ada, flood)
    print_stale()
    assert set(Post.objects.values_list("wire_class", "listed")) == {("hidden", False)}
    assert [made.act for made in Decision.objects.filter(editor=ada)] == ["hide"]
    assert b"Flood" not in client.get(RAW).content
    assert b"Editors have hidden" in client.get(path).content


def test_one_act_lists_a_heap(client, ada, flood):
    release(ada, flood)
    assert set(Post.objects.values_list("raw", "listed")) == {(False, True)}
    print_stale()
    assert b"Flood 0" in client.get("/wire/").content


def test_it_takes_as_many_queries_whatever_the_heap(
    ada, flood, django_assert_max_num_queries
):
    for number in range(60):
        a_post(f"More {number}")
    with django_assert_max_num_queries(40):
        decision = hide(ada, flood, rule="not-news")
    with django_assert_max_num_queries(40):
        undoing.undo(by=ada, decision=decision)


def test_a_hidden_post_of_a_heap_has_the_heap_s_decision(ada, flood):
    decision = hide(ada, flood)
    assert queries.hiding(Post.objects.first()) == decision


def test_its_history_has_it_too(ada, flood):
    decision = hide(ada, flood)
    back = undoing.undo(by=ada, decision=decision)
    assert list(queries.history(Post.objects.first())) == [back, decision]


def test_posts_of_a_heap_come_back_one_by_one(ada, flood):
    hide(ada, flood)
    for post in Post.objects.all()[:2]:
        placing.unhide(by=ada, post=post)
    assert sorted(listed()) == [False, True, True]


def test_what_comes_back_alone_is_in_the_class_it_had(ada, mixed):
    hide(ada, mixed)
    held = Post.objects.get(title="Held")
    placing.unhide(by=ada, post=held)
    held.refresh_from_db()
    assert (held.wire_class, held.listed) == ("local", True)


@pytest.mark.parametrize("clear", [hide, release])
def test_what_was_cleared_is_what_it_was_when_that_is_taken_back(ada, mixed, clear):
    before = states()
    decision = clear(ada, mixed)
    assert states() != before
    undoing.undo(by=ada, decision=decision)
    assert states() == before


@pytest.mark.parametrize("clear", [hide, release])
def test_the_taking_back_can_be_taken_back(ada, mixed, clear):
    decision = clear(ada, mixed)
    cleared = states()
    back = undoing.undo(by=ada, decision=decision)
    again = undoing.undo(by=ada, decision=back)
    assert states() == cleared
    assert (again.act, again.facts["posts"]) == (decision.act, 5)


def test_it_is_hidden_again_for_the_same_reason(ada, flood):
    back = undoing.undo(by=ada, decision=hide(ada, flood, "It sells pills."))
    again = undoing.undo(by=ada, decision=back)
    assert (again.reason, again.rule.slug) == ("It sells pills.", "advertising")
    assert queries.hiding(Post.objects.first()) == again


ACTS = {
    "another of no post": lambda ada: admitting.invite(by=ada, role="editor"),
    "the end of the flood": lambda ada: floods.end(by=ada),
    "a look at one of its posts": lambda _ada: placing.confirm_hide(
        by=an_editor("bo"), post=Post.objects.first()
    ),
    "comments closed on one": lambda ada: commenting.lock_comments(
        by=ada, post=Post.objects.first(), locked=True
    ),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_later_acts_do_not_keep_it_from_being_taken_back(flood, act):
    grace = a_steward()
    before = states()
    decision = hide(grace, flood)
    act(grace)
    undoing.undo(by=grace, decision=decision)
    assert states() == before


def test_what_came_later_and_was_cleared_then_stays_cleared(ada, flood):
    first = hide(ada, flood)
    a_post("Later")
    hide(ada, flood)
    undoing.undo(by=ada, decision=first)
    hidden = Post.objects.filter(wire_class="hidden")
    assert list(hidden.values_list("title", flat=True)) == ["Later"]


def test_what_was_decided_about_since_is_left_alone(ada, flood):
    decision = hide(ada, flood)
    first, second, _third = Post.objects.order_by("pk")
    placing.unhide(by=ada, post=first)
    placing.unhide(by=ada, post=second)
    placing.hide(by=ada, post=second, rule=a_rule("threats"), reason="It threatens.")
    back = undoing.undo(by=ada, decision=decision)
    found = Post.objects.order_by("pk").values_list("wire_class", "raw", "listed")
    assert list(found) == [
        ("unsorted", False, True),
        ("hidden", False, False),
        ("unsorted", True, False),
    ]
    assert back.facts["posts"] == 1


def test_what_its_author_withdrew_stays_withdrawn(ada, flood):
    decision = hide(ada, flood)
    gone = Post.objects.first()
    corrections.withdraw(post=gone)
    undoing.undo(by=ada, decision=decision)
    gone.refresh_from_db()
    assert (gone.withdrawn_at is None, gone.listed) == (False, False)


def test_when_nothing_is_left_of_it_that_is_told(ada, flood):
    decision = hide(ada, flood)
    for post in Post.objects.all():
        placing.unhide(by=ada, post=post)
    with pytest.raises(Refused, match="Nothing is left of it"):
        undoing.undo(by=ada, decision=decision)


def test_it_is_taken_back_once(ada, flood):
    decision = hide(ada, flood)
    undoing.undo(by=ada, decision=decision)
    with pytest.raises(Refused, match="taken back already"):
        undoing.undo(by=ada, decision=decision)


def test_the_hold_of_many_by_screening_is_not_taken_back_at_once(ada):
    for _ in range(15):
        a_post(doubtful=True)
    heaps.tend(now=timezone.now() + timedelta(minutes=2))
    with pytest.raises(Refused, match="look at its posts"):
        undoing.undo(by=ada, decision=Decision.objects.first())


def test_pages_follow_when_it_is_taken_back(client, ada, flood):
    path = Post.objects.first().path
    decision = hide(ada, flood)
    print_stale()
    client.get(path)
    undoing.undo(by=ada, decision=decision)
    print_stale()
    assert b"Editors have hidden" not in client.get(path).content
    assert b"Flood 0" in client.get(RAW).content


def test_what_it_taught_is_unlearnt(ada, flood):
    decision = hide(ada, flood)
    assert Lesson.objects.filter(is_spam=True).count() == 3
    undoing.undo(by=ada, decision=decision)
    assert not Lesson.objects.exists()


def test_what_an_editor_has_sorted_is_no_part_of_the_heap(ada, flood):
    kept = Post.objects.first()
    placing.classify(by=an_editor("bob"), post=kept, wire_class="local")
    hide(ada, flood)
    kept.refresh_from_db()
    assert (kept.wire_class, kept.listed) == ("local", True)


def test_a_heap_that_is_cleared_already_is_told(ada, flood):
    release(ada, flood)
    with pytest.raises(Refused, match="Nothing is left"):
        release(ada, flood)


def test_clearing_needs_a_reason(ada, flood):
    with pytest.raises(Refused, match="Write the reason"):
        hide(ada, flood, reason="")
    assert Post.objects.filter(raw=True).count() == 3


def test_a_hiding_of_many_lapses_when_nobody_confirms_it(ada, flood):
    a_site(hides_lapse=True)
    before = states()
    hide(ada, flood)
    assert lapse_hidings(now=timezone.now() + timedelta(hours=25)) == 1
    assert states() == before
    assert Decision.objects.first().signed_as == "screening"


def test_one_that_a_second_editor_confirmed_stays(ada, flood):
    a_site(hides_lapse=True)
    hide(ada, flood)
    placing.confirm_hide(by=an_editor("bo"), post=Post.objects.first())
    assert lapse_hidings(now=timezone.now() + timedelta(hours=25)) == 0


def test_the_desk_counts_what_is_left_of_each_heap(ada, flood):
    a_post(doubtful=True)
    floods.end(by=ada)
    for _ in range(3):
        a_post(doubtful=True)
    hide(ada, Heap.objects.latest("pk"))
    assert [(heap.pk, heap.left) for heap in queries.heaps(least=1)] == [(flood.pk, 4)]
