"""Boxes on a picture made unreadable."""

from collections.abc import Sequence

from PIL import Image

from commonwire.media.exchange import Box


def cover(image: Image.Image, boxes: Sequence[Box], style: str) -> Image.Image:
    for box in boxes:
        place = (
            int(box.left * image.width),
            int(box.top * image.height),
            min(image.width, int((box.left + box.width) * image.width) + 1),
            min(image.height, int((box.top + box.height) * image.height) + 1),
        )
        if style == "solid":
            image.paste((0, 0, 0), place)
            continue
        size = (place[2] - place[0], place[3] - place[1])
        few = image.crop(place).resize((6, 6), Image.Resampling.BOX)
        way = (
            Image.Resampling.NEAREST if style == "mosaic" else Image.Resampling.BICUBIC
        )
        image.paste(few.resize(size, way), place)
    return image
