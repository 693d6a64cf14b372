"""What a list asks or demands, by the row above it and whatever its items begin with."""

import pytest

from commonwire.publishing.reading.release import read


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        *(("WE DEMAND", "demand"), ("REIVINDICACIONES", "demand")),
        *(("Pedimos al gobierno:", "demand"), ("Pedimos a la población:", "ask")),
        *(("WHAT YOU CAN DO", "ask"), ("Supporters are asked to:", "ask")),
    ],
)
@pytest.mark.parametrize("mark", ["-", "→", "☐", "1.-", "a)"])
def test_each_head_and_mark(head, kind, mark):
    items = read(f"A title\n\nA text of it.\n\n{head}\n\n{mark} Night buses\n").items
    assert [(item.kind, item.text) for item in items] == [(kind, "Night buses")]
