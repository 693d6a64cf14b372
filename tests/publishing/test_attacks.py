"""Text that attacks, through every field of the form, the room and the printed page:
nothing of it runs, closes what it stands in, or breaks a feed."""

import json
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.utils import timezone

from commonwire.publishing import keys
from commonwire.publishing.models import Post
from tests.factories import a_post
from tests.page import Page

pytestmark = pytest.mark.django_db(transaction=True)
SAMPLES = [
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</textarea><img src=x onerror=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "<svg onload=alert(1)>",
    "<iframe src=javascript:alert(1)>",
    "<![CDATA[</script>]]>",
    "]]><script>alert(1)</script>",
    "<!-- --!><script>alert(1)</script>",
    "[a](javascript:alert(1))",
    "![a](javascript:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "<a href='javascript:alert(1)'>a</a>",
    "<a href='https://youtu.be/dQw4w9WgXcQ\" onclick=alert(1)'>a</a>",
    'https://youtu.be/dQw4w9WgXcQ?"onload=alert(1)',
    "{{ settings.SECRET_KEY }}{% debug %}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script>alert(1)</script>",
    "\u2028alert(1)\u2029",
    "<style>*{background:url(javascript:alert(1))}</style>",
    "<base href=//example.org>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "=cmd|' /C calc'!A0",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "\ufffe\uffff\ufdd0",
    "a" + "\u0301" * 500,
]
CHUNKS = 8
LIMITS = {"title": 200, "byline": 120, "summary": 1_000, "body": 60_000, "contact": 500}
PART = {"title": 200, "byline": 120, "body": 60_000}


def corpus(shared):
    strings = []
    for name in ("blns.json", "h5sc_items.json"):
        strings += json.loads((shared / "text" / name).read_text(encoding="utf-8"))
    return strings


def everywhere(text):
    """A form with the text in each field, cut to what fits."""
    fields = {name: text[:limit] for name, limit in LIMITS.items()}
    fields["title"] = f"T {fields['title']}"[:200]
    fields["body"] = f"B {fields['body']}"
    fields |= {f"addendum-0-{name}": text[:limit] for name, limit in PART.items()}
    fields["addendum-0-body"] = f"B {text}"
    return fields


def publish(client, text):
    fields = {"kind": "report", **everywhere(text)}
    with time_machine.travel(timezone.now() - timedelta(minutes=1), tick=False):
        draft = client.post("/publish/", fields)["Location"]
    preview = Page(client.get(draft).content)
    assert (preview.runs, preview.errors) == ([], {})
    answer = client.post(draft, {**preview.fields, "do": "publish"})
    assert answer.status_code == 303
    assert Page(client.get(answer["Location"]).content).runs == []
    return Post.objects.latest("pk")


def check_page(html, title):
    page = Page(html)
    assert page.runs == []
    assert len(page.all("article", class_="post")) == 1
    for script in page.all("script", type="application/ld+json"):
        assert json.loads(script["text"])["headline"] == title
    return page


def check_feeds(client):
    items = json.loads(client.get("/feed.json").content)["items"]
    for item in items:
        assert Page(item["content_html"]).runs == []
    atom = ET.fromstring(client.get("/feed.atom").content)
    space = "{http://www.w3.org/2005/Atom}"
    entries = atom.findall(f"{space}entry")
    assert [entry.find(f"{space}title").text for entry in entries] == [
        item["title"] for item in items
    ]
    for entry in entries:
        assert Page(entry.find(f"{space}content").text).runs == []
    ET.fromstring(client.get("/feed.rss").content)


@pytest.mark.parametrize("text", SAMPLES)
def test_an_attack_in_every_field_does_nothing(client, text):
    post = publish(client, text)
    check_page(client.get(post.path).content, post.title)
    assert Page(client.get("/").content).runs == []
    check_feeds(client)


@pytest.mark.parametrize("text", SAMPLES)
def test_what_was_typed_is_still_there_to_be_read(client, text):
    post = publish(client, text)
    page = Page(client.get(post.path).content)
    assert " ".join(post.title.split()) in page.said("h1")


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_known_attack_does_anything(client, shared, chunk):
    for text in corpus(shared)[chunk::CHUNKS]:
        post = publish(client, text)
        check_page(client.get(post.path).content, post.title)
    check_feeds(client)
    assert Page(client.get("/").content).runs == []


def correct(client, key, post, texts):
    """Correct every field to each text; how many corrections were made."""
    room = f"/key/{keys.room_pass(keys.find(key))}/{post.pk}"
    for text in texts:
        fields = {n: v for n, v in everywhere(text).items() if n != "contact"}
        fields |= {"note": text[:500], "language": "en"}
        assert client.post(f"{room}/correct/", fields).status_code == 303
    return post.corrections.count()


def test_attacks_in_corrections_do_nothing(client):
    post = a_post(key="key")
    assert correct(client, "key", post, SAMPLES) == len(SAMPLES)
    post.refresh_from_db()
    page = check_page(client.get(post.path).content, post.title)
    assert len(page.all("ins")) >= len(SAMPLES) - 1


@pytest.mark.slow
def test_no_known_attack_does_anything_in_corrections(client, shared):
    texts = corpus(shared)[::20]
    post = a_post(key="key")
    assert correct(client, "key", post, texts) <= len(texts)
    post.refresh_from_db()
    check_page(client.get(post.path).content, post.title)


@pytest.mark.parametrize("text", SAMPLES)
def test_an_attack_in_a_later_addendum_does_nothing(client, text):
    post = a_post(key="key")
    add = f"/key/{keys.room_pass(keys.find('key'))}/{post.pk}/add/"
    fields = {n: v for n, v in everywhere(text).items() if n.startswith("addendum-")}
    draft = client.post(add, {**fields, "do": "preview"})["Location"]
    assert Page(client.get(draft).content).runs == []
    assert client.post(draft, {**fields, "do": "publish"}).status_code == 303
    assert post.addenda.count() == 1
    check_page(client.get(post.path).content, post.title)


def test_a_correction_s_note_is_cleaned_like_every_line(client):
    post = a_post(key="key")
    correct(client, "key", post, ["gpj\u202eexe\0\x1b[31m"])
    assert post.corrections.get().note == "gpjexe[31m"


MAIL = "rosa@example.org"


def test_no_mail_address_of_a_post_is_ready_for_robots(contributor, client):
    fields = {
        "title": f"Write to {MAIL}",
        "byline": f"Rosa {MAIL}",
        "summary": f"Ask {MAIL}",
        "body": f"Mail {MAIL} or [her](mailto:{MAIL}).",
        "addendum-0-title": f"Or {MAIL}",
        "addendum-0-byline": MAIL,
        "addendum-0-body": MAIL,
    }
    contributor.publish(**fields)
    post = Post.objects.get()
    paths = (post.path, "/", "/wire/", "/feed.atom", "/feed.rss", "/feed.json")
    telling = [path for path in paths if MAIL.encode() in client.get(path).content]
    assert telling == []


def test_pages_are_dated_now(client):
    """The corpus tests above print today's pages: they must be of this day."""
    post = publish(client, "text")
    assert post.day == timezone.localdate()
