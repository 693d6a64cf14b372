"""Asking for a second look: by the author with their key, by readers once together."""

import pytest

from commonwire.moderation.actions import appealing, placing
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.models import Appeal, Decision
from commonwire.moderation.queues import QUEUES
from commonwire.publishing import keys
from commonwire.publishing.actions import corrections
from tests.contributor import Contributor
from tests.factories import a_post, a_rule, an_editor

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "apple banana cherry drop-down egg yo-yo"


@pytest.fixture
def ada():
    return an_editor("ada")


@pytest.fixture
def post(ada):
    """Hidden by ada."""
    made = a_post("A vote", key=KEY)
    placing.hide(by=ada, post=made, rule=a_rule(), reason="It sells pills.")
    return made


def ask(client, post, text="It sells nothing.", **typed):
    return Contributor(client).get(f"/appeal/{post.pk}/").send(text=text, **typed)


def room(post, key=KEY):
    return f"/key/{keys.room_pass(keys.find(key))}/{post.pk}/appeal/"


def answered(appeal, *, upheld, reason="Looked again."):
    return appealing.answer(
        by=an_editor("bo"), appeal=appeal, upheld=upheld, reason=reason
    )


def test_the_banner_leads_to_the_form(client, post):
    assert f"/appeal/{post.pk}/" in Contributor(client).get(post.path).links


def test_what_a_reader_asks_stands_on_the_page_when_it_is_answered(client, post):
    reader = ask(client, post)
    assert reader.where == post.path
    assert reader.page.said("blockquote") == []
    assert "Not answered yet." in reader.page.text
    answered(Appeal.objects.get(), upheld=False)
    assert reader.get(post.path).page.said("blockquote") == ["It sells nothing."]


def test_what_the_author_asks_stands_on_the_page_at_once(client, post):
    appealing.appeal(post=post, by="author", text="I wrote it.")
    assert Contributor(client).get(post.path).page.said("blockquote") == ["I wrote it."]


def test_a_second_reader_is_told_and_keeps_their_words(client, post):
    reader = Contributor(client, "198.51.100.8").get(f"/appeal/{post.pk}/")
    ask(client, post)
    reader.send(text="Mine.")
    assert reader.page.said("textarea") == ["Mine."]
    assert (reader.status, Appeal.objects.count()) == (422, 1)


def test_the_form_is_gone_once_readers_have_asked(client, post):
    ask(client, post)
    page = Contributor(client).get(f"/appeal/{post.pk}/").page
    assert "Readers have asked about this decision already." in page.text
    assert page.all("textarea") == []


def test_the_author_asks_from_their_room_beside_the_readers(client, post):
    ask(client, post)
    author = Contributor(client).enter(KEY).room(post, "appeal")
    author.send(text="I wrote it.")
    assert [a.by for a in Appeal.objects.all()] == ["reader", "author"]
    assert "Another editor will look at it." in author.page.text


def test_the_author_can_ask_once(client, post):
    for _ in range(2):
        client.post(room(post), {"text": "I wrote it."})
    assert Appeal.objects.count() == 1


def test_nobody_asks_in_the_author_s_name(client, post):
    a_post("Mine", key="another")
    answer = client.post(room(post, "another"), {"text": "I wrote it.", "by": "author"})
    assert answer.status_code == 404
    ask(client, post, by="author")
    assert Appeal.objects.get().by == "reader"


def test_a_closed_room_gives_the_words_back(client, post):
    answer = client.post(f"/key/no-pass/{post.pk}/appeal/", {"text": "My appeal."})
    assert (answer.status_code, b"My appeal." in answer.content) == (403, True)


def test_a_post_in_the_lists_has_nothing_to_ask_for(client):
    reader = Contributor(client)
    reader.post(f"/appeal/{a_post().pk}/", {"text": "Mine."})
    assert "nothing to ask for" in reader.page.text
    assert reader.page.said("textarea") == ["Mine."]
    assert not Appeal.objects.exists()


def test_what_screening_holds_can_be_asked_about(client):
    post = a_post(doubtful=True)
    ask(client, post)
    assert Appeal.objects.get().decision == Decision.objects.get()


def test_a_withdrawn_post_has_nothing_to_ask_for(client, post):
    reader = Contributor(client).get(f"/appeal/{post.pk}/")
    corrections.withdraw(post=post)
    reader.send(text="Mine.")
    assert (reader.status, Appeal.objects.count()) == (422, 0)


def test_an_appeal_leaves_the_desk_with_its_post_and_its_words_go(client, post):
    made = appealing.appeal(post=post, by="author", text="It sells nothing.")
    corrections.withdraw(post=post)
    assert QUEUES["appeals"].rows().count() == 0
    page = client.get(made.decision.path).content.decode()
    told = "withdrawn with the post" in page, "It sells nothing." in page
    assert told == (True, False)


@pytest.mark.parametrize("text", ["", " \n ", "\u200b", "x" * 2_001, "y" * 2_000_000])
def test_an_appeal_of_no_or_too_many_words_is_told_and_kept(client, post, text):
    reader = ask(client, post, text)
    assert (reader.status, Appeal.objects.count()) == (422, 0)
    assert reader.typed["text"] == text


def test_programs_that_fill_in_everything_are_asked_again(client, post):
    reader = ask(client, post, homepage="x")
    assert (reader.status, Appeal.objects.count()) == (422, 0)


def test_a_network_asks_for_a_few_posts_in_a_while(client, ada):
    posts = [a_post() for _ in range(4)]
    for post in posts:
        placing.hide(by=ada, post=post, rule=a_rule(), reason="Why.")
    assert [ask(client, post).status for post in posts] == [200, 200, 200, 422]


def test_an_answer_stands_on_the_page(client, post):
    ask(client, post)
    answered(Appeal.objects.get(), upheld=False, reason="It does sell pills.")
    text = Contributor(client).get(post.path).page.text
    assert "Not upheld by bo" in text
    assert "It does sell pills." in text


def test_an_appeal_that_is_granted_brings_the_post_back(client, post):
    ask(client, post)
    answered(Appeal.objects.get(), upheld=True)
    post.refresh_from_db()
    assert post.listed
    assert b"Editors have hidden" not in client.get(post.path).content


def test_who_decided_does_not_answer(client, post, ada):
    ask(client, post)
    with pytest.raises(Refused, match="Another editor"):
        appealing.answer(
            by=ada, appeal=Appeal.objects.get(), upheld=False, reason="No."
        )


@pytest.mark.parametrize(
    "private", ["jo@example.org", "612-555-0134", "12 Ferry Street"]
)
def test_what_is_private_is_refused_and_kept(client, post, private):
    reader = ask(client, post, f"Ask {private} about it.")
    assert (reader.status, Appeal.objects.count()) == (422, 0)
    assert reader.typed["text"] == f"Ask {private} about it."
    assert f"“{private}”" in reader.page.text


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img onerror=x>'])
def test_naughty_strings_run_nothing(client, post, text):
    assert ask(client, post, text).page.runs == []


def test_authors_do_not_tell_their_contact_and_readers_do_not_learn_it(ada):
    post = a_post(contact="Signal: riverfox")
    placing.hide(by=ada, post=post, rule=a_rule(), reason="It sells pills.")
    with pytest.raises(Refused, match="riverfox"):
        appealing.appeal(post=post, by="author", text="Ask riverfox.")
    assert appealing.appeal(post=post, by="reader", text="Is it riverfox?")


def test_mistakes_lock_nobody_out(client, post):
    for _ in range(5):
        assert ask(client, post, "Ask jo@example.org about it.").status == 422
    assert ask(client, post).where == post.path
    assert Appeal.objects.count() == 1


def test_a_flood_of_mistakes_is_stopped(client, post):
    sender = {"path": f"/appeal/{post.pk}/", "REMOTE_ADDR": "198.51.100.9"}
    for _ in range(40):
        client.post(data={"text": ""}, **sender)
    answer = client.post(data={"text": "It sells nothing."}, **sender)
    assert (answer.status_code, Appeal.objects.count()) == (422, 0)
    assert b"came from your network" in answer.content
