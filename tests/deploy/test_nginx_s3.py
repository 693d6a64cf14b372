"""deploy/nginx-s3.conf in a real nginx, in front of a bucket and `commonwire serve`."""

import json
import os
import shutil
import time
from contextlib import closing
from pathlib import Path

import pytest
from benchmarks.client import Client, Newswire
from benchmarks.publish import LEAST_AGE, wait_for_worker
from benchmarks.texts import text

from benchmarks import servers
from commonwire.delivery.bucket_tree import said_in
from commonwire.delivery.headers import OPEN, SECURITY
from commonwire.kit.bucket import Bucket

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not shutil.which("nginx") and not os.environ.get("CI"),
        reason="nginx is not installed",
    ),
]
SHIPPED = Path(__file__).parents[2] / "deploy" / "nginx-s3.conf"
HEADERS = {name for name, _value in (*SECURITY, *OPEN)}
HEADERS |= {"Cache-Control", "Content-Type"}
SAID = (
    *("/", "/feed.atom", "/feed.json", "/podcast.png", "/publish/", "/nothing/"),
    *("/embed.html", "/embed.js", "/log/checkpoint", "/log/key", "/404.html"),
)
PICTURE = "/media/abc/320.jpg"


def shipped(place, upstream, cache):
    """The file with the values set that an operator sets."""
    said = SHIPPED.read_text()
    host = place.endpoint.removeprefix("http://")
    for ours, theirs in (
        ("listen 80;", f"listen 127.0.0.1:{servers.free_port()};"),
        ("server 127.0.0.1:8000;", f"server 127.0.0.1:{upstream};"),
        ("server 127.0.0.1:9000;", f"server {host};"),
        ("commonwire_bucket_name 127.0.0.1:9000;", f"commonwire_bucket_name {host};"),
        ("root /wire/site;", f"root /{place.name}/{place.prefix};"),
        ("proxy_cache_path /var/cache/nginx/commonwire", f"proxy_cache_path {cache}"),
    ):
        assert said.count(ours) == 1
        said = said.replace(ours, theirs)
    return said


def let_read(place):
    """Everybody may read objects."""
    allowed = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{place.name}/{place.prefix}/*",
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
    Bucket(place).client.put_bucket_policy(Bucket=place.name, Policy=policy)


class Site:
    """A post in a bucket, behind nginx."""

    def __init__(self, place, wire, port, path):
        self.bucket = Bucket(place)
        self.nginx, self.direct = Client(port), Client(wire.port)
        self.post = path


@pytest.fixture(scope="module")
def site(s3, tmp_path_factory):
    here = tmp_path_factory.mktemp("site")
    place = s3.place()
    let_read(place)
    store = f"s3://{place.name}/{place.prefix}?endpoint={place.endpoint}"
    with servers.commonwire(
        here / "data", store=f"{store}&region={place.region}"
    ) as wire:
        newswire, words = Newswire(wire.port), text(1)
        draft, _took = newswire.draft(words)
        time.sleep(LEAST_AGE)
        newswire.publish(draft, words)
        newswire.client.close()
        wait_for_worker(here / "data")
        block = shipped(place, wire.port, here / "cache")
        with servers.nginx(block, here / "nginx") as port:
            found = Site(place, wire, port, words.path)
            found.bucket.put(PICTURE[1:], b"0123456789", said_in(PICTURE))
            with closing(found.nginx), closing(found.direct):
                yield found


def _said(answer):
    return {name: answer.headers.get_all(name) for name in HEADERS}


@pytest.mark.parametrize("path", SAID)
def test_headers_are_those_of_commonwire(site, path):
    site.direct.get(path)  # what is not in the bucket yet is printed
    assert _said(site.nginx.get(path)) == _said(site.direct.get(path))


def test_a_page_is_what_lies_in_the_bucket(site):
    answer = site.nginx.get(site.post, {"Accept-Encoding": "identity"})
    assert answer.body == site.bucket.read(f"{site.post[1:]}index.html")[0]
    assert [name for name in answer.headers if name.startswith("x-amz")] == []


def test_pages_are_compressed_on_the_way(site):
    answer = site.nginx.get(site.post, {"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"


def test_what_is_not_in_the_bucket_is_printed_and_then_there(site):
    site.bucket.delete(["hidden/index.html"])
    assert site.nginx.get("/hidden/").status == 200
    assert site.bucket.look("hidden/index.html")


def test_a_part_of_a_medium(site):
    answer = site.nginx.get(PICTURE, {"Range": "bytes=2-4"})
    assert (answer.status, answer.body) == (206, b"234")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Last-Modified"] is None


def test_a_medium_that_is_not_there_is_asked_of_commonwire(site):
    assert site.nginx.get("/media/abc/none.jpg").status == 404


def test_a_form_reaches_commonwire_with_its_cookie(site):
    answer = site.nginx.get("/desk/login/")
    assert answer.status == 200
    assert "desk_form=" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize("path", ["/index.html", "/a/index.html", "/.x", "/a.gz"])
def test_a_page_has_one_address(site, path):
    assert site.nginx.get(path).status == 404


def test_nothing_outside_the_prefix_is_reached(site):
    Bucket(site.bucket.place).client.put_object(
        Bucket=site.bucket.place.name, Key="secret.txt", Body=b"secret"
    )
    for path in ("/a/../../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt"):
        assert b"secret" not in site.nginx.get(path).body
