"""An editor at a browser without scripts: fills in the forms that the pages hold."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.page import Page

PASSWORD = "a long sentence about bread"


def code_of(secret, *, steps=0):
    """What an authenticator app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


class EditorBrowser:
    def __init__(self, client, address="203.0.113.5"):
        self.client = client
        self.address = address
        self.answer = self.page = None
        self.where = ""
        self.secret = ""
        self.recovery_codes = []

    def get(self, path):
        return self._take(self.client.get(path, REMOTE_ADDR=self.address), path)

    def send(self, to=None, **typed):
        """The page's form, as it is filled in; follows where it leads."""
        return self.post(to or self.where, typed)

    def post(self, path, fields):
        answer = self.client.post(path, fields, REMOTE_ADDR=self.address)
        return self._take(answer, path)

    def _take(self, answer, path):
        hops = 0
        while answer.status_code in {302, 303} and hops < 5:
            path, hops = answer["Location"], hops + 1
            answer = self.client.get(path, REMOTE_ADDR=self.address)
        self.answer, self.where = answer, path
        self.page = Page(answer.content)
        return self

    @property
    def status(self):
        return self.answer.status_code

    @property
    def heading(self):
        return self.page.said("h1")[0]

    @property
    def is_in(self):
        return self.client.get("/desk/", REMOTE_ADDR=self.address).status_code == 200

    # What editors do

    def join(self, link, name="ada.signs.in", pseudonym="Magpie"):
        self.get(link)
        return self.send(name=name, pseudonym=pseudonym)

    def set_up_password(self, password=PASSWORD):
        self.get("/desk/setup/password/")
        (self.secret,) = self.page.said("code")
        self.send(password1=password, password2=password, code=code_of(self.secret))
        self.recovery_codes = self.page.said("code")
        return self

    def sign_in(self, name="ada.signs.in", password=PASSWORD):
        self.get("/desk/login/")
        return self.send(login=name, password=password)

    def sign_out(self):
        return self.post("/desk/logout/", {})
