"""The covering page in front of the real server's files, as its view would fill it."""

import io
from dataclasses import asdict
from email.parser import BytesParser
from types import SimpleNamespace
from urllib.parse import parse_qsl

from django.template.loader import render_to_string
from django.test import override_settings

from commonwire.delivery.headers import SECURITY
from commonwire.media import covering, faces
from commonwire.media.exchange import Options
from commonwire.media.places import numbered
from commonwire.publishing.covering import shown
from tests.media.portraits import crowd

ADDRESS = "/publish/a-draft/pictures/a-picture/cover/"
# Of files whose hashes only the server's process knows.
PLAIN_NAMES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
SIZE = (1200, 900)
HEADS = [(80, 260, 360), (480, 300, 300), (840, 200, 420)]


def scene():
    return crowd(SIZE, HEADS)


def jpeg(picture, **options):
    file = io.BytesIO()
    picture.save(file, "JPEG", **options)
    return file.getvalue()


def open_cover(page, *, covers=(), style="solid"):
    """Shows the page; what is sent from it is gathered in the list that comes back."""
    picture = scene().picture
    found = faces.find(picture.tobytes(), *picture.size)
    picture_of = SimpleNamespace(
        alt="Three people at a gate",
        kind="picture",
        public_id="a-picture",
        width=picture.width,
        height=picture.height,
        faces=[asdict(box) for box in found],
        options=Options(tuple(covers), style).as_dict(),
    )
    context = {
        "site": {"name": "The Riverton Wire"},
        "picture": picture_of,
        "image": "uncovered.jpg",
        "numbered": "numbered.jpg",
        **shown(picture_of),
        "back": "/publish/",
        "topics": (),
        "regions": (),
        "notices": [],
    }
    drawn = covering.numbered(picture, numbered(found, covers))
    files = {"uncovered.jpg": jpeg(picture), "numbered.jpg": jpeg(drawn)}
    with override_settings(STORAGES=PLAIN_NAMES):
        html = render_to_string("publishing/cover.html", context)
    sent = []

    def answer(route):
        name = route.request.url.rpartition("/")[2]
        if route.request.method == "POST":
            sent.append(parse_qsl(route.request.post_data))
            route.fulfill(body="Covered.", content_type="text/plain")
        elif name:
            route.fulfill(body=files[name], content_type="image/jpeg")
        else:
            route.fulfill(body=html, content_type="text/html", headers=dict(SECURITY))

    page.route(f"**{ADDRESS}**", answer)
    page.goto(ADDRESS)
    return sent


def values(sent, name):
    return [value for key, value in sent[-1] if key == name]


def files_in(request):
    """The uploaded files of a form's request: name, type and bytes of each."""
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    parts = BytesParser().parsebytes(head + request.post_data_buffer)
    return [
        (part.get_filename(), part.get_content_type(), part.get_payload(decode=True))
        for part in parts.get_payload()
        if part.get_filename()
    ]
