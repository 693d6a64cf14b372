"""What is not in the lists is in no search: nor a moment after it left them, before the
index has heard of it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from commonwire.moderation.actions import withdrawing
from commonwire.publishing.actions import corrections, embargo, sorting
from commonwire.publishing.models import Post
from commonwire.publishing.release import Contact
from commonwire.search.models import Entry
from tests.factories import (
    a_comment,
    a_post,
    a_release,
    a_rule,
    an_addendum,
    an_editor,
)
from tests.search import found, indexed

pytestmark = pytest.mark.django_db
WORD = "quokka"


def hide(post):
    sorting.sort(post=post, wire_class="hidden")


def hold(post):
    sorting.keep_waiting(post=post, because=[])


def withdraw(post):
    corrections.withdraw(post=post)


def put_on_the_raw_wire(post):
    Post.objects.filter(pk=post.pk).update(raw=True, listed=False)


AWAY = [hide, hold, withdraw, put_on_the_raw_wire]


def everywhere(client):
    """All that a search says, without the words that were looked for."""
    feeds = (f"feed.{kind}" for kind in ("atom", "rss", "json"))
    addresses = ["/api/v1/search", "/search/", *(f"/search/{name}" for name in feeds)]
    for address in addresses:
        for query in (f"q={WORD}", f"kind=report&by={WORD}"):
            body = client.get(f"{address}?{query}").content.decode()
            yield address, re.sub(rf"[?&=;\w]*{WORD}&|{query}|", "", body)


def telling(client, post):
    path = f"{post.day:%Y/%m/%d}/{post.slug}"
    return [address for address, body in everywhere(client) if path in body]


@pytest.mark.parametrize("take_away", AWAY)
def test_what_leaves_the_lists_leaves_the_searches_before_it_leaves_the_index(
    take_away, client
):
    part = an_addendum(WORD)
    post = a_post(f"A {WORD}", body=WORD, byline=WORD, addenda=(part,))
    a_comment(post, body=WORD)
    indexed()
    assert len(telling(client, post)) == 10
    take_away(post)
    assert telling(client, post) == []


@pytest.mark.parametrize("take_away", [hide, hold, withdraw])
def test_the_index_forgets_it_with_all_its_parts(take_away):
    post = a_post(WORD, addenda=(an_addendum(WORD),))
    a_comment(post, body=WORD)
    indexed()
    take_away(post)
    indexed()
    assert not Entry.objects.exists()


def test_a_withdrawn_post_leaves_the_index_in_the_same_transaction():
    post = a_post(WORD)
    indexed()
    withdraw(post)
    assert not Entry.objects.exists()


@pytest.mark.sqlite
def test_no_word_of_what_is_withdrawn_stays_in_the_index():
    post = a_post("Anything", body=WORD)
    indexed()
    assert words_in_index() == 1
    withdraw(post)
    assert words_in_index() == 0


def words_in_index():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM search_tokens_data WHERE instr(block, CAST(%s AS BLOB))",
            [WORD],
        )
        return cursor.fetchone()[0]


def test_what_is_listed_again_is_found_again(client):
    post = a_post(WORD)
    hide(post)
    indexed()
    assert found(client, f"q={WORD}") == []
    sorting.sort(post=post, wire_class="local")
    indexed()
    assert found(client, f"q={WORD}") == [WORD]


def test_what_waits_for_its_time_is_found_when_it_has_come(client):
    until = timezone.now() + timedelta(days=1)
    post = a_release(WORD, until=until)
    indexed()
    assert not Entry.objects.exists()
    Post.everything.filter(pk=post.pk).update(embargo_until=timezone.now())
    embargo.release_due()
    indexed()
    assert found(client, f"q={WORD}") == [WORD]


def test_what_waits_for_an_editor_is_found_when_it_is_released(client):
    post = a_post(WORD, doubtful=True)
    indexed()
    assert found(client, f"q={WORD}") == []
    sorting.release(post=post)
    indexed()
    assert found(client, f"q={WORD}") == [WORD]


def test_a_comment_comes_and_goes_by_itself(client):
    post = a_post("Main")
    comment = a_comment(post, title="Seen", body=WORD, doubtful=True)
    indexed()
    assert found(client, f"q={WORD}") == []
    sorting.show_comment(comment=comment, hidden=False)
    indexed()
    assert found(client, f"q={WORD}") == ["Seen"]
    sorting.show_comment(comment=comment, hidden=True)
    assert found(client, f"q={WORD}") == []
    indexed()
    assert Entry.objects.get().addendum is None


def test_a_comment_withdrawn_for_safety_is_gone(client):
    comment = a_comment(a_post("Main"), body=WORD)
    indexed()
    withdrawing.withdraw_comment(
        by=an_editor(),
        comment=comment,
        rule=a_rule("private-data"),
        reason="An address.",
    )
    assert found(client, f"q={WORD}") == []
    indexed()
    assert Entry.objects.count() == 1


def test_contacts_for_the_press_and_for_editors_are_not_indexed(client):
    a_release("R", press_contacts=[Contact(name=WORD)])
    a_post("P", contact=f"{WORD}@example.org")
    indexed()
    assert found(client, f"q={WORD}") == []
