"""Editors come in: with a passkey in Chromium's virtual authenticator, and with a
password and an app in a browser without scripts."""

import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.accounts.editor_browser import PASSWORD, code_of
from tests.browser.conftest import PHONE
from tests.browser.site import running_site
from tests.browser.test_accessibility import faults

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """At a name: browsers make no passkeys for numbers."""
    directory = tmp_path_factory.mktemp("desk")
    with running_site(directory, host="localhost", demo=False) as running:
        yield running


def command(site, *words):
    done = subprocess.run(
        [sys.executable, "-m", "commonwire", *words],
        env=site.environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout.strip()


@pytest.fixture
def link(site, request):
    """A steward's first link, under a name of this test's own."""
    name = request.node.name.rpartition("test_")[2]
    return command(site, "editor", "add", name[:70], "--steward")


class Person:
    """An editor with a browser; ``name`` is what everybody calls them."""

    def __init__(self, page, name):
        self.page, self.name = page, name
        self.faults = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._listen)

    def _listen(self, message):
        if message.type == "error" and "Security Policy" in message.text:
            self.faults.append(message.text)

    def take_a_device(self):
        session = self.page.context.new_cdp_session(self.page)
        session.send("WebAuthn.enable")
        session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        return self

    def join(self, link):
        self.page.goto(link)
        self.page.get_by_label("Sign-in name").fill(f"{self.name} signs in")
        self.page.get_by_label("Public pseudonym").fill(self.name)
        self.press("Go on")
        return self

    def press(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name):
        self.page.get_by_role("link", name=name, exact=True).click()

    def make_a_passkey(self):
        self.follow("Set up a passkey")
        self.page.get_by_label("A name for it").fill("This phone")
        self.press("Set up the passkey")
        self.is_at("Recovery codes")
        return self

    def set_up_password(self):
        self.follow("Set up a password and an app")
        secret = self.page.locator("code.secret").inner_text()
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_label("Password again").fill(PASSWORD)
        self.page.get_by_label("The code that the app shows now").fill(code_of(secret))
        self.press("Set up")
        self.is_at("Recovery codes")
        self.codes = self.page.locator("#codes code").all_inner_texts()
        return secret

    def is_at(self, heading):
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)


def test_invited_a_passkey_in_out_and_in_again(browse, link):
    ada = (
        Person(browse().new_page(), "Whimbrel")
        .take_a_device()
        .join(link)
        .make_a_passkey()
    )
    expect(ada.page.locator("#codes li")).to_have_count(10)
    ada.follow("To the desk")
    ada.is_at("Stream")
    ada.press("Sign out")
    ada.is_at("Sign in")
    ada.page.goto("/desk/editors/")
    ada.press("Sign in with a passkey")
    ada.is_at("Editors")
    assert ada.faults == []


def test_a_second_passkey_needs_the_first(browse, link):
    ada = (
        Person(browse().new_page(), "Bittern")
        .take_a_device()
        .join(link)
        .make_a_passkey()
    )
    ada.press("Sign out")
    ada.press("Sign in with a passkey")
    ada.is_at("Stream")
    ada.page.goto("/desk/security/passkeys/add/")
    ada.is_at("Is it you?")
    ada.press("Use your passkey")
    ada.is_at("Add a passkey")
    ada.press("Set up the passkey")
    expect(ada.page.get_by_role("alert")).to_have_text(
        "This device has a passkey for you already."
    )
    assert ada.faults == []


def test_a_device_that_says_nothing(browse, link):
    ada = Person(browse().new_page(), "Rook").join(link)
    session = ada.page.context.new_cdp_session(ada.page)
    session.send("WebAuthn.enable")
    silent = {"options": DEVICE | {"isUserVerified": False}}
    session.send("WebAuthn.addVirtualAuthenticator", silent)
    ada.follow("Set up a passkey")
    ada.press("Set up the passkey")
    expect(ada.page.get_by_role("alert")).to_contain_text(
        "Nothing came from the device"
    )


def test_a_password_and_an_app_without_scripts(browse, link):
    page = browse(java_script_enabled=False).new_page()
    ada = Person(page, "Tern").join(link)
    ada.set_up_password()
    ada.follow("To the desk")
    ada.is_at("Stream")
    ada.press("Sign out")
    expect(page.get_by_text("Passkeys need JavaScript").first).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    page.get_by_label("Sign-in name").fill("Tern signs in")
    page.get_by_label("Password").fill(PASSWORD)
    ada.press("Sign in with a password")
    ada.is_at("Your code")
    page.get_by_label("Code").fill(ada.codes[0])
    ada.press("Sign in")
    ada.is_at("Stream")


def test_the_app_s_picture_is_seen(browse, link):
    ada = Person(browse().new_page(), "Knot").join(link)
    ada.follow("Set up a password and an app")
    picture = ada.page.locator("img.qr")
    width = picture.evaluate("it => it.decode().then(() => it.naturalWidth)")
    assert width > 100
    assert ada.faults == []


def test_an_invited_editor_is_removed_while_at_the_desk(browse, link):
    steward = Person(browse().new_page(), "Swift").take_a_device().join(link)
    steward.make_a_passkey()
    steward.page.goto("/desk/editors/")
    steward.press("Make a link")
    invitation = steward.page.locator("#link").inner_text()
    newcomer = Person(browse().new_page(), "Dunlin").take_a_device().join(invitation)
    newcomer.make_a_passkey()
    newcomer.page.goto("/desk/")
    steward.page.goto("/desk/editors/")
    steward.page.get_by_role("link", name="Remove Dunlin").click()
    steward.press("Remove")
    newcomer.page.reload()
    newcomer.is_at("Sign in")
    newcomer.press("Sign in with a passkey")
    expect(newcomer.page.get_by_role("alert").first).to_have_text(
        "That was not right. Try again."
    )
    assert steward.faults + newcomer.faults == []


def test_no_cookie_leaves_the_desk(browse, link):
    context = browse()
    ada = Person(context.new_page(), "Gull").take_a_device().join(link)
    ada.make_a_passkey()
    assert {cookie["path"] for cookie in context.cookies()} == {"/desk/"}
    with ada.page.expect_request("**/publish/") as asked:
        ada.page.goto("/publish/")
    assert asked.value.all_headers().get("cookie") is None


PAGES = [
    "/desk/", "/desk/editors/", "/desk/security/", "/desk/setup/password/",
    "/desk/security/passkeys/add/", "/desk/security/password/", "/desk/security/app/",
    "/desk/security/codes/new/", "/desk/security/confirm/", "/desk/logout/",
]  # fmt: skip


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_everybody_can_use_the_pages(browse, link, colours):
    page = browse(bypass_csp=True, color_scheme=colours).new_page()
    page.goto("/desk/login/")
    found = faults(page)
    ada = Person(page, f"Finch {colours}")
    page.goto(link)
    found += faults(page)
    ada.join(link)
    found += faults(page)
    ada.follow("Set up a password and an app")
    found += faults(page)
    page.goto("/desk/setup/")
    ada.set_up_password()
    found += faults(page)
    for path in PAGES:
        page.goto(path)
        found += faults(page)
        if page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
            found.append(f"{path} scrolls sideways")
    page.goto("/desk/editors/")
    ada.press("Make a link")
    assert found + faults(page) == []
