"""Somebody at the publish form with a browser that has no scripts and no cookies.

What they send is what the page's form holds, changed by what they type: so a field that
a page loses is lost here too.
"""

from datetime import timedelta

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from commonwire.publishing.models import Post
from tests.page import Page


class Contributor:
    def __init__(self, client, address="198.51.100.7"):
        self.client = client
        self.address = address
        self.where = "/publish/"
        self.page = None
        self.answer = None
        self.key = ""

    def open(self, *, minutes_ago=1):
        """Open the form, some time ago: people take a while to write."""
        before = timezone.now() - timedelta(minutes=minutes_ago)
        with time_machine.travel(before, tick=False):
            return self.get("/publish/")

    def get(self, path):
        self._take(self.client.get(path, REMOTE_ADDR=self.address))
        self.where = path
        return self

    def send(self, **typed):
        """Type into the page's form and press a button (`do`); follow the redirect."""
        fields = {**self.page.fields, **typed}
        fields = {name: value for name, value in fields.items() if value is not None}
        return self.post(self.where, fields)

    def post(self, path, fields):
        self._take(self.client.post(path, fields, REMOTE_ADDR=self.address))
        if self.answer.status_code == 303:
            return self.get(self.answer["Location"].partition("#")[0])
        return self

    def preview(self, **typed):
        if self.page is None:
            self.open()
        return self.send(do="preview", **typed)

    def publish(self, **typed):
        """From an empty form to the page with the key."""
        if self.page is None or typed:
            self.preview(**typed)
        self.send(do="publish")
        self.key = self.shown_key
        return self

    def wait(self, *, seconds=200):
        """Sit in the waiting room, then press its button."""
        self.where = self.page.all("form")[-1]["attributes"]["action"]
        later = timezone.now() + timedelta(seconds=seconds)
        with time_machine.travel(later, tick=False):
            return self.send()

    def enter(self, key=None):
        """Open the author's room."""
        return self.post("/key/", {"key": key or self.key})

    def room(self, post, verb):
        """Go to a page of the room, from its own link."""
        suffix = f"/{post.pk}/{verb}/"
        (link,) = [
            a for a in self.links if a.startswith("/key/") and a.endswith(suffix)
        ]
        return self.get(link)

    @property
    def links(self):
        return [a["attributes"].get("href", "") for a in self.page.all("a")]

    @property
    def shown_key(self):
        found = self.page.said("p", id="phrase")
        return found[0] if found else ""

    @property
    def notices(self):
        """The sentences of a list in a notice."""
        items = [item for item in self.page.all("li") if "notice" in item["in"]]
        return [" ".join(item["text"].split()) for item in items]

    @property
    def status(self):
        return self.answer.status_code

    @property
    def typed(self):
        """The first value of every field on the page."""
        return {name: values[0] for name, values in self.page.fields.items()}

    def _take(self, answer):
        self.answer = answer
        self.page = Page(answer.content)


def a_file(content, name="photo.jpg", kind="image/jpeg"):
    return SimpleUploadedFile(name, content, content_type=kind)


def the_post():
    """The only post there is."""
    return Post.objects.get()
