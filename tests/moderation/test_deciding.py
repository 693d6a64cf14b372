"""Every act writes one decision, in the transaction of its effect."""

import hashlib
import json

import pytest
from django.db import transaction

from commonwire.delivery.printing import on_demand
from commonwire.moderation import queries
from commonwire.moderation.actions import commenting, placing, undoing, withdrawing
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.models import Decision
from tests.factories import a_comment, a_post, a_rule, a_section, an_editor

pytestmark = pytest.mark.django_db
WHY = "It sells pills."


@pytest.fixture
def ada(db):
    return an_editor("ada")


def hidden(ada, post=None, **words):
    words = {"rule": a_rule(), "reason": WHY} | words
    return placing.hide(by=ada, post=post or a_post(), **words)


def test_decisions_are_numbered_from_nothing_without_a_gap(ada):
    made = [hidden(ada).number for _ in range(3)]
    assert made == [0, 1, 2]


def test_an_entry_says_who_did_what_under_which_rule(ada):
    post = a_post()
    entry = json.loads(hidden(ada, post).entry)
    assert {name: entry[name] for name in ("n", "act", "by", "post", "rule")} == {
        "n": 0,
        "act": "hide",
        "by": "ada",
        "post": post.pk,
        "rule": "advertising",
    }


def test_an_entry_is_bound_to_its_reason_without_saying_it(ada):
    decision = hidden(ada)
    digest = hashlib.sha256(decision.reason_salt + WHY.encode()).hexdigest()
    assert json.loads(decision.entry)["reason"] == f"sha256:{digest}"
    assert WHY not in decision.entry


def test_a_hidden_post_leaves_the_lists(ada):
    post = a_post()
    hidden(ada, post)
    post.refresh_from_db()
    assert (post.wire_class, post.listed) == ("hidden", False)


def test_a_post_comes_back_to_where_it_was(ada):
    post = a_post(wire_class="local")
    hidden(ada, post)
    placing.unhide(by=ada, post=post)
    post.refresh_from_db()
    assert (post.wire_class, post.listed) == ("local", True)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"reason": " \n "}, "reason"),
        ({"reason": "\u200b\u2060"}, "reason"),
        ({"rule": None}, "rule"),
        ({"reason": "x" * 1001}, "reason"),
        ({"reason": ". . . ?! —"}, "reason"),
        ({"reason": "Ask jo@example.org about it"}, "reason"),
        ({"reason": "Call 612-555-0134"}, "reason"),
        ({"reason": "It says that he lives at 12 Ferry Street"}, "reason"),
        ({"reason": "Vive en la calle Mayor, 4"}, "reason"),
        ({"reason": "The author is +44 20 7946 0018"}, "reason"),
    ],
)
def test_what_cannot_be_decided_names_the_field_and_changes_nothing(ada, words, field):
    post = a_post()
    with pytest.raises(Refused) as refused:
        hidden(ada, post, **words)
    post.refresh_from_db()
    assert (refused.value.field, post.listed) == (field, True)
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "reason", ["Published on 2026-01-16 and again on 16.01.2026.", "See post 4711."]
)
def test_dates_and_numbers_are_no_private_data(ada, reason):
    assert hidden(ada, reason=reason).reason == reason


def test_a_reason_does_not_tell_the_private_contact(ada):
    post = a_post(contact="Signal: riverfox")
    with pytest.raises(Refused, match="Riverfox"):
        hidden(ada, post, reason="Riverfox did not answer.")


def test_a_retired_rule_is_not_used(ada):
    rule = a_rule("not-news")
    rule.retired_at = "2026-01-16T12:00Z"
    rule.save()
    with pytest.raises(Refused, match="no longer in force"):
        hidden(ada, rule=rule)


def test_a_post_that_was_withdrawn_meanwhile_is_refused(ada):
    post = a_post()
    withdrawing.withdraw_for_safety(by=ada, post=post, rule=a_rule(), reason=WHY)
    with pytest.raises(Refused, match="withdrawn meanwhile"):
        hidden(ada, post)


def test_undo_is_a_decision_too(ada):
    post = a_post(wire_class="local")
    first = placing.classify(by=ada, post=post, wire_class="global")
    second = undoing.undo(by=ada, decision=first)
    post.refresh_from_db()
    assert (post.wire_class, second.undoes) == ("local", first)


def test_nothing_is_undone_that_somebody_has_decided_about_since(ada):
    post = a_post()
    first = placing.classify(by=ada, post=post, wire_class="global")
    placing.classify(by=ada, post=post, wire_class="local")
    with pytest.raises(Refused, match="decided about this post since"):
        undoing.undo(by=ada, decision=first)


def test_undoing_an_undo_hides_again_for_the_same_reason(ada):
    post = a_post()
    back = undoing.undo(by=ada, decision=hidden(ada, post))
    again = undoing.undo(by=ada, decision=back)
    assert (again.act, again.reason, again.undoes) == ("hide", WHY, back)


def test_nothing_is_hidden_again_under_a_rule_that_was_retired_since(ada):
    rule = a_rule("not-news")
    back = undoing.undo(by=ada, decision=hidden(ada, rule=rule))
    rule.retired_at = "2026-01-16T12:00Z"
    rule.save()
    with pytest.raises(Refused, match="Hide it anew") as refused:
        undoing.undo(by=ada, decision=back)
    assert refused.value.field == "decision"


def test_a_comment_that_waited_waits_again_when_its_hiding_is_undone(ada):
    comment = a_comment(a_post(), body="Held words.", doubtful=True)
    made = commenting.hide_comment(by=ada, comment=comment, rule=a_rule(), reason=WHY)
    undoing.undo(by=ada, decision=made)
    comment.refresh_from_db()
    assert (comment.hidden, bool(comment.waiting_since)) == (False, True)
    assert "Held words." not in on_demand(comment.post.path).decode()


def test_undo_is_offered_for_what_can_be_undone_only(ada):
    released = commenting.unhide_comment(
        by=ada, comment=a_comment(a_post(), doubtful=True)
    )
    post = a_post()
    gone = withdrawing.withdraw_for_safety(by=ada, post=post, rule=a_rule(), reason=WHY)
    last = hidden(ada)
    told = [undoing.can_be_undone([made]) for made in (last, released, gone)]
    assert told == [{last.number}, set(), set()]
    for made in (released, gone):
        with pytest.raises(Refused, match="cannot be taken back"):
            undoing.undo(by=ada, decision=made)


def test_what_cannot_be_undone_does_not_stand_in_the_way_of_the_key(ada):
    first = hidden(ada)
    commenting.unhide_comment(by=ada, comment=a_comment(a_post(), doubtful=True))
    assert queries.last_own(ada) == first


def test_sections_are_changed_and_put_back(ada):
    post, topic = a_post(), a_section()
    made = placing.classify(by=ada, post=post, wire_class="local", sections=[topic])
    assert post.sections == [topic]
    undoing.undo(by=ada, decision=made)
    assert post.places.count() == 0


def test_a_doubtful_post_is_held_by_screening_in_the_log():
    post = a_post(doubtful=True)
    decision = Decision.objects.get()
    assert (decision.post, decision.act, decision.signed_as, decision.facts) == (
        post,
        "hold",
        "screening",
        {"because": ["honeypot"]},
    )


def test_an_effect_that_fails_leaves_no_decision(ada):
    post = a_post()

    def fails():
        with transaction.atomic():
            hidden(ada, post)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    post.refresh_from_db()
    assert (post.listed, Decision.objects.count()) == (True, 0)


def test_a_reason_can_be_taken_out_and_the_entry_stays(ada):
    decision = hidden(ada)
    before = decision.entry
    withdrawing.remove_text(
        by=ada, of=decision, rule=a_rule("private-data"), reason="It told too much."
    )
    decision.refresh_from_db()
    assert (decision.entry, decision.reason, bytes(decision.reason_salt)) == (
        before,
        "",
        b"",
    )
