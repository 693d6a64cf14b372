"""Faces of nobody: drawn and shaded, near enough to photographs that finders see them."""

import random
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from commonwire.media.exchange import Box

# One head is drawn at this size and then scaled, turned and put into its picture.
HEAD = 320
_SKINS = (
    (224, 182, 155),
    (198, 146, 112),
    (141, 93, 66),
    (92, 60, 44),
    (236, 200, 178),
)
_HAIRS = ((38, 28, 22), (92, 62, 38), (150, 118, 72), (60, 60, 62), (20, 18, 18))


@dataclass(frozen=True)
class Scene:
    picture: Image.Image
    faces: list[Box]


def portrait(number=0):
    """A head of its own for each number, with the ground round it transparent."""
    chance = random.Random(number)
    skin, hair = chance.choice(_SKINS), chance.choice(_HAIRS)
    wide = chance.uniform(0.94, 1.06)
    layers = [
        _blot(_dark(hair, 0.8), (58, 20, 262, 250), 5),
        _blot(_dark(skin, 0.6), (118, 220, 202, 330), 5),
        _blot(skin, (72, 46, 248, 296), 3),
        *_light_and_shade(skin),
        _blot(hair, (66, 24, 254, 112), 7),
        *_eye(126, skin, hair),
        *_eye(194, skin, hair),
        *_nose(skin),
        *_mouth(skin),
    ]
    head = Image.new("RGBA", (HEAD, HEAD + 16), (0, 0, 0, 0))
    for layer in layers:
        head.alpha_composite(layer)
    return head.resize((round(HEAD * wide), head.height))


def crowd(size, heads, *, seed=0, turned=0):
    """A scene of ``heads`` (left, top, height in pixels), and where the faces are."""
    picture = _ground(size, seed)
    faces = []
    for number, (left, top, height) in enumerate(heads):
        head = portrait(seed + number)
        head = head.resize((round(head.width * height / head.height), height))
        head = head.rotate(turned, Image.Resampling.BICUBIC)
        picture.paste(head, (left, top), head)
        # The face itself, between chin and hair, in the middle of its head.
        faces.append(
            Box(
                (left + head.width * 0.22) / size[0],
                (top + height * 0.2) / size[1],
                head.width * 0.56 / size[0],
                height * 0.68 / size[1],
            )
        )
    return Scene(picture, faces)


def _ground(size, seed):
    """A street out of focus: light above, dark below, and grain."""
    chance = random.Random(seed)
    small = Image.linear_gradient("L").transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    ground = Image.merge("RGB", [small.point(lambda v: 60 + v * 0.5)] * 3)
    draw = ImageDraw.Draw(ground)
    for _ in range(14):
        x, y = chance.randrange(256), chance.randrange(256)
        shade = tuple(chance.randrange(50, 200) for _ in range(3))
        draw.rectangle((x, y, x + chance.randrange(8, 50), y + 80), fill=shade)
    return ground.filter(ImageFilter.GaussianBlur(5)).resize(size)


def _blot(colour, box, soft, opacity=255):
    layer = Image.new("L", (HEAD, HEAD + 16))
    ImageDraw.Draw(layer).ellipse(box, fill=opacity)
    return _filled(colour, layer.filter(ImageFilter.GaussianBlur(soft)))


def _filled(colour, mask):
    layer = Image.new("RGBA", mask.size, colour)
    layer.putalpha(mask)
    return layer


def _dark(colour, part):
    return tuple(round(value * part) for value in colour)


def _light(colour, part):
    return tuple(round(255 - (255 - value) * part) for value in colour)


def _light_and_shade(skin):
    oval = Image.new("L", (HEAD, HEAD + 16))
    ImageDraw.Draw(oval).ellipse((72, 46, 248, 296), fill=255)
    side = Image.linear_gradient("L").rotate(90).resize(oval.size)
    side = side.point(lambda value: max(0, value - 110) * 1.1)
    yield _filled(_dark(skin, 0.45), ImageChops.multiply(oval, side))
    yield _blot(_light(skin, 0.65), (100, 66, 190, 124), 20, 130)
    yield _blot(_light(skin, 0.7), (92, 172, 134, 214), 13, 120)
    yield _blot(_light(skin, 0.7), (186, 172, 228, 214), 13, 90)
    yield _blot(_dark(skin, 0.6), (110, 268, 210, 300), 10, 140)
    yield _blot(_light(skin, 0.75), (142, 254, 178, 282), 9, 110)


def _eye(x, skin, hair):
    yield _blot(_dark(skin, 0.5), (x - 30, 126, x + 30, 172), 8, 170)
    yield _blot(_dark(hair, 0.9), (x - 32, 120, x + 32, 131), 3, 235)
    yield _blot((232, 228, 222), (x - 20, 141, x + 20, 161), 2)
    yield _blot((48, 34, 26), (x - 9, 141, x + 9, 160), 1)
    yield _blot((250, 250, 250), (x - 5, 144, x - 1, 148), 1)
    yield _blot(_dark(skin, 0.3), (x - 23, 137, x + 23, 144), 2, 230)
    yield _blot(_dark(skin, 0.6), (x - 20, 160, x + 20, 166), 3, 150)


def _nose(skin):
    yield _blot(_light(skin, 0.7), (152, 136, 168, 206), 6, 130)
    yield _blot(_dark(skin, 0.6), (170, 146, 186, 214), 7, 120)
    yield _blot(_dark(skin, 0.62), (134, 206, 186, 222), 5, 160)
    yield _blot(_light(skin, 0.62), (148, 192, 172, 212), 6, 160)
    yield _blot(_dark(skin, 0.25), (141, 211, 153, 219), 2, 230)
    yield _blot(_dark(skin, 0.25), (167, 211, 179, 219), 2, 230)


def _mouth(skin):
    lips = (min(255, skin[0] * 0.85), skin[1] * 0.55, skin[2] * 0.55)
    lips = tuple(round(value) for value in lips)
    yield _blot(_dark(skin, 0.6), (122, 232, 198, 266), 8, 120)
    yield _blot(lips, (124, 238, 196, 252), 3, 240)
    yield _blot(_light(lips, 0.85), (130, 248, 190, 264), 3, 240)
    yield _blot(_dark(lips, 0.35), (126, 247, 194, 252), 1, 240)
