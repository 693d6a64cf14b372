"""`/wire/raw/<n>/`: nothing drowns in a flood."""

import pytest

from commonwire.changes.models import Change
from commonwire.delivery.pages.raw import RawPages
from commonwire.delivery.printing import print_stale
from commonwire.moderation.actions import clearing, floods, placing
from commonwire.moderation.queries import flood
from commonwire.publishing.models import Post
from tests.delivery.pages import NOTHING, forgotten, reaction
from tests.factories import a_post, a_rule, an_editor
from tests.page import Page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pages(monkeypatch):
    """Five raw posts; addresses of pages of two numbers each, newest first."""
    monkeypatch.setattr("commonwire.delivery.pages.raw.PER_PAGE", 2)
    a_rule()
    floods.begin(by=None)
    for number in range(5):
        a_post(f"Flood {number}")
    return list(RawPages().every())


def titles(client, path):
    print_stale()
    return Page(client.get(path).content).said("a", class_="title")


def test_every_raw_post_is_on_a_page(client, pages):
    found = [title for page in pages for title in titles(client, page)]
    assert found == [f"Flood {number}" for number in (4, 3, 2, 1, 0)]


def test_each_leads_to_the_older_ones(client, pages):
    for page, older in zip(pages, [*pages[1:], None], strict=True):
        links = Page(client.get(page).content).all("a", rel="next")
        assert [link["attributes"]["href"] for link in links] == [older] * bool(older)


def test_the_raw_wire_leads_to_them_when_it_is_full(client, pages, monkeypatch):
    def older():
        print_stale()
        return Page(client.get("/wire/raw/").content).all("a", rel="next")

    assert older() == []
    monkeypatch.setattr("commonwire.delivery.pages.raw.RAW_LINES", 6)
    a_post("Another")
    (link,) = older()
    assert link["attributes"]["href"] in pages


@pytest.mark.parametrize("number", ["999", "00", "-1"])
def test_a_page_without_posts_is_not_found(client, pages, number):
    assert client.get(f"/wire/raw/{number}/").status_code == 404


def test_a_new_post_forgets_its_own_page(client, pages):
    for page in pages:
        client.get(page)
    post = a_post("Another")
    change = Change.objects.filter(kind="post.published").latest("pk")
    assert reaction(RawPages(), change) == forgotten(f"/wire/raw/{post.pk // 2}/")


def test_what_leaves_the_raw_wire_forgets_them_all(client, pages):
    for page in pages:
        client.get(page)
    placing.classify(by=an_editor(), post=Post.objects.first(), wire_class="local")
    change = Change.objects.filter(kind="post.sorted").latest("pk")
    assert reaction(RawPages(), change) == forgotten(*pages)
    assert "Flood 0" not in titles(client, pages[-1])


def test_when_the_heap_is_cleared_they_are_gone(client, pages):
    for page in pages:
        client.get(page)
    clearing.clear_heap(
        by=an_editor(), heap=flood(), hide=True, rule=a_rule(), reason="Rubbish."
    )
    print_stale()
    assert [client.get(page).status_code for page in pages] == [404] * len(pages)


def test_posts_that_are_not_raw_leave_them_alone(change):
    assert reaction(RawPages(), change("post.published")) == NOTHING


def test_other_changes_leave_them_alone(other_change):
    assert reaction(RawPages(), other_change) == NOTHING
