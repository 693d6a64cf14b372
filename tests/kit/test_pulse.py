"""The tree's pulse: a change by any process is seen by all at once."""

import subprocess
import sys

from commonwire.delivery.tree import Tree
from commonwire.kit.pulse import Pulse


def test_it_is_the_same_while_nothing_changes(tmp_path):
    pulse = Pulse(tmp_path / "pulse")

    assert pulse.now() == pulse.now()


def test_a_beat_is_felt_by_all(tmp_path):
    ours, theirs = Pulse(tmp_path / "pulse"), Pulse(tmp_path / "pulse")
    before = ours.now()

    theirs.beat()

    assert ours.now() == theirs.now() != before


def test_a_beat_of_another_process_is_felt(tmp_path):
    pulse = Pulse(tmp_path / "pulse")
    before = pulse.now()
    program = (
        "import sys; from pathlib import Path; "
        "from commonwire.kit.pulse import Pulse; Pulse(Path(sys.argv[1])).beat()"
    )

    subprocess.run([sys.executable, "-c", program, tmp_path / "pulse"], check=True)

    assert pulse.now() != before


def test_every_change_of_the_tree_is_a_beat(tmp_path):
    tree = Tree(tmp_path / "public", tmp_path / "locks")
    tree.prepare()
    seen = [tree.pulse.now()]

    tree.write("/", b"page")
    seen.append(tree.pulse.now())
    tree.remove("/")
    seen.append(tree.pulse.now())
    tree.forget_pages()
    seen.append(tree.pulse.now())

    assert len(set(seen)) == len(seen)
