"""What is to be hidden on a picture, painted over."""

from collections.abc import Iterable

from PIL import Image

from commonwire.media.exchange import Box


def cover(image: Image.Image, boxes: Iterable[Box], style: str) -> Image.Image:
    """A new picture with ``boxes`` covered; ``image`` stays as it is."""
    del style
    covered = image.copy()
    for box in boxes:
        left, top = int(box.left * image.width), int(box.top * image.height)
        right = -int(-(box.left + box.width) * image.width // 1)
        bottom = -int(-(box.top + box.height) * image.height // 1)
        covered.paste("black", (left, top, right, bottom))
    return covered
