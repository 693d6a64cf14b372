"""The front before Django: files of the tree as a web server gives them out."""

import gzip
import wsgiref.util
from email.utils import formatdate

import brotli
import pytest

from commonwire.delivery.serving import LARGEST_IN_MEMORY, Front
from commonwire.delivery.tree import Tree

PAGE = b"<!doctype html><title>A</title>" + b"<p>Text.</p>" * 100
PICTURE = bytes(range(256)) * 40
LARGE = b"0123456789abcdef" * (LARGEST_IN_MEMORY // 16 + 1)


class Answer:
    def __init__(self, front, path, method="GET", **environ):
        self.environ = {"PATH_INFO": path, "REQUEST_METHOD": method, **environ}
        wsgiref.util.setup_testing_defaults(self.environ)
        chunks = front(self.environ, self._start)
        self.body = b"".join(chunks)

    def _start(self, status, headers, _error=None):
        self.status = int(status.partition(" ")[0])
        self.headers = dict(headers)
        assert len(self.headers) == len(headers), "a header twice"


def django(_environ, start_response):
    start_response("299 Django", [])
    return [b"asked"]


@pytest.fixture
def tree(tmp_path):
    made = Tree(tmp_path / "public", tmp_path / "locks")
    made.prepare()
    made.write("/", PAGE)
    made.write("/feed.atom", PAGE)
    (made.root / "media").mkdir()
    (made.root / "media" / "a.jpg").write_bytes(PICTURE)
    (made.root / "media" / "large.jpg").write_bytes(LARGE)
    (tmp_path / "secret_key").write_text("secret")
    (tmp_path / "log_key").write_text("secret")
    (made.unfinished / "1").write_text("half")
    return made


@pytest.fixture
def get(tree):
    front = Front(tree, django)
    return lambda path="/", **environ: Answer(front, path, **environ)


@pytest.fixture(params=["cold", "hot"])
def page(request, get):
    """Asks for the front page: for the first time, or once it is in memory."""
    if request.param == "hot":
        for coding in ("", "gzip", "br"):
            get(HTTP_ACCEPT_ENCODING=coding)
    return get


def test_a_page_is_given_with_its_headers(page):
    answer = page()
    assert (answer.status, answer.body) == (200, PAGE)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Content-Length"] == str(len(PAGE))
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_what_is_not_in_the_tree_is_django_s(get):
    assert get("/nowhere/").body == b"asked"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "X"])
def test_other_methods_are_django_s(page, method):
    assert page(method=method).body == b"asked"


@pytest.mark.parametrize(
    "path", ["/publish/", "/key/", "/desk/", "/api/v1/", "/healthz"]
)
def test_rooms_are_django_s_whatever_lies_in_the_tree(get, tree, path):
    file = (
        tree.root / path[1:] / "index.html"
        if path.endswith("/")
        else tree.root / path[1:]
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"planted")
    assert get(path).body == b"asked"


# Compression

CODINGS = {
    "br": ("br", brotli.decompress),
    "gzip": ("gzip", gzip.decompress),
    "gzip, deflate, br, zstd": ("br", brotli.decompress),
    "gzip;q=1.0, identity; q=0.5": ("gzip", gzip.decompress),
    "br;q=0, gzip": ("gzip", gzip.decompress),
    "br;q=0.000, gzip;q=0": (None, bytes),
    "": (None, bytes),
    "identity": (None, bytes),
    "deflate": (None, bytes),
    "x-brand": (None, bytes),
}


@pytest.mark.parametrize("accepted", CODINGS)
def test_the_best_form_that_the_reader_takes_is_given(page, accepted):
    coding, unpack = CODINGS[accepted]
    answer = page(HTTP_ACCEPT_ENCODING=accepted)
    assert answer.headers.get("Content-Encoding") == coding
    assert unpack(answer.body) == PAGE


def test_each_form_has_a_tag_of_its_own(page):
    tags = {
        page(HTTP_ACCEPT_ENCODING=coding).headers["ETag"]
        for coding in ("", "gzip", "br")
    }
    assert len(tags) == 3


def test_a_form_that_is_missing_is_no_loss(get, tree):
    (tree.root / "index.html.br").unlink()
    answer = get(HTTP_ACCEPT_ENCODING="br")
    assert (answer.body, answer.headers.get("Content-Encoding")) == (PAGE, None)


# Known already


@pytest.mark.parametrize("coding", ["", "gzip", "br"])
def test_a_known_tag_is_not_modified(page, coding):
    tag = page(HTTP_ACCEPT_ENCODING=coding).headers["ETag"]
    answer = page(HTTP_ACCEPT_ENCODING=coding, HTTP_IF_NONE_MATCH=tag)
    assert (answer.status, answer.body) == (304, b"")
    assert (answer.headers["ETag"], "Content-Type" in answer.headers) == (tag, False)


@pytest.mark.parametrize("tags", ["*", "W/{tag}", '"other", {tag}', '{tag} , "x"'])
def test_every_way_to_name_a_known_tag_counts(page, tags):
    tag = page().headers["ETag"]
    assert page(HTTP_IF_NONE_MATCH=tags.format(tag=tag)).status == 304


@pytest.mark.parametrize("tags", ['"other"', "", "x", '"'])
def test_another_tag_gets_the_page(page, tags):
    assert page(HTTP_IF_NONE_MATCH=tags).status == 200


def test_a_known_date_is_not_modified(page):
    date = page().headers["Last-Modified"]
    assert page(HTTP_IF_MODIFIED_SINCE=date).status == 304


def test_a_tag_counts_more_than_a_date(page):
    date = page().headers["Last-Modified"]
    assert page(HTTP_IF_MODIFIED_SINCE=date, HTTP_IF_NONE_MATCH='"other"').status == 200


@pytest.mark.parametrize("date", ["yesterday", formatdate(0, usegmt=True), ""])
def test_another_date_gets_the_page(page, date):
    assert page(HTTP_IF_MODIFIED_SINCE=date).status == 200


def test_a_large_file_that_is_known_is_not_sent_again(get):
    tag = get("/media/large.jpg").headers["ETag"]
    answer = get("/media/large.jpg", HTTP_IF_NONE_MATCH=tag)
    assert (answer.status, answer.body) == (304, b"")


def test_head_tells_the_length_and_sends_nothing(page):
    answer = page(method="HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(PAGE))


def test_head_of_a_large_file_sends_nothing(get):
    answer = get("/media/large.jpg", method="HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(LARGE))


# Parts of files


@pytest.mark.parametrize("path", ["/", "/media/a.jpg", "/media/large.jpg"])
@pytest.mark.parametrize(
    ("wanted", "part"),
    [
        ("bytes=0-0", slice(0, 1)),
        ("bytes=5-9", slice(5, 10)),
        ("bytes=100-", slice(100, None)),
        ("bytes=-7", slice(-7, None)),
        ("bytes=3-99999999999", slice(3, None)),
        ("bytes=-99999999999", slice(0, None)),
    ],
)
def test_a_part_of_a_file_is_given(get, tree, path, wanted, part):
    whole = tree.read(path)
    answer = get(path, HTTP_RANGE=wanted)
    first, last, _step = part.indices(len(whole))
    assert (answer.status, answer.body) == (206, whole[part])
    assert answer.headers["Content-Range"] == f"bytes {first}-{last - 1}/{len(whole)}"
    assert answer.headers["Content-Length"] == str(last - first)


@pytest.mark.parametrize("wanted", ["bytes=999999999-", "bytes=5-4", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(get, wanted):
    answer = get("/media/a.jpg", HTTP_RANGE=wanted)
    assert answer.status in {416, 200}
    if answer.status == 416:
        assert answer.headers["Content-Range"] == f"bytes */{len(PICTURE)}"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "wanted",
    ["", "bytes=", "bytes=-", "bytes=a-b", "bytes=0-1,5-6", "lines=1-2", "bytes=٣-٤",
     "bytes=" + "9" * 5_000 + "-", "bytes=-" + "9" * 5_000],
)  # fmt: skip
def test_a_strange_wish_gets_the_whole_file(get, wanted):
    answer = get("/media/a.jpg", HTTP_RANGE=wanted)
    assert (answer.status, answer.body) == (200, PICTURE)


def test_a_part_is_given_only_of_the_file_that_is_meant(get):
    tag = get("/media/a.jpg").headers["ETag"]
    wanted = {"HTTP_RANGE": "bytes=0-4"}
    assert get("/media/a.jpg", **wanted, HTTP_IF_RANGE=tag).status == 206
    assert get("/media/a.jpg", **wanted, HTTP_IF_RANGE='"other"').status == 200


def test_a_part_is_never_of_a_compressed_form(get):
    answer = get(HTTP_RANGE="bytes=0-9", HTTP_ACCEPT_ENCODING="br, gzip")
    assert (answer.body, answer.headers.get("Content-Encoding")) == (PAGE[:10], None)


# Memory


@pytest.mark.parametrize("coding", ["", "gzip", "br"])
def test_a_page_printed_anew_is_given_at_once(get, tree, coding):
    first = get(HTTP_ACCEPT_ENCODING=coding)
    tree.write("/", PAGE.replace(b"Text", b"News"))
    second = get(HTTP_ACCEPT_ENCODING=coding)
    unpack = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}[coding]
    assert unpack(second.body) == PAGE.replace(b"Text", b"News")
    assert first.headers["ETag"] != second.headers["ETag"]


def test_a_removed_page_is_not_given_from_memory(get, tree):
    get()
    tree.remove("/")
    assert get().body == b"asked"


def test_memory_is_bounded(tree, monkeypatch):
    monkeypatch.setattr("commonwire.delivery.serving.MOST_MEMORY", 25_000)
    front = Front(tree, django)
    for number in range(10):
        (tree.root / "media" / f"{number}.jpg").write_bytes(PICTURE)
        assert Answer(front, f"/media/{number}.jpg").body == PICTURE
    assert front._size <= 25_000
    assert front._size == sum(len(hot.body) for hot in front._hot.values())


# Media


@pytest.mark.parametrize("path", ["/media/a.jpg", "/media/large.jpg"])
def test_media_are_kept_for_ever_and_run_nothing(get, path):
    headers = get(path).headers
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert headers["Content-Type"] == "image/jpeg"
    assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_a_file_of_an_unknown_kind_is_not_shown(get, tree):
    (tree.root / "media" / "a.exe").write_bytes(b"MZ")
    assert get("/media/a.exe").headers["Content-Type"] == "application/octet-stream"


# The public log, whose standard names its files


@pytest.mark.parametrize("path", ["/log/checkpoint", "/log/key"])
def test_the_log_s_head_and_key_are_text_that_may_change(get, tree, path):
    tree.write(path, PAGE)
    headers = get(path).headers
    assert headers["Content-Type"] == "text/plain; charset=utf-8"
    assert headers["Cache-Control"] == "no-cache"
    assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


@pytest.mark.parametrize(
    "path",
    ["/log/tile/0/x001/x234/067", "/log/tile/1/000.p/17", "/log/tile/entries/000.p/1"],
)
def test_the_log_s_tiles_are_bytes_that_never_change(get, tree, path):
    tree.write(path, PICTURE, plain=True)
    answer = get(path)
    assert (answer.status, answer.body) == (200, PICTURE)
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


# Addresses that lead nowhere

SECRETS = [
    "/../secret_key",
    "/log/../../log_key",
    "/media/../../secret_key",
    "/%2e%2e/secret_key",
    "/..%2fsecret_key",
    "/\\..\\secret_key",
    "//etc/passwd",
    "/.unfinished/1",
    "/media/.hidden",
    "/a\0b",
    "/\0",
    "/" + "x" * 300 + "/",
    "/" + "x/" * 5_000,
    "/" + "é" * 3_000,
    "/\xff\xfe/",
    "/\xed\xa0\x80/",
    "*",
    "/media",
    "/media/",
    "secret_key",
]


@pytest.mark.parametrize("path", SECRETS)
def test_a_strange_address_is_django_s(get, path):
    assert get(path).body == b"asked"


def test_an_address_in_any_script_is_found(get, tree):
    tree.write("/2026/01/16/إضراب/", PAGE)
    raw = "/2026/01/16/إضراب/".encode().decode("latin-1")
    assert get(raw).body == PAGE


def test_links_with_a_code_are_told_of_and_others_are_not(tree):
    seen = []
    front = Front(tree, django, lambda environ: seen.append(environ["QUERY_STRING"]))
    for query in ("", "page=2", "from=flyer"):
        assert Answer(front, "/", QUERY_STRING=query).body
    assert seen == ["from=flyer"]
