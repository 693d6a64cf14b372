"""What the server takes from a passkey; Chromium's own is in tests/browser."""

import json

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.test import Client
from fido2.utils import websafe_encode

from commonwire.accounts.models import Editor
from tests.accounts.editor_browser import EditorBrowser
from tests.accounts.passkeys import HOST, ORIGIN, SoftPasskey, as_sent
from tests.factories import an_editor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _public_site(settings):
    settings.SITE_URL = ORIGIN


@pytest.fixture
def newcomer(browser, first_link):
    return browser.join(first_link)


def options_on(browser):
    """What the page's script would give to the device."""
    script = browser.page.all("script", id="passkey-options")[0]["text"]
    return json.loads(script)


def add(browser, passkey, **how):
    browser.get("/desk/security/passkeys/add/")
    asked = options_on(browser)["creation_options"]["publicKey"]
    sent = passkey.registered(asked["challenge"], **how)
    browser.send(name="My phone", credential=as_sent(sent))
    return asked


def asked_of_a_stranger(browser, **headers):
    answer = browser.client.get(
        "/desk/login/passkey/",
        REMOTE_ADDR=browser.address,
        headers={"accept": "application/json", **headers},
    )
    return answer.json()["request_options"]["publicKey"]


def handle_of(editor):
    """What the device got as its owner's name when the key was made."""
    return websafe_encode(user_pk_to_url_str(editor).encode())


def sign_in(browser, passkey, *, challenge=None, **how):
    challenge = challenge or asked_of_a_stranger(browser)["challenge"]
    handle = handle_of(Editor.objects.get())
    sent = passkey.used(challenge, handle, **how)
    return browser.post("/desk/login/passkey/", {"credential": as_sent(sent)})


@pytest.fixture
def passkey(newcomer):
    found = SoftPasskey()
    add(newcomer, found)
    newcomer.recovery_codes = newcomer.page.said("code")
    return found


def test_a_passkey_opens_the_desk_and_brings_recovery_codes(newcomer, passkey):
    assert (newcomer.heading, len(newcomer.recovery_codes)) == ("Recovery codes", 10)
    assert newcomer.is_in


def test_who_has_no_password_is_told_what_the_codes_need(newcomer, passkey):
    assert "You have no password yet" in newcomer.page.said("p", class_="notice")[0]


def test_it_is_asked_to_be_one_that_knows_its_owner(newcomer):
    asked = add(newcomer, SoftPasskey())["authenticatorSelection"]
    assert (asked["residentKey"], asked["userVerification"]) == ("required", "required")


def test_the_site_it_is_for_is_the_site_s_own_address(newcomer):
    newcomer.client.defaults["HTTP_HOST"] = "evil.example"
    assert add(newcomer, SoftPasskey())["rp"]["id"] == HOST
    assert (
        asked_of_a_stranger(EditorBrowser(Client()), host="evil.example")["rpId"]
        == HOST
    )


@pytest.mark.parametrize(
    "wrong",
    [
        SoftPasskey(origin="https://evil.example"),
        SoftPasskey(origin=f"http://{HOST}"),
        SoftPasskey(host="evil.example"),
    ],
)
def test_one_made_elsewhere_is_not_taken(newcomer, wrong):
    add(newcomer, wrong)
    assert not Authenticator.objects.exists()
    assert not newcomer.is_in


def test_one_whose_device_was_not_unlocked_is_not_taken(newcomer):
    add(newcomer, SoftPasskey(), verified=False)
    assert not Authenticator.objects.exists()


def test_it_signs_in_by_itself(newcomer, passkey):
    newcomer.sign_out()
    assert sign_in(newcomer, passkey).is_in


def test_it_signs_in_only_unlocked(newcomer, passkey):
    newcomer.sign_out()
    assert not sign_in(newcomer, passkey, verified=False).is_in
    assert newcomer.page.said("p", role="alert")[0] == "That was not right. Try again."


def test_an_answer_is_taken_once_and_for_one_browser(newcomer, passkey):
    newcomer.sign_out()
    challenge = asked_of_a_stranger(newcomer)["challenge"]
    thief = EditorBrowser(Client())
    assert not sign_in(thief, passkey, challenge=challenge).is_in
    assert sign_in(newcomer, passkey, challenge=challenge).is_in
    newcomer.sign_out()
    assert not sign_in(newcomer, passkey, challenge=challenge).is_in


def test_another_key_does_not_sign_in(newcomer, passkey):
    newcomer.sign_out()
    assert not sign_in(newcomer, SoftPasskey()).is_in


@pytest.mark.parametrize(
    "sent", ["", "{}", "[]", "null", '{"id": 1}', '{"response": []}', "x" * 9000]
)
def test_what_is_no_answer_of_a_key_is_told(newcomer, passkey, sent):
    newcomer.sign_out()
    asked_of_a_stranger(newcomer)
    newcomer.post("/desk/login/passkey/", {"credential": sent})
    assert (newcomer.heading, newcomer.is_in) == ("Sign in", False)


def test_a_removed_editor_s_passkey_opens_nothing(newcomer, passkey):
    newcomer.sign_out()
    Editor.objects.update(is_active=False)
    assert not sign_in(newcomer, passkey).is_in


def test_who_has_a_password_too_is_asked_for_the_passkey_after_it(newcomer, passkey):
    new = "a long sentence about bread"
    newcomer.post("/desk/security/password/set/", {"password1": new, "password2": new})
    newcomer.sign_out().sign_in()
    assert (newcomer.heading, newcomer.is_in) == ("Your code", False)
    assert newcomer.send(code=newcomer.recovery_codes[0]).is_in


def test_the_last_passkey_stays(newcomer, passkey):
    path = f"/desk/security/passkeys/{Authenticator.objects.get(type='webauthn').pk}/remove/"
    newcomer.post(path, {})
    assert "last way to sign in" in newcomer.page.said("p", role="alert")[0]
    add(newcomer, SoftPasskey())
    newcomer.post(path, {})
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_another_editor_s_passkey_is_nobody_s_business(newcomer, passkey):
    number = Authenticator.objects.get(type="webauthn").pk
    other = EditorBrowser(Client())
    other.client.force_login(an_editor("grace"))
    for act in ("name", "remove"):
        other.client.post(f"/desk/security/passkeys/{number}/{act}/", {"name": "Mine"})
    assert Authenticator.objects.get(pk=number).wrap().name == "My phone"
