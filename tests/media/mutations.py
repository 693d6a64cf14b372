"""Good files with bytes changed, and whether what was published is our own writing.

Run by hand, any number of them goes through the real workbench:

    python -m tests.media.mutations --count 10000
"""

import argparse
import collections
import io
import random
import sys
import tempfile
import time
from pathlib import Path

import av
import pikepdf
import pypdfium2
from PIL import Image

from commonwire.media.messages import Refused
from tests.media import papers, pictures

SENTINEL = pictures.SENTINEL.encode()
# A file costs at most this, in seconds; the workbench ends it later.
LIMIT = 60
# What decoders of our own files need, and no more.
JPEG_MARKERS = {0xC0, 0xC2, 0xC4, 0xDA, 0xDB, 0xDD, 0xE0}
WEBP_CHUNKS = {b"VP8 ", b"VP8L", b"VP8X", b"ANIM", b"ANMF"}
PDF_WANTED = frozenset(
    each.strip()
    for each in [
        "/Type",
        "/Subtype",
        "/Pages",
        "/Page",
        "/Kids",
        "/Count",
        "/Parent",
        "/MediaBox",
        "/Resources",
        "/Contents",
        "/XObject",
        "/P",
        "/Font",
        "/F",
        "/Length",
        "/Filter",
        "/Width",
        "/Height",
        "/ColorSpace",
        "/BaseFont",
        "/BitsPerComponent",
        "/Encoding",
        "/DescendantFonts",
        "/ToUnicode",
        "/CIDSystemInfo",
        "/Registry",
        "/Ordering",
        "/Supplement",
        "/FontDescriptor",
        "/DW",
        "/CIDToGIDMap",
        "/FontName",
        "/Flags",
        "/FontBBox",
        "/ItalicAngle",
        "/Ascent",
        "/Descent",
        "/CapHeight",
        "/StemV",
        "/FontFile2",
        "/Root",
        "/Size",
        "/ID",
        "/Linearized",
        "/L",
        "/H",
        "/O",
        "/E",
        "/N",
        "/T",
        "/Index",
        "/W",
        "/Prev",
        "/DecodeParms",
        "/Columns",
        "/Colors",
        "/Predictor",
        "/First",
        "/S",
    ]
)


def good_files():
    """One of every kind taken, each saying what must not come out."""
    found = {kind: pictures.telling(kind) for kind in pictures.FORMATS}
    frames = [pictures.gradient((60, 40)).rotate(40 * each) for each in range(4)]
    for kind in ("GIF", "WEBP", "PNG", "AVIF"):
        moving = pictures.encoded(
            frames[0], kind, save_all=True, append_images=frames[1:], duration=80
        )
        found[f"moving {kind}"] = moving + SENTINEL
    found["pdf"] = papers.telling()
    return found


def mutated(content, chance):
    """Bytes changed, taken out, doubled or cut off, as ``chance`` will have it."""
    changed = bytearray(content)
    for _ in range(chance.choice((1, 2, 5, 20, 100))):
        place = chance.randrange(max(1, len(changed)))
        length = chance.choice((1, 1, 1, 2, 4, 16, 200))
        part = slice(place, place + length)
        way = chance.randrange(6)
        if way <= 2:
            changed[part] = chance.randbytes(len(changed[part]))
        elif way == 3:
            changed[part] = chance.choice((b"\0", b"\xff", b"\x7f\xff")) * length
        elif way == 4:
            changed[part] = b""
        else:
            changed[place:place] = changed[part]
    if chance.random() < 0.1:
        del changed[chance.randrange(max(1, len(changed))) :]
    return bytes(changed)


def mutations(count, seed=7431):
    """``count`` pairs of a kind and a file, the same at each run."""
    files, chance = list(good_files().items()), random.Random(seed)
    for number in range(count):
        kind, content = files[number % len(files)]
        yield kind, mutated(content, chance)


def strange_in(directory):
    """What in these files is not our own encoders' writing; empty if all is."""
    found = []
    for path in sorted(directory.iterdir()):
        content = path.read_bytes()
        if SENTINEL in content or SENTINEL.decode().encode("utf-16-le") in content:
            found.append(f"{path.name}: what the file said")
        try:
            found += [f"{path.name}: {each}" for each in READERS[path.suffix](content)]
        except Exception as error:  # noqa: BLE001 - whatever a decoder raises
            found.append(f"{path.name}: {error!r}")
    return found


def strange_in_jpeg(content):
    Image.open(io.BytesIO(content)).load()
    place, markers = 2, []
    while content[place] == 0xFF and content[place + 1] != 0xDA:
        markers.append(content[place + 1])
        if markers[-1] == 0xE0 and content[place + 4 : place + 8] != b"JFIF":
            yield "a foreign segment"
        place += 2 + int.from_bytes(content[place + 2 : place + 4])
    yield from (f"marker {each:x}" for each in set(markers) - JPEG_MARKERS)
    if not content.endswith(b"\xff\xd9"):
        yield "more behind the end"


def strange_in_webp(content):
    Image.open(io.BytesIO(content)).load()
    place = 12
    while place < len(content):
        name = content[place : place + 4]
        if name not in WEBP_CHUNKS:
            yield f"chunk {name!r}"
        length = int.from_bytes(content[place + 4 : place + 8], "little")
        place += 8 + length + length % 2
    if int.from_bytes(content[4:8], "little") + 8 != len(content):
        yield "more behind the end"


def strange_in_mp4(content):
    with av.open(io.BytesIO(content)) as file:
        for _ in file.decode(video=0):
            pass
        if len(file.streams) != 1:
            yield "more than a video"
        told = set(file.metadata) - {"major_brand", "minor_version"}
        yield from told - {"compatible_brands"}


def strange_in_pdf(content):
    pdf = pypdfium2.PdfDocument(content)
    for page in pdf:
        page.render()
    pdf.close()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for thing in [pdf.trailer, *pdf.objects]:
            if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                yield from set(thing.keys()) - PDF_WANTED


READERS = {
    ".jpg": strange_in_jpeg,
    ".webp": strange_in_webp,
    ".mp4": strange_in_mp4,
    ".pdf": strange_in_pdf,
}


def run(count, seed):  # noqa: PLR0915 - a program
    """Print what became of ``count`` mutations; whether all went as it must."""
    # Only here: the workshop loads Django.
    from django.conf import settings  # noqa: PLC0415

    from commonwire.media.workshop import Workshop  # noqa: PLC0415

    settings.configure(USE_I18N=False)
    shop = Workshop()
    ends, strange, slowest, crashes = collections.Counter(), [], 0.0, 0
    with tempfile.TemporaryDirectory() as place:
        for number, (kind, content) in enumerate(mutations(count, seed)):
            upload, into = Path(place) / "upload", Path(place) / str(number)
            upload.write_bytes(content)
            into.mkdir()
            bench, start = shop._running().pid, time.monotonic()
            try:
                shop.make(upload=upload, into=into)
                end, found = "published", strange_in(into)
                strange += [f"{number} ({kind}): {each}" for each in found]
            except Refused as refusal:
                end = refusal.reason
            slowest = max(slowest, time.monotonic() - start)
            crashes += shop._running().pid != bench
            ends[end] += 1
            for path in into.iterdir():
                path.unlink()
            into.rmdir()
    shop.close()
    for end, times in ends.most_common():
        print(f"{end:20}{times:8}")  # noqa: T201
    print(f"crashes of the workbench {crashes}, slowest {slowest:.1f} s")  # noqa: T201
    print(f"published and not our own writing: {len(strange)}", *strange, sep="\n")  # noqa: T201
    return not crashes and not strange and slowest < LIMIT


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7431)
    told = parser.parse_args()
    sys.exit(0 if run(told.count, told.seed) else 1)


if __name__ == "__main__":
    main()
