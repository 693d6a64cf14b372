"""Files that appear whole."""

import pytest

from commonwire.kit.files import write_whole


def test_what_cannot_take_its_place_leaves_no_word_behind(tmp_path):
    via = tmp_path / "via"
    via.mkdir()
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "gone" / "index.html", b"withdrawn", via=via)
    assert list(via.iterdir()) == []
