"""What the confined child can be asked to do with a file, and which module does it.

Knows nothing of Django. Each module has ``look`` (the file's beginning, to say what it
is) and ``make`` (its renditions).
"""

from dataclasses import asdict
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from commonwire.media import exchange, kinds, renditions
from commonwire.media.exchange import Made, Options, Say
from commonwire.media.messages import Refused

MODULES: Final[dict[str, ModuleType]] = {exchange.PICTURE: renditions}


def do(job: dict[str, Any], say: Say) -> dict[str, Any]:
    """One job's answer; raises Refused."""
    upload = Path(job["upload"])
    if job["do"] == "look":
        return asdict(_module(upload).look(upload))
    return make(
        upload=upload,
        into=Path(job["into"]),
        options=Options.read(job["options"]),
        say=say,
    ).as_dict()


def make(*, upload: Path, into: Path, options: Options, say: Say) -> Made:
    """Write the rendition set of ``upload`` to the directory ``into``, durably."""
    made: Made = _module(upload).make(
        upload=upload, into=into, options=options, say=say
    )
    return made


def _module(upload: Path) -> ModuleType:
    with upload.open("rb") as file:
        kind = kinds.recognise(file.read(kinds.HEAD))
    kind = exchange.PICTURE if kind in kinds.TAKEN else kind
    if kind not in MODULES:
        raise Refused(kind)
    return MODULES[kind]
