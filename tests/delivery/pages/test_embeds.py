import json

import pytest

from commonwire.changes.models import Change
from commonwire.delivery.pages.embeds import NAMES, Embeds
from commonwire.delivery.pages.sections import Sections
from commonwire.delivery.pages.wire import Wire
from commonwire.delivery.printing import on_demand
from commonwire.publishing.actions import corrections, sorting
from commonwire.publishing.content import Revision
from tests.delivery.pages import NOTHING, reaction, stale
from tests.factories import a_post, a_section, a_site
from tests.page import Page

pytestmark = pytest.mark.django_db(transaction=True)
LISTS = ["/", "/wire/", "/wire/local/", "/wire/raw/", "/topics/labor/", "/2026/01/"]


def embeds():
    return Embeds([Wire(), Sections()])


def test_what_was_embedded_is_printed_again_when_the_post_changes(post):
    for place in (post.path, "/wire/"):
        on_demand(f"{place}embed.html")
    corrections.correct(post=post, revision=Revision({"title": "The vote"}))
    changed = reaction(embeds(), Change.objects.latest("pk"))
    assert changed == stale(f"{post.path}embed.html", "/wire/embed.html")


def test_what_nobody_embedded_costs_nothing(any_change):
    assert reaction(Embeds(), any_change) == NOTHING


def test_a_post_is_a_card(post):
    said = Page(on_demand(f"{post.path}embed.html"))
    assert said.said("h1") == ["A vote"]
    assert b"/embed-height.js" in on_demand(f"{post.path}embed.html")


@pytest.mark.parametrize("path", LISTS)
def test_every_listing_is_a_list(post, path):
    a_site(name="Riverton Wire")
    sorting.sort(post=post, wire_class="local")
    made = on_demand(f"{path}embed.html")
    names = [] if path == "/wire/raw/" else ["A vote"]
    assert Page(made).said("h2") == names


def test_ten_lines_are_enough():
    section = a_section()
    for number in range(12):
        a_post(f"Post {number}", topics=(section,))
    made = Page(on_demand(f"{section.path}embed.html"))
    assert len(made.said("h2")) == 10


def test_what_is_hidden_is_an_empty_frame_that_says_so(post):
    sorting.sort(post=post, wire_class="hidden")
    made = on_demand(f"{post.path}embed.html").decode()
    assert ("A vote" in made, "is not shown for now" in made) == (False, True)
    assert [on_demand(post.path + name) for name in NAMES[1:]] == [None, None]


def test_oembed_says_what_to_show(post):
    said = json.loads(on_demand(f"{post.path}oembed.json"))
    assert (said["type"], said["title"]) == ("rich", "A vote")
    assert f'src="http://testserver{post.path}embed.html"' in said["html"]
    assert 'sandbox="allow-scripts allow-popups' in said["html"]


def test_the_page_and_its_lists_lead_to_oembed(post):
    places = [post.path, "/", "/wire/", "/2026/01/16/"]
    missing = [
        place
        for place in places
        if f'"http://testserver{place}oembed.json"' not in on_demand(place).decode()
    ]
    assert missing == []


def test_what_is_to_be_copied_stands_on_a_page(post):
    made = on_demand(f"{post.path}embed-this.html").decode()
    line = f"embed.js&quot; data-address=&quot;http://testserver{post.path}&quot;"
    assert (line in made, "&lt;iframe src=&quot;" in made) == (True, True)


def test_a_title_stays_a_title_in_what_is_copied():
    post = a_post('"><script>alert(1)</script>')
    said = json.loads(on_demand(f"{post.path}oembed.json"))
    assert "<script" not in said["html"]


@pytest.mark.parametrize(
    "path", ["/nothing/embed.html", "/about/embed.html", "/2026/13/embed.html"]
)
def test_what_is_no_list_has_none(path):
    assert on_demand(path) is None


def test_a_mirror_has_those_of_every_post_and_list(post):
    every = set(embeds().every())
    assert {post.path + name for name in NAMES} <= every
    assert {f"/topics/labor/{name}" for name in NAMES} <= every


# Asked for by address


def ask(client, url, **data):
    return client.get("/oembed", {"url": url, **data})


def test_oembed_is_answered_by_address(client, post):
    answer = ask(client, f"http://testserver{post.path}", maxwidth=400)
    said = answer.json()
    assert (said["width"], 'width="400"' in said["html"]) == (400, True)
    assert answer["Content-Type"].startswith("application/json")


@pytest.mark.parametrize(
    "url",
    ["", "http://elsewhere.example/", "http://testserver/about/", "http://[", "/wire/"],
)
def test_what_cannot_be_embedded_is_said_not_to_be_there(client, url):
    assert ask(client, url).status_code == 404


def test_nonsense_for_sizes_is_nothing(client, post):
    answer = ask(client, f"http://testserver{post.path}", maxwidth="-1", maxheight="٣")
    assert answer.json()["width"] == 600


def test_xml_is_not_offered(client, post):
    answer = ask(client, f"http://testserver{post.path}", format="xml")
    assert answer.status_code == 501


# What answers say


def test_these_pages_alone_may_stand_in_frames(client, post):
    def policy(path):
        return client.get(path)["Content-Security-Policy"]

    assert "frame-ancestors *" in policy(f"{post.path}embed.html")
    others = [post.path, f"{post.path}embed-this.html", "/wire/"]
    assert [p for p in others if "frame-ancestors 'none'" not in policy(p)] == []


def test_a_frame_sets_no_cookie(client, post):
    assert not client.get(f"{post.path}embed.html").cookies
