import pytest


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
