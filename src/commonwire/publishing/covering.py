"""What a covering form says, as boxes; and the boxes as the form shows them."""

import math
from typing import Any

from django.utils.datastructures import MultiValueDict

from commonwire.kit.numbers import row_numbers
from commonwire.media import grid, places
from commonwire.media.exchange import (
    MAX_BOXES,
    SOLID,
    STYLES,
    Box,
    Options,
    UnbelievableError,
)
from commonwire.media.models import Attachment
from commonwire.media.places import Place

# A box as a form says it: its place and size in per cent, with commas between.
PARTS = 10_000
# What comes of adding must not let a box grow each time it is sent.
NOTHING = 1e-6
_SIDES = ("left", "top", "width", "height")


def wanted(form: MultiValueDict[str, str], attachment: Attachment) -> Options:
    """``face``: numbers of found faces; ``cell``: squares by name; ``box``: boxes drawn.
    What is none of these is left out."""
    if form.get("do") == "uncover":
        return Options()
    boxes = [
        *_faces(form.getlist("face"), attachment),
        *_cells(form.getlist("cell"), attachment),
        *_drawn(form.getlist("box")),
    ]
    style = form.get("style") or SOLID
    return Options(
        tuple(_outward(box) for box in boxes[:MAX_BOXES]),
        style if style in STYLES else SOLID,
        faces=bool(form.get("faces")),
        disguise=bool(form.get("disguise")),
    )


def shown(attachment: Attachment) -> dict[str, Any]:
    """What the form shows: found faces, chosen boxes, the grid."""
    options = Options.read(attachment.options)
    numbered = places.of(attachment.faces, attachment.options)
    size = (attachment.width, attachment.height)
    found = len(attachment.faces or [])
    return {
        "found": found,
        "faces": [_shown(each) for each in numbered if each.is_face],
        "boxes": [_shown(each) for each in numbered if not each.is_face],
        "chosen": options != Options(),
        "style": options.style,
        "follows": options.faces,
        "disguised": options.disguise,
        "grid": [
            [{"name": name, "checked": False} for name in row]
            for row in grid.cells(*size)
        ],
        "faces_state": "unknown"
        if attachment.faces is None
        else ("found" if found else "none"),
    }


def _faces(numbers: list[str], attachment: Attachment) -> list[Box]:
    found = [Box(**told) for told in attachment.faces or []]
    chosen = set(row_numbers(numbers))
    return [box for number, box in enumerate(found, 1) if number in chosen]


def _cells(names: list[str], attachment: Attachment) -> list[Box]:
    size = (attachment.width, attachment.height)
    boxes = [grid.box(name, *size) for name in names]
    return [box for box in boxes if box is not None]


def _drawn(texts: list[str]) -> list[Box]:
    boxes = []
    for text in texts[:MAX_BOXES]:
        try:
            sides = [float(side) / 100 for side in text.split(",")]
            told = dict(zip(_SIDES, sides, strict=True))
            boxes.append(Options.read({"covers": [told]}).covers[0])
        except (ValueError, UnbelievableError):
            continue
    return boxes


def _outward(box: Box) -> Box:
    """In hundredths of a percent, as forms say it, and never less than was meant: so
    that a form that is sent again unchanged changes nothing."""
    left, top = (_down(side) for side in (box.left, box.top))
    right, bottom = -_down(-box.left - box.width), -_down(-box.top - box.height)
    sides = (left, top, min(right, PARTS) - left, min(bottom, PARTS) - top)
    return Box(*(side / PARTS for side in sides))


def _down(side: float) -> int:
    return math.floor(side * PARTS + NOTHING)


def _shown(place: Place) -> dict[str, Any]:
    sides = [f"{getattr(place.box, side) * 100:.2f}" for side in _SIDES]
    shown = {"number": place.number, "is_covered": place.is_covered}
    return {**shown, "left": sides[0], "top": sides[1], "box": ",".join(sides)}
