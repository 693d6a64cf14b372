"""Backups of the test's own site, and looks into them."""

import gzip
import io
import tarfile
from pathlib import Path

from django.conf import settings

from commonwire.rescue import archive
from commonwire.rescue.backing_up import back_up
from tests.live import command

SECRET = "a secret of forty characters for the tests"
WORDS = "six words that nobody else says"


def keys():
    """What a site that was served once has beside its database."""
    for name, text in (("secret_key", SECRET), ("log_key", "A" * 43 + "=")):
        (Path(settings.DATA_DIR) / name).write_text(f"{text}\n")


def a_backup(name="site.backup", *, since=None, seal=None):
    target = Path(settings.DATA_DIR).parent / name
    back_up(target, since=since, seal=seal)
    return target


def members(path, identity=None):
    """Every piece by its name, unpacked."""
    found = {}
    for name, _modified, file in archive.opened(path).members(identity):
        data = file.read()
        found[name] = gzip.decompress(data) if name.endswith(".gz") else data
    return found


def pieces_of_posts(path):
    """The rows of posts, piece by piece: their numbers may begin anywhere."""
    found = [
        (name, data)
        for name, data in members(path).items()
        if name.startswith("rows/publishing_post/")
    ]
    assert found
    return found


def restored(path, data, *words, **more):
    """Runs `restore` into a data directory; its process when it has ended."""
    return command("restore", str(path), *words, data=data, **more)


def rewritten(path, change):
    """The same file with another about.json at its beginning."""
    out = path.with_name(f"other-{path.name}")
    with tarfile.open(path) as old, tarfile.open(out, "w") as new:
        for member in old:
            data = old.extractfile(member).read()
            data = change(data) if member.name == "about.json" else data
            member.size = len(data)
            new.addfile(member, io.BytesIO(data))
    return out
