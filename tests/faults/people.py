"""People and programs at a site that fails: each sends the same again until it is
answered, and remembers what it was answered."""

import http.client
import json
import random
import re
import threading
import time
import uuid
from urllib.parse import urlencode

from commonwire.kit.phrases import words
from tests.media.pictures import telling

ANSWER_SECONDS = 30
PAUSE_SECONDS = 0.1
# As long as screening wants people to have read a form at least.
READING_SECONDS = 4
OPENED = re.compile(rb'name="opened" value="([^"]+)"')
BOUNDARY = "boundary-of-a-form"


class Unanswered(Exception):
    """No answer came, or one that says that the site cannot just now."""


class Ended(Exception):
    """The run is over before anything was begun."""


class Person(threading.Thread):
    """Does one thing after another until told to stop; then ends what it began."""

    def __init__(self, run, seed):
        super().__init__(daemon=True)
        self.run_, self.random = run, random.Random(seed)
        self.answered = []
        self.wrong = self.said = ""

    def run(self):
        try:
            while not self.run_.is_over.is_set():
                self.do()
                time.sleep(self.random.uniform(0, self.pause))
        except Ended:
            pass
        except Exception as error:  # noqa: BLE001 - told in the verdict
            self.wrong = f"{type(self).__name__}: {error!r}"

    pause = 0.3

    def until_answered(self, attempt):
        """Try the same until the site says something about it."""
        while True:
            try:
                return attempt()
            except Unanswered:
                if self.run_.is_given_up.is_set():
                    raise
                time.sleep(PAUSE_SECONDS)

    def ask(self, method, path, body=None, **headers):
        """Status, headers and body, from any of the web processes."""
        port = self.random.choice(self.run_.machine.ports)
        network = ".".join(str(self.random.randrange(1, 255)) for _ in range(3))
        headers = {"X-Forwarded-For": f"10.{network}", **headers}
        connection = http.client.HTTPConnection(
            "127.0.0.1", port, timeout=ANSWER_SECONDS
        )
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            status, said = answer.status, answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.said = f"{method} {path}: {error!r}"
            raise Unanswered from error
        finally:
            connection.close()
        if status >= 500 or status == 429:
            self.said = f"{method} {path}: {status} {said[:200]}"
            raise Unanswered
        return status, answer.headers, said

    def send(self, path, fields):
        """A plain form."""
        kind = "application/x-www-form-urlencoded"
        body = urlencode(fields, doseq=True).encode()
        return self.ask("POST", path, body, **{"Content-Type": kind})

    def call(self, path, sent, *, token, key=""):
        """The API; what it answered, or None when it refused."""
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
        }
        if key:
            headers["Idempotency-Key"] = key
        status, _headers, said = self.ask(
            "POST", path, json.dumps(sent).encode(), **headers
        )
        return json.loads(said) if status == 201 else None

    def text(self, number=40):
        return " ".join(self.random.choices(words(), k=number)).capitalize() + "."

    def read_for_a_while(self):
        if self.run_.is_over.wait(READING_SECONDS):
            raise Ended


class Program(Person):
    """Publishes by the API, now and then with a picture."""

    def do(self):
        title = f"Post {uuid.uuid4()}"
        media = [self.picture()] if self.random.random() < 0.2 else []
        sent = {"title": title, "body": self.text(), "media": media}
        sent["topics"] = self.random.sample(["labor", "housing"], 1)
        key = str(uuid.uuid4())
        token = self.run_.world["contributor"]
        made = self.until_answered(
            lambda: self.call("/api/v1/posts", sent, token=token, key=key)
        )
        if made is None:
            raise AssertionError(f"{title} was refused")
        self.answered.append(made | {"title": title, "body": sent["body"]})
        self.run_.posts.append(made["id"])

    def picture(self):
        head = (
            f"--{BOUNDARY}\r\nContent-Disposition: form-data; "
            'name="file"; filename="a.jpg"\r\n\r\n'
        )
        body = head.encode() + telling("JPEG") + f"\r\n--{BOUNDARY}--\r\n".encode()
        headers = {
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
            "Authorization": f"Bearer {self.run_.world['contributor']}",
        }
        while True:
            status, _headers, said = self.until_answered(
                lambda: self.ask("POST", "/api/v1/media", body, **headers)
            )
            if status in {200, 201}:
                return json.loads(said)["id"]
            time.sleep(PAUSE_SECONDS)  # no room for files just now


class Writer(Person):
    """Publishes by the form, without scripts."""

    def do(self):
        _s, _h, page = self.until_answered(lambda: self.ask("GET", "/publish/"))
        opened = OPENED.search(page)[1].decode()
        self.read_for_a_while()
        title = f"Form {uuid.uuid4()}"
        form = {"kind": "report", "title": title, "body": self.text(), "opened": opened}
        draft = self.until_answered(lambda: self.place(self.send("/publish/", form)))
        self.publish(draft, {**form, "do": "publish"})
        self.answered.append({"title": title, "draft": draft, "body": form["body"]})

    def place(self, answer):
        status, headers, said = answer
        if status != 303:
            raise AssertionError(f"a form was answered by {status}: {said[:300]}")
        return headers["Location"].partition("#")[0]

    def publish(self, draft, form):
        room = ""
        while True:
            sent = {} if room else form
            status, headers, _said = self.until_answered(
                lambda place=room or draft, sent=sent: self.send(place, sent)
            )
            if status != 303:  # not yet
                time.sleep(PAUSE_SECONDS * 5)
                continue
            place = headers["Location"].partition("#")[0]
            if place.endswith("/published/"):
                return
            room = place if "/wait/" in place else ""


class Author(Program):
    """Publishes, and withdraws it a little later; nothing of it may stay."""

    def do(self):
        super().do()
        made = self.answered.pop()
        self.run_.posts.remove(made["id"])
        path = f"/api/v1/posts/{made['id']}"
        key = {"Authorization": f"Key {made['key']}"}
        status, _headers, said = self.until_answered(
            lambda: self.ask("DELETE", path, **key)
        )
        if status not in {200, 204, 410}:
            raise AssertionError(f"withdrawing was answered by {status}: {said[:300]}")
        self.answered.append(made | {"withdrawn": True})

    pause = 3


class Editor(Person):
    """Sorts, hides and shows again what came, by the API."""

    def do(self):
        if not self.run_.posts:
            return
        post = self.random.choice(self.run_.posts)
        sent = {"post": post, **self.random.choice(self.acts)}
        token, key = self.run_.world["editor"], str(uuid.uuid4())
        made = self.until_answered(
            lambda: self.call("/api/v1/decisions", sent, token=token, key=key)
        )
        if made:
            self.answered.append(made)

    pause = 0.5
    acts = (
        {"action": "classify", "class": "local"},
        {"action": "classify", "class": "global"},
        {"action": "classify", "class": "other"},
        {"action": "hide", "rule": "advertising", "reason": "It sells something."},
        {"action": "unhide"},
    )


class Steward(Person):
    """Endorses calls for organisations, each once."""

    def do(self):
        if not self.run_.pairs:
            raise Ended
        slug, call = self.run_.pairs.pop()
        phrase = self.run_.world["organisations"][slug]
        form = {"how": "officer", "office": "President"}
        status = None
        while status != 303:
            path = f"{self.room(phrase)}calls/{call}/"
            status, _headers, said = self.until_answered(
                lambda path=path: self.send(path, form)
            )
            self.said = f"endorsing: {status} {said[:6000]}"
            # Nobody else endorses for it: an answer was lost.
            if status == 422 and b"already" in said:
                break
        self.answered.append((slug, call))

    def room(self, phrase):
        while True:
            status, headers, _said = self.until_answered(
                lambda: self.send("/organisations/room/", {"key": phrase})
            )
            if status == 303:
                return headers["Location"]
            self.said = f"the room's door: {status} {_said[:2000]}"
            time.sleep(PAUSE_SECONDS)

    pause = 2


class Pledger(Person):
    """Pledges what calls ask."""

    def do(self):
        call, asks = self.random.choice(self.run_.world["calls"])
        path = f"/pledge/{call}/"
        status, _h, page = self.until_answered(lambda: self.ask("GET", path))
        found = OPENED.search(page)
        if not found:
            raise AssertionError(f"a pledge's form: {status} {page[:3000]}")
        opened = found[1].decode()
        self.read_for_a_while()
        form = {"opened": opened, "asks": asks[:1], "place": "Alder"}
        while True:
            status, headers, said = self.until_answered(lambda: self.send(path, form))
            if status == 303:
                self.answered.append((call, headers["Location"]))
                return
            if status != 422:
                raise AssertionError(f"a pledge was answered by {status}: {said[:300]}")
            form["opened"] = OPENED.search(said)[1].decode()  # as a browser would
            time.sleep(PAUSE_SECONDS)


PEOPLE = (Program, Program, Writer, Author, Editor, Steward, Pledger, Pledger)
