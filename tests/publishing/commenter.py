"""A reader at the form of a comment, without scripts, cookies and account."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from tests.contributor import Contributor

PART = "addendum-0-"


class Commenter(Contributor):
    def begin(self, post, *, minutes_ago=1):
        before = timezone.now() - timedelta(minutes=minutes_ago)
        with time_machine.travel(before, tick=False):
            return self.get(f"/publish/comment/{post.pk}/")

    def write(self, body="", *, files=None, do="preview", **words):
        """Fill in the form that is open; a browser sends the rest along."""
        typed = {f"{PART}{name}": value for name, value in words.items()}
        if body:
            typed[f"{PART}body"] = body
        if files:
            typed[f"{PART}files"] = files
        return self.send(do=do, **typed)

    def comment(self, post, body="I was there too.", **words):
        """From an empty form to what is told after publishing."""
        return self.begin(post).write(body, **words).send(do="publish")
