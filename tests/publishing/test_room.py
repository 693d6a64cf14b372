"""The author's own room: what a key opens, and what it does not."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from commonwire.changes.models import Change
from commonwire.delivery import pages
from commonwire.media.models import Attachment
from commonwire.publishing import keys
from commonwire.publishing.actions import corrections, sorting
from commonwire.publishing.content import Revision
from commonwire.publishing.models import Addendum, Correction, Post
from tests.contributor import Contributor, a_file
from tests.factories import (
    a_comment,
    a_picture,
    a_post,
    an_addendum,
    jpeg,
)

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "apple banana cherry drop-down egg yo-yo"
WRONG = (
    "No posts are kept under these words. Check each word: a key is six words with "
    "spaces between them."
)


@pytest.fixture
def post():
    return a_post("First title", key=KEY, body="Old text.", byline="Ana")


@pytest.fixture
def author(contributor, post):
    """The post's author, in the room."""
    return contributor.enter(KEY)


def address(post, verb, key=KEY):
    return f"/key/{keys.room_pass(keys.find(key))}/{post.pk}/{verb}/"


def page_of(client, post):
    return Contributor(client).get(post.path).page


# The door


@pytest.mark.parametrize(
    "typed",
    [
        KEY,
        KEY.upper(),
        "  apple  banana\tcherry drop-down\n egg yo-yo ",
        "Apple Banana Cherry Drop-Down Egg Yo-Yo",
        "apple banana cherry drop\u2011down egg yo\u2013yo",
        "apple-banana-cherry-drop-down-egg-yo-yo",
        "apple banana cherry drop down egg yo yo",
        "apple, banana, cherry, drop-down, egg, yo-yo.",
        "1. apple 2. banana 3. cherry 4. drop-down 5. egg 6. yo-yo",
    ],
)
def test_the_phrase_opens_the_room_however_it_is_typed(contributor, post, typed):
    contributor.enter(typed)
    assert contributor.page.said("h1") == ["Your posts"]
    assert "First title" in contributor.page.text


@pytest.mark.parametrize(
    "typed",
    ["", " ", "apple", KEY + " more", KEY[:-1], "x" * 100_000, "\0", "é" * 50, "-----"],
)
def test_every_wrong_phrase_gets_the_same_answer(contributor, post, typed):
    contributor.get("/key/").enter(typed or " ")
    assert (contributor.status, contributor.page.errors) == (422, {"id_key": WRONG})


def test_a_wrong_phrase_is_not_sent_back(contributor, post):
    contributor.enter("my secret words")
    assert b"secret words" not in contributor.answer.content


def test_too_many_wrong_phrases_close_the_door_to_the_right_one_too(contributor, post):
    answers = [contributor.enter("wrong words").status for _ in range(11)]
    assert answers == [422] * 10 + [429]
    assert contributor.enter(KEY).status == 429


def test_another_network_is_not_kept_out_with_them(client, post):
    stranger = Contributor(client, "203.0.113.5")
    for _ in range(11):
        stranger.enter("wrong words")
    assert Contributor(client, "198.51.100.1").enter(KEY).status == 200


def test_guessing_through_the_form_counts_as_well(contributor, post):
    for _ in range(10):
        contributor.enter("wrong words")
    contributor.open().preview(title="A", body="Text.", key="more wrong words")
    assert contributor.notices == [
        "Too many wrong keys came from your network. Try again in an hour."
    ]


def test_the_room_shows_all_posts_of_the_key_and_no_others(author, post):
    a_post("Second title", key=KEY)
    a_post("Somebody else's", key="another key")
    titles = author.get(author.where).page.said("h2")
    assert titles[:2] == ["Second title", "First title"]
    assert "Somebody else's" not in author.page.text


def test_the_room_is_kept_by_no_cache(author):
    assert author.answer["Cache-Control"] == "no-store"
    assert author.answer.cookies == {}


def test_the_room_closes_after_two_hours(author):
    where = author.where
    with time_machine.travel(timezone.now() + timedelta(hours=2, seconds=5)):
        assert author.get(where).status == 403
        assert author.post(where + "1/withdraw/", {"sure": "1"}).status == 403
    assert Post.objects.get().withdrawn_at is None


def test_the_room_is_open_for_two_hours(author):
    with time_machine.travel(timezone.now() + timedelta(hours=1, minutes=59)):
        assert author.get(author.where).status == 200


def test_what_was_typed_when_the_room_closed_is_given_back(author, post):
    where = address(post, "correct")
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        author.post(where, {"title": "New", "body": "Hours of work."})
    assert author.status == 403
    assert "Hours of work." in author.page.text


# Correcting


def test_the_form_holds_the_text_as_it_is(author, post):
    author.room(post, "correct")
    assert {n: author.typed[n] for n in ("title", "byline", "body", "note")} == {
        "title": "First title",
        "byline": "Ana",
        "body": "Old text.",
        "note": "",
    }


def test_a_correction_keeps_the_old_text_and_its_address(author, post, client):
    author.room(post, "correct").send(title="New title", note="A slip.")
    correction = Correction.objects.get()
    assert (correction.before, correction.after) == (
        {"title": "First title"},
        {"title": "New title"},
    )
    assert Post.objects.get().path == post.path
    assert author.page.said("p", class_="good") == [
        "Corrected. The old text stands on the page as a difference."
    ]


def test_the_page_shows_a_dated_difference(author, post, client):
    with time_machine.travel("2026-02-03T10:00:00Z", tick=False):
        Contributor(client).enter(KEY).room(post, "correct").send(body="New text.")
    page = page_of(client, post)
    assert (page.said("del"), page.said("ins")) == (["Old"], ["New"])
    (summary,) = [e for e in page.all("summary") if "corrections" in e["in"]]
    assert "Tue, Feb 3, 2026, 10:00 AM, by the author" in summary["text"]


def test_the_page_of_a_correction_is_there_when_it_is_answered(
    author, post, data_directory
):
    author.room(post, "correct").send(title="New title")
    file = data_directory / "public" / post.path[1:] / "index.html"
    assert "<h1" in file.read_text()
    assert "New title" in file.read_text()


def test_correcting_nothing_changes_nothing(author, post):
    author.room(post, "correct").send(note="I changed my mind.")
    assert Correction.objects.count() == 0
    assert author.page.said("p", class_="good") == [
        "Nothing was different, so nothing was changed."
    ]


def test_a_wrong_correction_is_told_and_kept(author, post):
    author.room(post, "correct").send(title="x" * 201, body="New text.")
    assert author.status == 422
    assert author.page.errors.keys() == {"id_title"}
    assert (author.typed["title"], author.typed["body"]) == ("x" * 201, "New text.")


def test_a_correction_may_not_leave_nothing(author, post):
    author.room(post, "correct").send(body="")
    assert author.page.errors == {"id_body": "Write a text, or add a picture."}


def test_an_addendum_is_corrected_by_itself(author, post, client):
    part = corrections.add_addendum(post=post, content=an_addendum("Part", body="Old."))
    author.get(author.where).get(f"{author.where}{post.pk}/correct/{part.pk}/")
    author.send(body="New.")
    assert Addendum.objects.get().body == "New."
    assert Post.objects.get().body == "Old text."


# Adding


def test_an_addendum_with_a_picture_is_added_once(author, post):
    author.room(post, "add").preview(
        **{
            "addendum-0-title": "Later",
            "addendum-0-body": "More.",
            "addendum-0-files": [a_file(jpeg())],
        }
    )
    draft, fields = author.where, {**author.page.fields, "do": "publish"}
    author.post(draft, fields)
    author.post(draft, fields)
    part = Addendum.objects.get()
    assert (part.title, part.body, len(part.pictures)) == ("Later", "More.", 1)


def test_an_addendum_is_previewed_before_it_is_public(author, post):
    author.room(post, "add").preview(**{"addendum-0-body": "*More*."})
    assert author.page.said("em") == ["More"]
    assert Addendum.objects.count() == 0


def test_a_key_pays_for_an_addendum_so_no_script_works_for_it(author, post, client):
    page = client.get(address(post, "add"), follow=True).content.decode()
    assert 'name="addendum-0-body"' in page
    assert 'id="work-script"' not in page


def test_an_addendum_is_on_the_page_when_it_is_answered(author, post, client):
    author.room(post, "add").preview(**{"addendum-0-title": "Later news"})
    author.send(do="publish", **{"addendum-0-body": "More."})
    assert "§ Later news" in page_of(client, post).said("h2")


def test_an_empty_addendum_is_told(author, post):
    author.room(post, "add").preview(**{"addendum-0-body": ""}).send(do="publish")
    assert author.page.errors.keys() == {"id_addendum-0-body"}
    assert Addendum.objects.count() == 0


@pytest.mark.parametrize("press", ["preview", "publish"])
def test_a_draft_of_a_post_is_no_addendum(author, contributor, post, press, client):
    other = Contributor(client).open().preview(title="Mine", body="Text.")
    draft = other.where.split("/")[2]
    where = f"{address(post, 'add')}{draft}/"
    answer = client.post(where, {"do": press, "addendum-0-body": "Stolen."})
    assert answer.status_code < 500
    assert client.get(where).status_code < 500
    assert Addendum.objects.count() == 0


# What is added or corrected is screened

MANY_LINKS = " ".join(f"https://spam.example/{number}" for number in range(21))
TOO_MANY = "many posts came from the same network just now"
LINKS = "it has more links than a report usually has"
SAME = "the same text was published here a short while ago"


def add(author, post, **typed):
    fields = {f"addendum-0-{name}": value for name, value in typed.items()}
    author.get(author.where.partition("?")[0]).room(post, "add")
    return author.preview(**fields).send(do="publish")


def told(author):
    return author.page.said("p", class_="good")


def waits(post):
    post.refresh_from_db()
    return [words for _code, words in post.waiting_because]


def test_the_eleventh_addendum_in_a_row_is_kept_and_the_post_waits(author, post):
    for number in range(10):
        add(author, post, body=f"News {number}.")
    assert (told(author), waits(post)) == (["Added to the post."], [])
    add(author, post, body="News at last.")
    assert told(author)[0] == (
        "Added to the post. It is kept, and the post waits for an editor, because "
        f"{TOO_MANY}."
    )
    assert (waits(post), post.listed, post.addenda.count()) == ([TOO_MANY], False, 11)
    assert post.waiting_since
    assert "waiting for an editor" in author.page.text


def test_who_reports_all_day_in_a_sorted_post_is_no_flood(author, post):
    sorting.sort(post=post, wire_class="local")
    for number in range(12):
        add(author, post, body=f"News {number}.")
    assert (waits(post), post.listed) == ([], True)


@pytest.mark.parametrize("wire_class", ["unsorted", "local"])
def test_links_put_in_later_let_the_post_wait(author, post, wire_class):
    sorting.sort(post=post, wire_class=wire_class)
    author.room(post, "correct").send(body=MANY_LINKS)
    assert LINKS in told(author)[0]
    assert (waits(post), post.listed, post.body) == ([LINKS], False, MANY_LINKS)


def test_one_address_many_times_is_many_links(author, post):
    author.room(post, "correct").send(body="https://spam.example")
    assert waits(post) == []
    author.room(post, "correct").send(body="https://spam.example " * 21)
    assert waits(post) == [LINKS]


def test_links_are_counted_over_the_whole_post(author, post):
    links = MANY_LINKS.split()
    add(author, post, body=" ".join(links[:11]))
    assert waits(post) == []
    add(author, post, body=" ".join(links[11:]))
    assert waits(post) == [LINKS]


def test_a_post_that_waits_leaves_the_lists(author, post, client):
    shown = post.path.encode()
    assert shown in client.get("/").content
    add(author, post, body=MANY_LINKS)
    kinds = Change.objects.order_by("-pk").values_list("kind", "facts__listed")[:2]
    assert list(kinds) == [("post.kept_waiting", False), ("post.added_to", False)]
    assert shown not in client.get("/").content
    assert "/features/" in pages.stale(Change.objects.latest("pk"))
    assert b"waits for an editor" in client.get(post.path).content


def test_a_released_post_with_many_links_is_corrected_in_peace(author, post):
    author.room(post, "correct").send(body=MANY_LINKS)
    sorting.release(post=post)
    author.room(post, "correct").send(title="A slip mended")
    assert (waits(post), post.listed) == ([], True)
    author.room(post, "correct").send(body=MANY_LINKS.replace("spam", "worse"))
    assert (waits(post), post.listed) == ([LINKS], False)


def test_the_same_addendum_twice_lets_the_post_wait(author, post):
    add(author, post, title="Buy", body="Our pills.")
    add(author, post, title="buy", body="our  pills.")
    assert (waits(post), post.addenda.count()) == ([SAME], 2)


def test_an_addendum_with_the_text_of_a_post_lets_it_wait(author, post):
    a_post("Come to the fair", body="On Sunday.")
    add(author, post, title="Come to the fair", body="On Sunday.")
    assert waits(post) == [SAME]


def test_a_second_reason_is_added_to_the_first_once(author, post):
    for number in range(2):
        add(author, post, body=MANY_LINKS)
        author.room(post, "correct").send(title=f"Title {number}")
    assert waits(post) == [LINKS, SAME]


def test_a_hidden_post_stays_hidden_and_does_not_wait(author, post):
    sorting.sort(post=post, wire_class="hidden")
    add(author, post, body=MANY_LINKS)
    assert (waits(post), post.waiting_since, post.listed) == ([], None, False)


def test_what_editors_do_is_not_screened(post):
    revision = Revision({"body": MANY_LINKS}, "for the archive")
    corrections.correct(post=post, revision=revision, by="editor")
    corrections.add_addendum(post=post, content=an_addendum(body="N."), by="editor")
    assert (waits(post), post.addenda.count()) == ([], 1)


def test_a_twenty_first_addendum_is_refused_and_not_lost(author):
    parts = tuple(an_addendum(body=f"Part {number}.") for number in range(20))
    full = a_post("Full", key=KEY, addenda=parts)
    add(author, full, body="One more.")
    assert author.status == 422
    assert author.notices[0] == (
        "This post has 20 addenda, and no more fit. Nothing is lost: put the text "
        "into one of them, or publish a new post."
    )
    assert author.typed["addendum-0-body"] == "One more."
    assert (full.addenda.count(), waits(full)) == (20, [])


def test_comments_of_readers_take_no_place_of_the_author_s(author, post):
    for number in range(20):
        a_comment(post, body=f"{MANY_LINKS} {number}")
    add(author, post, body="Mine.")
    assert (waits(post), post.own_addenda[0].body) == ([], "Mine.")


# Withdrawing


@pytest.fixture
def full_post(client):
    """A post with a picture, an addendum with another, and a correction."""
    post = a_post(
        "First title",
        key="full",
        body="Old.",
        contact="call me",
        attachments=(a_picture(),),
    )
    part = an_addendum("A part", body="Part.", attachments=(a_picture(),))
    corrections.add_addendum(post=post, content=part)
    where = address(post, "correct", "full")
    form = {"title": "Second title", "body": "New.", "language": "en"}
    assert client.post(where, form).status_code == 303
    return post


def test_withdrawing_asks_first(author, post):
    author.room(post, "withdraw").send()
    assert author.status == 422
    assert author.page.said("p", class_="error") == ["Tick the box to withdraw it."]
    assert Post.objects.get().withdrawn_at is None


def test_withdrawing_wipes_the_words(client, full_post):
    client.post(address(full_post, "withdraw", "full"), {"sure": "1"})
    post = Post.objects.get()
    assert (post.title, post.body, post.body_html, post.contact) == ("",) * 4
    assert (Addendum.objects.count(), Correction.objects.count()) == (0, 0)


def test_withdrawing_deletes_every_file_of_its_pictures(
    client, full_post, data_directory
):
    # The same picture twice, which is stored once.
    assert len(list(data_directory.glob("public/media/*"))) == 1
    client.post(address(full_post, "withdraw", "full"), {"sure": "1"})
    assert list(data_directory.glob("public/media/*")) == []
    assert list(data_directory.glob("unpublished/*")) == []
    assert Attachment.objects.count() == 0


def test_withdrawing_leaves_a_line_that_says_so(client, full_post):
    client.post(address(full_post, "withdraw", "full"), {"sure": "1"})
    page = page_of(client, full_post)
    assert page.said("h1") == ["Withdrawn"]
    assert "The post that was here was withdrawn by its author." in page.text


def test_withdrawing_twice_is_gentle(author, post, client):
    where = address(post, "withdraw")
    client.post(where, {"sure": "1"})
    assert client.post(where, {"sure": "1"}).status_code == 404
    assert author.get(author.where).page.said("h2")[0] == "Withdrawn"


@pytest.mark.parametrize("verb", ["correct", "withdraw", "add"])
def test_a_withdrawn_post_can_not_be_changed(client, post, verb):
    where = address(post, verb)
    corrections.withdraw(post=post)
    assert client.get(where).status_code == 404
    assert client.post(where, {"title": "Back", "body": "B."}).status_code == 404
    assert Post.objects.get().title == ""


def test_an_addendum_of_a_post_withdrawn_meanwhile_is_refused(author, post):
    author.room(post, "add").preview(**{"addendum-0-body": "More."})
    corrections.withdraw(post=post)
    author.send(do="publish")
    assert author.status == 404
    assert Addendum.objects.count() == 0


# What a key does not open


@pytest.mark.parametrize("verb", ["correct", "withdraw", "add"])
def test_nobody_else_s_post_can_be_touched(client, post, verb):
    others = a_post("Not mine", key="another key")
    where = address(others, verb, KEY)
    form = {"title": "Taken", "body": "T.", "sure": "1", "addendum-0-body": "T."}
    assert client.get(where).status_code == 404
    assert client.post(where, form).status_code == 404
    others.refresh_from_db()
    assert (others.title, others.withdrawn_at) == ("Not mine", None)
    assert others.addenda.count() == 0


def test_nobody_else_s_addendum_can_be_corrected(client, post):
    others = a_post(
        "Not mine", key="another key", addenda=(an_addendum("Theirs", body="B"),)
    )
    part = others.addenda.get()
    for where in (address(post, "correct"), address(others, "correct", KEY)):
        assert client.get(f"{where}{part.pk}/").status_code == 404


def test_a_reader_s_comment_is_not_the_author_s_to_correct(client, post):
    comment = a_comment(post)
    assert client.get(f"{address(post, 'correct')}{comment.pk}/").status_code == 404


@pytest.mark.parametrize("number", ["0", "9" * 30, "9" * 5_000])
def test_a_number_of_no_post_is_not_found(client, post, number):
    room = f"/key/{keys.room_pass(keys.find(KEY))}"
    assert client.get(f"{room}/{number}/correct/").status_code == 404


def test_a_pass_for_another_purpose_opens_nothing(client, post):
    opened = Contributor(client).open().typed["opened"]
    assert client.get(f"/key/{opened}/").status_code == 403


def test_a_key_is_stored_as_a_keyed_hash_only(contributor, settings):
    contributor.publish(title="A", body="Text.")
    stored = Post.objects.get().key.phrase_hash
    assert stored == keys.hash_of(contributor.key)
    settings.SECRET_KEY = "another secret that is long enough for the test"
    assert stored != keys.hash_of(contributor.key)


# Two forms that were opened on the same text


def test_an_author_s_old_form_does_not_undo_what_editors_corrected(author, post):
    form = author.room(post, "correct")
    revision = Revision({"title": "Editors' title"}, note="It named somebody.")
    corrections.correct(post=post, revision=revision, by="editor")
    form.send(title="First title", body="My new text.")
    post.refresh_from_db()
    assert (author.status, post.title, post.body) == (
        422,
        "Editors' title",
        "Old text.",
    )
    assert "Somebody else saved a change meanwhile" in author.page.text
    assert author.typed["body"].strip() == "My new text."
    author.send()
    post.refresh_from_db()
    assert (post.title, post.body) == ("First title", "My new text.")
