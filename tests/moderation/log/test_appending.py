"""Appending in the caller's transaction, and the files that come of it."""

import stat

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from commonwire import env
from commonwire.moderation.actions import log
from commonwire.moderation.log import (
    checkpoints,
    keys,
    merkle,
    stored,
    tiles,
    verifying,
)
from commonwire.moderation.log.canonical import canonical
from commonwire.moderation.log.tiles import Tile
from commonwire.moderation.models import LogEntry, LogHead, LogTile
from tests.moderation.log.copies import an_entry, entries, levels_of

pytestmark = pytest.mark.django_db


def append(count):
    with transaction.atomic():
        return [log.append(an_entry(log.take_number())) for _ in range(count)]


def head():
    return checkpoints.read(stored.checkpoint(), keys.the_signer().verifier)


def test_numbers_are_taken_in_a_row():
    assert append(3) == [0, 1, 2]
    assert append(1) == [3]


def test_a_log_of_nothing_has_a_head():
    assert (head().size, head().root) == (0, merkle.EMPTY_ROOT)


@pytest.mark.parametrize("size", [1, 2, 3, 70, 255, 256, 257, 520])
def test_the_head_is_signed_for_all_that_was_appended(size):
    append(size)
    leaves = [merkle.leaf_hash(entry) for entry in entries(size)]
    assert (head().size, head().root) == (size, merkle.root_of(leaves))
    verdict = verifying.verify(stored.Database(), keys.the_signer().verifier)
    assert (verdict.faults, verdict.entries) == ([], size)


def test_an_append_that_is_rolled_back_leaves_nothing():
    append(2)
    before = stored.checkpoint()
    with transaction.atomic():
        log.append(an_entry(2))
        transaction.set_rollback(True)
    assert stored.checkpoint() == before
    assert LogEntry.objects.count() == 2
    assert append(1) == [2]


@pytest.mark.parametrize(
    "entry",
    [an_entry(1), canonical({"n": 0, "x": "x" * 2**16}), b"{}", b"", b"[]"],
)
def test_what_is_no_entry_is_refused_and_leaves_nothing(entry):
    with (
        pytest.raises((ValueError, KeyError, TypeError)),
        transaction.atomic(),
    ):
        log.append(entry)
    assert (stored.size(), LogEntry.objects.count(), LogTile.objects.count()) == (
        0,
        0,
        0,
    )


@pytest.mark.django_db(transaction=True)
def test_an_entry_is_part_of_its_decision_s_transaction():
    with pytest.raises(TransactionManagementError):
        log.append(an_entry(0))
    with pytest.raises(TransactionManagementError):
        log.take_number()


def test_the_log_s_row_is_made_once():
    append(1)
    append(1)
    assert LogHead.objects.count() == 1


def test_an_append_asks_the_same_of_the_database_however_long_the_log_is():
    def asked():
        with transaction.atomic(), CaptureQueriesContext(connection) as found:
            log.append(an_entry(stored.size()))
        return len(found)

    append(3)
    few = asked()
    append(300)
    assert asked() == few


def test_every_width_of_an_open_tile_can_be_had_and_none_of_a_full_one():
    append(100)
    whole = b"".join(levels_of(entries(100))[0])
    assert stored.file(Tile(0, 0, 70)) == whole[: 70 * 32]
    assert stored.file(Tile(None, 0, 2)) == tiles.bundle(entries(2))
    assert stored.file(Tile(0, 0, 101)) is None
    assert stored.file(Tile(0, 0)) is None
    append(156)
    assert stored.file(Tile(0, 0)) == b"".join(levels_of(entries(256))[0])
    assert stored.file(Tile(0, 0, 70)) is None
    assert stored.file(Tile(1, 0, 1)) == levels_of(entries(256))[1][0]
    assert stored.file(Tile(5, 0, 1)) is None


def test_a_tile_that_lost_a_hash_is_not_signed_for():
    append(5)
    LogTile.objects.update(hashes=bytes(4 * 32))
    with pytest.raises(tiles.Malformed):
        stored.checkpoint()
    with pytest.raises(ValueError, match="commonwire log verify"):
        append(1)


# The key


def test_the_key_is_made_once_and_only_we_may_read_it(data_directory):
    file = data_directory / "log_key"
    assert not file.exists()
    first = keys.the_signer()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert keys.the_signer() == first
    assert len(first.seed) == 32


def test_two_sites_have_two_keys(tmp_path):
    for name in ("a", "b"):
        env.make_data_directory(tmp_path / name)
    assert env.log_key(tmp_path / "a") != env.log_key(tmp_path / "b")


def test_the_log_is_named_for_the_site(settings):
    settings.SITE_URL = "https://news.example.org"
    assert keys.the_signer().name == "news.example.org/log"
