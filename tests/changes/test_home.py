"""A database and the data directory that goes with it."""

import shutil

import pytest
from django.core.management import CommandError, call_command

from commonwire import env
from commonwire.changes import home

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours(tmp_path):
    env.make_data_directory(tmp_path / "ours")
    home.settle(tmp_path / "ours")
    return tmp_path / "ours"


def test_a_database_stays_with_its_directory_and_a_copy_of_it(ours, tmp_path):
    shutil.copytree(ours, tmp_path / "moved")
    for directory in (ours, tmp_path / "moved"):
        home.settle(directory)
        home.examine(directory)


def test_another_directory_on_the_same_database_is_refused(ours, tmp_path):
    env.make_data_directory(tmp_path / "theirs")
    for asked in (home.settle, home.examine):
        with pytest.raises(home.AnotherHome, match="share one"):
            asked(tmp_path / "theirs")


def test_a_worker_with_another_directory_does_not_start(ours, settings, tmp_path):
    settings.DATA_DIR = tmp_path / "theirs"
    env.make_data_directory(settings.DATA_DIR)
    with pytest.raises(CommandError, match="another data directory"):
        call_command("worker")


def test_whose_directory_is_lost_goes_on_with_another(ours, tmp_path):
    env.make_data_directory(tmp_path / "theirs")
    home.settle(tmp_path / "theirs", anew=True)
    home.examine(tmp_path / "theirs")
    with pytest.raises(home.AnotherHome):
        home.examine(ours)
