"""`/log/`: what it shows, and which pages a decision touches."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from commonwire.changes.models import Change
from commonwire.delivery.pages.log import Log
from commonwire.delivery.printing import print_due, print_stale
from commonwire.moderation.actions import (
    appealing,
    clearing,
    floods,
    placing,
    undoing,
    withdrawing,
)
from commonwire.moderation.actions.lapsing import lapse_hidings
from commonwire.moderation.models import Appeal, Decision, Heap, Rule
from commonwire.publishing.actions import corrections
from commonwire.publishing.content import Revision
from tests.delivery.pages import NOTHING, reaction, with_feeds
from tests.factories import a_post, a_rule, a_site, an_editor
from tests.page import Page

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "It sells pills."


@pytest.fixture
def hiding(ada):
    """Ada's, of a post that is called “Pills”."""
    return placing.hide(by=ada, post=a_post("Pills"), rule=a_rule(), reason=WHY)


def lines(client, path="/log/"):
    print_stale()
    page = Page(client.get(path).content)
    return page.said("p", class_="said")


def made(decision):
    return Change.objects.get(kind="decision.made", facts__number=decision.number)


def archives(decision):
    local = f"{decision.at:%Y/%m}"
    return {
        f"/log/{decision.number}/",
        f"/log/{decision.number}/decision.json",
        "/log/numbers/0/",
        "/log/numbers/0/decisions.json",
        f"/log/{decision.at:%Y/%m/%d}/",
        f"/log/acts/{decision.act}/{local}/",
        f"/log/rules/advertising/{local}/",
        f"/log/editors/ada/{local}/",
    }


NEWEST = {
    *with_feeds("/log/"),
    "/log/decisions.json",
    "/log/acts/hide/",
    "/log/rules/advertising/",
    "/log/editors/ada/",
}


def test_the_log_says_who_did_what_under_which_rule_and_why(client, hiding):
    assert lines(client) == [f"Ada hid “Pills” under “No advertising, no spam”: {WHY}"]


def test_a_line_leads_to_the_post_the_rule_and_the_decision(client, hiding):
    page = Page(client.get("/log/").content)
    leads = [
        link["attributes"]["href"] for link in page.all("a") if "log" in link["in"]
    ]
    assert leads == [hiding.post.path, "/policy/#advertising", "/log/0/"]


def test_an_empty_log_says_so(client):
    assert "Nothing was decided yet." in Page(client.get("/log/").content).text


def test_a_decision_prints_the_newest_and_takes_its_archives_away(hiding):
    change = made(hiding)
    assert set(Log().stale(change)) == NEWEST
    month = f"/log/{hiding.at:%Y/%m}/"
    assert set(Log().forgotten(change)) == {*archives(hiding), month}


def test_taking_back_touches_the_pages_of_what_is_taken_back(ada, hiding):
    change = made(undoing.undo(by=ada, decision=hiding))
    assert set(Log().stale(change)) >= NEWEST
    assert set(Log().forgotten(change)) >= archives(hiding)


@pytest.mark.parametrize(
    "act",
    [
        lambda decision: appealing.appeal(post=decision.post, by="author", text="No."),
        lambda decision: withdrawing.remove_text(
            by=decision.editor, of=decision, rule=decision.rule, reason="Too much."
        ),
        lambda decision: corrections.withdraw(post=decision.post),
        lambda decision: corrections.correct(
            post=decision.post, revision=Revision({"title": "Other pills"})
        ),
    ],
    ids=["appealed", "reason removed", "withdrawn", "corrected"],
)
def test_what_is_new_about_a_decision_is_on_its_pages(hiding, act):
    act(hiding)
    change = Change.objects.exclude(kind="decision.made").latest("pk")
    assert set(Log().stale(change)) == NEWEST
    assert set(Log().forgotten(change)) == archives(hiding)


def test_a_new_post_leaves_the_log_alone(hiding):
    a_post()
    assert reaction(Log(), Change.objects.latest("pk")) == NOTHING


def test_a_withdrawn_post_is_not_named(client, hiding):
    corrections.withdraw(post=hiding.post)
    (line,) = lines(client)
    assert line.startswith("Ada hid a post that was withdrawn under")


def test_a_title_is_text_and_stands_apart(client, ada):
    title = "<b>עברית</b>"
    placing.hide(by=ada, post=a_post(title), rule=a_rule(), reason=WHY)
    page = Page(client.get("/log/").content)
    (link,) = page.all("a", dir="auto")
    assert link["text"] == f"“{title}”"


def test_an_answered_appeal_is_told_beside_the_decision(client, hiding):
    appeal = appealing.appeal(post=hiding.post, by="author", text="It is news.")
    appealing.answer(by=an_editor("Bee"), appeal=appeal, upheld=True, reason="It is.")
    print_stale()
    assert (
        "appealed by the author, upheld by Bee"
        in Page(client.get("/log/").content).text
    )


def test_a_reason_that_was_taken_out_leaves_the_rule(client, ada, hiding):
    law = a_rule("law")
    withdrawing.remove_text(by=ada, of=hiding, rule=law, reason="A court says so.")
    newest, first = lines(client)
    assert newest == (
        "Ada took out the reason of decision 0 under “Forbidden by law”: "
        "A court says so."
    )
    assert first.endswith(": removed: Forbidden by law")
    for name in ("feed.atom", "feed.rss", "feed.json", "decisions.json"):
        assert WHY.encode() not in client.get(f"/log/{name}").content


# Floods


def hold(number):
    for _ in range(number):
        a_post(doubtful=True)


def test_automatic_decisions_are_counted_between_the_lines(client, ada):
    a_rule()
    placing.hide(by=ada, post=a_post("One"), rule=a_rule(), reason=WHY)
    hold(3)
    placing.hide(by=ada, post=a_post("Two"), rule=a_rule(), reason=WHY)
    hold(2)
    page = Page(client.get("/log/").content)
    assert page.said("li", class_="between") == [
        "2 automatic decisions",
        "3 automatic decisions",
    ]
    assert len(page.said("p", class_="said")) == 2


def test_a_heap_is_told_in_one_line(client, ada):
    for _ in range(5):
        placing.hide(by=ada, post=a_post(), rule=a_rule(), reason=WHY)
    placing.hide(by=ada, post=a_post("Last"), rule=a_rule(), reason="Another reason.")
    assert lines(client) == [
        "Ada hid “Last” under “No advertising, no spam”: Another reason.",
        f"Ada hid 5 posts under “No advertising, no spam”: {WHY}",
    ]


def test_what_one_act_did_to_a_heap_of_the_desk_says_how_many_they_were(client, ada):
    a_rule()
    floods.begin(by=ada)
    a_post()
    heap = Heap.objects.get()
    made = clearing.clear_heap(by=ada, heap=heap, hide=True, rule=a_rule(), reason=WHY)
    Decision.objects.filter(pk=made.pk).update(facts={**made.facts, "posts": 19_000})
    told = "Ada hid 19,000 posts under “No advertising, no spam”"
    assert lines(client)[0] == f"{told}: {WHY}"
    assert Page(client.get(f"/log/{made.number}/").content).said(
        "p", class_="said"
    ) == [f"{told}."]
    assert told in client.get("/log/feed.json").json()["items"][0]["title"]


def test_heaps_of_the_desk_are_not_told_together(client, ada):
    a_rule()
    for _ in range(4):
        floods.begin(by=ada)
        a_post()
        floods.end(by=ada)
        heap = Heap.objects.latest("pk")
        clearing.clear_heap(by=ada, heap=heap, hide=True, rule=a_rule(), reason=WHY)
    hid = f"Ada hid 1 post under “No advertising, no spam”: {WHY}"
    assert lines(client, "/log/acts/hide/") == [hid] * 4


def test_a_hiding_of_many_that_lapsed_says_so(client, ada):
    a_site(hides_lapse=True)
    a_rule()
    floods.begin(by=ada)
    a_post()
    heap = Heap.objects.get()
    clearing.clear_heap(by=ada, heap=heap, hide=True, rule=a_rule(), reason=WHY)
    lapse_hidings(now=timezone.now() + timedelta(hours=25))
    (told, *_rest) = lines(client, "/log/screening/")
    assert told == "1 post came back: no second editor confirmed their hiding"


def test_what_waits_is_not_named_until_somebody_looked(client, ada):
    post = a_post("BUY", doubtful=True)
    assert lines(client, "/log/screening/") == [
        "Screening held back a post that waits under “Looked at first”"
    ]
    placing.release(by=ada, post=post)
    assert lines(client, "/log/screening/") == [
        "Screening held back “BUY” under “Looked at first”"
    ]


# Appeals that wait


def waits(appeal, hours):
    Appeal.objects.filter(pk=appeal.pk).update(
        opened_at=timezone.now() - timedelta(hours=hours)
    )


def notice(client):
    return Page(client.get("/log/").content).said("h2", id="overdue")


def test_an_appeal_that_waits_too_long_is_on_top(client, hiding):
    waits(appealing.appeal(post=hiding.post, by="author", text="No."), 73)
    assert notice(client) == ["1 appeal waits longer than 72 hours for an answer"]


def test_the_site_says_how_long_that_is(client, hiding):
    waits(appealing.appeal(post=hiding.post, by="author", text="No."), 73)
    a_site(appeal_hours=80)
    assert notice(client) == []


def test_an_appeal_becomes_overdue_by_itself(client, hiding):
    appeal = appealing.appeal(post=hiding.post, by="author", text="No.")
    print_stale()
    now = timezone.now()
    assert print_due(now + timedelta(hours=71)).printed == 0
    assert "/log/" in Log().due(now + timedelta(hours=73), lambda _path: now)
    waits(appeal, 72)
    assert print_due(timezone.now()).printed == 1
    assert notice(client) == ["1 appeal waits longer than 72 hours for an answer"]


# For programs


def test_feeds_have_a_sentence_and_a_reason(client, hiding):
    (item,) = json.loads(client.get("/log/feed.json").content)["items"]
    assert item["title"] == "Ada hid “Pills” under “No advertising, no spam”"
    assert item["url"] == "http://testserver/log/0/"
    assert item["summary"] == WHY


def test_a_new_title_of_a_rule_is_on_the_newest_pages(client, hiding, ada):
    print_stale()
    Rule.objects.filter(slug="advertising").update(title="No ads")
    Change.objects.create(kind="rules.changed")
    assert lines(client) == [f"Ada hid “Pills” under “No ads”: {WHY}"]


def test_holds_of_screening_are_in_no_feed(client, hiding):
    hold(1)
    assert Decision.objects.count() == 2
    assert len(client.get("/log/feed.json").json()["items"]) == 1
