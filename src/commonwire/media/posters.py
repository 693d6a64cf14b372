"""The frame of a video that stands for it: one on which something can be seen."""

from typing import Final

from av.video.frame import VideoFrame
from PIL import Image, ImageStat

from commonwire.media.following import seen

# Seconds between the frames that are looked at, and how many are enough.
EVERY: Final = 1.0
ENOUGH: Final = 8
# Spread of lightness (0 to 127): black, blue and white frames stay under it, however
# many of them a film begins with.
SOMETHING: Final = 12.0
_LOOK_WIDTH: Final = 160


class Poster:
    """Chooses from the frames it is shown."""

    def __init__(self) -> None:
        self._best: VideoFrame | None = None
        self._most = -1.0
        self._looked = 0
        self._next = 0.0

    def look(self, frame: VideoFrame, seconds: float) -> None:
        done = self._looked >= ENOUGH and self.shows_something
        if seconds < self._next or done:
            return
        self._next = seconds + EVERY
        self._looked += 1
        height = max(1, _LOOK_WIDTH * frame.height // frame.width)
        spread = ImageStat.Stat(seen(frame, _LOOK_WIDTH, height).convert("L")).stddev[0]
        if spread > self._most:
            self._best, self._most = frame, spread

    @property
    def shows_something(self) -> bool:
        return self._most >= SOMETHING

    def chosen(self) -> Image.Image | None:
        return seen(self._best) if self._best else None
