"""`commonwire log`: this site's, a copy's, a stranger's; exit codes 0, 1 and 2."""

import contextlib
import functools
import http.server
import shutil
import threading
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from commonwire.delivery.printing import print_page
from commonwire.moderation.log import keys, sources, stored, tiles
from commonwire.moderation.log.sources import Unreadable, Web
from commonwire.moderation.log.tiles import Tile
from commonwire.moderation.models import Decision, LogEntry, LogTile
from tests.delivery.test_log_tree import append
from tests.factories import NOON, a_rule
from tests.live import command
from tests.moderation.log.copies import SALT, SIGNER, Copy, an_entry, entries, words

OWN_KEY = "its key is the one it names itself; compare it with the one you know, or say --key:"


def log(*said):
    """What the command says, and its exit code."""
    out = StringIO()
    try:
        call_command("log", *map(str, said), stdout=out, stderr=out)
    except CommandError as error:
        return out.getvalue() + str(error), error.returncode
    return out.getvalue(), 0


@pytest.fixture
def copy(tmp_path):
    made = Copy(tmp_path / "copy", entries(300))
    made.lay_decision(5)
    return made


def kept(copy, size, tmp_path):
    """A checkpoint that somebody kept."""
    file = tmp_path / f"kept-{size}"
    file.write_bytes(copy.head_at(size).signed(SIGNER))
    return file


# A copy, without a site


def test_a_copy_is_verified_with_its_own_key(copy):
    said, code = log("verify", copy.root)
    absent = ", ".join(str(number) for number in range(21) if number != 5)
    assert code == 0
    assert said.splitlines() == [
        "news.example.org/log: 300 entries, all in the signed tree",
        "the files of 1 decision agree with it, their reasons too; removed: 0 reasons",
        f"not printed here, and not compared: decision.json of {absent} and 279 more",
        OWN_KEY,
        f"  {SIGNER.verifier}",
    ]


def test_a_key_from_elsewhere_need_not_be_compared(copy):
    said, code = log("verify", copy.root, "--key", SIGNER.verifier, "--entries-only")
    assert code == 0
    assert said == "news.example.org/log: 300 entries, all in the signed tree\n"


@pytest.mark.parametrize("inside", ["log", "log/"])
def test_the_log_alone_is_enough(copy, inside):
    assert log("verify", f"{copy.root}/{inside}")[1] == 0


def test_a_data_directory_is_a_copy_too(copy, tmp_path):
    (tmp_path / "site").mkdir()
    copy.root.rename(tmp_path / "site" / "public")
    assert log("verify", tmp_path / "site")[1] == 0


def test_the_wrong_entry_is_named_and_the_command_fails(copy):
    copy.entries[17] = an_entry(17, by="eve")
    copy.lay_bundles(copy.entries)
    said, code = log("verify", copy.root)
    assert code == 1
    assert said.splitlines() == [
        "entry 17 was changed: its hash is not the one in the signed tree",
        "this log is wrong: 1 fault",
    ]


def test_a_log_that_is_wrong_from_end_to_end_is_told_in_few_lines(copy):
    copy.lay_bundles([an_entry(number, by="eve") for number in range(300)])
    said, code = log("verify", copy.root)
    assert code == 1
    assert said.startswith("entry 0 was changed: its hash is not the one in the signed")
    assert len(said.splitlines()) == 22


def test_an_earlier_checkpoint_is_followed(copy, tmp_path):
    said, code = log("verify", copy.root, "--since", kept(copy, 200, tmp_path))
    assert code == 0
    assert "the first 200 are those of news.example.org/log\n" in said


def test_a_fork_is_found(copy, tmp_path):
    earlier = kept(copy, 200, tmp_path)
    copy.entries[100] = an_entry(100, by="eve")
    copy.lay_tree()
    copy.sign()
    assert log("verify", copy.root, "--entries-only")[1] == 0
    said, code = log("verify", copy.root, "--since", earlier)
    assert code == 1
    assert "history was rewritten: the first 200 entries" in said


def test_another_s_checkpoint_is_no_earlier_one(copy, tmp_path):
    other = type(SIGNER)(SIGNER.name, b"another seed of thirty-two bytes")
    file = tmp_path / "kept"
    file.write_bytes(copy.head_at(200).signed(other))
    said, code = log("verify", copy.root, "--since", file)
    assert code == 1
    assert "it is not signed by the key" in said


@pytest.mark.parametrize(
    "usage",
    [
        ["verify", "/nowhere/at/all"],
        ["verify", "ftp://example.org/"],
        ["verify", "https://"],
        ["verify", ".", "--key", "x"],
        ["verify", "{copy}", "--since", "/nowhere/at/all"],
        ["verify"],
        ["key"],
    ],
)
def test_wrong_usage_is_said(copy, usage):
    assert log(*[word.format(copy=copy.root) for word in usage])[1] == 2


def test_a_directory_without_a_log_is_no_log(tmp_path):
    assert log("verify", tmp_path) == ("there is no /log/key", 1)


def test_who_has_no_site_verifies_a_copy(copy, tmp_path):
    done = command("log", "verify", str(copy.root), data=tmp_path / "none")
    assert (done.returncode, done.stderr) == (0, "")
    assert "300 entries" in done.stdout
    assert not (tmp_path / "none").exists()


def test_who_has_no_site_is_told_so(tmp_path):
    done = command("log", "verify", data=tmp_path / "none")
    assert done.returncode == 2
    assert "there is no site in" in done.stderr
    assert not (tmp_path / "none").exists()


# Over HTTP


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_words):
        pass


@contextlib.contextmanager
def serving(root):
    """A directory, on the standard library's server; its address."""
    handler = functools.partial(Quiet, directory=root)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def served(copy):
    with serving(copy.root) as address:
        yield address


@pytest.mark.parametrize("end", ["", "/", "/log", "/log/"])
def test_a_copy_on_any_server_is_verified(served, end):
    said, code = log("verify", served + end)
    assert code == 0
    assert "300 entries, all in the signed tree\nthe files of 1 decision" in said


def test_a_copy_may_lie_under_another_address(copy, served):
    shutil.copytree(copy.root, copy.root / "mirrors" / "news")
    assert log("verify", f"{served}/mirrors/news/", "--entries-only")[1] == 0


def test_a_server_that_is_not_there_is_said():
    said, code = log("verify", "http://127.0.0.1:1")
    assert code == 1
    assert said.startswith("/log/key: ")


def test_a_file_that_is_too_large_is_not_read_whole(copy, served):
    copy.lay("/log/large", b"x" * 200_000)
    with pytest.raises(Unreadable, match="more than 1,000 bytes"):
        Web(served).read("/log/large", most=1_000)
    assert Web(served).read("/log/large", most=200_000) == b"x" * 200_000


def test_a_file_that_comes_too_slowly_is_not_waited_for(copy, served, monkeypatch):
    monkeypatch.setattr(sources, "SECONDS_A_FILE", -1.0)
    with pytest.raises(Unreadable, match="too slowly"):
        Web(served).read("/log/checkpoint", most=1_000)


def test_a_redirect_is_not_followed_and_says_where_it_leads(copy, served):
    (copy.root / "d").mkdir()
    with pytest.raises(Unreadable, match="answers 301, and sends on to /d/"):
        Web(served).read("/d", most=1_000)


# This site's


def decide(count):
    """Decisions and their entries, but for what they are about."""
    first = stored.size()
    append(count)
    Decision.objects.bulk_create(
        Decision(
            number=number,
            act="hide",
            signed_as="ada",
            reason=words(number),
            reason_salt=SALT,
            at=NOON,
        )
        for number in range(first, first + count)
    )


@pytest.fixture
def site(transactional_db, settings):
    """With a log of some length, the last part of it printed."""
    decide(270)
    for path in ("/log/key", "/log/checkpoint"):
        print_page(path)
    return settings.PUBLIC_DIR


def test_this_site_s_log_is_verified_in_the_database_and_as_printed(site):
    assert log("verify") == (
        "testserver/log: 270 entries, all in the signed tree\n",
        0,
    )


def test_a_site_of_which_nothing_is_printed_is_verified(site):
    shutil.rmtree(site / "log")
    assert log("verify")[1] == 0


def test_what_was_decided_since_it_was_printed_is_no_fault(site):
    decide(3)
    assert log("verify")[1] == 0


def test_a_changed_row_of_a_decision_is_named(site):
    Decision.objects.filter(number=100).update(signed_as="eve")
    said, code = log("verify")
    assert code == 1
    assert said.startswith("in the database: the row of decision 100 has another “by”")


def test_changed_words_of_a_reason_are_found(site):
    Decision.objects.filter(number=100).update(reason="Because.")
    said, code = log("verify")
    assert code == 1
    assert said.startswith("in the database: the reason of entry 100 was changed")


@pytest.mark.parametrize("number", [0, 100, 269])
def test_a_decision_whose_row_is_gone_is_named(site, number):
    Decision.objects.filter(number=number).delete()
    said, code = log("verify")
    assert code == 1
    assert f"in the database: the row of decision {number} is missing" in said


def test_a_reason_that_was_taken_out_is_no_fault(site):
    removed = {"reason": "", "reason_salt": b"", "reason_removed_under": a_rule()}
    Decision.objects.filter(number=100).update(**removed)
    assert log("verify")[1] == 0


def test_a_changed_row_is_named(site):
    LogEntry.objects.filter(number=100).update(entry=an_entry(100, by="eve"))
    said, code = log("verify")
    assert code == 1
    assert said.startswith("in the database: entry 100 was changed: ")


def test_a_row_changed_with_all_its_hashes_is_not_what_was_printed(site):
    held = entries(270)
    held[100] = an_entry(100, by="eve")
    LogEntry.objects.filter(number=100).update(entry=held[100])
    rewritten = Copy(site.parent / "rewritten", held)
    for tile in (Tile(0, 0), Tile(0, 1, 14), Tile(1, 0, 1)):
        rows = LogTile.objects.filter(level=tile.level, number=tile.number)
        rows.update(hashes=rewritten.file(tile).read_bytes())
    said, code = log("verify")
    assert code == 1
    assert said.startswith("in the database: history was rewritten")


def test_a_changed_file_is_named(site):
    file = site / Tile(None, 1, 14).address[1:]
    held = [an_entry(number) for number in range(256, 270)]
    held[4] = an_entry(260, by="eve")
    file.write_bytes(tiles.bundle(held))
    said, code = log("verify")
    assert code == 1
    assert said.startswith("entry 260 was changed")


def test_the_key_is_shown(site):
    assert log("key") == (f"{keys.the_signer().verifier}\n", 0)
