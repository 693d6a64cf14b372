from datetime import UTC, datetime

import pytest
import time_machine

from commonwire.delivery.pages.hidden import Hidden
from commonwire.delivery.printing import print_stale
from commonwire.moderation.actions import placing, rulebook, withdrawing
from commonwire.publishing.actions import corrections
from tests.delivery.pages import FEEDS, NOTHING, reaction, stale
from tests.factories import a_post, a_rule, an_editor
from tests.page import Page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ada():
    return an_editor("ada")


def hide(ada, post, reason="It sells pills.", at=datetime(2026, 1, 16, 12, tzinfo=UTC)):
    with time_machine.travel(at, tick=False):
        decision = placing.hide(by=ada, post=post, rule=a_rule(), reason=reason)
    print_stale()
    return decision


def titles(client, path="/hidden/"):
    return Page(client.get(path).content).said("a", class_="title")


def test_hiding_makes_it_stale(change):
    assert reaction(Hidden(), change("post.hidden")) == stale(
        "/hidden/", *(f"/hidden/{feed}" for feed in FEEDS)
    )


@pytest.mark.parametrize("kind", ["post.published", "post.sorted", "post.released"])
def test_what_happens_to_listed_posts_leaves_it_alone(change, kind):
    assert reaction(Hidden(), change(kind)) == NOTHING


def test_other_changes_leave_it_alone(other_change):
    assert reaction(Hidden(), other_change) == NOTHING


def test_it_names_the_rule_the_reason_and_who(client, ada):
    hide(ada, a_post("Pills"))
    text = Page(client.get("/hidden/").content).text
    assert "Pills Rule No advertising, no spam Reason It sells pills." in text
    assert "by ada" in text


def test_the_newest_decision_comes_first(client, ada):
    for title in ("First", "Second"):
        hide(ada, a_post(title))
    assert titles(client) == ["Second", "First"]


def test_what_is_brought_back_is_gone_from_it_and_from_its_month(client, ada):
    post = a_post("Pills")
    hide(ada, post)
    assert titles(client, "/hidden/2026/01/") == ["Pills"]
    placing.unhide(by=ada, post=post)
    print_stale()
    assert titles(client) == []
    assert client.get("/hidden/2026/01/").status_code == 404


def test_what_is_hidden_again_is_there_once(client, ada):
    post = a_post("Pills")
    hide(ada, post, "The first reason.")
    placing.unhide(by=ada, post=post)
    hide(ada, post, "The second reason.")
    assert titles(client) == ["Pills"]
    assert b"The first reason." not in client.get("/hidden/").content


def test_withdrawn_posts_are_not_there(client, ada):
    post = a_post("Pills")
    hide(ada, post)
    corrections.withdraw(post=post)
    print_stale()
    assert titles(client) == []


def test_a_reason_that_is_taken_out_is_gone_from_it_and_from_the_post(client, ada):
    post = a_post("Pills")
    decision = hide(ada, post, "It names the neighbour.")
    client.get("/hidden/2026/01/")
    withdrawing.remove_text(
        by=ada, of=decision, rule=a_rule("private-data"), reason="It told too much."
    )
    print_stale()
    for path in ("/hidden/", "/hidden/2026/01/", post.path):
        body = client.get(path).content
        assert (b"neighbour" in body, b"taken out under the rule" in body) == (
            False,
            True,
        )


def test_a_rule_s_new_name_is_on_it(client, ada):
    hide(ada, a_post("Pills"))
    rule = a_rule()
    rule.title = "Nothing for sale"
    rulebook.save_rule(by=ada, rule=rule)
    print_stale()
    assert b"Nothing for sale" in client.get("/hidden/").content
    assert b"Nothing for sale" in client.get("/policy/").content


def test_long_lists_go_on_by_month(client, ada, monkeypatch):
    monkeypatch.setattr("commonwire.publishing.queries.PER_LISTING", 1)
    for month in (1, 3):
        hide(ada, a_post(f"Of {month}"), at=datetime(2026, month, 2, tzinfo=UTC))
    assert titles(client) == ["Of 3"]
    assert list(Hidden().every()) == [
        "/hidden/",
        *(f"/hidden/{feed}" for feed in FEEDS),
        "/hidden/2026/03/",
        "/hidden/2026/01/",
    ]
    assert titles(client, "/hidden/2026/01/") == ["Of 1"]


@pytest.mark.parametrize("month", ["2026/13", "0000/01", "2026/02", "9999/12"])
def test_a_month_that_is_none_is_not_found(client, ada, month):
    hide(ada, a_post())
    assert client.get(f"/hidden/{month}/").status_code == 404


def test_it_is_not_for_robots(client, ada):
    hide(ada, a_post())
    assert b'content="noindex"' in client.get("/hidden/").content


@pytest.mark.parametrize("feed", FEEDS)
def test_its_feeds_hold_the_decisions_and_nothing_of_what_is_hidden(client, ada, feed):
    hide(ada, a_post("Pills", body="Cheap zyxomma."))
    answer = client.get(f"/hidden/{feed}")
    assert answer.status_code == 200
    assert b"It sells pills." in answer.content
    assert b"zyxomma" not in answer.content


def test_its_feeds_are_linked_and_those_of_a_month_are_not_promised(client, ada):
    hide(ada, a_post("Pills"))
    links = {feed: f'<a href="/hidden/{feed}"' for feed in FEEDS}
    page = client.get("/hidden/").content.decode()
    month = client.get("/hidden/2026/01/").content.decode()
    assert [link for link in links.values() if link not in page] == []
    assert "feed." not in month.partition("<main")[2].partition("</main>")[0]
