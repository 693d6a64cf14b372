"""Whether files can be made: the confined process, with all that it needs, reads one."""

import base64
import tempfile
from pathlib import Path
from typing import Any

from commonwire.media.messages import Refused
from commonwire.media.workshop import Workshop
from commonwire.web.deployment.findings import Findings, mend

# A PNG of one pixel.
_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5E"
    "rkJggg=="
)


def workbench(**_asked: Any) -> Findings:
    shop = Workshop()
    try:
        with tempfile.TemporaryDirectory() as folder:
            upload = Path(folder) / "pixel"
            upload.write_bytes(_PIXEL)
            shop.look(upload=upload)
    except Refused as refused:
        return [
            mend(
                "media.W001",
                f"No file can be made ready: {refused}",
                "Install Commonwire anew (make setup), and see that its unit or "
                "container may start processes.",
            )
        ]
    finally:
        shop.close()
    return []


CHECKS = (workbench,)
