"""A tus client that does nothing by itself, over Django's test client."""

import base64

from django.utils.http import urlencode

PIECE = "application/offset+octet-stream"


class Sender:
    def __init__(self, client, address="198.51.100.7"):
        self.client = client
        self.address = address
        self.draft = ""

    def save(self, **typed):
        """Make a draft, as the form's script does."""
        answer = self.client.post(
            "/publish/",
            urlencode({"kind": "report", "do": "save", **typed}, doseq=True),
            content_type="application/x-www-form-urlencoded",
            REMOTE_ADDR=self.address,
        )
        self.draft = answer["Location"]
        return self

    @property
    def files(self):
        return f"{self.draft}files/"

    def ask(self, method, path, body=b"", **headers):
        given = {"Tus-Resumable": "1.0.0"}
        given |= {name.replace("_", "-"): str(value) for name, value in headers.items()}
        given = {name: value for name, value in given.items() if value != "None"}
        kind = PIECE if body or method == "PATCH" else ""
        kind = given.pop("Content-Type", kind)
        if method == "PATCH" or body:
            # Of an empty body Django's client would say neither.
            given |= {"Content-Type": kind, "Content-Length": str(len(body))}
        return self.client.generic(
            method, path, body, kind, headers=given, REMOTE_ADDR=self.address
        )

    def begin(self, length, *, part=None, name=None, body=b"", **headers):
        told = {"part": part, "filename": name}
        metadata = ",".join(
            f"{key} {base64.b64encode(str(value).encode()).decode()}"
            for key, value in told.items()
            if value is not None
        )
        if metadata:
            headers["Upload_Metadata"] = metadata
        return self.ask("POST", self.files, body, Upload_Length=length, **headers)

    def patch(self, where, at, body, **headers):
        return self.ask("PATCH", where, body, Upload_Offset=at, **headers)

    def head(self, where):
        return self.ask("HEAD", where)

    def send(self, content, **told):
        """All of it; the last answer."""
        begun = self.begin(len(content), **told)
        return self.patch(begun["Location"], 0, content)

    @property
    def status(self):
        return self.client.get(f"{self.draft}files.json").json()
