"""Commands that the documentation names are there, with the words after them."""

import argparse
import re
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from commonwire import cli

OPERATING = (Path(__file__).parents[1] / "docs" / "operating.md").read_text()
RUNBOOKS = OPERATING.partition("## Runbooks")[2].partition("\n## ")[0]
NAMED = sorted(set(re.findall(r"`commonwire ([a-z]+)((?: [^`]*)?)`", RUNBOOKS)))
WANTED = ("Disk full", "Flood", "Stolen editor account", "Seized server", "Moving house",
    "Upgrade")  # fmt: skip


def test_there_is_a_runbook_for_each_bad_hour():
    assert tuple(re.findall(r"(?m)^### (.+)$", RUNBOOKS)) == WANTED


@pytest.mark.parametrize(("name", "words"), NAMED)
def test_a_command_of_a_runbook_takes_what_is_written(name, words):
    assert name in cli.COMMANDS
    command = load_command_class(get_commands()[name], name)
    parser = command.create_parser("commonwire", name)
    parsed = parser.parse_args(words.split())
    assert isinstance(parsed, argparse.Namespace)
