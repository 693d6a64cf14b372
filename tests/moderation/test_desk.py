"""Until the desk is built: Django's admin, where editors sort and hide and rewrite
nothing."""

import pytest

from commonwire.publishing.models import Post
from tests.factories import a_post, a_steward

pytestmark = pytest.mark.django_db(transaction=True)
POSTS = "/desk/admin/publishing/post/"


@pytest.fixture
def desk(client):
    client.force_login(a_steward())
    return client


def act(desk, action, *posts):
    form = {"action": action, "_selected_action": [post.pk for post in posts]}
    assert desk.post(POSTS, form).status_code == 302


@pytest.mark.parametrize("wire_class", ["local", "global", "other", "hidden"])
def test_a_post_is_sorted(desk, wire_class):
    post = a_post()
    act(desk, f"sort_{wire_class}", post)
    post.refresh_from_db()
    assert (post.wire_class, post.listed) == (wire_class, wire_class != "hidden")


def test_a_hidden_post_leaves_the_front_at_once_and_stays_at_its_address(desk, client):
    post = a_post("Rude words")
    act(desk, "sort_hidden", post)
    assert b"Rude words" not in client.get("/").content
    assert b"Editors have hidden this post" in client.get(post.path).content


def test_a_hidden_post_comes_back(desk, client):
    post = a_post("Not so rude", wire_class="hidden")
    act(desk, "sort_unsorted", post)
    assert b"Not so rude" in client.get("/").content


def test_a_waiting_post_is_released(desk, client):
    post = a_post("Waiting", doubtful=True)
    assert b"Waiting" not in client.get("/").content
    act(desk, "release", post)
    assert b"Waiting" in client.get("/").content


def test_the_desk_shows_why_a_post_waits(desk):
    a_post(doubtful=True)
    assert (
        b"waiting: a field that people do not see was filled in"
        in desk.get(POSTS).content
    )


def test_no_editor_rewrites_or_deletes_a_post(desk):
    post = a_post("As it was")
    assert (
        desk.post(f"{POSTS}{post.pk}/change/", {"title": "Rewritten"}).status_code
        == 302
    )
    assert desk.post(f"{POSTS}{post.pk}/delete/", {"post": "yes"}).status_code == 403
    assert desk.post(f"{POSTS}add/", {}).status_code == 403
    assert Post.objects.get().title == "As it was"
