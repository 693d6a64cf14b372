"""Printing: at once, by the worker, on demand, and never half."""

import errno
import gzip
import io
import os
import threading
from copy import deepcopy

import brotli
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonwire.changes import cursors, running
from commonwire.changes.models import Change
from commonwire.delivery import pages, printing
from commonwire.delivery.management.commands import print as print_command
from commonwire.delivery.printing import print_page, print_stale
from commonwire.delivery.tree import Tree, the_tree
from commonwire.moderation.actions import withdrawing
from commonwire.publishing.actions import corrections, sorting
from commonwire.publishing.content import Revision
from commonwire.publishing.models import Post, Site
from tests.factories import (
    NOON,
    a_feature,
    a_picture,
    a_post,
    a_rule,
    a_section,
    a_site,
    a_steward,
    an_addendum,
)

# Printed again when the site changed, and a new section is such a change.
FOR_WEB_SERVERS = {
    *("/404.html", "/413.html", "/50x.html"),
    *("/log/key", "/log/checkpoint"),
}
FILES = "django.template.loaders.filesystem.Loader"
pytestmark = pytest.mark.django_db(transaction=True)


def files(root):
    """Every page in the tree, without its compressed forms."""
    return {
        f"/{file.relative_to(root)}".removesuffix("index.html")
        for file in root.rglob("*")
        if file.is_file() and file.suffix not in {".gz", ".br"}
    }


@pytest.fixture
def public(settings):
    return settings.PUBLIC_DIR


def test_a_post_prints_its_page_and_the_front_before_the_answer(public):
    post = a_post("A vote")
    assert files(public) == {"/", post.path}


def test_the_worker_prints_the_rest(public):
    post = a_post("A vote", at=NOON, topics=(a_section(),))
    print_stale()
    listings = ["/", "/wire/", "/wire/unsorted/", "/topics/labor/", "/2026/01/16/"]
    feeds = {
        path + name
        for path in listings
        for name in ("feed.atom", "feed.rss", "feed.json")
    }
    assert files(public) == {post.path, *listings, *feeds, *FOR_WEB_SERVERS}


def test_a_round_prints_each_page_once_however_many_changes():
    posts = [a_post(at=NOON) for _ in range(5)]
    done = print_stale()
    assert (done.changes, done.failed) == (5, 0)
    # The front, the wire, its class and the day with three feeds each; the posts.
    assert done.printed == 4 * 4 + len(posts)


def test_the_next_round_has_nothing_to_do():
    a_post()
    print_stale()
    assert print_stale().changes == 0


def test_changes_of_another_round_are_left_for_it():
    for _ in range(3):
        a_post(at=NOON)
    assert [print_stale(limit=2).changes for _ in range(3)] == [2, 1, 0]


def test_a_page_with_the_same_bytes_is_not_written_again(public):
    a_post("A vote")
    print_stale()
    before = {
        file: file.stat().st_mtime_ns for file in public.rglob("*") if file.is_file()
    }
    for path in sorted(files(public)):
        print_page(path)
    after = {
        file: file.stat().st_mtime_ns for file in public.rglob("*") if file.is_file()
    }
    assert after == before


def test_both_compressed_forms_hold_the_same_page(public):
    a_post("A vote", body="Text. " * 100)
    print_stale()
    plain = [
        file
        for file in public.rglob("*")
        if file.suffix not in {".gz", ".br"} and file.is_file()
    ]
    for file in plain:
        body = file.read_bytes()
        assert gzip.decompress(file.with_name(f"{file.name}.gz").read_bytes()) == body
        assert brotli.decompress(file.with_name(f"{file.name}.br").read_bytes()) == body
    assert len(plain) == 17


def test_readers_see_a_round_s_pages_before_the_disk_has_them(public, monkeypatch):
    post, seen = a_post("Old words", at=NOON), []
    print_stale()

    def settle(_tree, paths, *, packed):
        seen.append("New words" in (public / "wire" / "index.html").read_text())
        seen.append(cursors.position(printing.CURSOR) == cursors.latest())

    monkeypatch.setattr(Tree, "settle", settle)
    corrections.correct(post=post, revision=Revision({"title": "New words"}))
    print_stale()
    assert seen == [True, False]


def test_what_had_words_that_were_taken_away_is_printed_before_the_log(monkeypatch):
    ada, post, order = a_steward("Ada"), a_post(), []
    print_stale()
    rule = a_rule("private-data")
    withdrawing.withdraw_for_safety(by=ada, post=post, rule=rule, reason="An address.")
    monkeypatch.setattr(printing, "print_page", lambda path, **_how: order.append(path))
    print_stale()
    of_log = [path.startswith("/log/") for path in order]
    assert of_log == sorted(of_log)
    assert "/wire/feed.atom" in order


def test_people_s_pages_are_printed_before_feeds(monkeypatch):
    a_post("A vote", at=NOON)
    order = []
    monkeypatch.setattr(printing, "print_page", lambda path, **_how: order.append(path))
    print_stale()
    feeds = [path for path in order if not path.endswith("/")]
    assert order[-len(feeds) :] == feeds
    assert {"/", "/wire/", "/feed.atom"} <= set(order)


# When something breaks


@pytest.fixture
def no_zone():
    """A site whose zone no program knows: every page of it fails."""
    a_post("Old words")
    print_stale()
    Site.objects.update(time_zone="Nowhere/Never")


def test_a_page_that_fails_leaves_the_old_file(public, no_zone):
    with pytest.raises(Exception, match="Nowhere"):
        print_page("/")
    assert "Old words" in (public / "index.html").read_text()


def test_a_failing_round_leaves_old_files_and_goes_on(public, no_zone, caplog):
    page = public / "wire" / "index.html"
    corrections.correct(post=Post.objects.get(), revision=Revision({"title": "New"}))
    assert print_stale().failed == 5
    assert "Old words" in page.read_text()
    assert cursors.position(printing.CURSOR) == cursors.latest()


@pytest.fixture
def full_disk(monkeypatch):
    """No page of the wire finds room; called, there is some again."""
    with monkeypatch.context() as patched:
        patched.setattr(Tree, "_lay", only_elsewhere(errno.ENOSPC))
        yield patched.undo


def only_elsewhere(number, name=None):
    """Lays down what is no page of the wire; there the system says this."""
    lay = Tree._lay

    def laid(tree, file, *rest):
        if "wire" in file.parts:
            raise OSError(number, os.strerror(number), name)
        lay(tree, file, *rest)

    return laid


def test_a_round_that_finds_no_room_is_done_again(public, full_disk, caplog):
    post = a_post("A vote", at=NOON)
    with pytest.raises(printing.Unprinted):
        print_stale()
    assert "A vote" in (public / "2026/01/16/index.html").read_text()
    full_disk()
    print_stale()
    assert post.path in (public / "wire" / "index.html").read_text()
    assert cursors.position(printing.CURSOR) == cursors.latest()


def test_a_file_that_a_page_misses_keeps_no_other_page_waiting(public, monkeypatch):
    monkeypatch.setattr(Tree, "_lay", only_elsewhere(errno.ENOENT))
    a_post("A vote", at=NOON)
    assert print_stale().failed
    assert "A vote" in (public / "2026/01/16/index.html").read_text()
    assert cursors.position(printing.CURSOR) == cursors.latest()


def test_a_disk_that_is_not_there_for_a_while_costs_no_page(public, caplog):
    """It is there again when the round ends, and the pages are not."""
    a_post("A vote", at=NOON)
    missing = the_tree().unfinished / "1-2"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Tree, "_lay", only_elsewhere(errno.ENOENT, str(missing)))
        with pytest.raises(printing.Unprinted):
            print_stale()
    print_stale()
    assert "A vote" in (public / "wire" / "index.html").read_text()
    assert cursors.position(printing.CURSOR) == cursors.latest()


def test_a_page_is_printed_by_its_address_whatever_lies_there(public):
    post = a_post("A vote")
    page = public / post.path.strip("/") / "index.html"
    page.write_text("spoilt")
    call_command("print", post.path, stdout=io.StringIO())
    assert "A vote" in page.read_text()


def test_every_page_is_printed_however_many_there_are(public, monkeypatch):
    a_post("A vote")
    monkeypatch.setattr(print_command, "TOGETHER", 5)
    call_command("print", "--all", stdout=io.StringIO())
    assert files(public) == {path for path in pages.every() if the_tree().read(path)}
    assert {"/", "/wire/", "/about/", "/log/"} <= files(public)


def test_an_address_of_no_page_is_refused():
    with pytest.raises(CommandError, match="/nowhere/at/all/"):
        call_command("print", "/nowhere/at/all/")


@pytest.fixture
def broken_wire(tmp_path, settings):
    """A template of the wire's with a mistake in it."""
    folder = tmp_path / "templates"
    (folder / "public").mkdir(parents=True)
    (folder / "public" / "wire.html").write_text("{% include 'nothing.html' %}")
    engine = deepcopy(settings.TEMPLATES[0])
    engine["DIRS"] = [folder]
    engine["OPTIONS"]["loaders"].insert(0, FILES)
    return lambda: setattr(settings, "TEMPLATES", [engine])


def test_a_mistake_in_a_template_leaves_its_pages_and_the_rest_is_printed(
    public, broken_wire, caplog
):
    a_post("Old words", at=NOON)
    print_stale()
    broken_wire()
    a_post("New words", at=NOON)
    assert print_stale().failed == 2
    assert "Old words" in (public / "wire" / "index.html").read_text()
    assert "New words" in (public / "wire" / "feed.json").read_text()
    assert "New words" in (public / "2026/01/16/index.html").read_text()


def test_a_change_is_answered_though_its_page_fails(no_zone, caplog):
    post = Post.objects.get()
    revision = Revision({"title": "New words"})
    assert corrections.correct(post=post, revision=revision).after == revision.fields
    assert "a page did not print" in caplog.text


def test_pages_that_fail_are_counted_whoever_tries(no_zone, client, caplog):
    heart = running.Heart(running.WORKER)
    heart.beat()
    before = running.sums().get("pages_failed", 0)
    Change.objects.create(kind="site.changed")
    client.raise_request_exception = False
    failed = print_stale().failed
    month = Post.objects.get().day
    assert client.get(f"/wire/unsorted/{month:%Y/%m}/").status_code == 500
    heart.beat()
    assert running.sums()["pages_failed"] == before + failed + 1


# On demand


def test_a_page_that_is_not_there_is_printed_and_stays(client, public):
    a_post("A vote", at=NOON)
    assert client.get("/2026/01/").status_code == 200
    assert "/2026/01/" in files(public)


def test_asking_again_asks_no_database(client):
    a_post("A vote", at=NOON)
    client.get("/2026/01/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/2026/01/")
    assert asked.captured_queries == []


def test_what_is_no_page_is_not_found_and_leaves_no_file(client, public):
    for path in ("/nowhere/", "/2026/01/16/nothing/", "/topics/none/", "/feed.xml"):
        assert client.get(path).status_code == 404
    assert files(public) == {"/404.html"}


@pytest.mark.parametrize(
    "path",
    ["/wire", "/2026/01/16/a-vote", "/2026/01", "/about", "/publish", "/key", "/desk"],
)
def test_an_address_without_its_last_stroke_leads_on(client, path):
    a_post("A vote", at=NOON)
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (301, f"{path}/")


def test_a_stroke_that_leads_nowhere_else_stays_here(client):
    for path in ("//example.org", "//example.org/", "/\\example.org", "//wire"):
        assert client.get("/", PATH_INFO=path).status_code == 404


def test_a_page_that_is_nothing_any_more_is_removed(public):
    post = a_post("A vote", at=NOON, topics=(a_section(),))
    print_stale()
    sorting.sort(post=post, wire_class="hidden")
    print_stale()
    assert not {path for path in files(public) if path.startswith("/2026/01/16/")} - {
        post.path
    }


# Forgetting


def test_a_change_of_the_site_forgets_all_but_the_front_and_error_pages(public):
    a_post("A vote", attachments=(a_picture(),))
    print_stale()
    media = {path for path in files(public) if path.startswith("/media/")}
    a_site(name="Riverton Wire")
    print_stale()
    kept = {"/", "/feed.atom", "/feed.rss", "/feed.json", *FOR_WEB_SERVERS}
    assert files(public) - media == kept
    assert media <= files(public)
    assert "Riverton Wire" in (public / "index.html").read_text()


def prepare():
    call_command("prepare", stdout=_Nowhere())


class _Nowhere:
    def write(self, _text):
        pass


@pytest.fixture
def static(settings):
    settings.STATIC_ROOT = settings.PUBLIC_DIR / "assets"
    settings.STATICFILES_FINDERS = []  # to compress the admin's takes seconds
    settings.STATIC_ROOT.mkdir(parents=True)


def test_an_upgrade_forgets_the_pages_of_the_old_templates(
    public, static, data_directory
):
    prepare()
    post = a_post("A vote")
    (data_directory / "printed-by").write_text("an older version")
    prepare()
    pages_left = {path for path in files(public) if not path.startswith("/assets/")}
    assert post.path not in pages_left
    assert {"/", "/404.html", "/robots.txt"} <= pages_left


def test_the_same_version_forgets_nothing(public, static):
    prepare()
    post = a_post("A vote")
    prepare()
    assert post.path in files(public)


def test_another_address_of_the_site_forgets_the_old_one(
    public, static, settings, client
):
    prepare()
    post = a_post("A vote")
    settings.SITE_URL = "https://news.example.org"
    prepare()
    assert post.path not in files(public)
    assert b"https://news.example.org/" in client.get(post.path).content


@pytest.fixture
def collected(static, settings, monkeypatch):
    """Counts how often the program's own files are collected."""
    settings.STORAGES = {
        "staticfiles": {"BACKEND": "commonwire.web.assets.AssetStorage"}
    }
    counted = []
    command = "commonwire.web.management.commands.prepare"
    monkeypatch.setattr(f"{command}.compress_assets", counted.append)
    # Pages name assets, and here there are none.
    monkeypatch.setattr(f"{command}.print_page", lambda _path: None)
    return counted


def test_another_address_of_the_site_collects_no_assets_again(
    public, collected, settings
):
    prepare()
    settings.SITE_URL = "https://news.example.org"
    prepare()
    assert collected == [settings.STATIC_ROOT]


@pytest.mark.parametrize("lost", ["assets-of", "public/assets/staticfiles.json"])
def test_assets_that_are_lost_or_of_another_version_are_collected_again(
    public, collected, settings, data_directory, lost
):
    prepare()
    (data_directory / lost).unlink()
    (data_directory / "printed-by").unlink()
    prepare()
    assert collected == [settings.STATIC_ROOT] * 2


# Two at once


def test_who_prints_last_has_read_the_latest_state(public):
    """A printer that waits for a page reads only once it is its turn."""
    post = a_post("Old words")
    with the_tree().lock(post.path):
        waiting = threading.Thread(target=_print_and_close, args=(post.path,))
        waiting.start()
        Post.objects.update(title="New words")
    waiting.join()
    assert "New words" in (public / post.path[1:] / "index.html").read_text()


def _print_and_close(path):
    print_page(path)
    connection.close()


def test_a_change_that_another_printed_is_not_printed_again(public):
    post = a_post("A vote")
    commit = printing._commits
    (public / post.path[1:] / "index.html").unlink()
    assert print_page(post.path, commit=commit) is None
    assert post.path not in files(public)


# Queries


def every_listing(client):
    """All addresses of lists and feeds, with what they show printed away."""
    for path in sorted(set(pages.every())):
        if "/a-vote" not in path and not path.endswith("html"):
            yield path


def queries_of(path):
    with CaptureQueriesContext(connection) as asked:
        family, groups = pages.find(path)
        family.render(**groups)
    return len(asked)


def test_lists_of_one_and_of_thirty_make_the_same_queries(client):
    section = a_section()
    shown = {"topics": (section,), "at": NOON, "summary": "S"}

    def add(*, pictures):
        post = a_post(
            "A vote",
            **shown,
            attachments=[a_picture() for _ in range(pictures)],
            addenda=(
                an_addendum(
                    body="More.", attachments=[a_picture() for _ in range(pictures)]
                ),
            ),
        )
        corrections.correct(post=post, revision=Revision({"summary": "T"}))
        a_feature(post)

    add(pictures=1)
    paths = list(every_listing(client))
    few = {path: queries_of(path) for path in paths}
    for number in range(29):
        add(pictures=int(number < 3))  # each takes its while to make
    assert {path: queries_of(path) for path in paths} == few
    assert len(paths) > 50
