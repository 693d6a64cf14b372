"""A copy is proved, or every file that is wrong is named."""

import hashlib
import shutil

import pytest

from commonwire.rescue.manifest import heads
from commonwire.rescue.manifest.folders import BadManifest
from commonwire.rescue.manifest.verifying import InFolder, verify
from tests.rescue.manifest.trees import built, forged, laid

HASH = "0" * 64


@pytest.fixture
def copy(tmp_path):
    root = laid(tmp_path / "tree", index_html="a", wire__index_html="b", x__y="c")
    built(root, tmp_path / "memory")
    return root


def test_a_whole_copy_is_good(copy):
    verdict = verify(InFolder(copy))
    assert verdict.is_good
    assert verdict.head.files == 3


def test_what_is_missing_changed_or_added_is_named(copy):
    (copy / "index.html").unlink()
    laid(copy, wire__index_html="forged", wire__more_html="z")
    verdict = verify(InFolder(copy))
    assert verdict.missing == ["index.html"]
    assert verdict.changed == ["wire/index.html"]
    assert verdict.added == ["wire/more.html"]


def test_what_the_site_took_away_is_named_where_it_still_is(copy, tmp_path):
    mirror = shutil.copytree(copy, tmp_path / "mirror")
    (copy / "x" / "y").unlink()
    built(copy, tmp_path / "memory")
    shutil.rmtree(mirror / "manifest")
    shutil.copytree(copy / "manifest", mirror / "manifest")
    assert verify(InFolder(mirror)).still_here == ["x/y"]


def test_what_is_removed_is_told_by_no_address(copy, tmp_path):
    page = laid(copy, who__index_html="secret") / "who" / "index.html"
    built(copy, tmp_path / "memory")
    digest = hashlib.sha256(page.read_bytes()).hexdigest()
    page.unlink()
    head = built(copy, tmp_path / "memory")
    told = (copy / "manifest" / head.removed[:2] / f"{head.removed}.json").read_text()
    assert told == f'{{"removed":["{digest}"]}}\n'


def test_a_head_that_was_changed_is_not_believed(copy):
    head = copy / "manifest" / "head"
    head.write_text(head.read_text().replace("\n3 3\n", "\n4 3\n"))
    with pytest.raises(BadManifest, match="signature"):
        verify(InFolder(copy))


def test_a_head_of_another_key_is_not_believed(copy):
    key = heads.verifier_of(str(heads.the_signer().verifier))
    other = type(key)(key.name, b"x" * 32)
    with pytest.raises(BadManifest, match="not signed by the key"):
        verify(InFolder(copy), other)


def test_a_part_that_was_changed_is_not_believed(copy):
    for file in (copy / "manifest").rglob("*.json"):
        file.write_text(file.read_text().replace("1", "2"))
    with pytest.raises(BadManifest, match="not what its name says"):
        verify(InFolder(copy))


@pytest.mark.parametrize(
    "name",
    ["..", "../x", "a/b", "/etc", "", ".hidden", "a\\b", "a\nb", "x" * 300, "x.gz"],
)
def test_a_name_that_leaves_its_folder_is_not_believed(tmp_path, name):
    root = forged(tmp_path, {"files": {name: [1, HASH]}, "folders": {}})
    with pytest.raises(BadManifest, match="names a file that is none"):
        verify(InFolder(root))


@pytest.mark.parametrize(
    "told",
    [
        [],
        {},
        {"files": {}, "folders": []},
        {"files": {"a": 1}, "folders": {}},
        {"files": {"a": [-1, HASH]}, "folders": {}},
        {"files": {"a": [1, "no hash"]}, "folders": {}},
        {"parts": {"0": 7}},
    ],
)
def test_nonsense_is_not_believed(tmp_path, told):
    with pytest.raises(BadManifest):
        verify(InFolder(forged(tmp_path, told)))


def test_a_folder_without_a_manifest_is_said_to_have_none(tmp_path):
    with pytest.raises(BadManifest, match="there is no manifest here"):
        verify(InFolder(tmp_path))
