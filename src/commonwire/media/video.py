"""A video made anew: MP4 for all, a small one, WebM where it is smaller, and a poster.

Runs in the confined child and knows nothing of Django. Decoded once, whatever the
number of renditions; nothing but frames crosses from the source.
"""

import math
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from commonwire.kit.files import sync_all
from commonwire.media import containers, renditions, tracks
from commonwire.media.containers import look as look  # noqa: PLC0414 - of every maker
from commonwire.media.exchange import VIDEO, Made, Options, Rendition, Say, Trace
from commonwire.media.following import Following
from commonwire.media.messages import VIDEO_MINUTES, Refused
from commonwire.media.outputs import (
    CLOCK,
    Form,
    Output,
    Outputs,
    Progress,
    pictures,
    sounds,
)
from commonwire.media.posters import Poster
from commonwire.media.projection import Projection
from commonwire.media.sound import note_on
from commonwire.media.turning import shown_size
from commonwire.media.voices import Chain

MOST_SECONDS: Final = VIDEO_MINUTES * 60
# Longer and shorter side.
LARGE: Final = (1920, 1080)
SMALL: Final = (854, 480)
# A phone's 60 becomes 30, a camera's 50 becomes 25: half the bytes and half the work.
MOST_RATE: Final = 31
# Silence put where a recorder heard nothing; more is a broken clock.
GAP_SECONDS: Final = 60
# A picture that stays (a shared screen, a still over a voice) is written again so often:
# players find their place by it, and the file can be played while it arrives.
HOLD_SECONDS: Final = 2.0
# How far sound may lie ahead of the picture it belongs to in a file.
LEAD_SECONDS: Final = 10.0
# So much at the end of a picture is not missed.
_BLINK_SECONDS: Final = 0.25
# So long somebody who covers is kept waiting for a frame that is not black.
DARK_SECONDS: Final = 30
_ODD_RATES: Final = (1, 1000)
# WebM costs half as much time again. A clip of ten minutes already keeps two cores
# busy for fifteen, and readers of long ones mostly take the small rendition.
WEBM_SECONDS: Final = 600
# What SVT-AV1 takes on either side.
WEBM_SIDE: Final = 64

# Measured on two cores at 1080p30: `veryfast` 0.7 of the playing time, the next slower
# 0.95 for 4 % other bytes. The limits keep a restless hour within what a phone can
# fetch.
H264: Final = {
    "preset": "veryfast",
    "profile": "high",
    "crf": "23",
    "maxrate": "6M",
    "bufsize": "12M",
    # Captions that hang on frames stay behind.
    "a53cc": "0",
}
H264_SMALL: Final = H264 | {"crf": "25", "maxrate": "1200k", "bufsize": "2400k"}
# Preset 10 takes 0.42 of the playing time, 8 twice that for 6 % other bytes.
AV1: Final = {"preset": "10", "crf": "38", "g": "240"}
AAC_BITS: Final = {"mono": 80_000, "stereo": 128_000}
OPUS_BITS: Final = {"mono": 64_000, "stereo": 96_000}

Streams = tuple[VideoStream, AudioStream | None]


def make(*, upload: Path, into: Path, options: Options, say: Say) -> Made:
    """Write the renditions of ``upload`` to the directory ``into``, durably.

    Refused if nothing can be seen, or if it is too long or too large.
    """
    shown, removed = _looked_at(upload)
    # Opened anew: some containers cannot be wound back to their beginning.
    with containers.opened(upload) as container:
        work = _Work(container, fitted(shown, LARGE), options)
        with Outputs(_outputs(into, work)) as outputs:
            claimed = containers.seconds_of(container)
            progress = Progress(say, claimed)
            _run(work, outputs, progress)
            told = containers.tells_its_length(container)
            note = note_on(work.seconds, claimed if told else 0.0)
            made = _keep_smaller(outputs.finish(), into)
    poster = work.poster.chosen()
    if poster is not None:
        made += renditions.write_poster(poster, into)
    sync_all(into)
    progress.done()
    width, height = work.size
    return Made(VIDEO, width, height, made, removed, note, round(work.seconds, 3))


def still(upload: Path, into: Path) -> None:
    """``still.jpg`` in ``into``: a frame to cover by, before there is a poster."""
    shown, _removed = _looked_at(upload)
    with containers.opened(upload) as container:
        work = _Work(container, fitted(shown, LARGE), Options())
        for _frame in work.frames():
            if work.poster.shows_something or work.seconds > DARK_SECONDS:
                break
        frame = work.poster.chosen()
    if frame is None:
        raise Refused("damaged_clip")
    frame.save(into / "still.jpg", quality=90)


def _looked_at(upload: Path) -> tuple[tuple[int, int], list[Trace]]:
    with containers.opened(upload) as container:
        picture = containers.picture_of(container)
        if picture is None:
            raise Refused("damaged_clip")
        removed = tracks.found_in(container)
        frame = containers.first_frame(container, picture)
        return shown_size(frame, picture.sample_aspect_ratio), removed


def fitted(size: tuple[int, int], within: tuple[int, int]) -> tuple[int, int]:
    """``size`` made no larger than ``within``, either way up, and even, as encoders need."""
    scale = min(1.0, within[0] / max(size), within[1] / min(size))
    width, height = (max(2, round(side * scale / 2) * 2) for side in size)
    return width, height


class _Work:
    """One video's way from frames as they are to frames as they are shown."""

    def __init__(
        self, container: InputContainer, size: tuple[int, int], options: Options
    ) -> None:
        picture = containers.picture_of(container)
        if picture is None:
            raise Refused("damaged_clip")
        self.container, self.picture, self.size = container, picture, size
        self.sound = containers.sound_of(container)
        self.form = Form.of(self.sound) if self.sound else None
        self.rate = _rate_of(picture)
        self._step, self._early = _beat(float(self.rate))
        covers = options.covers if options.style == "solid" else ()
        self._projection = Projection(size, covers)
        self._following = Following(options)
        self._voices = Chain(
            self.form or Form("mono", 48_000), disguised=options.disguise, in_step=True
        )
        self.poster = Poster()
        self._start = containers.start_of(container)
        self._claimed = containers.seconds_of(container)
        # Where the picture ends, and where the sound does.
        self._shown = self._sounded = 0.0
        self._kept: VideoFrame | None = None
        self._last = -1.0
        self._due = 0.0

    @property
    def seconds(self) -> float:
        return max(self._shown, self._sounded)

    def frames(self) -> Iterator[VideoFrame | AudioFrame]:
        """All there is to encode, on one clock that starts at 0."""
        self.picture.thread_type = "AUTO"
        streams: list[VideoStream | AudioStream] = [self.picture]
        streams += [self.sound] if self.sound else []
        for frame in containers.frames(self.container, streams):
            if isinstance(frame, VideoFrame):
                yield from self._seen(frame)
            elif isinstance(frame, AudioFrame) and frame.samples:
                yield from self._heard(frame)
        yield from self._held_to_the_end()
        for shown in self._projection.flush():
            yield from self._following.feed(shown)
        yield from self._following.flush()
        yield from self._voices.flush()

    def _seen(self, frame: VideoFrame) -> Iterator[VideoFrame]:
        containers.check_size(frame.width, frame.height)
        seconds = self._moment(frame.time)
        if seconds <= self._last or seconds < self._due - self._early:
            return
        if seconds > MOST_SECONDS:
            raise Refused("too_long_video")
        # On a steady beat where frames keep it, from this frame on where they do not.
        self._due = max(self._due + self._step, seconds + self._step / 2)
        self._kept = frame
        self._shown = seconds + self._lasts(frame, seconds)
        yield from self._show(frame, seconds)

    def _lasts(self, frame: VideoFrame, seconds: float) -> float:
        """As long as it says, but not past the end that the file claims."""
        told = float((frame.duration or 0) * (frame.time_base or 0))
        return max(1 / float(self.rate), min(told, self._claimed - seconds))

    def _show(self, frame: VideoFrame, seconds: float) -> Iterator[VideoFrame]:
        self._last = seconds
        frame.pts, frame.time_base = round(seconds / CLOCK), CLOCK
        for shown in self._projection.feed(frame):
            for hidden in self._following.feed(shown):
                self.poster.look(hidden, (hidden.pts or 0) * float(CLOCK))
                yield hidden

    def _held(self, until: float) -> Iterator[VideoFrame]:
        """The last picture again while no other follows."""
        while self._kept and self._last + HOLD_SECONDS <= until:
            yield from self._show(self._kept, self._last + HOLD_SECONDS)

    def _held_to_the_end(self) -> Iterator[VideoFrame]:
        """How long the last frame lasts is nothing that all containers can say."""
        yield from self._held(self.seconds)
        one = 1 / float(self.rate)
        if self._kept and self.seconds - self._last > one + _BLINK_SECONDS:
            yield from self._show(self._kept, self.seconds - one)

    def _moment(self, told: float | None) -> float:
        """Old AVIs and raw streams have no times: then the frame after the last."""
        if told is None:
            return self._last + 1 / float(self.rate) if self._last >= 0 else 0.0
        return max(0.0, told - self._start) if self._last < 0 else told - self._start

    def _heard(self, frame: AudioFrame) -> Iterator[VideoFrame | AudioFrame]:
        seconds = (frame.time or 0.0) - self._start
        # A clock that jumps would be answered with as much silence.
        if frame.time is None or not -1 <= seconds <= self.seconds + GAP_SECONDS:
            return
        self._sounded = max(self._sounded, seconds + frame.samples / frame.sample_rate)
        if self._sounded > MOST_SECONDS:
            raise Refused("too_long_video")
        frame.pts = round(seconds * frame.sample_rate)
        frame.time_base = Fraction(1, frame.sample_rate)
        yield from self._voices.feed(frame)
        yield from self._held(self._sounded - LEAD_SECONDS)


def _rate_of(picture: VideoStream) -> Fraction:
    told = picture.average_rate or picture.guessed_rate or Fraction(25)
    lowest, highest = _ODD_RATES
    return told if lowest <= told <= highest else Fraction(25)


def _beat(rate: float) -> tuple[float, float]:
    """Seconds from one frame kept to the next, and how much too early is not too early.

    Every second, third or fourth frame of a fast camera, so that motion stays even.
    Slower ones keep them all, but for bursts in which a telephone hurries.
    """
    step = 1 / MOST_RATE if rate <= MOST_RATE else math.ceil(rate / MOST_RATE) / rate
    return step, min(step / 4, 0.45 / rate)


def _outputs(into: Path, work: _Work) -> Iterator[Output]:
    rate, size, form = min(work.rate, Fraction(60)), work.size, work.form
    aac = sounds("aac", form, AAC_BITS) if form else None
    large = pictures("libx264", size, rate, H264)
    yield Output(into / "video.mp4", picture=large, sound=aac)
    if (less := fitted(size, SMALL)) != size:
        small = pictures("libx264", less, rate, H264_SMALL)
        yield Output(into / "small.mp4", picture=small, sound=aac)
    if min(size) >= WEBM_SIDE and containers.seconds_of(work.container) <= WEBM_SECONDS:
        opus = sounds("libopus", form, OPUS_BITS) if form else None
        av1 = pictures("libsvtav1", size, rate, AV1)
        yield Output(into / "video.webm", picture=av1, sound=opus, optional=True)


def _run(work: _Work, outputs: Outputs, progress: Progress) -> None:
    try:
        for frame in work.frames():
            outputs.give(frame)
            progress.at(work.seconds)
            if work.seconds > WEBM_SECONDS:
                _give_up_webm(outputs)
    except (av.ArgumentError, av.InvalidDataError, ValueError) as error:
        # Sizes, formats or colours that no filter or encoder takes.
        raise Refused("damaged_clip") from error


def _give_up_webm(outputs: Outputs) -> None:
    for output in list(outputs.running):
        if output.path.suffix == ".webm":
            outputs.abandon(output)


def _keep_smaller(made: list[Rendition], into: Path) -> list[Rendition]:
    """Without the WebM where it is not the smaller one."""
    mp4 = next(each for each in made if each.name == "video.mp4")
    kept = [each for each in made if each is mp4 or each.bytes < mp4.bytes]
    for each in made:
        if each not in kept:
            (into / each.name).unlink()
    return kept
