"""A manifest says what a tree holds, and costs little to renew."""

import shutil

from commonwire.rescue.manifest import folders
from commonwire.rescue.manifest.building import Builder
from commonwire.rescue.manifest.places import Folders
from tests.rescue.manifest.trees import built, key, laid


def listed(root, head):
    def get(digest):
        return (root / folders.place(digest)).read_bytes()

    return [file.address for file in folders.files(head.root, get)]


def parts(root):
    return {file.name for file in (root / "manifest").rglob("*.json")}


def test_it_names_every_file_but_packed_forms_and_unfinished_ones(tmp_path):
    root = laid(tmp_path / "tree", index_html="a", wire__index_html="b")
    (root / "index.html.gz").write_text("packed")
    (root / ".unfinished").mkdir()
    (root / ".unfinished" / "x").write_text("half")
    assert listed(root, built(root)) == ["index.html", "wire/index.html"]


def test_the_same_tree_has_the_same_root(tmp_path):
    one = laid(tmp_path / "one", index_html="a", wire__index_html="b")
    two = laid(tmp_path / "two", wire__index_html="b", index_html="a")
    assert built(one).root == built(two).root
    assert built(laid(two, index_html="c")).root != built(one).root


def test_what_changes_renews_only_the_folders_above_it(tmp_path):
    root = laid(
        tmp_path / "tree", index_html="a", x__y__index_html="b", z__index_html="c"
    )
    built(root, tmp_path / "memory")
    before = parts(root)
    built(laid(root, x__y__new_html="d"), tmp_path / "memory")
    assert len(parts(root) - before) == 3  # y, x and the topmost


def test_a_folder_of_many_is_told_in_parts(tmp_path):
    root = laid(tmp_path / "tree", **{f"f{number}": "x" for number in range(600)})
    head = built(root)
    assert len(listed(root, head)) == 600
    assert all(
        file.stat().st_size < 40_000 for file in (root / "manifest").rglob("*.json")
    )


def test_only_folders_that_changed_are_looked_at(tmp_path):
    key()
    root = laid(tmp_path / "tree", index_html="a", x__index_html="b")
    memory = str(tmp_path / "memory")
    Builder(Folders(root), memory).build()
    again = Builder(Folders(root), memory)
    again.build()
    assert again.changed == 0


def test_its_number_grows(tmp_path):
    root = laid(tmp_path / "tree", index_html="a")
    numbers = [built(root, tmp_path / "memory").number for _ in range(3)]
    assert numbers == sorted(set(numbers))


def test_a_page_that_was_forgotten_is_printed_again(tmp_path):
    root = laid(tmp_path / "tree", index_html="a", wire__index_html="b")
    built(root, tmp_path / "memory")
    shutil.rmtree(root / "wire")

    def prints(path):
        assert path == "/wire/"
        laid(root, wire__index_html="c")
        return True

    head = built(root, tmp_path / "memory", prints)
    assert listed(root, head) == ["index.html", "wire/index.html"]
