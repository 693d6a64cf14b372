"""Every test run has a data directory of its own; every test finds it empty."""

import os
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management.commands import flush
from django.db.backends.base.base import BaseDatabaseWrapper

from commonwire.calls import proofs, stewardship
from commonwire.calls.views.pledging import pledges_per_network
from commonwire.delivery import printing, tree
from commonwire.mail.actions import per_address
from commonwire.moderation import doorkeeper, screening
from commonwire.moderation.views import arrivals
from commonwire.publishing import keys, pressure
from commonwire.search import patience
from tests import live
from tests.bucket import Store
from tests.contributor import Contributor
from tests.live import Server

IS_ON_POSTGRES = "COMMONWIRE_TESTS_ON" in os.environ
# What only a server with many writers does is tested on one.
collect_ignore = [] if IS_ON_POSTGRES else ["postgres"]


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL, all but what is about SQLite itself."""
    if IS_ON_POSTGRES:
        left_out = [item for item in items if item.get_closest_marker("sqlite")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def _keep_in_transaction(close):
    """A test's own transaction lasts to its end, whoever tidies up meanwhile: Django does
    not close a database in memory either."""

    def close_or_keep(wrapper):
        if not wrapper.in_atomic_block:
            close(wrapper)

    return close_or_keep


if IS_ON_POSTGRES:
    BaseDatabaseWrapper.close_if_unusable_or_obsolete = _keep_in_transaction(
        BaseDatabaseWrapper.close_if_unusable_or_obsolete
    )


@pytest.fixture(autouse=True)
def data_directory(tmp_path, settings):
    """A fresh data directory and public tree; nothing remembered from other tests."""
    for name, value in in_directory(tmp_path / "data").items():
        setattr(settings, name, value)
    forget_everything()
    return settings.DATA_DIR


def in_directory(data):
    """The settings of a site with this data directory, which is made."""
    data.mkdir(mode=0o711)
    storage = "django.contrib.staticfiles.storage.StaticFilesStorage"
    return {
        "DATA_DIR": data,
        "PUBLIC_DIR": data / "public",
        "STORAGES": {"staticfiles": {"BACKEND": storage}},
    }


def forget_everything():
    """What this process remembers of the site."""
    tree._tree_at.cache_clear()
    printing._printed_through.clear()
    printing._commits = 0
    for buckets in (
        screening.posts_per_network,
        per_address,
        pledges_per_network,
        patience.PER_NETWORK,
        patience.EVERYBODY,
        *doorkeeper.ALL,
    ):
        buckets.clear()
    pressure.arrivals.clear()
    keys._tries._levels.clear()
    stewardship._tries._levels.clear()
    proofs._tries.clear()
    for buckets in (
        arrivals.flags_per_network,
        arrivals.flags_of_one_thing,
        arrivals.appeals_per_network,
        arrivals.letters_per_network,
        arrivals.tries_per_network,
    ):
        buckets._levels.clear()
    cache.clear()


@pytest.fixture(scope="session")
def s3():
    """An S3 server, over HTTP."""
    store = Store()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AWS_ACCESS_KEY_ID", "testing")
        environment.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        yield store
    store.stop()


@pytest.fixture
def place(s3):
    """An empty bucket."""
    return s3.place()


@pytest.fixture
def bucket(place, settings):
    """An empty bucket, which is the store."""
    settings.BUCKET = place
    return tree.the_tree().bucket


@pytest.fixture
def shared() -> Path:
    """The folder with public test files; a stranger's clone has none."""
    found = Path(__file__).parents[1] / ".." / "shared" / "corpora"
    if not found.is_dir():
        pytest.skip("../shared/corpora is not here")
    return found.resolve()


@pytest.fixture
def contributor(client):
    """Somebody at the form, without scripts and cookies."""
    return Contributor(client)


@pytest.fixture
def server(tmp_path):
    """The real server, running."""
    running = Server(tmp_path / "site")
    (tmp_path / "site").mkdir()
    yield running.start()
    if running.process.poll() is None:
        running.stop()


@pytest.fixture(scope="session", autouse=True)
def _flushed_plainly():
    """Django fills its tables of content types and permissions again after each test
    that commits, which takes ten times as long as to empty all others. Nothing here
    reads them."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(flush, "emit_post_migrate_signal", lambda *_a, **_k: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def _shared_by_all(tmp_path_factory):
    """One folder of the whole run, which pytest clears away."""
    own = tmp_path_factory.getbasetemp()
    live.SHARED_BY_ALL = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
