"""An animation made again from the video that was made of it, to be covered.

Runs in the confined child and knows nothing of Django. What is covered is covered on
every frame, and every frame is shown as long as before.
"""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
from av.video.frame import VideoFrame

from commonwire.kit.files import sync_all
from commonwire.media import animation, renditions
from commonwire.media.animation import MILLISECONDS, WEBP_PIXELS, Frame
from commonwire.media.covering import cover
from commonwire.media.exchange import PICTURE, Made, Options, Say
from commonwire.media.messages import Refused

_MICROSECONDS: Final = Fraction(1, 1_000_000)


def make(*, upload: Path, into: Path, options: Options, say: Say) -> Made:
    """Write the rendition set of ``upload``, an ``animation.mp4``, to ``into``."""
    try:
        count = _count(upload)
        first, _milliseconds = next(_frames(upload, options))
        made = renditions.write_set(first, into)
        made += animation.write_frames(
            lambda: _frames(upload, options),
            first.size,
            into,
            lambda at: say(50 + 50 * at // count),
            small=count * first.width * first.height <= WEBP_PIXELS,
        )
    except (av.FFmpegError, StopIteration) as error:
        raise Refused("damaged_clip") from error
    sync_all(into)
    say(100)
    return Made(PICTURE, first.width, first.height, made)


def _count(upload: Path) -> int:
    with av.open(str(upload), format="mp4") as file:
        return max(1, file.streams.video[0].frames)


def _frames(upload: Path, options: Options) -> Iterator[Frame]:
    with av.open(str(upload), format="mp4") as file:
        end = round(Fraction(file.duration or 0) * _MICROSECONDS / MILLISECONDS)
        waiting: VideoFrame | None = None
        for frame in file.decode(video=0):
            if waiting is not None:
                yield _shown(waiting, _starts(frame) - _starts(waiting), options)
            waiting = frame
        if waiting is not None:
            yield _shown(waiting, end - _starts(waiting), options)


def _starts(frame: VideoFrame) -> int:
    return round((frame.time or 0.0) / MILLISECONDS)


def _shown(frame: VideoFrame, milliseconds: int, options: Options) -> Frame:
    pixels = frame.to_image()  # type: ignore[no-untyped-call]
    return cover(pixels, options.covers, options.style), max(1, milliseconds)
