import pytest

from commonwire.accounts.actions import add_token
from commonwire.publishing import work
from commonwire.publishing.api import uploading
from tests.factories import an_editor
from tests.publishing.program import Program


@pytest.fixture(autouse=True)
def _forgetful(monkeypatch):
    """Nothing remembered from other tests, and work that takes no time."""
    uploading.uploads_per_network._levels.clear()
    monkeypatch.setattr(work, "COST", 1)


@pytest.fixture
def program(client):
    return Program(client)


@pytest.fixture
def office(client, db):
    """A press office with a token of its own."""
    return Program(client, token=add_token(name="office", editor=None))


@pytest.fixture
def archivist(client, db):
    """An editor who brings an archive in."""
    return Program(client, token=add_token(name="archive", editor=an_editor()))
