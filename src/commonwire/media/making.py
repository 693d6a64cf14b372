"""What the confined child can be asked to do with a file, and which module does it.

Knows nothing of Django. Each module has ``look`` (the file's beginning, to say what it
is) and ``make`` (its renditions).
"""

import importlib
from dataclasses import asdict
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from PIL import Image

from commonwire.media import covering, exchange, heap, kinds, renditions
from commonwire.media.exchange import Made, Options, Say
from commonwire.media.messages import Refused
from commonwire.media.places import Place

# Of the longest side, in pixels.
SKETCH: Final = 1280
# By name: what pictures do not need is loaded in the child that does. FFmpeg, PDFium and
# the face finder take a third of a second and 100 MB, which a warm bench would hold.
MODULES: Final[dict[str, str]] = {
    exchange.PICTURE: renditions.__name__,
    "pdf": "commonwire.media.document",
    exchange.VIDEO: "commonwire.media.video",
    exchange.SOUND: "commonwire.media.sound",
}


def do(job: dict[str, Any], say: Say) -> dict[str, Any]:
    """One job's answer; raises Refused."""
    upload, into = Path(job["upload"]), Path(job["into"])
    options = Options.read(job["options"])
    if job["do"] == "look":
        return asdict(_module(upload).look(upload))
    if job["do"] == "faces":
        faces = importlib.import_module("commonwire.media.faces")
        return {"faces": [asdict(box) for box in faces.find_in(upload)]}
    if job["do"] == "still":
        importlib.import_module(MODULES[exchange.VIDEO]).still(upload, into)
        return {}
    if job["do"] == "sketch":
        return _sketch(upload, into, options, job)
    return make(upload=upload, into=into, options=options, say=say).as_dict()


def make(*, upload: Path, into: Path, options: Options, say: Say) -> Made:
    """Write the rendition set of ``upload`` to the directory ``into``, durably."""
    module = _module(upload)
    if module is renditions:
        heap.keep_what_is_freed()
    made: Made = module.make(upload=upload, into=into, options=options, say=say)
    return made


def _sketch(
    upload: Path, into: Path, options: Options, job: dict[str, Any]
) -> dict[str, Any]:
    """What somebody covers by: the picture, and the picture with numbers and a grid."""
    with Image.open(upload, formats=["JPEG"]) as picture:
        picture.draft("RGB", (SKETCH, SKETCH))
        small = picture.convert("RGB")
    small.thumbnail((SKETCH, SKETCH))
    small.save(into / "plain.jpg", quality=80)
    drawn = covering.numbered(
        small,
        [
            Place(number, box, is_covered=number in job["covered"])
            for number, box in zip(job["numbers"], options.covers, strict=True)
        ],
        of=tuple(job["size"]),
    )
    drawn.save(into / "numbered.jpg", quality=80)
    return {}


def _module(upload: Path) -> ModuleType:
    if upload.name in exchange.MOVING:
        return importlib.import_module("commonwire.media.moving")
    with upload.open("rb") as file:
        kind = kinds.recognise(file.read(kinds.READ))
    kind = exchange.PICTURE if kind in kinds.TAKEN else kind
    if kind not in MODULES:
        raise Refused(kind)
    module = importlib.import_module(MODULES[kind])
    if kind in {exchange.VIDEO, exchange.SOUND}:
        # Containers of video may hold sound only.
        return importlib.import_module(MODULES[module.look(upload).kind])
    return module
