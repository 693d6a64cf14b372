"""Files being encoded, each on a thread of its own.

The encoders let go of the interpreter, so decoding and all of them overlap.
"""

import contextlib
import os
import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final, Self

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.frame import Frame
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation
from av.video.stream import VideoStream

from commonwire.media.exchange import TYPES, Rendition, Say

# Few, since a frame of 1080p takes 3 MB.
WAITING_FRAMES: Final = 6
CLOCK: Final = Fraction(1, 90_000)
# Samples a second that Opus and MP3 both know at every bit rate used here. A telephone's
# recording gains nothing from more, and costs a third.
RATES: Final = (16_000, 24_000, 48_000)
# Nothing that changes from one run to the next, and no program's name and version.
EXACTLY: Final = {"fflags": "+bitexact"}
MUXING: Final = {
    ".mp4": EXACTLY | {"movflags": "+faststart"},
    ".mp3": EXACTLY | {"id3v2_version": "0"},
}
EXACT: Final = {"flags": "+bitexact"}
_BT709: Final = 1
_LIMITED: Final = 1

Options = dict[str, str]


@dataclass(frozen=True)
class Form:
    """Of sound: mono or stereo, and samples a second, one of RATES."""

    layout: str
    rate: int

    @classmethod
    def of(cls, stream: AudioStream) -> Self:
        """What a recording is published in."""
        context = stream.codec_context
        fine = [rate for rate in RATES if rate >= context.sample_rate]
        layout = "mono" if context.channels == 1 else "stereo"
        return cls(layout, fine[0] if fine else RATES[-1])


class Output:
    """One rendition under way. Every method but ``__init__`` and ``give`` ends it."""

    def __init__(
        self,
        path: Path,
        *,
        picture: Callable[[OutputContainer], VideoStream] | None = None,
        sound: Callable[[OutputContainer], AudioStream] | None = None,
        optional: bool = False,
    ) -> None:
        self.path = path
        self.optional = optional
        # All streams exist before anything is muxed, or FFmpeg cannot set the clock.
        kind = "ogg" if path.suffix == ".opus" else None
        muxing = MUXING.get(path.suffix, EXACTLY)
        self._file = av.open(str(path), "w", format=kind, options=muxing)
        self._picture = picture(self._file) if picture else None
        self._sound = sound(self._file) if sound else None
        self._size = (
            (self._picture.width, self._picture.height) if self._picture else (0, 0)
        )
        self._frames: queue.Queue[Frame | None] = queue.Queue(WAITING_FRAMES)
        self._error: BaseException | None = None
        self._ended = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def give(self, frame: Frame) -> None:
        """Encode it as soon as may be; waits while the encoder is behind.

        Raises what went wrong with earlier frames, such as OSError on a full disk.
        """
        self._check()
        self._frames.put(frame)

    def finish(self) -> Rendition:
        """Encode what is waiting, write the end, and see it onto the disk."""
        self._stop()
        self._check()
        with self.path.open("r+b") as file:
            os.fsync(file.fileno())
            size = os.fstat(file.fileno()).st_size
        width, height = self._size
        return Rendition(
            self.path.name, width, height, TYPES[self.path.suffix[1:]], size
        )

    def abandon(self) -> None:
        """Leave no file behind."""
        self._error = self._error or InterruptedError()
        self._stop()
        self.path.unlink(missing_ok=True)

    def _check(self) -> None:
        # What an encoder says that could not start its threads.
        error = (
            MemoryError() if isinstance(self._error, BlockingIOError) else self._error
        )
        if error:
            raise error

    def _stop(self) -> None:
        if self._thread.is_alive():
            self._frames.put(None)
            self._thread.join()

    def _run(self) -> None:
        try:
            with self._file:
                # To the last, whatever happens: whoever gives must not wait for ever.
                while frame := self._frames.get():
                    if not self._error:
                        self._encode(frame)
                self._ended = True
                if not self._error:
                    self._flush()
        except BaseException as error:  # noqa: BLE001 - raised where it can be seen
            self._error = self._error or error
            # After the last nobody gives any more: the end of a file may be what finds
            # the disk full.
            while not self._ended and self._frames.get():
                pass

    def _encode(self, frame: Frame) -> None:
        if isinstance(frame, VideoFrame) and self._picture:
            width, height = self._size
            if frame.width != width:
                frame = frame.reformat(
                    width, height, interpolation=Interpolation.BICUBIC
                )
            self._file.mux(self._picture.encode(frame))
        elif isinstance(frame, AudioFrame) and self._sound:
            self._file.mux(self._sound.encode(frame))

    def _flush(self) -> None:
        for stream in (self._picture, self._sound):
            if stream is not None:
                self._file.mux(stream.encode(None))


class Outputs:
    """Several, given the same frames; those not finished are abandoned at the end."""

    def __init__(self, outputs: Iterable[Output]) -> None:
        self.running = list(outputs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for output in list(self.running):
            self.abandon(output)

    def give(self, frame: Frame) -> None:
        for output in list(self.running):
            with self._bearing(output):
                output.give(frame)

    def finish(self) -> list[Rendition]:
        finished = []
        for output in list(self.running):
            with self._bearing(output):
                finished.append(output.finish())
        self.running.clear()
        return finished

    @contextlib.contextmanager
    def _bearing(self, output: Output) -> Iterator[None]:
        """An optional rendition that takes too much memory costs only itself."""
        try:
            yield
        except (MemoryError, av.ExternalError):
            if not output.optional:
                raise
            self.abandon(output)

    def abandon(self, output: Output) -> None:
        self.running.remove(output)
        output.abandon()


def pictures(
    codec: str, size: tuple[int, int], rate: Fraction, options: Options
) -> Callable[[OutputContainer], VideoStream]:
    """A stream of ``size``, about ``rate`` frames a second, each at its own time."""

    def add(file: OutputContainer) -> VideoStream:
        stream = file.add_stream(codec, rate=rate, options=EXACT | options)
        assert isinstance(stream, VideoStream)  # noqa: S101 - for the type checker
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        context = stream.codec_context
        context.time_base = CLOCK
        context.color_primaries = context.color_trc = context.colorspace = _BT709
        context.color_range = _LIMITED
        return stream

    return add


def sounds(
    codec: str,
    form: Form,
    bits: dict[str, int],
    options: Options | None = None,
) -> Callable[[OutputContainer], AudioStream]:
    """A stream of ``form``, of so many ``bits`` a second by its layout."""

    def add(file: OutputContainer) -> AudioStream:
        stream = file.add_stream(codec, rate=form.rate, options=EXACT | (options or {}))
        assert isinstance(stream, AudioStream)  # noqa: S101 - for the type checker
        stream.layout = form.layout
        stream.bit_rate = bits[form.layout]
        return stream

    return add


class Progress:
    """Percents of the seconds a file claims, each said once; 100 when all is done."""

    def __init__(self, say: Say, claimed: float) -> None:
        self._say = say
        self._claimed = claimed
        self._said = -1
        self.at(0)

    def at(self, seconds: float) -> None:
        done = int(100 * seconds / self._claimed) if self._claimed > 0 else 0
        if self._said < min(done, 99):
            self._said = min(done, 99)
            self._say(self._said)

    def done(self) -> None:
        self._say(100)
