"""A browser's requests, one at a time over one connection, each answer checked."""

import http.client
import re
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from benchmarks.texts import Text

_OPENED = re.compile(rb'name="opened" value="([^"]+)"')
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
_BOUNDARY = "boundary-of-the-form"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


class Client:
    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._connection.connect()
        self.headers: dict[str, str] = {}

    def close(self) -> None:
        self._connection.close()

    def get(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        return self._ask("GET", path, headers=headers)

    def post(self, path: str, fields: dict[str, str], *, multipart: bool) -> Answer:
        if multipart:
            body = _multipart(fields)
            kind = f"multipart/form-data; boundary={_BOUNDARY}"
        else:
            body, kind = urlencode(fields).encode(), "application/x-www-form-urlencoded"
        return self._ask("POST", path, body, {"Content-Type": kind})

    def announce(self, path: str, length: int) -> Answer:
        """A POST that says how long it will be, and stops there."""
        return self._ask("POST", path, b"", {"Content-Length": str(length)})

    def _ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        sent = self.headers | (headers or {})
        self._connection.request(method, path, body, sent)
        answer = self._connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())


@dataclass
class Publishing:
    """How long each step took, in milliseconds."""

    post: float
    shown: float


@dataclass
class Drafting:
    made: float
    previewed: float


class Newswire:
    """Commonwire's publish form, as a browser without scripts goes through it."""

    def __init__(self, port: int) -> None:
        self.client = Client(port)
        form = self.client.get("/publish/")
        self.opened = expect(_OPENED.search(form.body), "the form")[1].decode()

    def draft(self, text: Text) -> tuple[str, Drafting]:
        """The address of a new draft."""
        fields = {**text.as_form(), "kind": "report", "opened": self.opened}
        self._as_somebody(text)
        start = time.perf_counter()
        made = self.client.post("/publish/", fields, multipart=True)
        between = time.perf_counter()
        address = str(made.headers["Location"]).partition("#")[0]
        preview = self.client.get(address)
        end = time.perf_counter()
        expect(text.title.encode() in preview.body, "the preview")
        took = Drafting((between - start) * 1e3, (end - between) * 1e3)
        return address, took

    def _as_somebody(self, text: Text) -> None:
        """Each text comes from an address of its own, as a proxy tells it."""
        parts = text.number.to_bytes(4, "big", signed=True)[1:]
        self.client.headers["X-Forwarded-For"] = ".".join(map(str, (10, *parts)))

    def publish(self, address: str, text: Text) -> Publishing:
        """Press “Publish” in the preview, which sends the whole form; then look at the
        post and at the front page."""
        fields = {**text.as_form(), "kind": "report", "do": "publish"}
        self._as_somebody(text)
        start = time.perf_counter()
        answer = self.client.post(address, fields, multipart=True)
        between = time.perf_counter()
        page = self.client.get(text.path)
        front = self.client.get("/")
        end = time.perf_counter()
        expect(answer.status == 303, f"publishing: {answer.status}")
        _is_shown(text, page, front)
        return Publishing((between - start) * 1e3, (end - start) * 1e3)


class Bare:
    """The bare site's form."""

    def __init__(self, port: int) -> None:
        self.client = Client(port)
        form = self.client.get("/publish/")
        self.token = expect(_TOKEN.search(form.body), "the form")[1].decode()
        cookie = str(form.headers["Set-Cookie"]).partition(";")[0]
        self.client.headers["Cookie"] = cookie

    def publish(self, text: Text) -> Publishing:
        fields = {**text.as_form(), "csrfmiddlewaretoken": self.token}
        start = time.perf_counter()
        answer = self.client.post("/publish/", fields, multipart=False)
        between = time.perf_counter()
        page = self.client.get(str(answer.headers["Location"]))
        front = self.client.get("/")
        end = time.perf_counter()
        _is_shown(text, page, front)
        return Publishing((between - start) * 1e3, (end - start) * 1e3)


def _is_shown(text: Text, page: Answer, front: Answer) -> None:
    ending = text.body.split()[-1].encode()
    expect(page.status == 200 and ending in page.body, "the post's page")
    expect(text.title.encode() in page.body, "the title on the post's page")
    expect(front.status == 200 and text.title.encode() in front.body, "the front page")


def expect(found: Any, what: str) -> Any:
    if not found:
        raise SystemExit(f"{what} is not what it should be")
    return found


def _multipart(fields: dict[str, str]) -> bytes:
    parts = [
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    return ("".join(parts) + f"--{_BOUNDARY}--\r\n").encode()
