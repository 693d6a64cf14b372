"""The press kit: text, letters, the pictures in full size with captions and credits, and
what may be done with them, in one .zip."""

import io
import zipfile

from commonwire.media import store
from commonwire.media.models import FULL_NAMES, Attachment
from commonwire.media.states import Kind
from commonwire.syndication.releases import letter, text
from commonwire.syndication.releases.facts import Facts, caption_of
from commonwire.syndication.typesetting import PAPERS

# Pictures beyond it are named with their addresses: a kit is made in memory.
MOST_BYTES = 60_000_000


def render(facts: Facts) -> bytes:
    """The same bytes for the same release: times are that of its last change."""
    file = io.BytesIO()
    slug = facts.post.slug
    at = facts.changed_at.timetuple()[:6]
    pictures, left = _pictures(facts)
    with zipfile.ZipFile(file, "w") as kit:

        def put(name: str, data: bytes | str, *, packed: bool = True) -> None:
            entry = zipfile.ZipInfo(f"{slug}/{name}", at)
            entry.external_attr = 0o644 << 16
            kind = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
            kit.writestr(entry, data, kind)

        put(f"{slug}.txt", text.render(facts))
        for paper in PAPERS:
            put(f"{slug}-{paper}.pdf", letter.render(facts, paper), packed=False)
        for name, data, _words in pictures:
            put(f"pictures/{name}", data, packed=False)
        if pictures or left:
            put("pictures/captions.txt", _captions(pictures, left))
        put("LICENCE.txt", f"{facts.licence}\n\n{facts.address}\n")
    return file.getvalue()


Picture = tuple[str, bytes, str]


def _pictures(facts: Facts) -> tuple[list[Picture], list[Attachment]]:
    """Those that fit, and those that do not."""
    found: list[Picture] = []
    left: list[Attachment] = []
    room = MOST_BYTES
    for number, picture in enumerate(facts.pictures, 1):
        path = store.public(picture.content_id) / FULL_NAMES[Kind.PICTURE]
        size = path.stat().st_size if path.exists() else None
        if size is None or size > room:
            left.append(picture)
            continue
        room -= size
        name = f"{number:02}{path.suffix}"
        found.append((name, path.read_bytes(), caption_of(picture)))
    return found, left


def _captions(pictures: list[Picture], left: list[Attachment]) -> str:
    told = [f"{name}\n{text.wrap(words)}" for name, _data, words in pictures]
    told += [f"{each.original_address}\n{text.wrap(caption_of(each))}" for each in left]
    return "\n\n".join(each.strip() for each in told) + "\n"
