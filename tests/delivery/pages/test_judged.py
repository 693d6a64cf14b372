"""What the page of a post says of the editors' power over it."""

import pytest

from commonwire.moderation.actions import (
    commenting,
    correcting,
    placing,
    withdrawing,
)
from commonwire.publishing.actions import corrections
from commonwire.publishing.content import Revision
from tests.factories import a_comment, a_picture, a_post, a_rule, an_editor
from tests.media.files import a_made
from tests.page import Page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ada():
    return an_editor("ada")


def page_of(client, post):
    post.refresh_from_db()
    return Page(client.get(post.path).content)


def hide(ada, post, reason="It sells pills."):
    return placing.hide(by=ada, post=post, rule=a_rule(), reason=reason)


def test_an_ordinary_post_has_no_banner(client):
    assert page_of(client, a_post()).all("aside") == []


def test_a_hidden_post_says_rule_reason_who_and_where_to_read_on(client, ada):
    post = a_post("Pills")
    decision = hide(ada, post)
    page = page_of(client, post)
    links = {a["attributes"]["href"] for a in page.all("a") if "judged" in a["in"]}
    assert links == {
        "/policy/#advertising",
        f"/log/{decision.number}/",
        f"/appeal/{post.pk}/",
        "/key/",
    }
    (said,) = page.said("aside", class_="judged")
    assert "Reason It sells pills." in said
    assert "by ada" in said


def test_a_hidden_text_is_behind_one_click(client, ada):
    post = a_post("Pills", summary="Cheap.", body="Buy them.")
    a_comment(post, body="Do not.")
    hide(ada, post)
    (details,) = page_of(client, post).all("details", class_="folded")
    assert all(w in details["text"] for w in ("Cheap.", "Buy them.", "Do not."))
    assert "open" not in details["attributes"]
    assert page_of(client, post).said("h1") == ["Pills"]


def test_a_hidden_post_loads_no_picture_before_the_click(client, ada):
    files = (a_picture((400, 300)), a_made("video"))
    post = a_post(attachments=files)
    hide(ada, post)
    page = page_of(client, post)
    assert [img["attributes"]["loading"] for img in page.all("img")] == ["lazy"]
    assert "poster" not in page.one("video")["attributes"]


def test_a_hidden_post_is_not_for_robots(client, ada):
    post = a_post()
    hide(ada, post)
    assert page_of(client, post).one("meta", name="robots")["attributes"] == {
        "name": "robots",
        "content": "noindex",
    }


def test_a_post_that_an_editor_holds_says_why(client, ada):
    post = a_post()
    placing.hold(by=ada, post=post, rule=a_rule("false"), reason="Who says so?")
    (said,) = page_of(client, post).said("aside", class_="judged")
    assert "waits for an editor" in said
    assert "Reason Who says so?" in said


def test_a_post_that_screening_holds_says_so_without_the_traps(client):
    post = a_post(doubtful=True)
    (said,) = page_of(client, post).said("aside", class_="judged")
    assert "Looked at first" in said
    assert "by screening, a program" in said
    assert "do not see" not in said


def test_a_released_post_has_no_banner(client, ada):
    post = a_post(doubtful=True)
    placing.release(by=ada, post=post)
    assert page_of(client, post).all("aside") == []


def test_withdrawn_for_safety_is_said_in_other_words(client, ada):
    post = a_post("Names")
    withdrawing.withdraw_for_safety(
        by=ada, post=post, rule=a_rule("private-data"), reason="A home address."
    )
    (said,) = page_of(client, post).said("article")
    assert "Editors have withdrawn the post" in said
    assert "Reason A home address." in said
    assert "by its author" not in said


def test_the_author_s_own_withdrawal_names_no_editor(client):
    post = a_post()
    corrections.withdraw(post=post)
    (said,) = page_of(client, post).said("article")
    assert "withdrawn by its author" in said


def test_programs_are_told_who_withdrew(client, ada):
    mine, theirs = a_post(), a_post()
    corrections.withdraw(post=mine)
    withdrawing.withdraw_for_safety(by=ada, post=theirs, rule=a_rule(), reason="A.")
    told = [client.get(f"/api/v1/posts/{p.pk}").json() for p in (mine, theirs)]
    assert ["editors" in str(each).lower() for each in told] == [False, True]


def test_a_hidden_comment_is_folded_with_its_decision(client, ada):
    comment = a_comment(a_post(), body="Buy pills.", title="Pills")
    decision = commenting.hide_comment(
        by=ada, comment=comment, rule=a_rule(), reason="Spam."
    )
    page = page_of(client, comment.post)
    (said,) = page.said("article", class_="comment")
    assert said.startswith("Hidden by editors a reader, anonymous")
    assert "Reason Spam." in said
    assert f"/log/{decision.number}/" in str(page.all("a"))
    (details,) = [d for d in page.all("details") if "comment" in d["in"]]
    assert "Buy pills." in details["text"]


def test_a_comment_that_is_brought_back_is_whole(client, ada):
    comment = a_comment(a_post(), body="Buy pills.")
    commenting.hide_comment(by=ada, comment=comment, rule=a_rule(), reason="Spam.")
    commenting.unhide_comment(by=ada, comment=comment)
    (said,) = page_of(client, comment.post).said("article", class_="comment")
    assert "Hidden" not in said


def test_a_withdrawn_comment_leaves_a_line(client, ada):
    comment = a_comment(a_post(), body="1 Elm Street", byline="Jo")
    withdrawing.withdraw_comment(
        by=ada, comment=comment, rule=a_rule("private-data"), reason="An address."
    )
    (said,) = page_of(client, comment.post).said("article", class_="comment")
    assert said.startswith("A comment that was here was withdrawn by editors")
    assert [words in said for words in ("Elm", "Jo")] == [False, False]


def test_an_editor_s_correction_is_marked_and_leads_to_its_decision(client, ada):
    post = a_post("A voet")
    corrections.correct(post=post, revision=Revision({"byline": "Ana"}))
    decision = correcting.correct(
        by=ada, post=post, fields={"title": "A vote"}, reason="A slip."
    )
    page = page_of(client, post)
    _share, own, theirs = page.said("summary")
    assert own.endswith("by the author")
    assert theirs.endswith("by the editors: A slip.")
    links = [a["attributes"]["href"] for a in page.all("a")]
    assert links.count(f"/log/{decision.number}/") == 1
