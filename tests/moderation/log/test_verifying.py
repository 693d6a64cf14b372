"""Any single thing that is changed in a copy of the log is found, and which it is."""

import json
import re
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonwire.moderation.log import tiles, verifying
from commonwire.moderation.log.canonical import canonical
from commonwire.moderation.log.tiles import Tile
from tests.moderation.log.copies import (
    SIGNER,
    Copy,
    an_entry,
    entries,
    tile_of,
)

SIZE = 700  # two full tiles, a partial one, and one of two hashes above
FULL = 512
NUMBERS = st.integers(0, SIZE - 1)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A copy in which nothing is wrong."""
    copy = Copy(tmp_path_factory.mktemp("log"), entries(SIZE))
    for number in (0, 300, SIZE - 1):
        copy.lay_decision(number)
    return copy


@pytest.fixture(scope="module")
def altered(whole, tmp_path_factory):
    """Makes a copy of it to spoil; there is one at a time."""
    root = tmp_path_factory.mktemp("altered")

    def make():
        shutil.rmtree(root)
        shutil.copytree(whole.root, root)
        copy = Copy.__new__(Copy)
        copy.root, copy.entries, copy.signer = root, list(whole.entries), SIGNER
        return copy

    return make


def faults(copy, *, since=None):
    found = verifying.verify(copy.source, SIGNER.verifier, since=since)
    return found.faults


def with_entries(copy, held):
    """Lay other entries under the same hashes."""
    shutil.rmtree(copy.root / "log" / "tile" / "entries")
    copy.lay_bundles(held)
    return copy


def only(found):
    (fault,) = found
    return fault


def test_a_copy_in_which_nothing_is_wrong_has_no_fault(whole):
    verdict = verifying.verify(whole.source, SIGNER.verifier)
    assert (verdict.faults, verdict.entries, verdict.decisions) == ([], SIZE, 3)


@pytest.mark.parametrize("size", [0, 1, 2, 255, 256, 257, 511, 512, 513, 1_000])
def test_a_log_of_any_size_verifies(tmp_path, size):
    copy = Copy(tmp_path, entries(size))
    verdict = verifying.verify(copy.source, SIGNER.verifier)
    assert (verdict.faults, verdict.entries) == ([], size)


@pytest.mark.slow
def test_a_log_of_three_levels_verifies_and_none_of_its_tiles_may_change(tmp_path):
    copy = Copy(tmp_path, entries(2**16 + 3))
    assert faults(copy) == []
    for tile in (Tile(2, 0, 1), Tile(1, 0), Tile(0, 256, 3)):
        data = bytearray(copy.file(tile).read_bytes())
        data[-1] ^= 1
        copy.lay(tile.address, bytes(data))
        assert tile.address in faults(copy)[0]
        data[-1] ^= 1
        copy.lay(tile.address, bytes(data))


# Entries


@given(number=NUMBERS)
@settings(max_examples=40, deadline=None)
def test_a_changed_entry_is_named(altered, number):
    copy = altered()
    held = [*copy.entries]
    held[number] = an_entry(number, by="eve")
    assert only(faults(with_entries(copy, held))) == (
        f"entry {number} was changed: its hash is not the one in the signed tree"
    )


@given(number=NUMBERS)
@settings(max_examples=40, deadline=None)
def test_a_dropped_entry_is_named_first(altered, number):
    copy = altered()
    held = copy.entries[:number] + copy.entries[number + 1 :]
    found = faults(with_entries(copy, held))
    assert [fault for fault in found if f"entry {number} was dropped" in fault]


@pytest.mark.parametrize("number", [0, 70, 103])
def test_a_dropped_entry_is_one_fault_whatever_stands_behind_it(tmp_path, number):
    copy = Copy(tmp_path, entries(104))
    for each in (number, 80):
        copy.lay_decision(each)
        copy.lay_page(each)
    copy.lay_list(0)
    copy.lay_bundles(copy.entries[:number] + copy.entries[number + 1 :])
    assert only(faults(copy)) == f"entry {number} was dropped"


def test_a_dropped_entry_hides_nothing_that_is_said_of_others(tmp_path):
    copy = Copy(tmp_path, entries(104))
    copy.lay_decision(80, reason={"salt": "00", "text": "Another"})
    copy.lay_bundles(copy.entries[:70] + copy.entries[71:])
    found = faults(copy)
    assert [fault.split(" in ")[0] for fault in found] == [
        "the reason of entry 80 was changed",
        "entry 70 was dropped",
    ]


@given(number=NUMBERS)
@settings(max_examples=20, deadline=None)
def test_an_entry_of_no_bytes_is_named(altered, number):
    copy = altered()
    held = [*copy.entries]
    held[number] = b""
    assert f"entry {number} was changed" in only(faults(with_entries(copy, held)))


@given(number=NUMBERS)
@settings(max_examples=40, deadline=None)
def test_an_entry_that_is_there_twice_is_named(altered, number):
    copy = altered()
    held = [*copy.entries]
    held.insert(number, held[number])
    assert re.search(rf"\b{number + 1}\b", faults(with_entries(copy, held))[0])


@given(pair=st.sets(NUMBERS, min_size=2, max_size=2))
@settings(max_examples=40, deadline=None)
def test_entries_that_changed_places_are_named(altered, pair):
    copy, (one, other) = altered(), sorted(pair)
    held = [*copy.entries]
    held[one], held[other] = held[other], held[one]
    found = faults(with_entries(copy, held))
    assert len(found) == 2
    assert str(one) in found[0]
    assert str(other) in found[0]


def test_an_entry_that_was_added_is_forged(altered):
    copy = altered()
    with_entries(copy, [*copy.entries, an_entry(SIZE)])
    assert only(faults(copy)) == "entry 700 is forged: the signed tree ends before it"


def test_an_entry_under_another_s_number_is_forged_whoever_signed_it(tmp_path):
    held = entries(20)
    held[7] = held[6]
    copy = Copy(tmp_path, held)
    assert only(faults(copy)) == "entry 7 is forged: it says that it is entry 6"


@pytest.mark.parametrize(
    "entry",
    [b'{"n": 7}', b'{"n":7.0}', b'{"n":true}', b"[7]", b"7", b"", b'{"m":7}', b"\xff"],
)
def test_an_entry_in_another_spelling_is_named_whoever_signed_it(tmp_path, entry):
    held = entries(20)
    held[7] = entry
    assert "entry 7 is" in only(faults(Copy(tmp_path, held)))


def test_two_changed_entries_are_both_named(altered):
    copy = altered()
    held = [*copy.entries]
    for number in (3, 400):
        held[number] = an_entry(number, act="unhide")
    found = faults(with_entries(copy, held))
    assert [fault.split(":")[0] for fault in found] == [
        "entry 3 was changed",
        "entry 400 was changed",
    ]


def test_a_changed_entry_and_a_changed_tile_are_both_named(altered):
    copy = altered()
    held = [*copy.entries]
    held[3] = an_entry(3, act="unhide")
    with_entries(copy, held)
    spoil(copy.file(Tile(0, 1)), 40)
    found = faults(copy)
    assert "entry 3 was changed" in found[0]
    assert f"{Tile(0, 1).address} was changed: its hash of entry 257" in found[1]


# Files


def spoil(file, at, by=1):
    data = bytearray(file.read_bytes())
    data[at] ^= by
    file.write_bytes(bytes(data))


FILES = [
    *(tile.address for tile in tiles.of_level(None, SIZE)),
    *(tile.address for tile in tiles.of_level(0, SIZE)),
    *(tile.address for tile in tiles.of_level(1, SIZE)),
    "/log/checkpoint",
]


@given(address=st.sampled_from(FILES), at=st.integers(0), by=st.integers(1, 255))
@settings(max_examples=300, deadline=None)
def test_any_changed_byte_is_found(altered, address, at, by):
    copy = altered()
    file = copy.root / address[1:]
    spoil(file, at % file.stat().st_size, by)
    assert faults(copy) != []


@given(address=st.sampled_from(FILES), data=st.data())
@settings(max_examples=60, deadline=None)
def test_any_file_that_is_cut_is_found(altered, address, data):
    copy = altered()
    file = copy.root / address[1:]
    size = file.stat().st_size
    left = data.draw(st.integers(0, size - 1))
    file.write_bytes(file.read_bytes()[:left])
    assert faults(copy) != []


@pytest.mark.parametrize("address", FILES[:-1])
def test_any_file_that_is_missing_is_named(altered, address):
    copy = altered()
    (copy.root / address[1:]).unlink()
    assert address in faults(copy)[0]


def test_a_head_is_not_accused_of_what_is_missing(altered, whole):
    copy = altered()
    shutil.rmtree(copy.root / "log" / "tile")
    found = faults(copy, since=whole.head_at(300))
    assert {fault.split(" ", 1)[1].partition(":")[0] for fault in found[:-1]} == {
        "is missing"
    }
    assert found[-1] == (
        "without them it cannot be proven what /log/checkpoint is signed for"
    )


@given(number=NUMBERS)
@settings(max_examples=30, deadline=None)
def test_a_tile_that_was_changed_is_told_from_its_entries(altered, number):
    copy = altered()
    tile = tile_of(number, SIZE)
    spoil(copy.file(tile), (number - tile.first) * 32)
    assert only(faults(copy)) == (
        f"{tile.address} was changed: its hash of entry {number} is not that entry's"
    )


def test_an_entry_changed_with_all_its_hashes_does_not_fit_the_signature(altered):
    copy = altered()
    copy.entries[30] = an_entry(30, by="eve")
    copy.lay_tree()
    assert only(faults(copy)) == (
        "/log/checkpoint is signed for another tree than these 700 entries make"
    )


def test_a_partial_tile_that_has_given_way_to_the_full_one_is_no_loss(tmp_path):
    copy = Copy(tmp_path, entries(FULL))
    copy.lay(Tile(1, 0, 1).address, copy.file(Tile(1, 0, 2)).read_bytes()[:32])
    copy.sign(size=300)
    assert faults(copy) == []


def test_a_head_by_another_key_is_refused(tmp_path, whole):
    other = type(SIGNER)(SIGNER.name, b"another seed of thirty-two bytes")
    copy = Copy(tmp_path, entries(20), signer=other)
    assert "/log/checkpoint: it is not signed by the key" in only(faults(copy))
    assert whole.signer.verifier == SIGNER.verifier


# Earlier heads


@given(size=st.integers(0, SIZE))
@settings(max_examples=40, deadline=None)
def test_a_log_follows_each_earlier_head_of_its_own(whole, size):
    assert faults(whole, since=whole.head_at(size)) == []


@given(number=NUMBERS, size=st.integers(1, SIZE))
@settings(max_examples=40, deadline=None)
def test_a_rewritten_log_is_found_though_it_is_signed_again(
    altered, whole, number, size
):
    copy = altered()
    copy.entries[number] = an_entry(number, by="eve")
    copy.lay_tree()
    copy.sign()
    found = faults(copy, since=whole.head_at(size))
    rewritten = [fault for fault in found if "history was rewritten" in fault]
    assert bool(rewritten) == (number < size)


def test_a_log_that_was_cut_is_found_though_it_is_signed_again(tmp_path, whole):
    copy = Copy(tmp_path, entries(SIZE - 1))
    assert faults(copy) == []
    assert only(faults(copy, since=whole.head_at(SIZE))).startswith("the log was cut")


def test_a_head_from_before_the_site_moved_is_known_by_its_key(whole):
    before = type(SIGNER)("old.example.org/log", SIGNER.seed)
    note = whole.head_at(300).__class__(before.name, 300, whole.root_at(300))
    earlier = verifying.read_earlier(note.signed(before), SIGNER.verifier)
    assert faults(whole, since=earlier) == []


# Decisions' own files


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"index": 1}, "says that it is of entry 1, not 0"),
        ({"entry": json.loads(an_entry(0, by="eve"))}, "shows another entry 0 than"),
        ({"entry": json.loads(an_entry(1))}, "shows another entry 0 than"),
        ({"reason": None}, "lacks the reason of entry 0"),
        (
            {"reason": {"salt": "00", "text": "Why"}},
            "the reason of entry 0 was changed in /log/0/decision.json",
        ),
        ({"reason": {"salt": "x", "text": "Why"}}, "is not as a decision's file is"),
        ({"reason": {"removed": None}}, "is not as a decision's file is"),
        ({"reason": "Why"}, "is not as a decision's file is"),
        ({"reason": 3}, "is not as a decision's file is"),
    ],
)
def test_a_decision_s_file_that_says_otherwise_is_named(altered, changes, said):
    copy = altered()
    copy.lay_decision(0, **changes)
    assert said in only(faults(copy))


def test_a_reason_that_was_removed_leaves_the_proof_whole(tmp_path):
    removal = {"act": "remove-text", "facts": {"of": 3}, "rule": "private-data"}
    copy = Copy(tmp_path, [*entries(9), an_entry(9, **removal)])
    copy.lay_decision(3, reason={"removed": "private-data"})
    verdict = verifying.verify(copy.source, SIGNER.verifier)
    assert (verdict.faults, verdict.decisions, verdict.removed) == ([], 1, 1)


def test_a_reason_that_no_entry_says_was_removed_is_named(altered):
    copy = altered()
    copy.lay_decision(300, reason={"removed": "private-data"})
    assert only(faults(copy)) == (
        "the reason of entry 300 is said to be taken out, and no entry of this log "
        "says so"
    )


def test_a_decision_s_file_that_is_gone_is_named(altered):
    copy = altered()
    (copy.root / "log" / "300" / "decision.json").unlink()
    verdict = verifying.verify(copy.source, SIGNER.verifier)
    assert (verdict.decisions, 300 in verdict.absent) == (2, True)


def test_a_name_that_stands_twice_in_a_decision_s_file_is_found(altered):
    copy = altered()
    file = copy.root / "log" / "0" / "decision.json"
    file.write_text(file.read_text().replace('"reason"', '"reason": null, "reason"', 1))
    assert "is not as a decision's file is" in only(faults(copy))


def test_a_decision_without_a_reason_has_none_in_its_file(tmp_path):
    copy = Copy(tmp_path, [canonical({"n": 0, "reason": None})])
    copy.lay_decision(0, reason=None)
    assert faults(copy) == []
    copy.lay_decision(0)
    assert "has a reason of its own" in only(faults(copy))
