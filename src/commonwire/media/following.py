"""Frames with what is to be hidden in them hidden: fixed places, and faces as they move.

A face is looked for in every second frame only, and is missed in some. So what was
found in a frame is covered for a good quarter of a second before and after it too:
frames wait here until those after them have been looked at.
"""

from collections import deque
from collections.abc import Iterator
from typing import Final

from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace
from PIL import Image

from commonwire.media import covering, faces
from commonwire.media.exchange import Box, Options

LOOK_EVERY: Final = 2
AROUND: Final = 8
# Along the longer side; the finder was measured at this.
LOOK_SIDE: Final = 960


class Following:
    """Frames in, the same frames out, later and with ``options`` seen to.

    Faces come by in ``find``, fixed boxes only where they are not simply black:
    those are painted in the projection, which costs nothing.
    """

    def __init__(self, options: Options) -> None:
        self._faces = options.faces
        self._style = options.style
        self._fixed = options.covers if options.style != "solid" else ()
        self._waiting: deque[VideoFrame] = deque()
        # Number of the frame that leaves next, and what was found in which frame.
        self._next = 0
        self._seen = 0
        self._found: dict[int, list[Box]] = {}

    def feed(self, frame: VideoFrame) -> Iterator[VideoFrame]:
        if not self._faces:
            yield self._hidden(frame, list(self._fixed))
            return
        if self._seen % LOOK_EVERY == 0:
            self._found[self._seen] = _boxes_at(frame)
        self._waiting.append(frame)
        self._seen += 1
        if len(self._waiting) > AROUND:
            yield self._leave()

    def flush(self) -> Iterator[VideoFrame]:
        while self._waiting:
            yield self._leave()

    def _leave(self) -> VideoFrame:
        frame, number = self._waiting.popleft(), self._next
        self._next += 1
        self._found.pop(number - AROUND - 1, None)
        found = [box for boxes in self._found.values() for box in boxes]
        return self._hidden(frame, [*self._fixed, *found])

    def _hidden(self, frame: VideoFrame, boxes: list[Box]) -> VideoFrame:
        if not boxes:
            return frame
        covered = covering.cover(seen(frame), boxes, self._style)
        drawn: VideoFrame = VideoFrame.from_image(covered)  # type: ignore[no-untyped-call]
        hidden = drawn.reformat(
            format="yuv420p",
            src_color_range=ColorRange.JPEG,
            dst_colorspace=Colorspace.ITU709,
            dst_color_range=ColorRange.MPEG,
        )
        hidden.pts, hidden.time_base = frame.pts, frame.time_base
        return hidden


def _boxes_at(frame: VideoFrame) -> list[Box]:
    """Faces in this frame, found in a smaller copy."""
    scale = min(1.0, LOOK_SIDE / max(frame.width, frame.height))
    width, height = (
        max(1, round(side * scale)) for side in (frame.width, frame.height)
    )
    small = seen(frame, width, height)
    return faces.find(small.tobytes(), width, height)


def seen(
    frame: VideoFrame, width: int | None = None, height: int | None = None
) -> Image.Image:
    """As an RGB picture."""
    picture: Image.Image = frame.to_image(  # type: ignore[no-untyped-call]
        width=width,
        height=height,
        src_colorspace=Colorspace.ITU709,
        src_color_range=ColorRange.MPEG,
        dst_color_range=ColorRange.JPEG,
    )
    return picture
