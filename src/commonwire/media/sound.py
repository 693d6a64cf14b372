"""A recording made anew: Opus, MP3 and a picture of its loudness.

Runs in the confined child and knows nothing of Django. A stream from end to end: four
hours take no more memory than a minute.
"""

import os
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer

from commonwire.kit.files import sync_all
from commonwire.media import containers, tracks
from commonwire.media.containers import look as look  # noqa: PLC0414 - of every maker
from commonwire.media.exchange import SOUND, TYPES, Made, Options, Rendition, Say
from commonwire.media.messages import CUT, SOUND_HOURS, Refused
from commonwire.media.outputs import Form, Output, Outputs, Progress, sounds
from commonwire.media.voices import Chain

MOST_SECONDS: Final = SOUND_HOURS * 3600
# By layout, in bits a second: speech from the street, not a concert.
OPUS: Final = {"mono": 64_000, "stereo": 96_000}
MP3: Final = {"mono": 64_000, "stereo": 128_000}
# Of 10, the dearest: a fifth less time for a difference nobody hears at these rates.
OPUS_EFFORT: Final = {"compression_level": "5"}
# One peak of loudness for so many samples at so many a second: a tenth of a second.
WAVE_RATE: Final = 8_000
WAVE_STEP: Final = 800
WAVE_SIZE: Final = (600, 100)
# A file is called cut off when more than this is missing of the length it claims.
MISSING_SECONDS: Final = 2.0
MISSING_PART: Final = 0.02


def make(*, upload: Path, into: Path, options: Options, say: Say) -> Made:
    """Write the renditions of ``upload`` to the directory ``into``, durably.

    Refused if nothing can be heard, or if it is too long.
    """
    with containers.opened(upload) as container:
        stream = containers.sound_of(container)
        if stream is None:
            raise Refused("damaged_clip")
        removed = tracks.found_in(container)
        form = Form.of(stream)
        claimed = containers.seconds_of(container)
        outputs = Outputs(_outputs(into, form))
        with outputs:
            chain = Chain(form, disguised=options.disguise, in_step=False)
            peaks, progress = Peaks(), Progress(say, claimed)
            for frame in _heard(container, stream, chain):
                peaks.feed(frame)
                outputs.give(frame)
                if peaks.seconds > MOST_SECONDS:
                    raise Refused("too_long_sound")
                progress.at(peaks.seconds)
            if not containers.tells_its_length(container):
                claimed = 0.0
            note = note_on(peaks.seconds, claimed)
            made = [*outputs.finish(), _draw(peaks, into)]
    sync_all(into)
    progress.done()
    return Made(SOUND, 0, 0, made, removed, note, round(peaks.seconds, 3))


def note_on(seconds: float, claimed: float) -> str:
    """CUT if much is missing of what the file claims. Refused if hardly any is left."""
    missing = claimed - seconds
    if seconds == 0:
        raise Refused("damaged_clip")
    if missing <= max(MISSING_SECONDS, claimed * MISSING_PART):
        return ""
    if seconds < 1:
        raise Refused("cut_off")
    return CUT


def _outputs(into: Path, form: Form) -> Iterator[Output]:
    opus = sounds("libopus", form, OPUS, OPUS_EFFORT)
    yield Output(into / "sound.opus", sound=opus)
    mp3 = sounds("libmp3lame", form, MP3)
    yield Output(into / "sound.mp3", sound=mp3)


def _heard(
    container: InputContainer, stream: AudioStream, chain: Chain
) -> Iterator[AudioFrame]:
    try:
        for frame in containers.frames(container, [stream]):
            if isinstance(frame, AudioFrame) and frame.samples:
                yield from chain.feed(frame)
        yield from chain.flush()
    except (av.ArgumentError, av.InvalidDataError, ValueError) as error:
        # A rate or a layout that no filter takes.
        raise Refused("damaged_clip") from error


class Peaks:
    """How loud each tenth of a second is, and how many seconds there were."""

    def __init__(self) -> None:
        self._resampler = AudioResampler("s16", "mono", WAVE_RATE)
        self._waiting = array("h")
        self.found: list[int] = []
        self.seconds = 0.0

    def feed(self, frame: AudioFrame) -> None:
        self.seconds += frame.samples / frame.sample_rate
        for heard in self._resampler.resample(frame):
            self._waiting.frombytes(bytes(heard.planes[0])[: heard.samples * 2])
        while len(self._waiting) >= WAVE_STEP:
            step = self._waiting[:WAVE_STEP]
            del self._waiting[:WAVE_STEP]
            self.found.append(max(*step, -min(step)))

    def drawn(self, most: int) -> list[int]:
        """At most so many, each the loudest of its stretch."""
        found = self.found or [0]
        step = -(-len(found) // most)
        return [max(found[at : at + step]) for at in range(0, len(found), step)]


def _draw(peaks: Peaks, into: Path) -> Rendition:
    """Loudness as upright strokes round the middle, the loudest of full height."""
    width, height = WAVE_SIZE
    drawn = peaks.drawn(width)
    loudest = max(*drawn, 1)
    strokes = [
        f"M{at} {(height - tall) // 2}v{tall}"
        for at, peak in enumerate(drawn)
        for tall in [max(2, round(peak / loudest * height / 2) * 2)]
    ]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-0.5 0 {len(drawn)} {height}"'
        f' width="{width}" height="{height}" preserveAspectRatio="none">'
        f'<path d="{"".join(strokes)}" stroke="currentColor" stroke-width="0.7"/></svg>\n'
    )
    with (into / "waveform.svg").open("x", encoding="ascii") as file:
        file.write(svg)
        file.flush()
        os.fsync(file.fileno())
    return Rendition("waveform.svg", width, height, TYPES["svg"], len(svg))
