"""`/hidden/heaps/…`: what one decision hides together, and its one line at `/hidden/`."""

import pytest

from commonwire.changes.models import Change
from commonwire.delivery.pages.hidden import Hidden, HiddenHeap
from commonwire.delivery.printing import print_stale
from commonwire.delivery.tree import the_tree
from commonwire.moderation.actions import clearing, floods, placing, undoing
from commonwire.moderation.models import Heap
from commonwire.publishing.actions import corrections
from commonwire.publishing.models import Post
from tests.delivery.pages import NOTHING, forgotten, reaction, stale
from tests.factories import a_post, a_rule
from tests.page import Page

pytestmark = pytest.mark.django_db(transaction=True)


def hide(ada, post):
    placing.hide(by=ada, post=post, rule=a_rule(), reason="It sells pills.")
    print_stale()


def titles(client, path="/hidden/"):
    return Page(client.get(path).content).said("a", class_="title")


@pytest.fixture
def heap(ada):
    """Five posts that one decision hides, between two that were hidden alone."""
    hide(ada, a_post("Before"))
    floods.begin(by=None)
    for number in range(5):
        a_post(f"Flood {number}")
    floods.end(by=None)
    decision = clearing.clear_heap(
        by=ada, heap=Heap.objects.get(), hide=True, rule=a_rule(), reason="All pills."
    )
    hide(ada, a_post("After"))
    return decision


def heap_path(decision, page=""):
    return f"/hidden/heaps/{decision.number}/{page}"


def test_a_heap_is_one_line_that_leads_to_its_posts(client, heap):
    assert titles(client) == [
        "After",
        "A heap: 5 posts, hidden by one decision",
        "Before",
    ]
    page = Page(client.get("/hidden/").content)
    assert page.all("a", href=heap_path(heap))
    assert titles(client, heap_path(heap)) == [
        f"Flood {number}" for number in (4, 3, 2, 1, 0)
    ]


def test_the_decision_leads_to_them_while_it_stands(client, ada, heap):
    def leads():
        print_stale()
        page = Page(client.get(f"/log/{heap.number}/").content)
        return bool(page.all("a", href=heap_path(heap)))

    assert leads()
    undoing.undo(by=ada, decision=heap)
    assert not leads()


def test_its_list_names_rule_and_reason_and_is_not_for_robots(client, heap):
    body = client.get(heap_path(heap)).content
    assert "Rule No advertising, no spam Reason All pills." in Page(body).text
    assert b'content="noindex"' in body


def test_a_long_heap_has_pages(client, heap, monkeypatch):
    monkeypatch.setattr("commonwire.delivery.pages.hidden.PER_PAGE", 2)
    pages = [heap_path(heap), heap_path(heap, "2/"), heap_path(heap, "3/")]
    assert list(HiddenHeap().every()) == pages
    assert [titles(client, page) for page in pages] == [
        ["Flood 4", "Flood 3"],
        ["Flood 2", "Flood 1"],
        ["Flood 0"],
    ]
    middle = Page(client.get(pages[1]).content)
    assert middle.all("a", rel="prev", href=pages[0])
    assert middle.all("a", rel="next", href=pages[2])


@pytest.mark.parametrize("page", ["1/", "2/", "9999/"])
def test_a_page_that_is_none_is_not_found(client, heap, page):
    assert client.get(heap_path(heap, page)).status_code == 404


def test_a_decision_about_one_post_has_no_list(client, ada):
    hide(ada, a_post())
    assert client.get("/hidden/heaps/0/").status_code == 404


def test_what_comes_back_alone_leaves_the_heap(client, ada, heap):
    client.get(heap_path(heap))
    placing.unhide(by=ada, post=Post.objects.get(title="Flood 2"))
    print_stale()
    assert titles(client)[1] == "A heap: 4 posts, hidden by one decision"
    assert "Flood 2" not in titles(client, heap_path(heap))


def test_what_is_hidden_alone_afterwards_has_a_line_of_its_own(client, ada, heap):
    post = Post.objects.get(title="Flood 2")
    placing.unhide(by=ada, post=post)
    hide(ada, post)
    assert titles(client)[2] == "A heap: 4 posts, hidden by one decision"
    assert sorted(titles(client)).count("Flood 2") == 1


def test_a_heap_that_is_brought_back_is_gone(client, ada, heap):
    client.get(heap_path(heap))
    undoing.undo(by=ada, decision=heap)
    print_stale()
    assert titles(client) == ["After", "Before"]
    assert client.get(heap_path(heap)).status_code == 404


def test_a_heap_costs_as_many_queries_whatever_its_size(
    client, heap, django_assert_max_num_queries
):
    for path, most in (("/hidden/", 12), (heap_path(heap), 12)):
        client.get(path)
        the_tree().remove(path)
        with django_assert_max_num_queries(most):
            client.get(path)


def test_clearing_a_heap_makes_it_stale_and_forgets_its_lists(client, ada, heap):
    client.get(heap_path(heap))
    undoing.undo(by=ada, decision=heap)
    change = Change.objects.filter(kind="flood.cleared").latest("pk")
    feeds = [f"/hidden/feed.{ending}" for ending in ("atom", "rss", "json")]
    assert reaction(Hidden(), change) == stale("/hidden/", *feeds)
    assert reaction(HiddenHeap(), change) == forgotten(heap_path(heap))


def test_what_happens_to_listed_posts_leaves_its_lists_alone(client, heap):
    client.get(heap_path(heap))
    a_post()
    change = Change.objects.filter(kind="post.published").latest("pk")
    assert reaction(HiddenHeap(), change) == NOTHING


def test_what_its_author_withdrew_is_not_in_the_list(client, heap):
    corrections.withdraw(post=Post.objects.get(title="Flood 2"))
    print_stale()
    assert "Flood 2" not in titles(client, heap_path(heap))
