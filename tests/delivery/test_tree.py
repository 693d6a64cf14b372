"""The public tree: files appear whole, at addresses that stay inside it."""

import gzip
import os
import threading
import time

import pytest

from commonwire.delivery.tree import Tree

TOO_LONG = "/" + "x" * 256 + "/"


@pytest.fixture
def tree(tmp_path):
    made = Tree(tmp_path / "public", tmp_path / "locks")
    made.prepare()
    return made


@pytest.mark.parametrize(
    "path",
    [
        "/../secret_key",
        "/a/../../secret_key",
        "/./a",
        "/a//b",
        "//etc/passwd",
        "/.unfinished/1",
        "/a/.hidden",
        "/..",
        "/a\0b/",
        TOO_LONG,
        "/" + "한" * 86 + "/",
    ],
)
def test_an_address_can_not_leave_the_tree(tree, path):
    assert tree.file(path) is None
    assert tree.read(path) is None


def test_what_has_no_place_can_not_be_written(tree):
    with pytest.raises(ValueError, match="no public address"):
        tree.write("/../secret_key", b"x")


@pytest.mark.parametrize(
    ("path", "file"),
    [("/", "index.html"), ("/a/b/", "a/b/index.html"), ("/feed.atom", "feed.atom")],
)
def test_an_address_lies_where_any_web_server_looks(tree, path, file):
    assert tree.file(path) == tree.root / file


def test_writing_leaves_nothing_unfinished(tree):
    tree.write("/a/", b"page" * 100)
    assert list(tree.unfinished.iterdir()) == []


def test_files_are_for_every_web_server_to_read(tree):
    before = os.umask(0o077)
    try:
        tree.write("/a/b/", b"page" * 100)
    finally:
        os.umask(before)
    modes = {
        path.name: path.stat().st_mode & 0o777 for path in (tree.root / "a").rglob("*")
    }
    assert modes == {
        "b": 0o755,
        "index.html": 0o644,
        "index.html.gz": 0o644,
        "index.html.br": 0o644,
    }


def test_a_small_page_has_no_compressed_forms(tree):
    tree.write("/a/", b"small")
    assert [file.name for file in (tree.root / "a").iterdir()] == ["index.html"]


def test_a_page_that_became_small_leaves_no_old_compressed_form(tree):
    tree.write("/a/", b"large" * 100)
    tree.write("/a/", b"small")
    assert [file.name for file in (tree.root / "a").iterdir()] == ["index.html"]


def test_a_page_that_was_laid_down_plain_is_packed_when_it_settles(tree):
    for path in ("/a/", "/b/"):
        tree.write(path, b"page" * 100, plain=True)
    tree.settle(["/a/", "/b/", "/gone/"], packed={"/a/", "/gone/"})
    packed = (tree.root / "a" / "index.html.gz").read_bytes()
    assert gzip.decompress(packed) == b"page" * 100
    assert [file.name for file in (tree.root / "b").iterdir()] == ["index.html"]


def test_what_a_power_cut_left_of_a_packed_form_is_mended(tree):
    tree.write("/a/", b"page" * 100)
    broken = tree.root / "a" / "index.html.br"
    whole = broken.read_bytes()
    broken.write_bytes(b"")
    tree.settle(["/a/"], packed={"/a/"})
    assert broken.read_bytes() == whole


def test_the_disk_is_waited_for_with_every_form_and_directory(tree, monkeypatch):
    tree.write("/a/b/", b"page" * 100)
    tree.write("/c/", b"page" * 100)
    tree.remove("/c/")
    waited = []
    monkeypatch.setattr("commonwire.delivery.tree.sync", waited.append)
    tree.settle(["/a/b/", "/c/"], packed={"/a/b/"})
    names = [tree.root / "a" / "b" / f"index.html{form}" for form in ("", ".gz", ".br")]
    assert {*names, tree.root / "a" / "b", tree.root} <= set(waited)


def test_a_page_is_removed_with_its_compressed_forms(tree):
    tree.write("/a/", b"page" * 100)
    tree.remove("/a/")
    tree.remove("/a/")
    assert not (tree.root / "a").exists()


def test_a_folder_with_other_pages_stays(tree):
    tree.write("/a/", b"page")
    tree.write("/a/b/c/", b"page")
    tree.remove("/a/")
    assert tree.read("/a/b/c/") == b"page"
    assert (tree.folders("/a/"), tree.folders("/a/b/")) == (["/a/b/"], ["/a/b/c/"])


@pytest.mark.parametrize("path", ["/nothing/", "/../", "/.unfinished/"])
def test_a_folder_that_is_none_has_no_folders(tree, path):
    assert tree.folders(path) == []


def test_a_reader_never_sees_half_a_page(tree):
    """Whatever is read is one of the pages, and its compressed form unpacks."""
    versions = [bytes([letter]) * 200_000 for letter in b"abcdef"]
    whole, seen, stop = set(versions), [], threading.Event()
    tree.write("/a/", versions[0])
    file = tree.file("/a/")

    def read():
        while not stop.is_set():
            seen.append(tree.read("/a/") in whole)
            packed = file.with_name("index.html.gz").read_bytes()
            seen.append(gzip.decompress(packed) in whole)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(40):
        tree.write("/a/", versions[number % len(versions)])
    stop.set()
    for reader in readers:
        reader.join()
    assert set(seen) == {True}


def test_the_sweep_takes_what_a_crash_left(tree):
    old, new = tree.unfinished / "1", tree.unfinished / "2"
    old.write_bytes(b"")
    new.write_bytes(b"")
    os.utime(old, (time.time() - 3601, time.time() - 3601))
    tree.sweep()
    assert list(tree.unfinished.iterdir()) == [new]


def test_one_printer_of_a_page_at_a_time(tree):
    done = []

    def wait():
        with tree.lock("/a/"):
            done.append("second")

    with tree.lock("/a/"):
        second = threading.Thread(target=wait)
        second.start()
        second.join(timeout=0.2)
        done.append("first")
    second.join()
    assert done == ["first", "second"]


def test_forgetting_pages_spares_pictures_and_the_program_s_files(tree):
    for path in ("/", "/a/b/", "/feed.atom", "/media/x/y.jpg", "/assets/site.css"):
        tree.write(path, b"x" * 300)
    tree.forget_pages()
    left = {
        str(file.relative_to(tree.root))
        for file in tree.root.rglob("*")
        if file.is_file()
    }
    assert {name for name in left if not name.endswith((".gz", ".br"))} == {
        "media/x/y.jpg",
        "assets/site.css",
    }
    assert not (tree.root / "a").exists()
