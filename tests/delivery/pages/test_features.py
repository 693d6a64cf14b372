from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from commonwire.delivery.pages.features import Features
from commonwire.delivery.printing import print_stale
from commonwire.publishing.actions import corrections, featuring, sorting
from tests.delivery.pages import NOTHING, reaction, stale, with_feeds
from tests.factories import a_feature, a_picture, a_post, a_section

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = with_feeds("/features/")


def test_a_feature_makes_the_features_stale(change):
    made = change("feature.saved")
    own = f"/features/{made.facts['feature']}/"
    assert reaction(Features(), made) == stale(*PAGES, own)


@pytest.mark.parametrize(
    "kind", ["corrected", "withdrawn", "sorted", "hidden", "released"]
)
def test_what_changes_a_post_s_title_or_place_makes_them_stale(change, kind):
    assert reaction(Features(), change(f"post.{kind}")) == stale(*PAGES)


@pytest.mark.parametrize("kind", ["post.published", "post.added_to", "site.changed"])
def test_other_changes_leave_them_alone(change, kind):
    assert reaction(Features(), change(kind)) == NOTHING


def test_a_withdrawn_post_leaves_its_feature(client):
    post = a_post("Withdrawn title", attachments=(a_picture(),))
    a_feature(a_post("Other"), post, headline="Two posts")
    assert b"Withdrawn title" in client.get("/features/").content
    corrections.withdraw(post=post)
    print_stale()
    telling = [path for path in ["/", *PAGES] if b"title" in client.get(path).content]
    assert b"Withdrawn title" not in b"".join(client.get(p).content for p in telling)


def test_a_post_of_two_features_is_in_each_once(client):
    shared, others = a_post("Shared"), [a_post("A"), a_post("B")]
    for other in others:
        a_feature(other, shared, headline=f"With {other.title}")
    for path in ("/", "/features/"):
        page = client.get(path).content.decode()
        features = page.split("Just published")[0]
        assert features.count(">Shared<") == 2


def test_what_a_feature_said_before_is_shown(client):
    feature = a_feature(a_post(), headline="Strike begins")
    a_feature(headline="Strike ends", feature=feature)
    page = client.get(feature.path).content.decode()
    assert ("<del>begins</del>" in page, "<ins>ends</ins>" in page) == (True, True)


def test_a_feature_that_was_updated_says_so_on_the_front(client):
    feature = a_feature(a_post())
    assert b"Updated" not in client.get("/").content
    a_feature(headline="Another", feature=feature)
    assert b"Updated" in client.get("/").content


def test_a_new_feature_goes_before_the_others(client):
    a_feature(headline="Older")
    a_feature(headline="Newer")
    page = client.get("/").content
    assert page.index(b"Newer") < page.index(b"Older")


def test_features_are_put_in_order(client):
    first, second = a_feature(headline="Older"), a_feature(headline="Newer")
    featuring.order_features(features=[first, second])
    page = client.get("/").content
    assert page.index(b"Older") < page.index(b"Newer")


def test_a_feature_of_a_topic_is_on_its_page_and_not_on_the_front(client):
    labor = a_section()
    a_feature(headline="For the topic", on_front=False, sections=(labor,))
    print_stale()
    assert b"For the topic" in client.get(labor.path).content
    assert b"For the topic" not in client.get("/").content


def test_a_feature_begins_and_ends_by_the_clock(client):
    now = timezone.now()
    a_feature(headline="Tomorrow", starts_at=now + timedelta(days=1))
    assert b"Tomorrow" not in client.get("/").content
    with time_machine.travel(now + timedelta(days=1, seconds=1)):
        featuring.tell_due(since=now, now=timezone.now())
        print_stale()
        assert b"Tomorrow" in client.get("/").content


def test_nothing_is_due_twice():
    now = timezone.now()
    a_feature(ends_at=now + timedelta(hours=1))
    later = now + timedelta(hours=2)
    told = [featuring.tell_due(since=since, now=later) for since in (now, later)]
    assert told == [1, 0]


def test_the_picture_of_a_hidden_post_is_on_no_feature(client):
    post = a_post(attachments=(a_picture(),))
    a_feature(post, headline="Pictured")
    picture = post.pictures[0].poster
    assert picture in client.get("/features/").content.decode()
    sorting.sort(post=post, wire_class="hidden")
    print_stale()
    assert picture not in client.get("/features/").content.decode()


def test_a_feature_of_hidden_posts_alone_is_shown_when_they_are(client):
    labor, post = a_section(), a_post()
    feature = a_feature(post, headline="Its title", sections=(labor,))
    paths = ["/", labor.path, *PAGES, feature.path]
    for wire_class, shown in (("hidden", 0), ("unsorted", len(paths))):
        sorting.sort(post=post, wire_class=wire_class)
        print_stale()
        telling = [path for path in paths if b"Its title" in client.get(path).content]
        assert len(telling) == shown


def test_a_feature_without_posts_is_shown(client):
    a_feature(headline="Words alone")
    assert client.get("/").content.count(b"Words alone") == 1


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ({"headline": "Bridge opens"}, "Withdrawn"),
        ({"blurb": "They walked over to us."}, "Withdrawn"),
        ({"blurb": "Somebody walked over."}, "A feature"),
    ],
)
def test_what_a_feature_repeats_of_a_withdrawn_post_goes_with_it(words, left):
    post = a_post("Bridge opens", body="At noon they walked over the river.")
    feature = a_feature(a_post("Other"), post, **words)
    corrections.withdraw(post=post)
    feature.refresh_from_db()
    assert feature.headline == left
