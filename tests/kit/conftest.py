import json
from pathlib import Path

import pytest

CORPORA = Path(__file__).parents[3] / "shared" / "corpora" / "text"


def _corpus(name):
    path = CORPORA / name
    if not path.exists():
        pytest.skip(f"{path} is not on this machine")
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def naughty_strings():
    """Big List of Naughty Strings."""
    return _corpus("blns.json")


@pytest.fixture(scope="session")
def attacks():
    """HTML5 Security Cheatsheet."""
    return _corpus("h5sc_items.json")


@pytest.fixture(scope="session")
def release():
    """A press release as one is pasted out of a mail."""
    return Path(__file__).with_name("release.txt").read_text(encoding="utf-8")
