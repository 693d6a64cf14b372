"""Small trees with manifests, without a site."""

import base64
import json
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from commonwire.rescue.manifest import folders, heads
from commonwire.rescue.manifest.building import Builder
from commonwire.rescue.manifest.heads import Head
from commonwire.rescue.manifest.places import Folders


def key():
    """The log's key, which signs manifests, too."""
    told = base64.b64encode(b"k" * 32).decode()
    (Path(settings.DATA_DIR) / "log_key").write_text(told)


def laid(root, **files):
    """Files by their names, `__` for a slash and `_html` for its ending."""
    for name, text in files.items():
        file = root / name.replace("__", "/").replace("_html", ".html")
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_name(f".{file.name}")
        new.write_text(text)
        new.replace(file)  # as the printer does: that is how a change is seen
    return root


def built(root, memory="", prints=lambda _path: False):
    key()
    return Builder(Folders(root), str(memory), prints).build()


def forged(root, told, *, number=5):
    """A head, well signed, over a folder's manifest that nobody would build."""
    key()

    def put(data):
        digest = sha256(data).hexdigest()
        file = root / folders.place(digest)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        return digest

    digest = put(json.dumps(told).encode())
    removed = put(b'{"removed":[]}')
    signer = heads.the_signer()
    head = Head(signer.name, number, digest, 1, 1, removed)
    (root / "manifest" / "key").write_text(f"{signer.verifier}\n")
    (root / "manifest" / "head").write_bytes(heads.signed(head))
    return root
