"""Editors sign in by a link that works once."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from commonwire.accounts.actions import NameTaken, add_token, make_sign_in_link
from commonwire.accounts.models import ApiToken, SignInLink
from commonwire.accounts.queries import api_token
from tests.factories import an_editor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ada():
    return an_editor("ada")


@pytest.fixture
def link(ada):
    return make_sign_in_link(editor=ada)


def is_in(client):
    return client.get("/desk/").status_code == 200


def test_looking_at_the_link_does_not_use_it_up(client, link):
    assert [client.get(link).status_code for _ in range(3)] == [200] * 3
    assert not is_in(client)


def test_the_button_signs_in_once(client, link):
    assert client.post(link)["Location"] == "/desk/"
    assert is_in(client)
    client.logout()
    assert client.post(link).status_code == 403
    assert not is_in(client)


def test_a_new_link_ends_the_old_one(client, ada, link):
    make_sign_in_link(editor=ada)
    assert client.post(link).status_code == 403


def test_a_link_is_good_for_two_days(client, link):
    with time_machine.travel(timezone.now() + timedelta(hours=48, seconds=1)):
        assert client.get(link).status_code == 403
        assert client.post(link).status_code == 403


def test_who_may_sign_in_no_more_does_not(client, ada, link):
    ada.is_active = False
    ada.save()
    assert client.post(link).status_code == 403


@pytest.mark.parametrize("token", ["x", "é", "x" * 5_000, "%00"])
def test_no_other_link_works(client, ada, link, token):
    assert client.post(f"/desk/sign-in/{token}/").status_code == 403


def test_only_a_hash_of_the_link_is_stored(link):
    token = link.split("/")[-2]
    assert token not in str(SignInLink.objects.values())


def test_the_cookie_is_for_the_desk_alone(client, link):
    client.post(link)
    cookie = client.cookies["desk"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (
        "/desk/",
        True,
        "Strict",
    )


def test_the_desk_is_closed_to_strangers(client):
    answer = client.get("/desk/publishing/post/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/desk/login/")


def test_two_editors_have_two_names(ada):
    with pytest.raises(NameTaken):
        an_editor("ada")


def test_a_token_opens_while_its_editor_may_sign_in(ada):
    token = add_token(name="importer", editor=ada)
    assert api_token(token) == ApiToken.objects.get()
    ada.is_active = False
    ada.save()
    assert api_token(token) is None


def test_only_a_hash_of_a_token_is_stored():
    token = add_token(name="importer", editor=None)
    assert token not in str(ApiToken.objects.values())
    with pytest.raises(NameTaken):
        add_token(name="importer", editor=None)
