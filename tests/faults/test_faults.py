"""A short run of the harness; long ones are made by hand (docs/testing.md)."""

import pytest

from tests.faults.campaign import Campaign
from tests.faults.machine import Machine

# A minute; many where two cores have much else to do.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]
# Of a worker that is held and one that dies, a clock, a web process, a disk.
SEED, FAULTS = 2, 5


def test_what_was_answered_is_there_once_whatever_failed(tmp_path):
    run = Campaign(Machine(tmp_path), seed=SEED, faults=FAULTS)
    assert run.run() == []
    assert sum(run.done.values()) == FAULTS
    assert run.answered("Program")
