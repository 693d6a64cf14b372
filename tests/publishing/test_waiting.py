"""What screening doubts is published, waits unlisted, and its author is told why."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from commonwire.delivery import pages
from commonwire.publishing.models import Post
from tests.contributor import Contributor, the_post
from tests.factories import a_feature, a_post, a_section
from tests.work import work

pytestmark = pytest.mark.django_db(transaction=True)


def waits(contributor):
    """The reasons that the author is told."""
    assert contributor.page.said("h1") == ["Published, and waiting for an editor"]
    return contributor.notices


def test_a_filled_trap_lets_the_post_wait(contributor):
    contributor.publish(title="A", body="Text.", homepage="https://spam.example")
    assert waits(contributor) == ["a field that people do not see was filled in"]


def test_a_trap_filled_only_at_the_end_lets_the_post_wait(contributor):
    contributor.preview(title="A", body="Text.").send(do="publish", homepage="x")
    assert waits(contributor) == ["a field that people do not see was filled in"]


def test_a_post_faster_than_people_write_waits(contributor):
    contributor.open(minutes_ago=0).publish(title="A", body="Text.", altcha=work())
    assert waits(contributor) == ["it was sent faster than people write"]


def test_without_a_good_form_token_the_draft_s_own_age_counts(contributor):
    with time_machine.travel(timezone.now() - timedelta(minutes=1), tick=False):
        contributor.open(minutes_ago=0).preview(title="A", body="Text.", opened="x")
    contributor.publish()
    assert contributor.page.said("h1") == ["Published"]


def test_the_eleventh_post_from_one_network_waits(client):
    for number in range(10):
        Contributor(client).publish(title=f"Post {number}", body=f"Text {number}.")
    last = Contributor(client).publish(title="Eleventh", body="Another text.")
    assert waits(last) == ["many posts came from the same network just now"]
    assert Post.objects.filter(listed=True).count() == 10


def test_a_flood_of_others_keeps_nobody_waiting(client):
    for number in range(11):
        Contributor(client).publish(title=f"Post {number}", body=f"Text {number}.")
    other = Contributor(client, "198.51.100.8").publish(title="Mine", body="My text.")
    assert other.page.said("h1") == ["Published"]


def test_addresses_of_one_v6_network_are_one(client):
    for number in range(10):
        sender = Contributor(client, f"2001:db8:1:2::{number:x}")
        sender.publish(title=f"Post {number}", body=f"Text {number}.")
    last = Contributor(client, "2001:db8:1:2:ffff::1").publish(title="Z", body="Text.")
    assert waits(last) == ["many posts came from the same network just now"]


def test_the_same_words_twice_in_a_day_wait(contributor):
    contributor.publish(title="Come to the fair", body="On Sunday.")
    contributor.open().publish(title="COME  to the fair", body="on sunday.")
    assert waits(contributor) == ["the same text was published here a short while ago"]


def test_the_same_words_the_day_after_do_not_wait(contributor):
    contributor.publish(title="Come to the fair", body="On Sunday.")
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        contributor.open().publish(title="Come to the fair", body="On Sunday.")
    assert contributor.page.said("h1") == ["Published"]


def test_twenty_one_links_wait(contributor):
    links = "\n\n".join(f"https://example.org/{n}" for n in range(21))
    contributor.publish(title="A", body=links)
    assert waits(contributor) == ["it has more links than a report usually has"]


def test_twenty_links_do_not_wait(contributor):
    links = "\n\n".join(f"https://example.org/{n}" for n in range(20))
    contributor.publish(title="A", body=links)
    assert contributor.page.said("h1") == ["Published"]


def test_links_hidden_in_addenda_count(contributor):
    links = {
        f"addendum-{n}-body": "https://example.org/x https://example.org/y"
        for n in range(11)
    }
    contributor.publish(title="A", body="Text.", **links)
    assert waits(contributor) == ["it has more links than a report usually has"]


def test_all_reasons_are_told(contributor):
    contributor.open(minutes_ago=0)
    contributor.publish(title="A", body="Text.", homepage="x", altcha=work())
    assert len(waits(contributor)) == 2


def test_a_waiting_post_gives_a_key_too(contributor):
    contributor.publish(title="A", body="Text.", homepage="x")
    assert len(contributor.key.split(" ")) == 6


def test_a_waiting_post_is_read_at_its_address_and_says_so(contributor):
    contributor.publish(title="Seldom heard", body="Text.", homepage="x")
    page = contributor.get(the_post().path).page
    assert page.said("h1") == ["Seldom heard"]
    assert page.said("p", class_="banner") == [
        "This post waits for an editor and is not in any list yet."
    ]


def unlisted(state, section):
    """A post that readers find at its address only."""
    if state == "waiting":
        return a_post("Seldom heard", topics=(section,), doubtful=True)
    return a_post("Seldom heard", topics=(section,), wire_class="hidden")


@pytest.mark.parametrize("state", ["waiting", "hidden"])
@pytest.mark.parametrize("others", [0, 1])
def test_an_unlisted_post_is_on_no_page_but_its_own(client, state, others):
    section = a_section()
    post = unlisted(state, section)
    for _ in range(others):
        a_post("Often heard", topics=(section,))
    a_feature(post, headline="Featured before")
    telling = [
        path for path in every_public_path(post) if b"eldom" in client.get(path).content
    ]
    assert telling == [post.path]


def every_public_path(post):
    month = f"{post.day:%Y/%m}"
    # The log names what was decided about, as it has to.
    listed = {
        path
        for path in pages.every()
        if not path.endswith(".html") and not path.startswith("/log/")
    }
    return sorted(
        listed
        | {post.path, f"/{month}/", f"/{post.day:%Y/%m/%d}/", f"/{month}/feed.json"}
        | {f"/wire/{name}/{month}/" for name in ("unsorted", "local")}
        | {f"/topics/labor/{month}/", "/sitemap.xml", f"/sitemap-{post.day:%Y-%m}.xml"}
    )
