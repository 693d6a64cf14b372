"""What became of posts and decisions, week by week."""

from datetime import UTC, datetime, timedelta

import pytest

from commonwire.moderation import queries
from commonwire.moderation.actions import (
    appealing,
    clearing,
    floods,
    placing,
    undoing,
)
from commonwire.moderation.models import Decision
from commonwire.moderation.tallies import weeks
from commonwire.publishing.actions import corrections
from commonwire.publishing.models import Post
from tests.factories import a_post, a_rule, an_editor

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
FRIDAY = MONDAY + timedelta(days=4)
WHY = "It sells pills."


@pytest.fixture
def ada():
    return an_editor("Ada")


def decided(decision, minutes):
    """So long after its post."""
    at = decision.post.published_at + timedelta(minutes=minutes)
    Decision.objects.filter(pk=decision.pk).update(at=at)
    return decision


def hide(by, post, minutes=10, rule="advertising"):
    made = placing.hide(by=by, post=post, rule=a_rule(rule), reason=WHY)
    return decided(made, minutes)


def this_week():
    return weeks(FRIDAY, UTC)[-1]


def test_weeks_begin_with_the_first_post():
    a_post(at=MONDAY - timedelta(days=8))
    assert [f"{week.first:%m-%d}" for week in weeks(FRIDAY, UTC)] == [
        "02-16",
        "02-23",
        "03-02",
    ]


def test_there_are_fifty_two_at_most():
    a_post(at=MONDAY - timedelta(days=3_000))
    assert len(weeks(FRIDAY, UTC)) == 52


def test_a_week_counts_its_posts_and_the_hidden_ones_by_rule(ada):
    for rule in ("advertising", "advertising", "threats"):
        hide(ada, a_post(at=MONDAY), rule=rule)
    a_post(at=MONDAY)
    a_post(at=MONDAY - timedelta(days=1))
    week = this_week()
    assert (week.posts, week.hidden, week.share_hidden) == (4, 3, 75)
    assert week.hidden_under == {"advertising": 2, "threats": 1}


def test_what_came_back_is_not_hidden(ada):
    undoing.undo(by=ada, decision=hide(ada, a_post(at=MONDAY)))
    assert this_week().hidden == 0


def test_what_was_hidden_twice_counts_once(ada):
    post = a_post(at=MONDAY)
    undoing.undo(by=ada, decision=hide(ada, post))
    hide(ada, post, rule="threats")
    assert this_week().hidden_under == {"threats": 1}


@pytest.mark.parametrize(
    ("waits", "median"), [([7], 7), ([1, 9, 5], 5), ([1, 2, 4, 100], 3)]
)
def test_the_median_is_that_of_first_decisions(ada, waits, median):
    for minutes in waits:
        post = a_post(at=MONDAY)
        hide(ada, post, minutes)
        decided(placing.unhide(by=ada, post=post), minutes + 500)
    assert this_week().minutes == median


def test_a_program_is_not_quick_for_an_editor(ada):
    post = a_post(at=MONDAY, doubtful=True)
    decided(placing.release(by=ada, post=post), 40)
    assert this_week().minutes == 40


def test_what_became_of_automatic_holds(ada):
    a_rule()
    posts = [a_post(at=MONDAY, doubtful=True) for _ in range(4)]
    placing.release(by=ada, post=posts[0])
    hide(ada, posts[1])
    corrections.withdraw(post=posts[2])
    assert this_week().held == {
        "released": 1,
        "hidden": 1,
        "withdrawn": 1,
        "waiting": 1,
    }


def test_appeals_and_names_are_counted_in_their_own_week(ada):
    bee = an_editor("Bee")
    made = [hide(ada, a_post(at=MONDAY)) for _ in range(3)]
    asked = [
        appealing.appeal(post=each.post, by="author", text="It is news.")
        for each in made
    ]
    appealing.answer(by=bee, appeal=asked[0], upheld=True, reason="It is.")
    appealing.answer(by=bee, appeal=asked[1], upheld=False, reason="It is not.")
    Decision.objects.update(at=MONDAY)
    post = Post.objects.first()
    post.appeals.model.objects.update(opened_at=MONDAY)
    week = this_week()
    assert week.appeals == {"upheld": 1, "refused": 1, "open": 1}
    assert (week.decisions, week.automatic) == ({"Ada": 3, "Bee": 3}, 0)


@pytest.mark.sqlite
def test_a_week_is_read_by_its_own_posts_alone():
    posts = Post.objects.filter(day__gte=MONDAY, day__lt=FRIDAY)
    found = Decision.objects.filter(post__in=posts.values("pk"))
    plan = found.order_by("number").explain()
    assert "SEARCH moderation_decision" in plan
    assert "(post_id=?)" in plan


@pytest.fixture
def heap():
    """Four posts of the week that came in a flood."""
    a_rule()
    floods.begin(by=None)
    for _ in range(4):
        a_post(at=MONDAY)
    return queries.flood()


def clear(by, heap, minutes, *, hide=True):
    rule = a_rule("advertising") if hide else None
    made = clearing.clear_heap(by=by, heap=heap, hide=hide, rule=rule, reason=WHY)
    at = MONDAY + timedelta(minutes=minutes)
    Decision.objects.filter(pk=made.pk).update(at=at)
    return made


def test_a_heap_that_one_act_hid_counts_all_its_posts(ada, heap):
    clear(ada, heap, 30)
    hide(ada, a_post(at=MONDAY, wire_class="local"), 90, rule="threats")
    week = this_week()
    assert (week.posts, week.hidden, week.minutes) == (5, 5, 30)
    assert week.hidden_under == {"advertising": 4, "threats": 1}


def test_a_heap_s_posts_count_in_the_week_they_came(ada, heap):
    a_post(at=MONDAY - timedelta(days=1))
    clear(ada, heap, 30)
    assert [week.hidden for week in weeks(FRIDAY, UTC)] == [1, 4]


def test_a_heap_that_came_back_is_not_hidden_and_was_decided_about(ada, heap):
    undoing.undo(by=ada, decision=clear(ada, heap, 30))
    assert (this_week().hidden, this_week().minutes) == (0, 30)


def test_a_heap_that_was_listed_counts_as_decided_about(ada, heap):
    clear(ada, heap, 20, hide=False)
    assert (this_week().hidden, this_week().minutes) == (0, 20)


def test_what_was_hidden_with_its_heap_and_then_alone_counts_once(ada, heap):
    clear(ada, heap, 30)
    post = Post.objects.first()
    placing.unhide(by=ada, post=post)
    hide(ada, post, 60, rule="threats")
    assert this_week().hidden_under == {"advertising": 3, "threats": 1}


def test_a_heap_s_withdrawn_posts_are_not_counted_as_hidden(ada, heap):
    clear(ada, heap, 30)
    corrections.withdraw(post=Post.objects.first())
    assert this_week().hidden == 3


def test_holds_that_have_a_decision_together_are_counted_each():
    a_rule()
    for _ in range(15):
        a_post(at=MONDAY, doubtful=True)
    assert this_week().held == {"waiting": 15}


def test_what_came_in_a_flood_without_a_doubt_was_not_held(heap):
    assert this_week().held == {}
