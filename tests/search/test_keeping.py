"""The index is made by itself, goes on after a crash, and writes no more than changed."""

import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonwire.changes import cursors
from commonwire.changes.models import Change, Cursor
from commonwire.publishing.actions import corrections, sorting
from commonwire.publishing.content import Revision
from commonwire.publishing.models import Post
from commonwire.search import actions
from commonwire.search.actions import fill, follow
from commonwire.search.models import Entry, Filling
from tests.factories import a_comment, a_post, a_section, an_organisation
from tests.search import found, indexed

pytestmark = pytest.mark.django_db


def test_what_was_there_before_is_indexed_a_few_at_a_time_from_the_newest(client):
    for number in range(5):
        a_post(f"Post {number}")
    an_organisation("Bakers")
    assert [fill(limit=2), Entry.objects.exclude(post=None).count()] == [2, 2]
    assert found(client, "q=post") == ["Post 4", "Post 3"]
    assert b"still being made" in client.get("/search/?q=post").content
    assert [fill(limit=2), fill(limit=2), fill(limit=2), fill(limit=2)] == [2, 1, 0, 0]
    assert b"still being made" not in client.get("/search/?q=post").content
    assert Entry.objects.count() == 6


def test_what_changes_while_the_index_is_made_is_in_it(client):
    old = a_post("Old")
    fill(limit=1)
    a_post("New")
    corrections.correct(post=old, revision=Revision({"title": "Older"}))
    follow()
    assert found(client, "q=new") == ["New"]
    assert found(client, "q=older") == ["Older"]


def test_a_round_that_broke_off_is_done_again(client, monkeypatch):
    indexed()
    a_post("Bread")
    with monkeypatch.context() as broken:
        broken.setattr(cursors, "advance", None)
        with pytest.raises(TypeError):
            follow()
    assert follow().changes > 0
    assert found(client, "q=bread") == ["Bread"]
    assert Entry.objects.count() == 1


def test_changes_wait_for_who_follows_them():
    indexed()
    assert Cursor.objects.get(name="search").position == cursors.latest()
    a_post()
    assert follow().changes == Change.objects.filter(kind="post.published").count()


def test_what_did_not_change_is_not_written_again():
    post = a_post()
    indexed()
    sorting.sort(post=post, wire_class="local")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        follow()
    writes = [q["sql"] for q in asked if "search_entry" in q["sql"]]
    assert [sql for sql in writes if not sql.startswith("SELECT")] == []


def test_the_sections_of_a_post_are_those_of_its_comments(client):
    labor = a_section()
    post = a_post("Main")
    a_comment(post, title="Seen", body="a walrus")
    indexed()
    sorting.place(post=post, sections=[labor])
    follow()
    assert found(client, "q=walrus&section=topics/labor") == ["Seen"]


def test_another_recipe_has_every_post_read_again(client, monkeypatch):
    a_post("Bread")
    indexed()
    Entry.objects.all().delete()
    monkeypatch.setattr(actions, "RECIPE", actions.RECIPE + 1)
    indexed()
    assert found(client, "q=bread") == ["Bread"]
    assert Filling.objects.get().recipe == actions.RECIPE


def test_the_command_makes_it_whole_and_anew(client):
    a_post("Bread")
    call_command("search", "rebuild", stdout=(said := io.StringIO()))
    assert said.getvalue() == "The index is whole: 1 entries.\n"
    Entry.objects.all().update(digest="")
    call_command("search", "rebuild", "--again", stdout=io.StringIO())
    assert Entry.objects.get().digest
    assert found(client, "q=bread") == ["Bread"]


def test_a_post_that_is_deleted_takes_its_entries_along():
    post = a_post()
    indexed()
    Post.everything.get(pk=post.pk).delete()
    assert not Entry.objects.exists()
