"""The public tree in a bucket: the same pages as in a directory, and never an older one
over a newer one."""

import threading
from dataclasses import replace

import pytest

from commonwire.delivery import printing
from commonwire.delivery.bucket_tree import BucketTree
from commonwire.delivery.pages.family import Family
from commonwire.delivery.tree import the_tree
from commonwire.kit.bucket import Bucket, Overtaken, StoreDown
from tests.bucket import nobody

PAGE = "/2026/05/01/march/"


@pytest.fixture
def tree(bucket):
    return the_tree()


@pytest.fixture
def elsewhere(tree, tmp_path):
    """A printer on another machine: the same bucket, other locks."""
    other = BucketTree(
        tmp_path / "other", tmp_path / "locks", Bucket(tree.bucket.place)
    )
    other.prepare()
    return other


def test_a_page_is_one_object_with_its_type_and_how_long_it_lasts(tree):
    tree.write(PAGE, b"<p>page")
    tree.write("/feed.json", b"{}")
    tree.write("/log/tile/0/000", b"hashes")
    told = {
        key: (found["ContentType"], found["CacheControl"])
        for key in tree.bucket.keys("")
        if (
            found := tree.bucket.client.head_object(
                Bucket=tree.bucket.place.name, Key=f"site/{key}"
            )
        )
    }
    assert told == {
        "2026/05/01/march/index.html": ("text/html; charset=utf-8", "no-cache"),
        "feed.json": ("application/feed+json; charset=utf-8", "no-cache"),
        "log/tile/0/000": (
            "application/octet-stream",
            "public, max-age=31536000, immutable",
        ),
    }


def test_what_lies_there_already_is_not_written_again(tree):
    assert tree.write(PAGE, b"page")
    assert not tree.write(PAGE, b"page")
    assert tree.write(PAGE, b"other")
    assert tree.read(PAGE) == b"other"


@pytest.mark.parametrize("before", [None, b"first"])
def test_who_was_overtaken_can_not_write(tree, elsewhere, before):
    if before:
        tree.write(PAGE, before)
    with tree.lock(PAGE):
        elsewhere.write(PAGE, b"newer")
        with pytest.raises(Overtaken):
            tree.write(PAGE, b"older")
    assert tree.read(PAGE) == b"newer"


def test_a_page_that_was_taken_away_meanwhile_does_not_come_back(tree, elsewhere):
    tree.write(PAGE, b"first")
    with tree.lock(PAGE):
        elsewhere.remove(PAGE)
        with pytest.raises(Overtaken):
            tree.write(PAGE, b"older")
    assert tree.read(PAGE) is None


def test_of_two_interleaved_printers_the_newer_state_stays(
    tree, elsewhere, monkeypatch
):
    """The first reads, stops; the second reads what is newer and prints; the first goes
    on: it reads again."""
    state, read, go_on = ["old"], threading.Event(), threading.Event()

    class Page(Family):
        def render(self):
            found = state[0].encode()
            if not read.is_set():
                read.set()
                go_on.wait(5)
            return found

    monkeypatch.setattr(printing.pages, "find", lambda _path: (Page(), {}))
    slow = threading.Thread(target=printing.print_page, args=(PAGE,))
    slow.start()
    read.wait(5)
    state[0] = "new"
    elsewhere.write(PAGE, b"new")
    state[0] = "newest"
    go_on.set()
    slow.join()
    assert tree.read(PAGE) == b"newest"


def test_a_round_says_which_pages_were_printed_elsewhere(tree, elsewhere):
    tree.look_ahead(["/a/", "/b/"])
    elsewhere.write("/a/", b"newer")
    for path in ("/a/", "/b/"):
        with tree.lock(path):
            tree.write(path, b"mine")
    assert tree.finish() == ["/a/"]
    assert (tree.read("/a/"), tree.read("/b/")) == (b"newer", b"mine")


def test_folders_and_what_is_below_are_named_as_in_a_directory(tree):
    for path in ("/a/", "/a/b/", "/a/b/feed.rss", "/a/c/d/", "/e/"):
        tree.write(path, b"x")
    assert tree.folders("/a/") == ["/a/b/", "/a/c/"]
    assert tree.below("/a/b/") == ["/a/b/", "/a/b/feed.rss"]
    assert tree.there(["/a/", "/nothing/", "/../secret"]) == ["/a/"]


def test_pages_are_forgotten_and_files_are_not(tree):
    for path in ("/", "/a/", "/log/tile/0/000"):
        tree.write(path, b"x")
    tree.bucket.put("media/abc/320.jpg", b"x", {})
    tree.forget_pages()
    assert sorted(tree.bucket.keys("")) == ["log/tile/0/000", "media/abc/320.jpg"]


def test_more_are_listed_and_deleted_than_one_answer_holds(tree, monkeypatch):
    monkeypatch.setattr("commonwire.kit.bucket.MOST_KEYS", 2)
    for number in range(5):
        tree.bucket.put(f"a/{number}.txt", b"x", {})
    assert len(list(tree.bucket.keys("a/"))) == 5
    tree.forget_pages()
    assert list(tree.bucket.keys("")) == []


def test_a_store_that_is_down_is_said_so_and_left_alone_a_moment(place):
    bucket = Bucket(replace(place, endpoint=nobody()))
    with pytest.raises(StoreDown, match="endpoint"):
        bucket.read("a")
    with pytest.raises(StoreDown, match="a moment ago"):
        bucket.read("a")
