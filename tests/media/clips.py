"""Clips and recordings made for tests, with something in them that must not come out."""

import ast
import math
import subprocess
import sys
from array import array
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
from av.video.frame import VideoFrame
from PIL import Image, ImageDraw

from commonwire.media import exchange
from tests.media import pictures

SENTINEL = pictures.SENTINEL
TELLING = {
    "location": "+44.9712-093.2649+256.000/",
    "title": f"{SENTINEL} title",
    "artist": f"{SENTINEL} artist",
    "comment": f"{SENTINEL} comment",
    "make": f"{SENTINEL} make",
    "model": f"{SENTINEL} model",
    "creation_time": "2026-01-16T12:13:14.000000Z",
    "com.example.secret": f"{SENTINEL} secret",
}


def scene(size, number):
    """Smooth light with a block that moves."""
    picture = pictures.gradient(size)
    place = (number * 3 % size[0], 5, number * 3 % size[0] + 12, 25)
    ImageDraw.Draw(picture).rectangle(place, fill="white")
    return picture


def video(  # noqa: PLR0913 - each test names the one thing that matters to it
    path,
    *,
    size=(320, 240),
    rate=25,
    seconds=2.0,
    codec="libx264",
    form="yuv420p",
    times=None,
    draw=scene,
    tone=440,
    sounds=1,
    metadata=(),
    turned=None,
    kind=None,
    aac="aac",
    dress=None,
    jump=0,
):
    """A clip at ``path``; ``times`` in seconds of frames, ``tone`` None for no sound,
    whose clock goes forward by ``jump`` seconds midway."""
    options = (
        {"movflags": "use_metadata_tags"} if path.suffix in {".mp4", ".mov"} else {}
    )
    with av.open(str(path), "w", format=kind, options=options) as file:
        file.metadata.update(dict(metadata))
        fast = {"preset": "ultrafast"} if "26" in codec else {}
        fast |= {"x265-params": "log-level=none"} if "265" in codec else {}
        stream = file.add_stream(codec, rate=rate, options=fast)
        stream.width, stream.height, stream.pix_fmt = *size, form
        if times is not None:
            stream.codec_context.time_base = Fraction(1, 1000)
        heard = [
            file.add_stream(aac, rate=48_000) for _ in range(sounds if tone else 0)
        ]
        if dress:
            dress(stream.codec_context)
        if turned is not None:
            stream.set_display_rotation(turned)
        for number in range(len(times or range(round(seconds * rate)))):
            frame = VideoFrame.from_image(draw(size, number)).reformat(format=form)
            frame.pts = round(times[number] * 1000) if times else number
            frame.time_base = Fraction(1, 1000 if times else rate)
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
        for each in heard:
            for frame in wave(seconds, tone):
                frame.pts += 48_000 * jump * (frame.pts > 24_000 * seconds)
                file.mux(each.encode(frame))
            file.mux(each.encode(None))
    return path


def sound(  # noqa: PLR0913
    path, *, codec, seconds=3.0, tone=440, rate=48_000, metadata=(), kind=None
):
    with av.open(str(path), "w", format=kind) as file:
        file.metadata.update(dict(metadata))
        stream = file.add_stream(codec, rate=rate)
        stream.layout = "mono"
        for frame in wave(seconds, tone):
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return path


def wave(seconds, tone, rate=48_000):
    """A sine of ``tone`` hertz."""
    step = rate // 10
    for start in range(0, int(seconds * rate), step):
        samples = array(
            "h",
            (
                int(12_000 * math.sin(2 * math.pi * tone * at / rate))
                for at in range(start, start + step)
            ),
        )
        frame = av.AudioFrame("s16", "mono", step)
        frame.planes[0].update(samples.tobytes())
        frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
        yield frame


def frames(path):
    """All frames of a clip, as pictures."""
    with av.open(str(path)) as file:
        return [frame.to_image() for frame in file.decode(video=0)]


def moments(path):
    with av.open(str(path)) as file:
        return [round(frame.time, 3) for frame in file.decode(video=0)]


def codecs(path):
    with av.open(str(path)) as file:
        return sorted(
            stream.codec_context.codec.canonical_name for stream in file.streams
        )


def pitch(path):
    """Hertz of the middle of a recording of one tone, by counting its waves."""
    samples = array("h")
    resampler = av.AudioResampler("s16", "mono", 48_000)
    with av.open(str(path)) as file:
        for frame in file.decode(audio=0):
            for each in resampler.resample(frame):
                samples.frombytes(bytes(each.planes[0])[: each.samples * 2])
    middle = samples[len(samples) // 4 : len(samples) * 3 // 4]
    ups = sum(a < 0 <= b for a, b in pairwise(middle))
    return ups * 48_000 / len(middle)


def mean(picture, box):
    part = picture.crop(box).resize((1, 1), Image.Resampling.BOX)
    return part.getpixel((0, 0))


PROGRAM = """
import re, sys
from pathlib import Path
from commonwire.media import sound, video
from commonwire.media.exchange import Options
upload, into = map(Path, sys.argv[1:])
made = {maker}.make(upload=upload, into=into, options=Options(), say=lambda _: None)
# Not getrusage's figure, which remembers the process that this one was started from.
status = Path("/proc/self/status").read_text()
peak_megabytes = int(re.search(r"VmHWM:\\s+(\\d+)", status)[1]) / 1024
print(repr(({what})))
"""


def in_a_process(maker, upload, into, what):
    """What an expression about ``made`` and ``peak_megabytes`` comes to."""
    told = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(maker=maker, what=what), upload, into],
        env={"PYTHONPATH": str(Path(exchange.__file__).parents[2])},
        capture_output=True,
        check=True,
    )
    return ast.literal_eval(told.stdout.decode())
