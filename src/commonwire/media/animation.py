"""Pictures that move, made anew as a silent video and, if short, as WebP.

The timing is that of the file, frame by frame. A video does not say how often it is
repeated: pages repeat it for ever, as they do nearly every animation.
"""

import io
import os
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
from PIL import Image

from commonwire.media import colours, decoding
from commonwire.media.covering import cover
from commonwire.media.exchange import TYPES, Options, Rendition, Say
from commonwire.media.messages import Refused

MAX_FRAMES: Final = 1000
# Of all frames together: eleven seconds of 720p at 30 a second.
MAX_PIXELS: Final = 320_000_000
# Of one frame as published.
MAX_SIDE: Final = 1280
# Up to this many pixels a WebP is tried too, and kept up to this many bytes: for feeds
# and mails, which play no video.
WEBP_PIXELS: Final = 30_000_000
WEBP_BYTES: Final = 1024**2
WEBP: Final = {"quality": 60, "method": 1}
# Without frames that point ahead, every frame's time is its own.
H264: Final = {"crf": "24", "preset": "veryfast", "bf": "0"}
# Browsers show a frame of up to 10 ms for 100: old programs wrote 0 for "as usual".
_USUAL: Final = 100
_TOO_SHORT: Final = 10
_LONGEST: Final = 60_000
MILLISECONDS: Final = Fraction(1, 1000)

# Pixels, and how long they are shown, in milliseconds.
Frame = tuple[Image.Image, int]


def write(upload: Path, into: Path, options: Options, say: Say) -> list[Rendition]:
    """Renditions of what moves; none if it is too much of it, or broken further on."""
    try:
        with decoding.opened(upload) as picture:
            count = getattr(picture, "n_frames", 1)
            first = _first(picture)
            size = _published_size(picture)
            total = count * picture.width * picture.height
            repeats = int(picture.info.get("loop", 0) or 0)
        if count > MAX_FRAMES or total > MAX_PIXELS or min(size) < 2:  # noqa: PLR2004
            return []
        return write_frames(
            lambda: _frames(upload, range(first, count), size, options),
            size,
            into,
            lambda at: say(50 + 50 * at // count),
            small=total <= WEBP_PIXELS,
            repeats=repeats,
        )
    except Refused:
        (into / "animation.mp4").unlink(missing_ok=True)
        return []


def write_frames(
    frames: Callable[[], Iterator[Frame]],
    size: tuple[int, int],
    into: Path,
    say: Say,
    *,
    small: bool,
    repeats: int = 0,
) -> list[Rendition]:
    """``frames`` is asked for once for each rendition; ``say`` hears their numbers."""
    written = [_write_video(frames(), size, into, say)]
    if small:
        written += _write_webp(frames(), repeats, into)
    return written


def _first(picture: Image.Image) -> int:
    """A PNG may begin with a picture for programs that do not play it, and only them."""
    return int(bool(picture.info.get("default_image")))


def _published_size(picture: Image.Image) -> tuple[int, int]:
    """H.264 as every device plays it takes even numbers only."""
    width, height = decoding.upright_size(picture)
    scale = min(1.0, MAX_SIDE / max(width, height))
    return int(width * scale) // 2 * 2, int(height * scale) // 2 * 2


def _frames(
    upload: Path, numbers: range, size: tuple[int, int], options: Options
) -> Iterator[Frame]:
    with decoding.opened(upload) as picture:
        profile = colours.profile_of(picture, upload)
        for number in numbers:
            picture.seek(number)
            picture.load()
            told = picture.info.get("duration", 0) or 0
            # The decoder needs its frame as it is to draw the next one upon it.
            pixels = decoding.pixels(picture.copy(), profile)
            if options.covers:
                pixels = cover(pixels, options.covers, options.style)
            yield _fitted(pixels, size), _fair(told)


def _fair(told: float) -> int:
    shown = round(told)
    return _USUAL if shown <= _TOO_SHORT else min(shown, _LONGEST)


def _fitted(pixels: Image.Image, size: tuple[int, int]) -> Image.Image:
    if pixels.width - size[0] in {0, 1} and pixels.height - size[1] in {0, 1}:
        # A line less is sharper than all lines moved by a part of one.
        return pixels.crop((0, 0, *size))
    return pixels.resize(size, Image.Resampling.BICUBIC, reducing_gap=1.0)


def _write_video(
    frames: Iterator[Frame], size: tuple[int, int], into: Path, say: Say
) -> Rendition:
    path = into / "animation.mp4"
    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    with av.open(str(path), "w", format="mp4", options=options) as file:
        stream = file.add_stream("libx264", options=H264)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.time_base = stream.codec_context.time_base = MILLISECONDS
        stream.codec_context.flags |= av.codec.context.Flags.bitexact
        shown = 0
        lasting: dict[int, int] = {}
        for number, (pixels, milliseconds) in enumerate(frames):
            frame = av.VideoFrame.from_image(pixels)  # type: ignore[no-untyped-call]
            frame.pts, frame.time_base = shown, MILLISECONDS
            lasting[shown] = milliseconds
            for packet in stream.encode(frame):
                packet.duration = lasting[packet.pts or 0]
                file.mux(packet)
            shown += milliseconds
            say(number)
        for packet in stream.encode(None):
            packet.duration = lasting[packet.pts or 0]
            file.mux(packet)
    return _told(path, size)


def _write_webp(frames: Iterator[Frame], repeats: int, into: Path) -> list[Rendition]:
    """Kept only if it is light; a list of one or none."""
    pictures, milliseconds = zip(*frames, strict=True)
    file = io.BytesIO()
    pictures[0].save(
        file,
        "WEBP",
        save_all=True,
        append_images=pictures[1:],
        duration=list(milliseconds),
        loop=repeats,
        **WEBP,
    )
    if file.tell() > WEBP_BYTES:
        return []
    path = into / "animation.webp"
    path.write_bytes(file.getvalue())
    return [_told(path, pictures[0].size)]


def _told(path: Path, size: tuple[int, int]) -> Rendition:
    with path.open("rb") as file:
        os.fsync(file.fileno())
    kind = TYPES[path.suffix[1:]]
    return Rendition(path.name, *size, kind, path.stat().st_size)
