"""The thin front, where pages are in a bucket."""

import gzip

import pytest

from commonwire.delivery.bucket_front import BucketFront, Files
from commonwire.delivery.tree import the_tree
from tests.bucket import cut

PAGE = b"<p>A vote</p>" * 100


@pytest.fixture
def get(bucket):
    front = BucketFront(
        the_tree(), lambda _environ, start: start("404 No", []) or [b""]
    )

    def ask(path, **headers):
        said = {}
        environ = {"PATH_INFO": path, "REQUEST_METHOD": "GET"}
        environ |= {f"HTTP_{name.upper()}": told for name, told in headers.items()}

        def start(status, told):
            said.update({"Status": status, **dict(told)})

        return b"".join(front(environ, start)), said

    the_tree().write("/a/", PAGE)
    return ask


def test_a_page_is_read_from_the_bucket_with_all_that_is_said_of_it(get):
    body, said = get("/a/")
    assert body == PAGE
    assert said["Status"] == "200 OK"
    assert said["Content-Type"] == "text/html; charset=utf-8"
    assert said["Cache-Control"] == "no-cache"
    assert "default-src 'none'" in said["Content-Security-Policy"]


def test_readers_get_the_form_that_they_take(get):
    body, said = get("/a/", accept_encoding="gzip")
    assert (gzip.decompress(body), said["Content-Encoding"]) == (PAGE, "gzip")


def test_who_has_a_page_already_is_told_so_until_it_changes(get):
    tag = get("/a/")[1]["ETag"]
    assert get("/a/", if_none_match=tag)[1]["Status"] == "304 Not Modified"
    the_tree().write("/a/", PAGE[::-1])
    assert get("/a/", if_none_match=tag)[0] == PAGE[::-1]


@pytest.mark.parametrize(
    "path", ["/b/", "/desk/", "/media/a/b.jpg", "/../x", "/a/\xff"]
)
def test_what_is_no_page_there_is_the_program_s(get, path):
    assert get(path)[1]["Status"] == "404 No"


def test_a_page_that_was_removed_is_gone_at_once(get):
    get("/a/")
    the_tree().remove("/a/")
    assert get("/a/")[1]["Status"] == "404 No"


def test_while_the_store_is_cut_pages_are_as_they_were(get, bucket):
    get("/a/")
    the_tree().pulse.beat()
    with cut(bucket):
        assert get("/a/")[0] == PAGE
        assert get("/b/")[1]["Status"] == "404 No"


def test_pages_on_the_disk_from_before_the_site_moved_are_not_served(tmp_path):
    files = Files(tmp_path / "public", tmp_path / "locks")
    assert files.file("/") is None
    assert files.file("/media/a/b.jpg") == files.root / "media/a/b.jpg"
