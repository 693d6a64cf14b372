"""From an empty form to a post, over HTTP and without scripts."""

import pytest

from commonwire.publishing.models import Draft, Key, Post
from tests.contributor import a_file, the_post
from tests.factories import a_section, jpeg

pytestmark = pytest.mark.django_db(transaction=True)
TYPED = {
    "kind": "release",
    "title": "Drivers vote to strike",
    "byline": "Transit Workers Local 9",
    "summary": "Ninety per cent said yes.",
    "body": "The count was read out at midnight.\n\nNobody was surprised.",
    "language": "es",
    "related_url": "https://example.org/count",
    "contact": "call Rosa, 555 0100",
}


def test_the_form_asks_nothing_of_an_account(contributor):
    contributor.open()
    assert contributor.status == 200
    assert contributor.typed["kind"] == "report"
    assert contributor.answer.cookies == {}


def test_the_first_submit_makes_a_draft_and_no_post(contributor):
    contributor.preview(title="A vote", body="Text.")
    assert (Draft.objects.count(), Post.objects.count()) == (1, 0)


def test_the_draft_shows_the_post_as_it_will_look(contributor):
    contributor.preview(title="A vote", body="*Soon*.")
    assert contributor.page.said("h1") == ["Preview", "A vote"]
    assert contributor.page.said("em") == ["Soon"]


def test_the_preview_holds_everything_that_was_typed(contributor):
    contributor.preview(**TYPED)
    held = {name: contributor.typed[name] for name in TYPED}
    assert held == TYPED


def test_publishing_keeps_everything_that_was_typed(contributor):
    contributor.publish(**TYPED)
    post = the_post()
    assert {name: getattr(post, name) for name in TYPED} == TYPED


def test_the_answer_shows_six_words_once(contributor):
    contributor.publish(title="A vote", body="Text.")
    assert len(contributor.key.split(" ")) == 6
    assert contributor.page.said("h1") == ["Published"]


def test_the_page_of_the_key_can_be_loaded_again(contributor):
    contributor.publish(title="A vote", body="Text.")
    assert contributor.get(contributor.where).shown_key == contributor.key


def test_pressing_publish_twice_makes_one_post_with_one_key(contributor):
    contributor.preview(title="A vote", body="Text.")
    draft, fields = contributor.where, {**contributor.page.fields, "do": "publish"}
    first = contributor.post(draft, fields).shown_key
    second = contributor.post(draft, fields).shown_key
    assert (first, Post.objects.count()) == (second, 1)


def test_a_published_draft_leads_to_its_key(contributor):
    contributor.preview(title="A vote", body="Text.")
    draft = contributor.where
    contributor.send(do="publish")
    answer = contributor.client.get(draft)
    assert (answer.status_code, answer["Location"]) == (303, f"{draft}published/")


def test_what_is_typed_at_the_last_moment_is_published(contributor):
    contributor.preview(title="A vote", body="Text.")
    contributor.send(do="publish", title="A strike")
    assert the_post().title == "A strike"


def test_a_post_can_be_kept_under_the_key_of_another(contributor):
    key = contributor.publish(title="First", body="One.").key
    contributor.open().publish(title="Second", body="Two.", key=key)
    assert contributor.page.all("p", id="phrase") == []
    assert Key.objects.get().posts.count() == 2


def test_a_wrong_key_is_told_and_a_new_one_made(contributor):
    contributor.preview(title="A", body="Text.", key="these words open nothing at all")
    assert contributor.notices == [
        "No posts are kept under these six words. Check each word."
    ]
    contributor.send(do="publish")
    assert len(contributor.shown_key.split(" ")) == 6


def test_a_key_is_never_sent_back_nor_stored(contributor):
    contributor.preview(title="A", body="Text.", key="six words of my own choice")
    assert contributor.typed["key"] == ""
    assert "choice" not in str(Draft.objects.values())


def test_without_a_byline_it_is_by_anonymous(contributor):
    contributor.publish(title="A vote", body="Text.")
    page = contributor.get(the_post().path).page
    assert page.said("bdi") == ["anonymous"]


def test_the_sections_chosen_are_the_post_s(contributor):
    labor, here = a_section(), a_section("region", "us", "U.S.")
    contributor.publish(title="A", body="Text.", topics=["labor"], regions=["us"])
    assert set(the_post().sections) == {labor, here}


def test_sections_are_still_ticked_in_the_preview(contributor):
    a_section()
    a_section("topic", "housing", "Housing")
    contributor.preview(title="A", body="Text.", topics=["housing"])
    assert contributor.page.fields["topics"] == ["housing"]


def test_the_post_and_the_front_page_show_it_when_the_answer_comes(
    contributor, data_directory
):
    contributor.publish(title="A vote", body="Text.")
    public = data_directory / "public"
    assert "A vote" in (public / "index.html").read_text()
    assert "A vote" in (public / the_post().path[1:] / "index.html").read_text()


def test_the_draft_forgets_what_was_typed(contributor):
    contributor.publish(**TYPED)
    draft = Draft.objects.get()
    assert (draft.typed, draft.notices, draft.signs) == ({}, [], {})


def test_a_draft_that_is_lost_gives_back_what_was_typed(contributor):
    contributor.preview(**TYPED)
    Draft.objects.all().delete()
    contributor.send(do="publish", title="Drivers will strike")
    held = {name: contributor.typed[name] for name in TYPED}
    assert held == {**TYPED, "title": "Drivers will strike"}
    assert "Your text is below" in contributor.notices[0]


def test_a_lost_draft_takes_the_files_sent_with_it(contributor):
    contributor.preview(title="A", body="Text.")
    Draft.objects.all().delete()
    contributor.send(do="preview", files=[a_file(jpeg())])
    assert contributor.page.said("legend", class_=None).count("Picture 1") == 1


def test_an_address_of_no_draft_offers_an_empty_form(contributor):
    contributor.get("/publish/nothing-like-this/")
    assert contributor.status == 404
    assert contributor.typed["title"] == ""


@pytest.mark.parametrize("token", ["", "garbage", "WyJhIl0:1x:abc", "\0", "é" * 500])
def test_a_form_with_a_strange_token_loses_nothing(contributor, token):
    contributor.open().preview(opened=token, **TYPED)
    assert {name: contributor.typed[name] for name in TYPED} == TYPED
    contributor.send(do="publish").wait()
    assert contributor.page.said("h1") == ["Published"]


def test_a_form_opened_last_week_loses_nothing(contributor):
    contributor.open(minutes_ago=7 * 24 * 60).preview(**TYPED)
    assert {name: contributor.typed[name] for name in TYPED} == TYPED


def test_a_press_release_says_that_it_is_one(contributor):
    contributor.publish(kind="release", title="A", body="Text.")
    page = contributor.get(the_post().path).page
    assert page.said("p", class_="kicker") == ["Press release"]


def test_the_private_contact_is_on_no_page(contributor):
    contributor.publish(title="A", body="Text.", contact="rosa@example.org")
    for path in ("/", the_post().path, "/feed.json", "/wire/feed.atom"):
        assert b"rosa" not in contributor.client.get(path).content
