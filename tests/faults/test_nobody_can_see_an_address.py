"""Who posted cannot be told: not from the database, not from any other file of the
site, not from what it logs, whatever goes wrong meanwhile."""

import gzip
import ipaddress
import json
import subprocess
import sys
import zlib
from contextlib import closing
from urllib.parse import urlsplit

import brotli
import pytest
from fido2.utils import websafe_decode
from pysqlite3 import dbapi2 as sqlite

from commonwire.delivery.privacy import fates_of, fields_of, stored_models
from commonwire.kit.fates import NEVER
from commonwire.kit.phrases import words
from tests.accounts.editor_browser import PASSWORD, code_of
from tests.live import Server, command
from tests.media.pictures import SENTINEL, telling
from tests.page import Page

pytestmark = pytest.mark.slow
ADDRESSES = ("203.0.113.77", "2001:db8:77::1")
CANARY = "Canary-Browser-9917"
CONTACT = "rosa-private-contact-5512"


class Visit:
    """What one visitor did, and what nobody may find of it."""

    def __init__(self, server, address):
        self.server, self.address = server, address
        self.headers = {
            "User_Agent": f"{CANARY} {address}",
            "X_Forwarded_For": address,
            "Referer": f"http://{CANARY}.example/{address}",
            "Accept_Language": CANARY,
            "Cookie": f"id={CANARY}",
        }
        self.draft = self._draft()
        self.path = self._publish()
        self.key = self._key()
        self._go_wrong()

    def _post(self, path, fields, files=()):
        body = b"".join(
            [
                *(_part(name, value.encode()) for name, value in fields.items()),
                *(_part("files", content, "photo.jpg") for content in files),
                b"--b--\r\n",
            ]
        )
        kind = "multipart/form-data; boundary=b"
        return self.server.post(path, body, **self.headers, Content_Type=kind)

    def _draft(self):
        fields = {
            "kind": "report",
            "title": f"A vote {len(self.address)}",
            "body": f"Text {len(self.address)}.",
            "contact": CONTACT,
            "opened": self.server.take_a_while(),
            "altcha": self.server.work(),
        }
        status, headers, _body = self._post("/publish/", fields, [telling("JPEG")])
        assert status == 303
        return headers["Location"]

    def _publish(self):
        _status, _headers, body = self.server.get(self.draft, **self.headers)
        form = {name: values[0] for name, values in Page(body).fields.items()}
        assert self._post(self.draft, {**form, "do": "publish"})[0] == 303
        return self.server.post_of(self.draft)

    def _key(self):
        _status, _headers, body = self.server.get(
            f"{self.draft}published/", **self.headers
        )
        return Page(body).said("p", id="phrase")[0]

    def _go_wrong(self):
        """Everything that is answered by an error, and the author's room."""
        ask, token = self.server.get, self.draft.split("/")[2]
        for path in (f"/{CANARY}", "/key/x/", "/publish/x/", f"/?{CANARY}", "/%ff"):
            ask(path, **self.headers)
        for body in (b"--", b"title=" + b"x" * 3_000_000, b"\xff" * 50):
            self.server.post("/publish/", body, **self.headers)
        self._post("/publish/", {}, [b"not a picture", telling("JPEG")[:900]])
        for _ in range(12):
            self._post("/key/", {"key": "wrong words"})
        self.server.request("DELETE", f"/publish/{token}/", **self.headers)
        self.server.post(
            "/api/v1/posts", b"{", **self.headers, Content_Type="application/json"
        )
        self.server.post("/desk/login/", {"username": CANARY}, **self.headers)

    def edit(self):
        """Join the editors, set up a password and an app, and go wrong in every way that
        counts tries or keeps a request for later."""
        name = f"visitor {len(self.address)}"
        added = command("editor", "add", name, data=self.server.data)
        names = {"name": name, "pseudonym": f"Magpie {len(self.address)}"}
        self._at_desk(urlsplit(added.stdout.strip()).path, names)
        _status, page = self._at_desk("/desk/setup/password/")
        (secret,) = page.said("code")
        both = {"password1": PASSWORD, "password2": PASSWORD}
        self._at_desk("/desk/setup/password/", {**both, "code": "1"})
        self._at_desk("/desk/setup/password/", {**both, "code": code_of(secret)})
        _status, page = self._at_desk("/desk/security/codes/")
        codes = page.said("code")
        self._at_desk("/desk/logout/", {})
        for password in ("wrong", PASSWORD):
            form = {"login": name, "password": password, "next": "/desk/editors/"}
            self._at_desk("/desk/login/", form)
        for code in ("1", codes[0]):
            status, _page = self._at_desk("/desk/login/code/", {"code": code})
        assert status == 302
        # The session has no proof yet of who sits there: a form is interrupted.
        assert self._at_desk("/desk/security/app/remove/", {"x": CANARY})[0] == 302
        assert self._at_desk("/desk/security/confirm/", {"password": "wrong"})[0] == 200
        assert self._at_desk("/desk/")[0] == 200

    def _at_desk(self, path, form=None):
        """Ask for a page, or send its form, with the cookies that came so far."""
        self.cookies = getattr(self, "cookies", {"id": CANARY})
        if form is not None and "desk_form" not in self.cookies:
            self._at_desk("/desk/login/")
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {**self.headers, "Cookie": cookie}
        if form is None:
            status, got, body = self.server.get(path, **headers)
        else:
            token = {"csrfmiddlewaretoken": self.cookies["desk_form"]}
            status, got, body = self.server.post(path, {**token, **form}, **headers)
        for line in got.get_all("Set-Cookie", []):
            name, _is, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return status, Page(body)

    @property
    def secrets(self):
        """The ways that an address may be written, and all else that tells."""
        address = ipaddress.ip_address(self.address)
        token = self.draft.split("/")[2]
        return {
            "address": self.address.encode(),
            "packed address": address.packed,
            "hex address": address.packed.hex().encode(),
            "exploded address": address.exploded.encode(),
            "number of the address": str(int(address)).encode(),
            "browser": CANARY.encode(),
            "camera": SENTINEL.encode(),
            "camera in UTF-16": SENTINEL.encode("utf-16-le"),
            "key": self.key.encode(),
            "draft's address": token.encode(),
        }


def _part(name, content, filename=""):
    told = f'; filename="{filename}"' if filename else ""
    head = f'--b\r\nContent-Disposition: form-data; name="{name}"{told}\r\n\r\n'
    return head.encode() + content + b"\r\n"


@pytest.fixture(scope="module")
def visited(tmp_path_factory):
    """A site on which two people published, and much went wrong; still running."""
    server = Server(tmp_path_factory.mktemp("site")).start()
    visits = [Visit(server, address) for address in ADDRESSES]
    try:
        for visit in visits:
            visit.edit()
        with_broken_database(server, visits[0])
        yield server, visits
    finally:
        server.stop()


# Faults on our side: a table is gone, and a column holds what is no time zone.
BROKEN = [
    (
        503,
        "ALTER TABLE publishing_section RENAME TO publishing_gone",
        "ALTER TABLE publishing_gone RENAME TO publishing_section",
    ),
    (
        500,
        "UPDATE publishing_site SET time_zone = '!' || time_zone",
        "UPDATE publishing_site SET time_zone = substr(time_zone, 2)",
    ),
]


def with_broken_database(server, visit):
    """Each fault for a moment."""
    for status, breaking, mending in BROKEN:
        _change_rows(server, breaking)
        answers = [
            server.get(path, **visit.headers)[0]
            for path in ("/publish/", f"/publish/{CANARY}/", "/wire/local/2026/01/")
        ]
        assert status in answers
        _change_rows(server, mending)


def _change_rows(server, change):
    base = f"{server.data}/commonwire.sqlite3"
    code = (
        f"import pysqlite3; c = pysqlite3.connect({base!r}, timeout=20); "
        f"c.execute({change!r}); c.commit()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def every_byte(server):
    """Everything on the disk, unpacked where it is packed; and what was said."""
    found = {}
    for file in server.data.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            found[str(file.relative_to(server.data))] = content
            if file.suffix == ".gz":
                found[f"{file}, unpacked"] = gzip.decompress(content)
            if file.suffix == ".br":
                found[f"{file}, unpacked"] = brotli.decompress(content)
    return {
        **found,
        **sessions(server),
        "stdout": server.out.read_bytes(),
        "stderr": server.err.read_bytes(),
    }


def sessions(server):
    """What the desk remembers of who is signed in; it lies there packed."""
    with closing(
        sqlite.connect(f"file:{server.data}/commonwire.sqlite3?mode=ro", uri=True)
    ) as base:
        rows = base.execute("SELECT session_data FROM django_session").fetchall()
    packed = [row[0].partition(":")[0] for row in rows]
    return {
        f"session {number}": zlib.decompress(websafe_decode(data.removeprefix(".")))
        if data.startswith(".")
        else websafe_decode(data)
        for number, data in enumerate(packed)
    }


def test_the_search_finds_what_is_there(visited):
    """Or the tests below would prove nothing."""
    server, visits = visited
    content = every_byte(server)
    holders = {name for name, data in content.items() if b"A vote 12" in data}
    assert "index.html" in {name.rpartition("/")[2] for name in holders}
    assert any(name.startswith("commonwire.sqlite3") for name in holders)
    assert any(b"Magpie 12" in data for data in content.values())
    remembered = [data for name, data in content.items() if name.startswith("session ")]
    assert any(b"_auth_user_id" in data for data in remembered)
    assert b"Internal Server Error" in content["stderr"]
    assert all(len(visit.key.split()) == 6 for visit in visits)
    assert all(word in words() for visit in visits for word in visit.key.split())


@pytest.mark.parametrize("visitor", [0, 1], ids=ADDRESSES)
@pytest.mark.parametrize(
    "secret",
    ["address", "packed address", "hex address", "exploded address", "number of the address",
     "browser", "camera", "camera in UTF-16", "key", "draft's address"],
)  # fmt: skip
def test_no_byte_tells_it(visited, visitor, secret):
    server, visits = visited
    needle = visits[visitor].secrets[secret]
    telling_files = [
        name for name, data in every_byte(server).items() if needle in data
    ]
    assert telling_files == []


def test_the_private_contact_is_in_the_database_only(visited):
    server, _visits = visited
    holders = {
        name.partition("-")[0]
        for name, data in every_byte(server).items()
        if CONTACT.encode() in data
    }
    assert holders == {"commonwire.sqlite3"}


def test_no_file_in_the_tree_holds_metadata(visited):
    server, _visits = visited
    media = [str(file) for file in (server.data / "public" / "media").rglob("*.*")]
    assert media
    done = subprocess.run(
        ["exiftool", "-j", "-G", *media], capture_output=True, check=True
    )
    groups = {tag.partition(":")[0] for item in json.loads(done.stdout) for tag in item}
    assert groups <= {"SourceFile", "ExifTool", "File", "JFIF", "RIFF", "Composite"}


def filled_fields():
    """All columns but those of a library's tables that this site never writes."""
    return [
        field
        for model in stored_models()
        for field in fields_of(model)
        if getattr(fates_of(model), field.name) != NEVER
    ]


def test_no_table_has_a_column_for_an_address():
    parts = {part for field in filled_fields() for part in field.name.split("_")}
    assert not parts & {"ip", "addr", "agent", "host"}
    # Of places where people meet, not of computers.
    streets = {"Event.address", "Event.private_address"}
    named = {
        f"{field.model.__name__}.{field.name}"
        for field in filled_fields()
        if "address" in field.name.split("_")
    }
    assert named <= streets
    kinds = {field.get_internal_type() for field in filled_fields()}
    assert "GenericIPAddressField" not in kinds
