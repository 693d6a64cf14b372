"""The script in docs/log.md, as a stranger runs it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.moderation.log.copies import SIGNER, Copy, an_entry, entries
from tests.moderation.test_log_command import serving

DOCS = Path(__file__).parents[3] / "docs" / "log.md"


@pytest.fixture
def verify(tmp_path):
    script = tmp_path / "verify.py"
    script.write_text(
        re.findall(r"```python\n(.*?)```", DOCS.read_text(), re.DOTALL)[0]
    )

    def run(place, key=SIGNER.verifier):
        words = [sys.executable, script, str(place), str(key)]
        return subprocess.run(words, capture_output=True, text=True, check=False)

    return run


def test_it_is_short(verify, tmp_path):
    assert len((tmp_path / "verify.py").read_text().splitlines()) <= 50


@pytest.mark.parametrize("size", [0, 1, 255, 256, 700])
def test_it_verifies_a_copy(verify, tmp_path, size):
    done = verify(Copy(tmp_path / "copy", entries(size)).root)
    assert done.stdout == (
        f"{size} entries, all in the tree that news.example.org/log signed\n"
    )


def test_it_verifies_what_a_server_has(verify, tmp_path):
    with serving(Copy(tmp_path / "copy", entries(300)).root) as address:
        assert verify(address).stdout.startswith("300 entries")


def test_it_finds_a_changed_entry(verify, tmp_path):
    copy = Copy(tmp_path / "copy", entries(300))
    copy.entries[7] = an_entry(7, by="eve")
    copy.lay_bundles(copy.entries)
    assert "AssertionError: the root" in verify(copy.root).stderr


def test_it_finds_a_changed_head(verify, tmp_path):
    copy = Copy(tmp_path / "copy", entries(300))
    head = copy.root / "log" / "checkpoint"
    head.write_text(head.read_text().replace("\n300\n", "\n299\n"))
    assert "InvalidSignature" in verify(copy.root).stderr


def test_it_finds_another_s_key(verify, tmp_path):
    other = type(SIGNER)(SIGNER.name, b"another seed of thirty-two bytes")
    done = verify(Copy(tmp_path / "copy", entries(3)).root, other.verifier)
    assert "AssertionError: it is signed by another key" in done.stderr
