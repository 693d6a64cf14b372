"""A film, a sound and a document for the demo, made of its pictures and of sines."""

import math
from array import array
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
from PIL import Image, ImageDraw, ImageFont

FILM_SIZE = (960, 540)
FILM_SECONDS = 8
FILM_RATE = 24
SOUND_SECONDS = 9.0
SOUND_RATE = 24_000
# A bell's partials: how high beside its tone, how loud, and how long in seconds.
PARTIALS = ((0.5, 0.6, 4.0), (1.0, 1.0, 2.4), (1.2, 0.5, 1.8), (2.0, 0.4, 1.2))
STROKES = ((0.0, 420.0), (1.6, 350.0), (3.2, 420.0), (4.8, 350.0))
PAGE = (1240, 1754)


def walk_along(picture: Path, path: Path) -> None:
    """Film a drawing, going over it from left to right."""
    with Image.open(picture) as drawn, av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", FILM_RATE)
        stream.width, stream.height = FILM_SIZE
        stream.pix_fmt = "yuv420p"
        for number in range(FILM_SECONDS * FILM_RATE):
            part = number / (FILM_SECONDS * FILM_RATE)
            frame = av.VideoFrame.from_image(  # type: ignore[no-untyped-call]  # no stubs
                _window(drawn, part)
            )
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def _window(drawn: Image.Image, part: float) -> Image.Image:
    width, height = FILM_SIZE
    left = round((drawn.width - width) * (0.5 - math.cos(part * math.pi) / 2))
    top = (drawn.height - height) // 2
    return drawn.crop((left, top, left + width, top + height))


def bell(path: Path) -> None:
    with av.open(str(path), "w", format="wav") as container:
        stream = container.add_stream("pcm_s16le", SOUND_RATE, layout="mono")
        samples = array("h", map(_level, range(int(SOUND_SECONDS * SOUND_RATE))))
        frame = av.AudioFrame("s16", "mono", len(samples))
        frame.planes[0].update(samples.tobytes())
        frame.sample_rate, frame.pts = SOUND_RATE, 0
        frame.time_base = Fraction(1, SOUND_RATE)
        container.mux(stream.encode(frame))
        container.mux(stream.encode())


def _level(number: int) -> int:
    now = number / SOUND_RATE
    level = sum(
        loud
        * math.exp(-(now - start) / long)
        * math.sin(math.tau * tone * high * (now - start))
        for start, tone in STROKES
        if now >= start
        for high, loud, long in PARTIALS
    )
    return round(max(-1.0, min(1.0, level / 4)) * 30_000)


def letter(pages: Iterable[str], path: Path) -> None:
    """A document with these words on its pages, as if it had been scanned."""
    first, *others = [_page(words) for words in pages]
    first.save(path, "PDF", save_all=True, append_images=others, resolution=150)


def _page(words: str) -> Image.Image:
    page = Image.new("RGB", PAGE, "white")
    draw = ImageDraw.Draw(page)
    heading, _, text = words.partition("\n")
    draw.text((140, 160), heading, "black", ImageFont.load_default(52))
    font = ImageFont.load_default(30)
    draw.multiline_text((140, 280), text.strip(), "#222222", font, spacing=18)
    return page
