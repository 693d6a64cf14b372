"""Other people's files are those that their README says, byte for byte."""

import hashlib
import re
from pathlib import Path

import pytest

from commonwire import web

VENDORED = Path(web.__file__).parent / "static" / "vendor"
_SUM = re.compile(r"^    ([0-9a-f]{64})  (\S+)$", re.MULTILINE)


@pytest.mark.parametrize("place", sorted(VENDORED.iterdir()), ids=lambda it: it.name)
def test_every_file_is_what_its_readme_says(place):
    readme = (place / "README.md").read_text(encoding="utf-8")
    said, _, _before = readme.partition("before that change")
    lying = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in place.iterdir()
        if file.name != "README.md"
    }
    assert {name: sum_ for sum_, name in _SUM.findall(said)} == lying


def test_no_model_that_recognises_people_is_here():
    names = {file.name for file in VENDORED.rglob("*.bin")}
    assert names == {"ssd_mobilenetv1_model.bin"}
