"""One post as one file, for reposting it elsewhere: its page, its text, its files, and a
manifest that says whose it is."""

import json
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings

from commonwire.delivery.printing import on_demand
from commonwire.delivery.tree import the_tree
from commonwire.publishing.models import Post
from commonwire.publishing.queries import listed, placements_of
from commonwire.rescue.failures import Refused
from commonwire.rescue.manifest.building import Builder
from commonwire.rescue.manifest.heads import Head
from commonwire.rescue.manifest.places import Folders
from commonwire.rescue.relative import Relative

PAGE: Final = "index.html"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_STYLES: Final = (".css", ".svg", ".woff2")


def bundle(named: str, target: Path | None = None) -> tuple[Path, Head]:
    """``named``: a post's number or address. Into a new zip file."""
    post = _post(named)
    target = target or Path(f"{post.slug}.zip")
    if target.exists():
        raise Refused(f"{target} is there already; choose another name")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".bundle-") as place:
        tree = Path(place) / "tree"
        tree.mkdir(mode=0o755)
        _lay(post, tree)
        head = Builder(Folders(tree)).build()
        packed = Path(place) / "bundle.zip"
        _pack(tree, packed)
        packed.replace(target)
    return target, head


def _post(named: str) -> Post:
    """Of what is in the lists: nothing hidden, withdrawn or under embargo."""
    path = urlsplit(named).path.strip("/")
    if named.isascii() and named.isdigit():
        found = list(listed().filter(pk=int(named)))
    else:
        same = listed().filter(slug=path.split("/")[-1])
        found = [post for post in same if post.path == f"/{path}/"]
    if not found or on_demand(found[0].path) is None:
        raise Refused(f"there is no listed post {named}; say its number or its address")
    return found[0]


def _lay(post: Post, tree: Path) -> None:
    """Links of the page lead to files beside it, and else to the site."""
    root = Path(settings.PUBLIC_DIR)
    body = the_tree().read(post.path) or b""
    wanted = set[str]()

    def is_there(name: str) -> bool:
        is_ours = name.startswith("media/") or (
            name.startswith("assets/") and name.endswith(_STYLES)
        )
        if is_ours and (root / name).is_file():
            wanted.add(name)
            return True
        return False

    page = Relative(settings.SITE_URL, is_there).page(PAGE, body)
    for name in _files(post):
        is_there(name)
    for name in sorted(wanted):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / name, tree / name)
    (tree / PAGE).write_bytes(page)
    (tree / "post.json").write_text(_told(post), encoding="utf-8")
    (tree / "post.txt").write_text(_plain(post), encoding="utf-8")


def _files(post: Post) -> list[str]:
    """Every rendition of the post's files, in the order in which they stand."""
    return [
        f"media/{place.attachment.content_id}/{name}"
        for place in placements_of(post).select_related("attachment")
        if place.attachment.is_made
        for name in place.attachment.names
    ]


def _facts(post: Post) -> dict[str, Any]:
    return {
        "title": post.title,
        "byline": post.byline,
        "summary": post.summary,
        "body": post.body,
        "language": post.language,
        "published_at": post.published_at.isoformat(timespec="seconds"),
        "url": settings.SITE_URL + post.path,
    }


def _told(post: Post) -> str:
    facts = {**_facts(post), "files": _files(post)}
    return json.dumps(facts, ensure_ascii=False, indent=1) + "\n"


def _plain(post: Post) -> str:
    facts = _facts(post)
    head = [facts["title"], facts["byline"], facts["published_at"], facts["url"]]
    return "\n".join([*filter(None, head), "", facts["body"]]) + "\n"


def _pack(tree: Path, target: Path) -> None:
    """Media are packed already. The times are nobody's."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(each for each in tree.rglob("*") if each.is_file()):
            name = str(file.relative_to(tree))
            info = zipfile.ZipInfo(name, _EPOCH)
            info.external_attr = 0o644 << 16
            info.compress_type = (
                zipfile.ZIP_STORED
                if name.startswith("media/")
                else zipfile.ZIP_DEFLATED
            )
            with file.open("rb") as reading, archive.open(info, "w") as writing:
                shutil.copyfileobj(reading, writing)
