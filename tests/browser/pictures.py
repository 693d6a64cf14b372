"""Photos as a phone makes them, for an upload field."""

import io

from PIL import Image

from tests.media.pictures import exif

SHAPES = ((1600, 1067), (900, 1200), (1200, 1200))


def photos(count):
    return [_photo(number) for number in range(1, count + 1)]


def _photo(number):
    picture = Image.effect_noise(SHAPES[number % len(SHAPES)], 40 * number)
    file = io.BytesIO()
    picture.convert("RGB").save(file, "JPEG", quality=50, exif=exif())
    return {
        "name": f"photo-{number}.jpg",
        "mimeType": "image/jpeg",
        "buffer": file.getvalue(),
    }
