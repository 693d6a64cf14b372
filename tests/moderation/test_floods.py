"""Floods: the raw wire opens by itself or by hand, closes by itself, and is one heap."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from commonwire.moderation import queries
from commonwire.moderation.actions import floods, heaps, placing
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.models import Decision, Heap
from commonwire.publishing.models import Post
from tests.factories import a_post, a_site, an_editor, unhurried

pytestmark = pytest.mark.django_db(transaction=True)
RAW = "/wire/raw/"


def acts():
    return list(Decision.objects.order_by("number").values_list("act", flat=True))


def later(minutes):
    return timezone.now() + timedelta(minutes=minutes)


def test_more_posts_than_the_rate_open_the_raw_wire():
    a_site(flood_rate=5)
    posts = [a_post() for _ in range(7)]
    assert [post.raw for post in posts] == [False] * 5 + [True] * 2
    assert [post.listed for post in posts] == [True] * 5 + [False] * 2


def test_who_had_to_wait_for_others_counts_those_who_overtook_them():
    a_site(flood_rate=2)
    came = replace(unhurried(), now=timezone.now())
    assert [a_post().raw for _ in range(2)] == [False, False]
    assert floods.is_raw(came)


def test_a_site_without_a_rate_is_never_flooded():
    a_site(flood_rate=None)
    assert not any(a_post().raw for _ in range(7))


def test_the_same_number_over_an_hour_is_no_flood():
    a_site(flood_rate=5)
    for minutes in range(10):
        a_post(at=timezone.now() - timedelta(minutes=11 + minutes))
    assert not a_post().raw


def test_what_waits_anyway_opens_no_raw_wire():
    a_site(flood_rate=5)
    for _ in range(10):
        a_post(doubtful=True)
    assert not a_post().raw


def test_its_beginning_is_a_decision_by_screening():
    a_site(flood_rate=5)
    for _ in range(6):
        a_post()
    decision = Decision.objects.get()
    assert (decision.act, decision.signed_as) == ("flood-on", "screening")
    assert decision.facts == {"heap": Heap.objects.get().pk, "posts": 0, "rate": 5}


def test_a_raw_post_is_on_the_raw_wire_and_in_no_other_list(client, flood):
    pages = ["/", "/wire/", "/wire/unsorted/", "/feed.atom", f"/{the_day()}/"]
    assert b"Flood 0" in client.get(RAW).content
    assert b"Flood 0" in client.get(f"{RAW}feed.json").content
    assert [page for page in pages if b"Flood 0" in client.get(page).content] == []


def the_day():
    return f"{timezone.now():%Y/%m/%d}"


def test_a_raw_post_is_on_the_raw_wire_when_the_answer_comes(
    contributor, public, flood
):
    contributor.publish(title="Mine", body="Text.")
    assert "Mine" in (public / "wire" / "raw" / "index.html").read_text()


@pytest.fixture
def public(data_directory):
    return data_directory / "public"


def test_a_raw_post_says_where_it_is(contributor, flood):
    contributor.publish(title="Mine", body="Text.")
    assert contributor.page.said("h1") == ["Published"]
    page = contributor.get(Post.objects.latest("pk").path).page
    (banner,) = page.said("p", class_="banner")
    assert banner.startswith("This came while very much came in")


def test_the_form_says_that_a_flood_is_going_on(contributor, flood):
    (said,) = contributor.open().page.said("p", class_="notice")
    assert said.startswith("Very much is coming in just now.")


def test_an_editor_takes_a_post_from_the_raw_wire(client, flood):
    post = Post.objects.get(title="Flood 1")
    placing.classify(by=an_editor(), post=post, wire_class="local")
    post.refresh_from_db()
    assert (post.raw, post.listed) == (False, True)
    assert b"Flood 1" in client.get("/wire/local/").content
    assert b"Flood 1" not in client.get(RAW).content


def test_calm_ends_it(flood):
    assert floods.end_when_over(now=later(11)) is True
    assert (queries.flood(), acts()) == (None, ["flood-on", "flood-off"])
    assert not a_post().raw


def test_while_much_comes_in_it_goes_on(flood):
    with time_machine.travel(later(9), tick=False):
        for _ in range(3):
            a_post()
    assert floods.end_when_over(now=later(11)) is False


def test_it_lasts_as_long_as_the_rate_is_measured_over(flood):
    assert floods.end_when_over(now=later(2)) is False


def test_an_editor_opens_and_closes_the_raw_wire_by_hand():
    editor = an_editor()
    floods.begin(by=editor)
    assert a_post().raw
    floods.end(by=editor)
    assert not a_post().raw
    assert acts() == ["flood-on", "flood-off"]


def test_what_an_editor_opened_stays_open_for_an_hour():
    floods.begin(by=an_editor())
    assert floods.end_when_over(now=later(50)) is False
    assert floods.end_when_over(now=later(61)) is True


def test_opening_twice_is_refused_in_words(flood):
    with pytest.raises(Refused, match="open already"):
        floods.begin(by=an_editor())
    assert acts() == ["flood-on"]


def test_closing_twice_is_refused_in_words():
    with pytest.raises(Refused, match="closed already"):
        floods.end(by=an_editor())


def test_the_desk_sees_one_heap(flood):
    a_post(doubtful=True)
    (heap,) = queries.heaps(least=2)
    assert (heap.pk, heap.left) == (flood.pk, 4)


def test_the_first_holds_of_a_minute_have_a_decision_each():
    for _ in range(10):
        a_post(doubtful=True)
    assert acts() == ["hold"] * 10


def test_all_further_holds_of_a_minute_have_one_together():
    for _ in range(25):
        a_post(doubtful=True)
    heaps.tend(now=later(2))
    assert acts() == ["hold"] * 11
    facts = Decision.objects.order_by("-number")[0].facts
    heap = Heap.objects.get()
    assert facts == {"heap": heap.pk, "because": ["honeypot"], "posts": 15}


def test_a_heap_to_which_nothing_comes_for_an_hour_is_whole():
    a_post(doubtful=True)
    heaps.tend(now=later(61))
    a_post(doubtful=True)
    assert Heap.objects.count() == 2


def test_a_heap_says_why_its_posts_wait_in_words():
    a_post(doubtful=True)
    heap = Heap.objects.get()
    assert (heap.code, heap.reason) == (
        "honeypot",
        "a field that people do not see was filled in",
    )
