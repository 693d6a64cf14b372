"""What files are, in a few letters: by that they are found, shared and checked."""

import base64
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digests_of(directory: Path) -> dict[str, str]:
    """Of each of its files, by name."""
    return {path.name: digest_of(path) for path in directory.iterdir()}


def id_of(digests: dict[str, str]) -> str:
    """A hash of the names and contents of files, 132 bits in 22 letters."""
    told = "".join(f"{name} {digests[name]}\n" for name in sorted(digests))
    digest = hashlib.sha256(told.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode()[:22]


def with_digests(
    renditions: Iterable[dict[str, Any]], digests: dict[str, str]
) -> list[dict[str, Any]]:
    """Rows that remember what their files were when they were made."""
    return [{**item, "sha256": digests[item["name"]]} for item in renditions]
