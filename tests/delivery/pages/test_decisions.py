"""One decision, for people and for programs."""

import hashlib
import json

import pytest

from commonwire.changes.models import Change
from commonwire.delivery.pages.decision import Decisions
from commonwire.delivery.pages.log import Log
from commonwire.delivery.printing import print_stale
from commonwire.moderation.actions import appealing, placing, undoing, withdrawing
from commonwire.moderation.models import Decision, LogEntry
from tests.delivery.pages import NOTHING, reaction
from tests.factories import a_post, a_rule, an_editor
from tests.page import Page

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "It sells pills."


@pytest.fixture
def hiding(ada):
    return placing.hide(
        by=ada, post=a_post("Pills", wire_class="local"), rule=a_rule(), reason=WHY
    )


def test_the_log_takes_away_the_pages_of_what_a_decision_is_about(ada, hiding):
    back = undoing.undo(by=ada, decision=hiding)
    change = Change.objects.filter(kind="decision.made").latest("pk")
    assert reaction(Decisions(), change) == NOTHING
    pages = {
        f"{each.path}{name}"
        for each in (hiding, back)
        for name in ("", "decision.json")
    }
    assert pages < set(Log().forgotten(change))


def shown(client, decision):
    print_stale()
    return Page(client.get(decision.path).content)


def data(client, decision):
    print_stale()
    answer = client.get(f"{decision.path}decision.json")
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    return answer.json()


def test_it_says_rule_reason_and_what_was(client, hiding):
    page = shown(client, hiding)
    (said,) = page.said("p", class_="said")
    assert said == "Ada hid “Pills” under “No advertising, no spam”."
    assert "The wire is for news, not for selling." in page.text
    assert WHY in page.text
    assert "it was Local" in page.text


def test_its_data_are_the_entry_the_salt_and_the_words(client, hiding):
    hiding.refresh_from_db()
    assert data(client, hiding) == {
        "index": 0,
        "entry": json.loads(hiding.entry),
        "reason": {"salt": bytes(hiding.reason_salt).hex(), "text": WHY},
    }


def test_without_a_reason_the_data_say_so(client, ada):
    decision = placing.classify(by=ada, post=a_post(), wire_class="local")
    assert data(client, decision)["reason"] is None


def test_a_removed_reason_leaves_its_rule(client, ada, hiding):
    shown(client, hiding), data(client, hiding)
    withdrawing.remove_text(
        by=ada, of=hiding, rule=a_rule("law"), reason="A court says so."
    )
    assert data(client, hiding)["reason"] == {"removed": "law"}
    page = shown(client, hiding)
    assert "removed: Forbidden by law" in page.text
    assert WHY not in page.text


def test_the_hash_is_that_of_a_leaf_of_the_tree(client, hiding):
    leaf = hashlib.sha256(b"\0" + hiding.entry.encode()).hexdigest()
    page = shown(client, hiding)
    assert page.said("code")[:2] == [hiding.entry, leaf]


def test_what_took_it_back_is_named_on_both(client, ada, hiding):
    shown(client, hiding)
    back = undoing.undo(by=ada, decision=hiding)
    assert "taken back by decision 1" in shown(client, hiding).text
    assert "it takes back decision 0" in shown(client, back).text


def test_a_reader_is_heard_with_the_answer(client, hiding):
    appeal = appealing.appeal(post=hiding.post, by="reader", text="Jo Doe did it.")
    assert "Jo Doe" not in shown(client, hiding).text
    appealing.answer(
        by=an_editor("Bee"), appeal=appeal, upheld=False, reason="It does sell."
    )
    page = shown(client, hiding)
    assert page.said("blockquote") == [WHY, "Jo Doe did it."]
    assert "Answer: It does sell." in page.said("p")
    assert "appealed by a reader, not upheld by Bee" in page.text


def test_the_author_is_heard_at_once(client, hiding):
    appealing.appeal(post=hiding.post, by="author", text="It is news.")
    assert "It is news." in shown(client, hiding).text


def test_words_of_a_withdrawn_post_are_not_shown(client, ada, hiding):
    appealing.appeal(post=hiding.post, by="author", text="It is news.")
    shown(client, hiding)
    withdrawing.withdraw_for_safety(
        by=ada, post=hiding.post, rule=a_rule("threats"), reason="A threat."
    )
    page = shown(client, hiding)
    assert "It is news." not in page.text
    assert "Pills" not in page.text
    assert page.one("meta", name="robots")["attributes"]["content"] == "noindex"


def test_other_decisions_may_be_found(client, hiding):
    assert shown(client, hiding).all("meta", name="robots") == []


def test_a_part_that_was_not_decided_is_no_page(client, hiding):
    for path in ("/log/1/", "/log/00/", "/log/0/entry.json", "/log/9999999999999999/"):
        assert client.get(path).status_code == 404


def test_a_decision_of_the_year_2026_and_its_months_have_their_own_addresses(
    client, hiding
):
    entry = LogEntry.objects.get()
    LogEntry.objects.create(number=2026, entry=entry.entry)
    Decision.objects.update(number=2026)
    decision = Decision.objects.get()
    assert "Decision 2026" in shown(client, decision).text
    assert client.get(f"/log/{decision.at:%Y/%m}/").status_code == 200
