"""The one command: what all of its commands take alike."""

import os
import subprocess
import sys

import pytest

from commonwire import cli


@pytest.fixture
def called(monkeypatch):
    """What is handed on to the command, and for which data directory."""
    handed_on = []

    def take(arguments):
        handed_on.append((arguments, os.environ.get("COMMONWIRE_DATA")))

    monkeypatch.setattr(cli, "_manage", take)
    monkeypatch.setattr(cli, "_serve", take)
    monkeypatch.setattr(os, "umask", lambda _mask: 0)

    def call(*words):
        monkeypatch.setattr(sys, "argv", ["commonwire", *words])
        monkeypatch.setenv("COMMONWIRE_DATA", "data")
        cli.main()
        return handed_on.pop()

    return call


@pytest.mark.parametrize("name", sorted(set(cli.COMMANDS) - {"version"}))
def test_every_command_takes_a_data_directory(called, tmp_path, name):
    arguments, data = called(name, "--data", str(tmp_path / "wire"))
    assert "--data" not in arguments
    assert data == str(tmp_path / "wire")


def test_the_other_words_stay_in_their_order(called, tmp_path):
    words = ("backup", "monday.backup", f"--data={tmp_path}", "--since", "sunday")
    assert called(*words) == (
        ["backup", "monday.backup", "--since", "sunday"],
        str(tmp_path),
    )


def test_without_one_the_variable_holds(called):
    assert called("print", "--all") == (["print", "--all"], "data")


@pytest.mark.parametrize("given", [["--data"], ["--data", __file__], ["--data="]])
def test_what_is_no_directory_is_wrong_usage(called, capsys, given):
    with pytest.raises(SystemExit) as ended:
        called("demo", *given)
    assert ended.value.code == cli.USAGE
    assert "--data" in capsys.readouterr().err


def test_who_stops_reading_is_shown_no_traceback():
    reads, writes = os.pipe()
    os.close(reads)
    words = [sys.executable, "-m", "commonwire", "--help"]
    done = subprocess.run(words, stdout=writes, stderr=subprocess.PIPE, check=False)
    os.close(writes)
    assert (done.returncode, done.stderr) == (1, b"")
