from pathlib import Path

import pytest

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"


@pytest.fixture(autouse=True)
def data_directory(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    settings.PUBLIC_DIR = settings.DATA_DIR / "public"
    return settings.DATA_DIR


@pytest.fixture
def corpora():
    if not CORPORA.is_dir():
        pytest.skip("the public test files are not beside this checkout")
    return CORPORA


@pytest.fixture
def upload(tmp_path):
    """A file as it came in, of the bytes given."""

    def write(content):
        path = tmp_path / "upload"
        path.write_bytes(content)
        return path

    return write


@pytest.fixture
def into(tmp_path):
    directory = tmp_path / "into"
    directory.mkdir()
    return directory
