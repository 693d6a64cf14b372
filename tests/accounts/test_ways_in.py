"""A password and an app, without scripts; passkeys are in tests/browser."""

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.test import Client

from commonwire.accounts.models import Editor
from tests.accounts.editor_browser import PASSWORD, EditorBrowser, code_of
from tests.factories import an_editor

pytestmark = pytest.mark.django_db(transaction=True)
LATER = 30


@pytest.fixture(autouse=True)
def clock():
    """Codes change with it."""
    with time_machine.travel("2026-01-16 12:00:00+00:00", tick=False) as clock:
        yield clock


def alerts(browser):
    return [words for words in browser.page.said("p", role="alert") if words]


# Setting up


def test_nothing_of_the_desk_opens_before_a_way_in_is_set_up(browser, first_link):
    browser.join(first_link)
    for path in ("/desk/", "/desk/editors/", "/desk/waiting/"):
        assert browser.get(path).where == "/desk/setup/"


def test_a_password_and_an_app_open_it(joined):
    assert (joined.heading, len(joined.recovery_codes)) == ("Recovery codes", 10)
    assert joined.is_in


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"code": "000000"}, "That was not right. Try again."),
        ({"password2": "something else"}, "The two passwords are not the same."),
        ({"password1": "short", "password2": "short"}, "too short"),
        ({"password1": "ada.signs.in", "password2": "ada.signs.in"}, "too similar"),
    ],
)
def test_half_of_it_sets_nothing(browser, first_link, typed, says):
    browser.join(first_link).get("/desk/setup/password/")
    (secret,) = browser.page.said("code")
    right = {"password1": PASSWORD, "password2": PASSWORD, "code": code_of(secret)}
    browser.send(**(right | typed))
    assert says in " ".join(alerts(browser))
    assert not Editor.objects.get().has_usable_password()
    assert not Authenticator.objects.exists()


def test_the_app_s_picture_is_a_file_of_the_desk(browser, first_link):
    assert browser.join(first_link).get("/desk/security/app/picture.svg").status == 404
    browser.get("/desk/setup/password/")
    answer = browser.get("/desk/security/app/picture.svg").answer
    assert (answer["Content-Type"], answer["Cache-Control"]) == (
        "image/svg+xml",
        "no-store",
    )


def test_recovery_codes_are_shown_once(joined):
    again = joined.get("/desk/security/codes/")
    assert again.page.said("code") == []


def test_secrets_lie_encrypted_in_the_database(joined):
    stored = str(Authenticator.objects.values())
    assert joined.secret not in stored
    assert not [code for code in joined.recovery_codes if code in stored]


# Signing in and out


def test_password_and_code_sign_in(joined, clock):
    joined.sign_out()
    assert not joined.is_in
    clock.shift(LATER)
    assert joined.sign_in().heading == "Your code"
    assert not joined.is_in
    joined.send(code=code_of(joined.secret))
    assert joined.is_in


def test_a_code_signs_in_once(joined, clock):
    clock.shift(LATER)
    code = code_of(joined.secret)
    joined.sign_out().sign_in().send(code=code)
    joined.sign_out().sign_in().send(code=code)
    assert (joined.is_in, alerts(joined)) == (False, ["That was not right. Try again."])


def test_a_code_is_taken_one_step_late_and_no_later(joined, clock):
    clock.shift(LATER * 4)
    joined.sign_out().sign_in().send(code=code_of(joined.secret, steps=-2))
    assert not joined.is_in
    assert joined.send(code=code_of(joined.secret, steps=-1)).is_in


def test_a_recovery_code_stands_in_once(joined):
    code = joined.recovery_codes[3]
    assert joined.sign_out().sign_in().send(code=code).is_in
    joined.sign_out().sign_in().send(code=code)
    assert not joined.is_in


def test_wrong_names_and_wrong_passwords_get_one_answer(joined):
    joined.sign_out()
    answers = {
        tuple(alerts(joined.sign_in(name=name, password="wrong")))
        for name in ("ada.signs.in", "nobody", "Magpie")
    }
    assert answers == {("This name and this password do not belong together.",)}


def test_signing_in_starts_a_new_session(joined):
    joined.sign_out().get("/desk/login/")
    joined.client.cookies["desk"] = planted = "p" * 32
    joined.sign_in().send(code=joined.recovery_codes[0])
    assert joined.is_in
    assert joined.client.cookies["desk"].value != planted
    assert not Session.objects.filter(pk=planted).exists()


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/", "//evil.example/", "/publish/", "/desk/../publish/",
        "javascript:alert(1)", "/\\evil.example", "/desk/\\evil.example",
        "http://testserver/desk/",
    ],
)  # fmt: skip
def test_next_leads_nowhere_but_to_the_desk(joined, wanted):
    joined.sign_out().get(f"/desk/login/?next={wanted}")
    form = {"login": "ada.signs.in", "password": PASSWORD, "next": wanted}
    joined.client.post("/desk/login/", form)
    code = {"code": joined.recovery_codes[0]}
    answer = joined.client.post("/desk/login/code/", code)
    assert answer["Location"] == "/desk/"


def test_next_leads_to_where_one_wanted_to_go(joined):
    joined.sign_out().get("/desk/editors/")
    form = {"login": "ada.signs.in", "password": PASSWORD, "next": "/desk/editors/"}
    joined.client.post("/desk/login/", form)
    code = {"code": joined.recovery_codes[0]}
    answer = joined.client.post("/desk/login/code/", code)
    assert answer["Location"] == "/desk/editors/"


def test_a_form_without_its_secret_is_refused(first_link):
    browser = EditorBrowser(Client(enforce_csrf_checks=True))
    refused = browser.send(first_link, name="ada", pseudonym="Magpie")
    assert (refused.status, refused.heading) == (403, "That did not work")
    assert browser.send("/desk/login/", login="ada", password="x").status == 403


# How often one may try


def test_a_name_has_five_tries_in_five_minutes_from_everywhere(joined):
    joined.sign_out()
    for number in range(5):
        guesser = EditorBrowser(Client(), address=f"203.0.113.{number + 10}")
        guesser.sign_in(password=f"guess {number}")
    assert alerts(joined.sign_in()) == [
        "Too many tries. Wait five minutes, then try again."
    ]


def test_another_host_s_name_gives_no_more_tries(joined):
    joined.sign_out()
    for number in range(5):
        form = {"login": "ADA.signs.in", "password": "x"}
        Client(headers={"host": f"h{number}.example"}).post("/desk/login/", form)
    assert "Too many tries" in alerts(joined.sign_in())[0]


def test_a_network_has_ten_tries_in_a_minute(db):
    an_editor("ada")
    guesser = EditorBrowser(Client())
    said = [
        alerts(guesser.sign_in(name=f"name {n}", password="x"))[0] for n in range(12)
    ]
    assert [words.startswith("Too many") for words in said] == [False] * 10 + [True] * 2


def test_codes_are_guessed_five_times(joined):
    joined.sign_out().sign_in()
    for number in range(5):
        joined.send(code=f"00000{number}")
    joined.send(code=joined.recovery_codes[0])
    assert (joined.is_in, "Too many tries" in alerts(joined)[0]) == (False, True)


# Changing how one signs in


def test_who_changes_it_says_again_who_they_are(joined, clock):
    clock.shift(3600)
    joined.get("/desk/security/app/remove/")
    assert (joined.heading, joined.where.partition("?")[0]) == (
        "Is it you?", "/desk/security/confirm/",
    )  # fmt: skip
    joined.send(password="wrong")
    assert alerts(joined) == ["This is not your password."]
    joined.send(password=PASSWORD, next="/desk/security/app/remove/")
    assert joined.heading == "Remove the app?"


def test_an_interrupted_form_is_not_kept_with_its_headers(joined, clock):
    clock.shift(3600)
    joined.post("/desk/security/app/remove/", {"x": "y"})
    assert joined.heading == "Is it you?"
    said = [session.get_decoded() for session in Session.objects.all()]
    assert "203.0.113.5" not in str(said)
    assert "REMOTE_ADDR" not in str(said)


def test_the_last_way_in_stays(joined):
    joined.get("/desk/security/app/remove/")
    assert "last way to sign in" in alerts(joined)[0]
    joined.post("/desk/security/app/remove/", {})
    assert joined.is_in
    assert Authenticator.objects.filter(type="totp").exists()


def test_a_new_password_signs_out_everywhere_else(joined):
    elsewhere = EditorBrowser(Client())
    elsewhere.client.force_login(Editor.objects.get())
    new = "another sentence about salt"
    joined.post(
        "/desk/security/password/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert (joined.is_in, elsewhere.is_in) == (True, False)


def test_sign_out_everywhere_is_everywhere(joined):
    elsewhere = EditorBrowser(Client())
    elsewhere.client.force_login(Editor.objects.get())
    assert joined.post("/desk/security/sign-out/", {}).where == "/desk/login/"
    assert (joined.is_in, elsewhere.is_in) == (False, False)


def test_another_secret_key_opens_nothing_with_old_codes(joined, settings):
    joined.sign_out()
    settings.SECRET_KEY = "another secret of forty characters, say"
    joined.sign_in().send(code=code_of(joined.secret))
    assert (joined.status, alerts(joined)) == (200, ["That was not right. Try again."])


def test_nobody_has_a_mail_address(joined):
    assert not EmailAddress.objects.exists()
