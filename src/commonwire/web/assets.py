import gzip
from pathlib import Path

import brotli
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage

# Above this the last hundredth of size is not worth seconds of every start.
_LARGE = 200_000
_TEXT = {".css", ".js", ".svg", ".json", ".txt"}


class AssetStorage(ManifestStaticFilesStorage):
    """Names files by what is in them, where scripts import each other too: otherwise a
    new script could meet a year-old one in a browser's cache."""

    support_js_module_import_aggregation = True
    # Each script that imports one is named by what is in that: as deep as they go.
    max_post_process_passes = 12


def compress_assets(root: Path) -> None:
    """Lay the smallest compressed forms beside the program's own files; they are read
    by all and made once a version."""
    for file in root.rglob("*"):
        if file.is_file():
            file.chmod(0o644)
        if file.suffix in _TEXT and file.is_file():
            data = file.read_bytes()
            for suffix, small in (
                (".gz", gzip.compress(data, 9, mtime=0)),
                (".br", brotli.compress(data, quality=9 if len(data) > _LARGE else 11)),
            ):
                beside = file.with_name(file.name + suffix)
                beside.write_bytes(small)
                beside.chmod(0o644)
        if file.is_dir():
            file.chmod(0o755)
    root.chmod(0o755)
