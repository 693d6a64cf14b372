"""Sound on its way from a decoder to the encoders, with voices changed where asked.

The disguise is weak protection, and the pages that offer it say so. Pitch and formants
move together by a factor and by a number of hertz that are drawn for each file and kept
nowhere, and what is above telephone sound is cut. That stops a listener who knows
the voice from knowing it at once; it does not stop somebody who tries factors on a
computer, and it changes neither words, accent nor the rhythm of speech.
"""

import secrets
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import av
from av.audio.frame import AudioFrame
from av.filter import Graph

from commonwire.media.outputs import Form

if TYPE_CHECKING:
    from av.filter.context import FilterContext

# Of a percent of the pitch. Nearer to 100 a voice is known; further it is not followed.
LOWER: Final = range(72, 83)
HIGHER: Final = range(122, 136)
# Hertz, which no change of speed takes back: harmonics are no longer multiples.
SHIFT: Final = range(25, 46)
_CUTOFF: Final = 5_000

Filters = list[tuple[str, str]]


def disguise(rate: int) -> Filters:
    """Filters of one disguise for sound of that rate, drawn anew at each call."""
    factor = secrets.choice([*LOWER, *HIGHER]) / 100
    return [
        ("aresample", str(rate)),
        ("asetrate", str(round(rate * factor))),
        ("aresample", str(rate)),
        ("atempo", f"{1 / factor:.6f}"),
        ("afreqshift", f"shift={secrets.choice(SHIFT)}"),
        ("lowpass", f"f={_CUTOFF}"),
    ]


class Chain:
    """Frames as they come, turned into float of one form.

    ``in_step`` keeps to the clock of the frames, with silence in the gaps, as sound to
    a picture must; otherwise frames follow one another.
    """

    def __init__(self, form: Form, *, disguised: bool, in_step: bool) -> None:
        self._filters = disguise(form.rate) if disguised else []
        self._form = form
        self._in_step = in_step
        self._graph: Graph | None = None
        self._ends: tuple[FilterContext, FilterContext]
        self._shape: tuple[object, ...] = ()
        self._samples = 0

    def feed(self, frame: AudioFrame) -> Iterator[AudioFrame]:
        shape = (frame.format.name, frame.layout.name, frame.sample_rate)
        if shape != self._shape:
            # Some recorders change the rate midway, which a graph cannot follow.
            yield from self.flush()
            self._build(frame, first=not self._shape)
            self._shape = shape
        self._ends[0].push(frame)
        yield from self._ready()

    def flush(self) -> Iterator[AudioFrame]:
        if self._graph is not None:
            self._ends[0].push(None)
            yield from self._ready()
            self._graph = None

    def _build(self, frame: AudioFrame, *, first: bool) -> None:
        graph = Graph()
        source = graph.add_abuffer(
            sample_rate=frame.sample_rate,
            format=frame.format.name,
            layout=frame.layout.name,
            time_base=frame.time_base or Fraction(1, frame.sample_rate),
        )
        last = source
        for name, argument in [
            *self._step(first=first),
            *self._filters,
            *self._formed(),
        ]:
            following = graph.add(name, argument)
            last.link_to(following)
            last = following
        sink = graph.add("abuffersink")
        last.link_to(sink)
        graph.configure()
        self._graph, self._ends = graph, (source, sink)

    def _step(self, *, first: bool) -> Filters:
        if not self._in_step:
            return [("asetpts", "N/SR/TB")]
        start = ":first_pts=0" if first else ""
        return [("aresample", f"{self._form.rate}:async=1000{start}")]

    def _formed(self) -> Filters:
        layout, rate = self._form.layout, self._form.rate
        form = f"sample_rates={rate}:sample_fmts=fltp:channel_layouts={layout}"
        return [("aresample", str(rate)), ("aformat", form)]

    def _ready(self) -> Iterator[AudioFrame]:
        while True:
            try:
                frame = self._ends[1].pull()
            except (BlockingIOError, av.EOFError):
                return
            assert isinstance(frame, AudioFrame)  # noqa: S101 - for the type checker
            # Counted here: a change of rate or of speed midway moves no clock.
            if not self._in_step or frame.pts is None:
                frame.pts, frame.time_base = self._samples, Fraction(1, self._form.rate)
            self._samples += frame.samples
            yield frame
