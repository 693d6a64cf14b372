"""What readers report: a heap for the editors, however many and however often."""

from datetime import timedelta

import pytest
from django.utils import timezone

from commonwire.moderation.actions import flagging, withdrawing
from commonwire.moderation.models import Flag
from commonwire.publishing.actions import corrections
from tests.contributor import Contributor
from tests.factories import a_comment, a_post, a_rule, an_editor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def post():
    a_rule()
    return a_post("A vote")


def report(client, post, *, address="198.51.100.7", of="", **typed):
    where = f"/flag/{post.pk}/{of}"
    return Contributor(client, address).get(where).send(**typed)


def test_a_post_s_page_leads_to_the_form(client, post):
    links = Contributor(client).get(post.path).links
    assert f"/flag/{post.pk}/" in links


def test_a_report_is_counted_and_thanked(client, post):
    reader = report(client, post, rule="advertising", note="It sells pills.")
    heap = Flag.objects.get()
    assert (heap.rule.slug, heap.count, heap.notes) == (
        "advertising",
        1,
        ["It sells pills."],
    )
    assert reader.page.said("h1") == ["Thank you"]


def test_loading_the_thanks_again_sends_nothing(client, post):
    reader = report(client, post, rule="advertising")
    reader.get(reader.where)
    assert Flag.objects.get().count == 1


def test_the_same_network_counts_once_for_each_rule(client, post):
    for rule in ("advertising", "advertising", "false"):
        assert report(client, post, rule=rule).page.said("h1") == ["Thank you"]
    assert {f.rule.slug: f.count for f in Flag.objects.all()} == {
        "advertising": 1,
        "false": 1,
    }


def test_others_count_as_well(client, post):
    for number in range(3):
        report(client, post, rule="advertising", address=f"198.51.100.{number}")
    assert Flag.objects.get().count == 3


def test_a_thousand_reports_are_one_heap_with_ten_notes(post):
    rule = a_rule()
    for number in range(1_000):
        flagging.flag(post=post, rule=rule, note=f"Note {number}")
    heap = Flag.objects.get()
    assert (heap.count, len(heap.notes), heap.notes[-1]) == (1_000, 10, "Note 999")


def test_a_flood_from_one_network_is_stopped_and_keeps_what_was_typed(client, post):
    for number in range(10):
        report(client, a_post(f"Post {number}"), rule="advertising")
    reader = report(client, post, rule="advertising", note="Mine.")
    assert (reader.status, reader.typed["note"]) == (422, "Mine.")
    assert "Wait some minutes" in reader.page.text
    assert not post.flags.exists()


@pytest.mark.parametrize("rule", ["", "no-such-rule", "x" * 5_000, "\x00"])
def test_a_report_without_a_rule_is_told_and_kept(client, post, rule):
    reader = report(client, post, rule=rule, note="Mine.")
    assert (reader.status, reader.typed["note"]) == (422, "Mine.")
    assert "Choose the rule that it breaks." in reader.page.text


def test_a_note_that_is_too_long_is_kept(client, post):
    reader = report(client, post, rule="advertising", note="x" * 2_000_000)
    assert reader.status == 422
    assert len(reader.typed["note"]) == 2_000_000


def test_programs_that_fill_in_everything_are_asked_again(client, post):
    reader = report(client, post, rule="advertising", homepage="x")
    assert (reader.status, Flag.objects.count()) == (422, 0)
    reader.send()
    assert Flag.objects.count() == 1


def test_a_comment_is_reported_by_itself(client, post):
    comment = a_comment(post)
    report(client, post, of=f"?comment={comment.pk}", rule="advertising")
    assert Flag.objects.get().addendum == comment


@pytest.mark.parametrize("number", ["0", "x", "٣", "9" * 30, "-1"])
def test_a_comment_that_is_none_is_not_found(client, post, number):
    assert client.get(f"/flag/{post.pk}/?comment={number}").status_code == 404


def test_a_comment_of_another_post_is_not_found(client, post):
    comment = a_comment(a_post())
    assert client.get(f"/flag/{post.pk}/?comment={comment.pk}").status_code == 404


def test_a_comment_withdrawn_meanwhile_is_told(client, post):
    comment = a_comment(post)
    reader = Contributor(client).get(f"/flag/{post.pk}/?comment={comment.pk}")
    withdrawing.withdraw_comment(
        by=an_editor(), comment=comment, rule=a_rule(), reason="An address."
    )
    reader.send(rule="advertising")
    assert (reader.status, Flag.objects.count()) == (422, 0)


def test_a_post_withdrawn_meanwhile_is_told(client, post):
    reader = Contributor(client).get(f"/flag/{post.pk}/")
    corrections.withdraw(post=post)
    reader.send(rule="advertising")
    assert (reader.status, Flag.objects.count()) == (422, 0)


def test_reports_leave_the_desk_with_their_post(post):
    heap = flagging.flag(post=post, rule=a_rule(), note="It sells.")
    corrections.withdraw(post=post)
    heap.refresh_from_db()
    assert (heap.seen_at is None, heap.notes) == (False, [])


def test_a_retired_rule_is_not_offered_nor_that_of_screening(client, post):
    rule = a_rule("false")
    rule.retired_at = timezone.now()
    rule.save()
    values = [
        radio["attributes"]["value"]
        for radio in Contributor(client).get(f"/flag/{post.pk}/").page.all("input")
        if radio["attributes"].get("name") == "rule"
    ]
    assert "advertising" in values
    assert {"false", "looked-at-first"}.isdisjoint(values)


def test_notes_are_forgotten_after_thirty_days(post):
    flagging.flag(post=post, rule=a_rule(), note="Mine.")
    now = timezone.now()
    flagging.wipe_notes(now=now + timedelta(days=29))
    assert Flag.objects.get().notes == ["Mine."]
    flagging.wipe_notes(now=now + timedelta(days=31))
    assert Flag.objects.get().notes == []


def test_nobody_gets_a_cookie(client, post):
    report(client, post, rule="advertising")
    assert client.cookies == {}
