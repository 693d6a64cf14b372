"""What a covering form says, as boxes; and the boxes as the form shows them."""

from typing import Any

from django.utils.datastructures import MultiValueDict

from commonwire.media import grid
from commonwire.media.exchange import (
    MAX_BOXES,
    SOLID,
    STYLES,
    Box,
    Options,
    UnbelievableError,
)
from commonwire.media.models import Attachment

# A box as a form says it: its place and size in per cent, with commas between.
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
        tuple(boxes[:MAX_BOXES]),
        style if style in STYLES else SOLID,
        faces=bool(form.get("faces")),
        disguise=bool(form.get("disguise")),
    )


def shown(attachment: Attachment) -> dict[str, Any]:
    """What the form shows: found faces, chosen boxes, the grid."""
    options = Options.read(attachment.options)
    found = [Box(**told) for told in attachment.faces or []]
    size = (attachment.width, attachment.height)
    return {
        "found": [
            {"number": number, **_in_percent(box)}
            for number, box in enumerate(found, 1)
        ],
        "covers": [_in_percent(box) for box in options.covers],
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
    chosen = {int(number) for number in numbers if number.isdecimal()}
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


def _in_percent(box: Box) -> dict[str, str]:
    return {side: f"{getattr(box, side) * 100:.2f}" for side in _SIDES}
