import shutil

import pytest
from django.db import transaction
from django.test import override_settings

from tests.authorisation.world import World
from tests.conftest import forget_everything, in_directory


@pytest.fixture(scope="module")
def _built(django_db_setup, django_db_blocker, tmp_path_factory):
    """Once a module, for it takes longer than most of what is asked of it. The rows
    are in a transaction around those of the tests; the files are copied for each."""
    data = tmp_path_factory.mktemp("world") / "data"
    around = transaction.atomic()
    around._from_testcase = True  # as Django marks its own of tests
    with (
        django_db_blocker.unblock(),
        override_settings(**in_directory(data)),
        around,
    ):
        forget_everything()
        yield World(), data
        transaction.set_rollback(True)


@pytest.fixture
def world(_built, db, data_directory):
    built, data = _built
    shutil.copytree(data, data_directory, dirs_exist_ok=True)
    return built.met()
