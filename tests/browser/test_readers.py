"""Readers and authors before the editors: comment, report, ask for a second look, write;
with axe at every step, by day and by night."""

import subprocess
import sys
from urllib.parse import urlsplit

import altcha
import pytest

from tests.browser.conftest import enter, needed
from tests.browser.pictures import photos
from tests.browser.steps import A_PERSON_TAKES, other_words
from tests.browser.test_accessibility import faults, follow

HIDE = """
import sys, django
django.setup()
from commonwire.accounts.models import Editor
from commonwire.moderation.actions.placing import hide
from commonwire.moderation.models import Rule
from commonwire.publishing.models import Post
hide(
    by=Editor.objects.get(pseudonym="Heron"),
    post=Post.objects.get(pk=sys.argv[1]),
    rule=Rule.objects.get(slug="false"),
    reason="Nobody voted.",
)
"""


@pytest.fixture(params=["light", "dark"])
def page(request, browse):
    return browse(bypass_csp=True, color_scheme=request.param).new_page()


@pytest.fixture
def post(page):
    """The address of a release with a picture, and its number."""
    ask = page.request
    (photo,) = photos(1)
    media = ask.post("/api/v1/media", multipart={"file": photo, "alt": "The depot"})
    challenge = altcha.Challenge.from_dict(ask.get("/api/v1/challenge").json())
    work = altcha.Payload(challenge, altcha.solve_challenge(challenge)).to_base64()
    sent = ask.post(
        "/api/v1/posts",
        data={
            "kind": "release",
            "title": "Night drivers vote to strike from Monday",
            "body": f"Drivers voted on Thursday. {other_words()}",
            "media": [media.json()["id"]],
            "altcha": work,
        },
    ).json()
    path = urlsplit(sent["url"]).path
    page.goto(path)
    return path, str(sent["id"])


def hide(site, number):
    subprocess.run(
        [sys.executable, "-c", HIDE, number],
        env={**site.environment, "DJANGO_SETTINGS_MODULE": "commonwire.settings"},
        check=True,
        capture_output=True,
        timeout=60,
    )


def test_a_comment(page, post):
    follow(page.get_by_role("link", name="Add a comment"))
    found = faults(page)
    follow(page.get_by_role("button", name="Preview").last)
    found += faults(page)
    page.get_by_label("Comment", exact=True).fill(f"I was *there* too, {post[1]}.")
    follow(page.get_by_role("button", name="Preview").last)
    found += faults(page)
    # One that comes sooner than people write waits for an editor.
    page.wait_for_timeout(A_PERSON_TAKES)
    follow(page.get_by_role("button", name="Publish the comment"))
    assert page.locator(".comment em").inner_text() == "there"
    assert found + faults(page) == []


def test_a_report(page, post):
    follow(page.get_by_role("link", name="Report this post"))
    found = faults(page)
    follow(page.get_by_role("button", name="Report"))
    found += faults(page)
    page.get_by_label("No threats").check()
    follow(page.get_by_role("button", name="Report"))
    assert page.get_by_role("heading", level=1).inner_text() == "Thank you"
    assert found + faults(page) == []


def test_an_appeal(site, page, post):
    path, number = post
    hide(site, number)
    page.goto(path)
    follow(page.get_by_role("link", name="Ask for a second look"))
    found = faults(page)
    follow(page.get_by_role("button", name="Ask"))
    found += faults(page)
    page.get_by_label("Why should somebody look again?").fill("We did vote.")
    follow(page.get_by_role("button", name="Ask"))
    # The words themselves are shown with the answer.
    assert page.get_by_text("A reader asks for a second look").count() == 1
    assert found + faults(page) == []


def test_the_line(site, page):
    enter(page, site.key)
    follow(page.get_by_role("link", name="Write to the editors").first)
    found = faults(page)
    words = "Is something wrong?"
    page.get_by_label("Write to the editors").fill(words)
    follow(page.get_by_role("button", name="Send"))
    assert page.get_by_text(words).count() == 1
    assert found + faults(page) == []


def test_nothing_of_a_hidden_post_is_loaded_before_the_click(site, browse, post):
    path, number = post
    hide(site, number)
    phone = browse().new_page()
    asked = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(path, wait_until="networkidle")
    assert [url for url in asked if "/media/" in url] == []
    with phone.expect_request("**/media/**"):
        phone.get_by_text("Show the hidden text").click()


def test_a_hidden_post_in_a_text_browser_says_why_first(site, page, post):
    w3m = needed("w3m")
    path, number = post
    hide(site, number)
    shown = subprocess.run(
        [w3m, "-dump", "-cols", "100", "-I", "UTF-8", "-O", "UTF-8", site.url + path],
        check=True,
        capture_output=True,
    ).stdout.decode()
    words = ("Editors have hidden this post", "Nobody voted.", "decision")
    places = [shown.find(each) for each in (*words, "Show the hidden text")]
    assert min(places) >= 0
    assert places == sorted(places)
