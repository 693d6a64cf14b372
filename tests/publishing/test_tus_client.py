"""Files in pieces from a client that others wrote (tuspy), to the real server."""

import io

import pytest
from tusclient.client import TusClient

from tests.factories import jpeg

pytestmark = pytest.mark.slow
PHOTO = jpeg((60, 40))


@pytest.fixture
def draft(server):
    """The path of one."""
    typed = {"kind": "report", "title": "A", "do": "save"}
    _status, headers, _body = server.post("/publish/", typed)
    return headers["Location"]


def uploader(server, draft, **options):
    client = TusClient(f"http://127.0.0.1:{server.port}{draft}files/")
    return client.uploader(
        file_stream=io.BytesIO(PHOTO),
        chunk_size=len(PHOTO) // 3,
        upload_checksum=True,
        **options,
    )


def test_tuspy_sends_a_file_and_goes_on_after_the_server_was_killed(server, draft):
    told = {"filename": "photo.jpg", "part": "0"}
    first = uploader(server, draft, metadata=told)
    first.upload_chunk()
    server.kill()
    server.start()
    again = uploader(server, draft, url=first.url)
    assert again.offset == len(PHOTO) // 3
    again.upload()
    status = f"{draft}files.json"
    server.wait_until(lambda: b'"state": "made"' in server.get(status)[2])
