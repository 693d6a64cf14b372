"""Good files with bytes changed, and whether what was published is our own writing.

The suite puts as many through the real workbench as a minute allows; by hand, any number:

    python -m tests.media.mutations --count 10000
"""

import argparse
import collections
import functools
import io
import random
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

import av
import pikepdf
import pypdfium2
from PIL import Image

from commonwire.media.messages import Refused
from tests.media import clips, papers, pictures

SENTINEL = pictures.SENTINEL.encode()
# Cores that are worked on.
BENCHES = 2
# The site's own failures, files that had to be stopped, and decoders that crashed or
# raised what nobody expected.
MUST_NOT = {"unmade", "ended", "busy", "too_heavy", "unsafe"}
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


MOVING = ("GIF", "WEBP", "PNG", "AVIF")
CLIPS = {
    "mp4": ("libx264", "aac"),
    "mov": ("libx265", "aac"),
    "mkv": ("libx264", "libopus"),
    "webm": ("libvpx-vp9", "libopus"),
    "avi": ("mpeg4", "libmp3lame"),
}
SOUNDS = {"mp3": "libmp3lame", "m4a": "aac", "flac": "flac", "opus": "libopus"}
SOUNDS |= {"wav": "pcm_s16le"}
DOCUMENTS = ("pdf", "form")
# With check sums: what was changed is nearly always refused.
CHECKED = ("PNG", "moving PNG", "opus")
KINDS = (
    *pictures.FORMATS,
    *(f"moving {kind}" for kind in MOVING),
    *DOCUMENTS,
    *CLIPS,
    *SOUNDS,
)


@functools.cache
def good_files():
    """One of every kind taken, each saying what must not come out."""
    found = {kind: pictures.telling(kind) for kind in pictures.FORMATS}
    frames = [pictures.gradient((60, 40)).rotate(40 * each) for each in range(4)]
    for kind in MOVING:
        moving = pictures.encoded(
            frames[0], kind, save_all=True, append_images=frames[1:], duration=80
        )
        found[f"moving {kind}"] = moving + SENTINEL
    found["pdf"] = papers.telling()
    found["form"] = papers.filled_in("Jane", "remark")
    return found | good_clips()


def good_clips():
    found = {}
    told = {"metadata": clips.TELLING.items(), "seconds": 0.4}
    with tempfile.TemporaryDirectory() as place:
        for ending, (codec, aac) in CLIPS.items():
            path = Path(place) / f"clip.{ending}"
            clips.video(path, size=(64, 64), codec=codec, aac=aac, **told)
            found[ending] = path.read_bytes()
        for ending, codec in SOUNDS.items():
            path = Path(place) / f"sound.{ending}"
            found[ending] = clips.sound(path, codec=codec, **told).read_bytes()
    return found


def job_of(kind):
    """Which limits the site gives to files of this kind."""
    if kind in CLIPS:
        return "video"
    if kind in SOUNDS:
        return "sound"
    return "document" if kind in DOCUMENTS else "picture"


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


def kind_of(number):
    return KINDS[number % len(KINDS)]


def mutation(number, seed=7431):
    """A kind and a file, the same at each run."""
    kind = kind_of(number)
    return kind, mutated(good_files()[kind], random.Random(f"{seed} {number}"))


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


# Of a container: what its streams are encoded with, and what it says of itself.
CODECS = {
    ".mp4": {"h264", "aac"},
    ".webm": {"av1", "opus"},
    ".opus": {"opus"},
    ".mp3": {"mp3"},
}
STRUCTURE = {"major_brand", "minor_version", "compatible_brands"}
STRUCTURE |= {"handler_name", "vendor_id", "language", "duration", "encoder"}
# `encoder` only without a version.
ENCODERS = {"", "Lavf", "Lavc libopus", "Lavc aac", "Lavc libsvtav1", "Lavc libx264"}
BOXES = {b"ftyp", b"moov", b"mdat", b"free"}


def strange_in_clip(ending, content):
    with av.open(io.BytesIO(content)) as file:
        for stream in file.streams:
            if stream.codec_context.codec.canonical_name not in CODECS[ending]:
                yield f"a stream of {stream.codec_context.name}"
        if len({stream.type for stream in file.streams}) != len(file.streams):
            yield "two streams of a kind"
        said = [file.metadata, *(stream.metadata for stream in file.streams)]
        for told in said:
            yield from {key.lower() for key in told} - STRUCTURE
            if told.get("encoder", "") not in ENCODERS:
                yield told["encoder"]
        if not list(file.decode()):
            yield "nothing in it"


def strange_in_mp4(content):
    yield from strange_in_clip(".mp4", content)
    place = 0
    while place < len(content):
        length, name = int.from_bytes(content[place : place + 4]), content[place + 4 :]
        if name[:4] not in BOXES or length < 8:
            yield f"a box {name[:4]!r}"
            return
        place += length


def strange_in_svg(content):
    tags = [each.tag.rpartition("}")[2] for each in ET.fromstring(content).iter()]
    if tags != ["svg", "path"]:
        yield f"a drawing of {tags}"


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
    ".webm": functools.partial(strange_in_clip, ".webm"),
    ".opus": functools.partial(strange_in_clip, ".opus"),
    ".mp3": functools.partial(strange_in_clip, ".mp3"),
    ".svg": strange_in_svg,
    ".pdf": strange_in_pdf,
}


@dataclass
class Result:
    # By kind, how often each end was met.
    ends: dict[str, collections.Counter] = field(default_factory=dict)
    strange: list[str] = field(default_factory=list)
    dead_benches: int = 0
    slowest: float = 0.0

    def count(self, kind, end, strange, *, dead, seconds):
        self.ends.setdefault(kind, collections.Counter())[end] += 1
        self.strange += [f"{kind}: {each}" for each in strange]
        self.dead_benches += dead
        self.slowest = max(self.slowest, seconds)

    @property
    def all_ends(self):
        return sum(self.ends.values(), collections.Counter())

    @property
    def wrong(self):
        """What must not be, in words; empty if all went as it must."""
        never = [
            kind
            for kind, ends in self.ends.items()
            if not ends["published"] and kind not in CHECKED
        ]
        return [
            *self.strange,
            *(end for end in self.all_ends if end in MUST_NOT),
            *(f"{kind} is never published" for kind in never),
            *["a bench that died"] * self.dead_benches,
        ]


def run(shop, numbers, seed=7431):
    """What becomes of the mutations of these ``numbers`` on the benches of ``shop``."""
    result = Result()
    # Made once, before anybody asks.
    good_files()
    with (
        tempfile.TemporaryDirectory() as place,
        ThreadPoolExecutor(BENCHES) as people,
    ):
        for kind, told in people.map(
            lambda number: _one(shop, mutation(number, seed), Path(place, str(number))),
            numbers,
        ):
            result.count(kind, **told)
    return result


def _one(shop, mutation, place):
    kind, content = mutation
    upload, into = place / "upload", place / "into"
    into.mkdir(parents=True)
    upload.write_bytes(content)
    start, strange = time.monotonic(), []
    with shop.turn() as turn:
        bench = turn.bench.start().pid
        try:
            turn.make(upload=upload, into=into, kind=job_of(kind))
            end = "published"
        except Refused as refusal:
            end = refusal.reason
        dead = turn.bench.start().pid != bench
    seconds = time.monotonic() - start
    if end == "published":
        strange = strange_in(into)
    shutil.rmtree(place)
    told = {"end": end, "strange": strange, "dead": dead, "seconds": seconds}
    return kind, told


def main():
    # Only here: the workshop loads Django.
    from django.conf import settings  # noqa: PLC0415

    from commonwire.media.workshop import Workshop  # noqa: PLC0415

    settings.configure(USE_I18N=False)
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7431)
    asked = parser.parse_args()
    shop = Workshop(benches=BENCHES)
    result = run(shop, range(asked.count), asked.seed)
    shop.close()
    for kind, ends in result.ends.items():
        print(f"{kind:12}", *(f"{end} {n}" for end, n in ends.most_common()))  # noqa: T201
    print("all:", *(f"{end} {n}" for end, n in result.all_ends.most_common()))  # noqa: T201
    print(f"slowest {result.slowest:.1f} s; wrong: {len(result.wrong)}")  # noqa: T201
    print(*result.wrong, sep="\n")  # noqa: T201
    sys.exit(1 if result.wrong else 0)


if __name__ == "__main__":
    main()
