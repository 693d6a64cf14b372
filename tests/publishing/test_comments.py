"""What readers add to posts: from the form to the page, whatever goes wrong."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonwire.changes.models import Change
from commonwire.delivery import pages
from commonwire.media.models import Attachment
from commonwire.moderation.models import Decision
from commonwire.publishing import comments as threads
from commonwire.publishing import keys
from commonwire.publishing.actions import comments, corrections, sorting
from commonwire.publishing.models import Addendum, Draft, Post
from tests.contributor import a_file
from tests.factories import (
    a_comment,
    a_picture,
    a_post,
    a_site,
    an_addendum,
    jpeg,
    unhurried,
)
from tests.media.files import a_made
from tests.page import Page
from tests.publishing.commenter import PART, Commenter

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def post():
    return a_post("A vote", body="They voted.")


@pytest.fixture
def reader(client):
    return Commenter(client)


def page_of(client, post):
    return Page(client.get(post.path).content)


def comments_on(client, post):
    found = page_of(client, post).all("article", class_="comment")
    return [" ".join(comment["text"].split()) for comment in found]


def the_comment():
    return Addendum.objects.get(by="reader")


# The way to the page


def test_a_comment_is_on_the_page_when_it_is_answered(reader, post, client):
    reader.comment(post, "I was there too.", byline="Noor", title="From the hall")
    (said,) = comments_on(client, post)
    assert said.startswith("From the hall a reader, Noor")
    assert said.endswith("I was there too.")


def test_a_page_leads_to_its_form(client, post):
    (link,) = [
        a["attributes"]["href"]
        for a in page_of(client, post).all("a")
        if "Add a comment" in a["text"]
    ]
    assert client.get(link).status_code == 200


def test_the_answer_leads_to_the_comment(client, reader, post):
    reader.begin(post).write("Yes.")
    fields = {**reader.typed, "do": "publish"}
    client.post(reader.where, fields)
    answer = client.get(reader.where)
    wanted = f"{post.path}#comment-{the_comment().pk}"
    assert (answer.status_code, answer["Location"]) == (303, wanted)


def test_it_is_previewed_before_it_is_public(reader, post):
    reader.begin(post).write("*Loud* words.")
    assert Addendum.objects.count() == 0
    assert reader.page.said("em") == ["Loud"]


def test_it_is_published_once_however_often_it_is_sent(client, reader, post):
    reader.begin(post).write("Once.")
    fields = {**reader.typed, "do": "publish"}
    answers = [client.post(reader.where, fields).status_code for _ in range(3)]
    assert (answers, Addendum.objects.count()) == ([303] * 3, 1)


def test_a_comment_needs_no_cookie_and_gives_no_key(client, reader, post):
    reader.comment(post)
    assert client.cookies == {}
    assert Draft.objects.get().typed == {}


def test_it_brings_one_file(client, reader, post):
    reader.comment(post, files=[a_file(jpeg())])
    assert len(the_comment().attachments) == 1
    pictures = [each["attributes"]["src"] for each in page_of(client, post).all("img")]
    assert len([each for each in pictures if each.startswith("/media/")]) == 1


def test_a_second_file_is_left_out_and_told(reader, post):
    reader.begin(post).write("Two.", files=[a_file(jpeg()), a_file(jpeg(), "b.jpg")])
    assert reader.notices == ["“b.jpg” was left out: one file fits in a comment."]
    assert Attachment.objects.count() == 1


def test_the_post_s_lists_stay_as_they_are(post):
    before = Post.objects.get()
    a_comment(post)
    after = Post.objects.get()
    assert (after.updated_at, after.listed) == (before.updated_at, True)
    assert Change.objects.latest("pk").kind == "comment.published"


def test_a_comment_s_recording_makes_no_podcast(post):
    a_comment(post, attachments=(a_made("sound"),))
    post.refresh_from_db()
    assert not post.has_sound


def test_comments_are_in_no_feed(client, post):
    a_comment(post, body="Only on the page.")
    feeds = [client.get(f"/{name}").content for name in ("feed.atom", "feed.json")]
    assert [b"Only on the page." in feed for feed in feeds] == [False, False]


def test_the_author_s_parts_come_before_all_comments(client, post):
    a_comment(post, body="First said.")
    corrections.add_addendum(post=post, content=an_addendum("Later", body="Part."))
    text = page_of(client, post).text
    assert text.rindex("Part.") < text.rindex("First said.")


def test_the_author_s_files_are_not_those_of_comments(client, post):
    post = a_post("Mine", key="mine")
    a_comment(post, attachments=(a_picture(),))
    token = keys.room_pass(keys.find("mine"))
    page = Page(client.get(f"/key/{token}/{post.pk}/files/").content)
    assert page.said("p", class_="empty") == ["This post has no files."]


def test_structured_data_names_them(client, post):
    comment = a_comment(post, body="Seen *by me*.", byline="Noor")
    hidden = a_comment(post, body="Another.")
    sorting.show_comment(comment=hidden, hidden=True)
    (script,) = page_of(client, post).all("script", type="application/ld+json")
    assert f"#comment-{comment.pk}" in script["text"]
    assert '"commentCount": 1' in script["text"]
    assert f"#comment-{hidden.pk}" not in script["text"]


def test_programs_read_them_of_one_post(client, post):
    a_comment(post, body="Seen.")
    (part,) = client.get(f"/api/v1/posts/{post.pk}").json()["addenda"]
    assert (part["by"], part["body"]) == ("reader", "Seen.")
    (listed,) = client.get("/api/v1/posts").json()["items"]
    assert listed["addenda"] == []


# Screening


def waiting_comment(reader, post, **words):
    reader.begin(post).write("Buy this.", **words)
    return reader.send(do="publish", homepage="https://spam.example")


def test_a_doubtful_comment_waits_and_its_reader_is_told(client, reader, post):
    waiting_comment(reader, post)
    assert reader.page.said("h1") == ["Your comment waits for an editor"]
    assert reader.notices == ["a field that people do not see was filled in"]
    assert comments_on(client, post) == []


def test_the_hold_of_a_comment_is_in_the_log_and_holds_no_post(reader, post):
    waiting_comment(reader, post)
    decision = Decision.objects.get()
    assert (decision.act, decision.addendum) == ("hold", the_comment())
    post.refresh_from_db()
    assert post.listed


def test_a_comment_faster_than_people_write_waits(reader, post):
    reader.begin(post, minutes_ago=0).write("Quick.").send(do="publish")
    assert reader.notices == ["it was sent faster than people write"]


def test_the_same_comment_again_waits(reader, post):
    a_comment(post, body="The very same.")
    reader.comment(a_post("Another"), "The very same.")
    assert reader.notices == ["the same text was published here a short while ago"]


def test_a_released_comment_is_shown(client, post):
    comment = a_comment(post, doubtful=True, body="Fine.")
    sorting.show_comment(comment=comment, hidden=False)
    assert comments_on(client, post)[0].endswith("Fine.")


# Nothing is lost


def test_an_empty_comment_is_told(reader, post):
    reader.begin(post).write().send(do="publish")
    assert reader.status == 422
    assert "addendum-0-body" in str(reader.page.errors)


@pytest.mark.parametrize("do", ["preview", "publish"])
def test_a_comment_that_is_too_long_is_kept_and_told(reader, post, do):
    reader.begin(post).write("x" * 10_001).send(do=do)
    assert reader.typed[f"{PART}body"] == "x" * 10_001
    assert "10000 fit" in reader.page.errors["id_addendum-0-body"]
    assert Addendum.objects.count() == 0


def test_two_megabytes_are_kept_and_told(reader, post):
    reader.begin(post).write("word " * 400_000)
    assert len(reader.typed[f"{PART}body"]) > 1_900_000
    assert "10000 fit" in reader.page.errors["id_addendum-0-body"]


def test_a_lost_draft_is_made_anew(reader, post):
    reader.begin(post).write("Kept.")
    Draft.objects.all().delete()
    reader.send(do="publish")
    assert reader.typed[f"{PART}body"] == "Kept."


CLOSINGS = {
    "Editors have closed the comments on this post.": lambda post: (
        sorting.lock_comments(post=post, locked=True)
    ),
    "Comments are closed on this site.": lambda _post: a_site(comments_open=False),
    "This post is in no list just now, and takes no comments meanwhile.": lambda post: (
        sorting.sort(post=post, wire_class="hidden")
    ),
    "This post was withdrawn: nobody can comment on it any more.": lambda post: (
        corrections.withdraw(post=post)
    ),
}


@pytest.mark.parametrize("words", CLOSINGS)
def test_comments_closed_meanwhile_are_refused_and_kept(reader, post, words):
    reader.begin(post).write("Kept.")
    CLOSINGS[words](post)
    reader.send(do="publish")
    assert reader.status == 422
    assert reader.page.said("p", class_="notice")[0].startswith(words)
    assert reader.typed[f"{PART}body"] == "Kept."
    assert Addendum.objects.count() == 0


@pytest.mark.parametrize("words", CLOSINGS)
def test_closed_comments_say_so_at_their_address(reader, post, words):
    CLOSINGS[words](post)
    reader.get(f"/publish/comment/{post.pk}/")
    assert reader.page.said("p", class_="notice") == [words]
    assert reader.page.all("textarea") == []


def test_what_is_sent_to_closed_comments_is_kept(client, reader, post):
    CLOSINGS["Editors have closed the comments on this post."](post)
    reader.post(f"/publish/comment/{post.pk}/", {f"{PART}body": "Kept."})
    assert reader.typed[f"{PART}body"] == "Kept."


def test_a_closed_post_s_page_says_so(client, post):
    sorting.lock_comments(post=post, locked=True)
    page = page_of(client, post)
    assert "Comments are closed." in page.text
    assert "Add a comment" not in page.text


def test_closing_at_the_last_moment_refuses(post):
    sorting.lock_comments(post=post, locked=True)
    with pytest.raises(comments.Closed):
        comments.comment(post=post, content=an_addendum(), facts=unhurried())


# Other people's drafts and numbers


def test_a_draft_is_of_its_own_post_only(client, reader, post):
    reader.begin(post).write("Mine.")
    other = a_post("Other")
    token = reader.where.rstrip("/").rpartition("/")[2]
    assert client.get(f"/publish/comment/{other.pk}/{token}/").status_code == 303


def test_a_comment_s_draft_is_no_post_s(client, reader, post):
    reader.begin(post).write("Mine.")
    token = reader.where.rstrip("/").rpartition("/")[2]
    answer = client.get(f"/publish/{token}/")
    assert (answer.status_code, answer["Location"]) == (303, reader.where)
    assert client.get(f"/publish/{token}/published/").status_code == 404


@pytest.mark.parametrize("number", ["0", "9" * 30, "9" * 5_000])
def test_a_number_of_no_post_is_not_found(client, number):
    assert client.get(f"/publish/comment/{number}/").status_code == 404


NAUGHTY = (
    '<script>alert("x")</script>',
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{ settings.SECRET_KEY }} {% debug %}",
    "\u202eright to left\u202d",
    "a\u0301" * 50,
    "</textarea></article></main>",
)


@pytest.mark.parametrize("text", NAUGHTY)
def test_naughty_strings_run_nothing(client, post, text):
    made = a_comment(post, title=text[:100], byline=text[:100], body=text)
    assert page_of(client, post).runs == []
    assert f"comment-{made.pk}" in client.get(post.path).content.decode()


# Many


@pytest.fixture
def small_pages(monkeypatch):
    monkeypatch.setattr(threads, "PER_PAGE", 3)


def test_comments_go_on_on_further_pages(client, post, small_pages):
    for number in range(7):
        a_comment(post, body=f"Number {number}.")
    pages = [post.path, f"{post.path}comments/2/", f"{post.path}comments/3/"]
    shown = [Page(client.get(path).content) for path in pages]
    assert [len(page.all("article", class_="comment")) for page in shown] == [3, 3, 1]
    assert "7 comments by readers" in shown[0].text


def test_a_new_comment_is_on_its_page_when_it_is_answered(client, post, small_pages):
    made = [a_comment(post, body=f"Number {number}.") for number in range(5)]
    second = f"{post.path}comments/2/"
    assert b"Number 4." in client.get(second).content
    assert threads.address_of(made[4]) == f"{second}#comment-{made[4].pk}"


def test_a_page_s_comments_stay_on_it_when_one_is_released(post, small_pages):
    waiting = a_comment(post, doubtful=True)
    after = [a_comment(post, body=f"Number {number}.") for number in range(3)]
    before = [threads.page_of(each) for each in after]
    sorting.show_comment(comment=waiting, hidden=False)
    assert [threads.page_of(each) for each in after] == before == [1, 1, 2]


@pytest.mark.parametrize("number", ["0", "1", "2", "01", "999999"])
def test_a_page_of_comments_that_is_none_is_not_found(client, post, number):
    a_comment(post)
    assert client.get(f"{post.path}comments/{number}/").status_code == 404


def queries_of(path):
    with CaptureQueriesContext(connection) as asked:
        pages.find(path)[0].render(**pages.find(path)[1])
    return len(asked)


def test_a_thousand_comments_cost_the_queries_of_one(post):
    made = a_comment(post)
    few = queries_of(post.path)
    Addendum.objects.bulk_create([_copy(made) for _ in range(1_000)])
    assert queries_of(post.path) == few


def _copy(comment):
    words = {"by": "reader", "body": "Text.", "published_at": comment.published_at}
    return Addendum(post=comment.post, **words)


def test_a_post_without_comments_asks_nothing_about_them(post):
    none = queries_of(post.path)
    a_comment(post)
    # The page of comments, and how many there are; no decision is looked for.
    assert queries_of(post.path) == none + 3
