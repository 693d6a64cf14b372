"""One-time links: who comes in by them, once, and what they end."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from commonwire.accounts.actions import NameTaken, add_token, make_sign_in_link
from commonwire.accounts.models import ApiToken, Editor, SignInLink
from commonwire.accounts.queries import api_token
from tests.accounts.editor_browser import EditorBrowser
from tests.factories import an_editor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ada():
    return an_editor("ada")


@pytest.fixture
def link(ada):
    return make_sign_in_link(editor=ada)


# A first link


def test_looking_at_the_link_does_not_use_it_up(browser, first_link):
    looks = [browser.get(first_link).status for _ in range(3)]
    assert (looks, browser.is_in) == ([200] * 3, False)


def test_who_joins_chooses_two_names_and_is_led_to_set_up(browser, first_link):
    browser.join(first_link, name=" Ada.L ", pseudonym="Magpie")
    editor = Editor.objects.get()
    assert (editor.name, editor.pseudonym) == ("Ada.L", "Magpie")
    assert browser.heading == "How will you sign in?"


def test_a_first_link_works_once(browser, first_link):
    browser.join(first_link)
    other = EditorBrowser(Client()).get(first_link)
    assert (other.status, other.heading) == (403, "This link opens nothing")
    assert other.join(first_link, name="eve").status == 403


@pytest.mark.parametrize(
    ("name", "pseudonym", "says"),
    [
        ("Magpie", "magpie", "Choose two different names"),
        ("ada.signs.in", "Screening", "Nobody can sign decisions with this name"),
        ("grace", "Magpie", "This name is taken"),
        ("ada.signs.in", "GRACE", "This name is taken"),
        ("", "Magpie", "This field is required"),
        ("\u202e", "Magpie", "This name is taken"),
    ],
)
def test_names_that_do_not_do_are_told_and_the_link_stays_good(
    browser, first_link, name, pseudonym, says
):
    an_editor("grace")
    browser.join(first_link, name=name, pseudonym=pseudonym)
    assert browser.status == 422
    assert says in browser.page.said("p", role="alert")[0]
    assert browser.join(first_link).heading == "How will you sign in?"


# A link for who has been here


def test_it_says_what_it_ends(browser, link):
    assert browser.get(link).heading == "Sign in anew"


def test_it_begins_anew_and_ends_what_was(ada, link):
    elsewhere, browser = EditorBrowser(Client()), EditorBrowser(Client())
    elsewhere.client.force_login(ada)
    assert elsewhere.is_in
    assert browser.send(link).heading == "How will you sign in?"
    assert (elsewhere.is_in, browser.is_in) == (False, False)
    assert not ada.authenticator_set.exists()


def test_it_works_once(browser, link):
    browser.send(link)
    assert EditorBrowser(Client()).send(link).status == 403


def test_a_new_link_ends_the_old_one(browser, ada, link):
    make_sign_in_link(editor=ada)
    assert browser.send(link).status == 403


def test_a_link_is_good_for_two_days(browser, link):
    with time_machine.travel(timezone.now() + timedelta(hours=48, seconds=1)):
        assert browser.get(link).status == 403
        assert browser.send(link).status == 403


def test_who_was_removed_does_not_come_in(browser, ada, link):
    Editor.objects.update(is_active=False)
    assert browser.send(link).status == 403


@pytest.mark.parametrize("token", ["x", "é", "x" * 5_000, "%00"])
def test_no_other_link_works(browser, link, token):
    assert browser.send(f"/desk/sign-in/{token}/").status == 403


def test_only_a_hash_of_the_link_is_stored(link):
    token = link.split("/")[-2]
    assert token not in str(SignInLink.objects.values())


def test_a_link_opened_where_somebody_is_signed_in_starts_a_new_session(ada, link):
    browser = EditorBrowser(Client())
    browser.client.force_login(an_editor("grace"))
    before = browser.client.cookies["desk"].value
    browser.send(link)
    assert browser.client.cookies["desk"].value != before
    assert "ada" in browser.get("/desk/setup/").page.text


# Cookies


def test_the_cookies_are_for_the_desk_alone(browser, first_link):
    browser.join(first_link).set_up_password().get("/desk/security/")
    cookies = browser.client.cookies
    assert {cookie["path"] for cookie in cookies.values()} == {"/desk/"}
    assert (cookies["desk"]["httponly"], cookies["desk"]["samesite"]) == (
        True,
        "Strict",
    )


def test_the_desk_is_closed_to_strangers(client):
    answer = client.get("/desk/waiting/?q=x")
    assert answer.status_code == 302
    assert answer["Location"] == "/desk/login/?next=%2Fdesk%2Fwaiting%2F%3Fq%3Dx"


# Names and tokens


def test_two_editors_have_two_names(ada):
    with pytest.raises(NameTaken):
        an_editor("ADA")


def test_a_token_opens_while_its_editor_may_sign_in(ada):
    token = add_token(name="importer", editor=ada)
    assert api_token(token) == ApiToken.objects.get()
    Editor.objects.update(is_active=False)
    assert api_token(token) is None


def test_only_a_hash_of_a_token_is_stored():
    token = add_token(name="importer", editor=None)
    assert token not in str(ApiToken.objects.values())
    with pytest.raises(NameTaken):
        add_token(name="importer", editor=None)
