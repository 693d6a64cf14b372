"""A program that talks to the API."""

import json

import altcha
from django.core.files.uploadedfile import SimpleUploadedFile

from commonwire.moderation import doorkeeper
from tests.factories import jpeg

ANSWERED = ("Location", "Retry-After", "WWW-Authenticate")


class Program:
    """``token``: whose rights it has. ``address``: where it runs."""

    def __init__(self, client, *, token="", address="198.51.100.7"):
        self.client = client
        self.token = token
        self.address = address

    def get(self, path):
        return self.client.get(f"/api/v1/{path}", REMOTE_ADDR=self.address)

    def send(self, method, path, body=None, *, key="", **headers):
        """``body``: what becomes JSON, or JSON as it is."""
        text = body if isinstance(body, str) else json.dumps(body)
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if key or self.token:
            headers["Authorization"] = f"Key {key}" if key else f"Bearer {self.token}"
        return self.client.generic(
            method,
            f"/api/v1/{path}",
            "" if body is None else text,
            content_type="application/json",
            headers=headers,
            REMOTE_ADDR=self.address,
        )

    def publish(self, headers=None, **fields):
        fields = {"title": "A title", "body": "A text.", **fields}
        return self.send("POST", "posts", fields, **(headers or {}))

    def worked(self, **fields):
        """Publish with a proof of work."""
        return self.publish({"Altcha": self.work()}, **fields)

    def work(self):
        challenge = altcha.Challenge.from_dict(self.get("challenge").json())
        return altcha.Payload(challenge, altcha.solve_challenge(challenge)).to_base64()

    def upload(self, content=None, **fields):
        file = SimpleUploadedFile(
            "photo.jpg", content if content is not None else jpeg()
        )
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return self.client.post(
            "/api/v1/media",
            {"file": file, **fields},
            headers=headers,
            REMOTE_ADDR=self.address,
        )


def faults(answer):
    """The sentences of a problem by field."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == answer.status_code
    return {item["field"]: item["message"] for item in told.get("errors", ())}


def let_all_in():
    """As if this network had sent nothing yet: property tests send very much."""
    for buckets in doorkeeper.ALL:
        buckets.clear()
