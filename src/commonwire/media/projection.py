"""A video's frames as people see them: upright, square pixels, ordinary colours.

HDR (PQ and HLG) is brought to SDR by libswscale, with the perceptual intent that it
has for the purpose. That keeps the brightest highlights a camera could have written and
pays with the middle tones, which are lifted again here: a white page comes out white,
and a face as light as its telephone shows it. Dolby Vision without a compatible base
layer (profile 5) keeps the odd colours it has without its own metadata.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import av
from av.filter import Graph
from av.video.frame import VideoFrame

from commonwire.media.exchange import Box
from commonwire.media.outputs import CLOCK
from commonwire.media.turning import filters_for, turn_of

# FFmpeg's numbers of the transfer curves of HDR, and of colours nobody named.
_PQ: Final = 16
_HLG: Final = 18
_UNNAMED: Final = (0, 2)
# How much lighter middle tones are made, and up to which level of 0 to 1; what is
# brighter is pressed together below white. So that reference white (203 candelas in PQ,
# 75 % in HLG) is shown at 0.88 and a grey card at 0.46.
_LIFT: Final = {_PQ: (1.47, 0.55), _HLG: (1.30, 0.60)}
_SDR: Final = "out_primaries=bt709:out_transfer=bt709:intent=perceptual"
# Unnamed colours are those of high definition from here on, as players guess too.
_HD_SIDE: Final = 720

if TYPE_CHECKING:
    from av.filter.context import FilterContext

Filters = list[tuple[str, str]]


class Projection:
    """Frames in, frames of one ``size`` out, ``covers`` painted black on all."""

    def __init__(self, size: tuple[int, int], covers: tuple[Box, ...]) -> None:
        self._size = size
        self._covers = covers
        self._shape: tuple[object, ...] = ()
        self._graph: Graph | None = None
        self._ends: tuple[FilterContext, FilterContext]

    def feed(self, frame: VideoFrame) -> Iterator[VideoFrame]:
        shape = _shape_of(frame)
        if shape != self._shape:
            # Calls and broadcasts change their size midway.
            yield from self.flush()
            self._build(frame)
            self._shape = shape
        self._ends[0].push(frame)
        yield from self._ready()

    def flush(self) -> Iterator[VideoFrame]:
        if self._graph is not None:
            self._ends[0].push(None)
            yield from self._ready()
            self._graph = None

    def _build(self, frame: VideoFrame) -> None:
        graph = Graph()
        source = graph.add("buffer", **_source(frame))
        last = source
        for name, argument in [
            *_righted(frame),
            *self._fitted(frame),
            *self._covered(),
        ]:
            following = graph.add(name, argument or None)
            last.link_to(following)
            last = following
        sink = graph.add("buffersink")
        last.link_to(sink)
        graph.configure()
        self._graph, self._ends = graph, (source, sink)

    def _fitted(self, frame: VideoFrame) -> Filters:
        width, height = self._size
        colours = f"out_color_matrix=bt709:out_range=tv{_colours(frame)}"
        return [
            *_brought_down(frame, f"{width}:{height}"),
            ("scale", f"{width}:{height}:flags=bicubic:{colours}"),
            ("format", "yuv420p"),
            # Captions, positions and whatever else hangs on frames: an encoder would
            # carry some of it over.
            ("sidedata", "mode=delete"),
        ]

    def _covered(self) -> Filters:
        width, height = self._size
        return [("drawbox", _block(box, width, height)) for box in self._covers]

    def _ready(self) -> Iterator[VideoFrame]:
        while True:
            try:
                frame = self._ends[1].pull()
            except (BlockingIOError, av.EOFError):
                return
            assert isinstance(frame, VideoFrame)  # noqa: S101 - for the type checker
            # Which frames are whole ones is the new encoder's business.
            frame.pict_type = 0
            yield frame


def _shape_of(frame: VideoFrame) -> tuple[object, ...]:
    return (
        frame.width,
        frame.height,
        frame.format.name,
        frame.colorspace,
        frame.color_range,
        frame.color_trc,
        turn_of(frame),
        frame.interlaced_frame,
    )


def _source(frame: VideoFrame) -> dict[str, str]:
    return {
        "video_size": f"{frame.width}x{frame.height}",
        "pix_fmt": frame.format.name,
        "time_base": str(CLOCK),
        "pixel_aspect": "1/1",
        "colorspace": str(frame.colorspace),
        "range": str(frame.color_range),
    }


def _righted(frame: VideoFrame) -> Filters:
    combed = [("bwdif", "mode=send_frame:deint=all")] if frame.interlaced_frame else []
    return [*combed, *filters_for(turn_of(frame))]


def _brought_down(frame: VideoFrame, size: str) -> Filters:
    """HDR as SDR; what is SDR already stays as it is."""
    if frame.color_trc not in _LIFT:
        return []
    return [
        # What the file says of its brightest spot would move all its other tones.
        ("sidedata", "mode=delete"),
        # Smaller first: telephones film four times the pixels that are published.
        ("scale", f"{size}:flags=bicubic:{_SDR}"),
        # More than eight bits, or the lifting would show as steps in a sky.
        ("format", "gbrp12"),
        ("lutrgb", _lift(*_LIFT[frame.color_trc])),
    ]


def _lift(by: float, knee: float) -> str:
    """A line up to the knee, and from there a bend that reaches white level."""
    top = by * knee
    power = by * (1 - knee) / (1 - top)
    bend = f"{top}+{1 - top}*(1-pow((maxval-clipval)/maxval/{1 - knee},{power}))"
    curve = f"maxval*if(lt(val,{knee}*maxval),{by}*val/maxval,{bend})"
    return ":".join(f"{channel}='{curve}'" for channel in "rgb")


def _colours(frame: VideoFrame) -> str:
    if frame.color_trc in _LIFT:
        return ""
    if frame.colorspace in _UNNAMED and not frame.format.is_rgb:
        high = min(frame.width, frame.height) >= _HD_SIDE
        return f":in_color_matrix={'bt709' if high else 'smpte170m'}"
    return ""


def _block(box: Box, width: int, height: int) -> str:
    """Rounded outwards to even pixels: colours are kept for two by two."""
    left, top = int(box.left * width) // 2 * 2, int(box.top * height) // 2 * 2
    right = -(-int((box.left + box.width) * width + 1) // 2) * 2
    bottom = -(-int((box.top + box.height) * height + 1) // 2) * 2
    return f"{left}:{top}:{right - left}:{bottom - top}:black:fill"
