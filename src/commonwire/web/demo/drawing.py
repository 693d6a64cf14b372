"""Pictures for the demo, drawn in flat colours: a town on a river, and what happens
there. Coordinates are in a 1600×1067 frame; everything is drawn at twice the size and
scaled down, which smooths the edges."""

import math
import random
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 1067
_TIMES = 2
Point = tuple[float, float]
Colour = str | tuple[int, int, int]


class Scene:
    """A canvas with the few shapes that the pictures are made of."""

    def __init__(self, top: Colour, bottom: Colour, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - the same picture every time
        self.image = _sky(top, bottom)
        self.draw = ImageDraw.Draw(self.image)

    def box(self, x: float, y: float, w: float, h: float, fill: Colour) -> None:
        self.draw.rectangle([_at(x, y), _at(x + w, y + h)], fill)

    def disc(self, x: float, y: float, r: float, fill: Colour) -> None:
        self.draw.ellipse([_at(x - r, y - r), _at(x + r, y + r)], fill)

    def shape(self, points: Sequence[Point], fill: Colour) -> None:
        self.draw.polygon([_at(x, y) for x, y in points], fill)

    def line(self, points: Sequence[Point], fill: Colour, width: float) -> None:
        scaled = [_at(x, y) for x, y in points]
        self.draw.line(scaled, fill, int(width * _TIMES), joint="curve")

    def hills(self, y: float, height: float, fill: Colour) -> None:
        turns = self.chance.uniform(0, 6)
        top = [
            (x, y - height * (0.6 + 0.4 * math.sin(x / 230 + turns)))
            for x in range(-20, WIDTH + 40, 20)
        ]
        self.shape([*top, (WIDTH + 40, HEIGHT + 9), (-20, HEIGHT + 9)], fill)

    def water(self, y: float, fill: Colour, light: Colour) -> None:
        self.box(0, y, WIDTH, HEIGHT - y, fill)
        for _wave in range(70):
            x, depth = self.chance.uniform(0, WIDTH), self.chance.random()
            level = y + 14 + depth * (HEIGHT - y - 20)
            length = 30 + 120 * depth
            self.line([(x, level), (x + length, level)], light, 1.5 + 3 * depth)

    def person(self, x: float, y: float, size: float, coat: Colour) -> None:
        """Standing at (x, y), without a face."""
        skin = self.chance.choice(["#8d5a3b", "#c48a62", "#e0b48e", "#5c3a26"])
        self.shape(
            [
                (x - size * 0.2, y),
                (x - size * 0.26, y - size * 0.72),
                (x + size * 0.26, y - size * 0.72),
                (x + size * 0.2, y),
            ],
            coat,
        )
        self.disc(x, y - size * 0.86, size * 0.15, skin)

    def placard(self, x: float, y: float, size: float, fill: Colour) -> None:
        self.line([(x, y), (x, y - size * 1.5)], "#6b4a2f", 7)
        self.box(x - size * 0.5, y - size * 2.1, size, size * 0.66, fill)
        for row in range(2):
            width = size * (0.7 - 0.2 * row)
            self.box(x - width / 2, y - size * (1.95 - row * 0.24), width, 9, "#2b2b2b")

    def house(self, x: float, y: float, w: float, h: float, wall: Colour) -> None:
        self.box(x, y - h, w, h, wall)
        roof = [(x - 14, y - h), (x + w / 2, y - h - w * 0.42), (x + w + 14, y - h)]
        self.shape(roof, "#5d3b35")
        for row in range(int(h // 95)):
            for column in range(int(w // 80)):
                lit = self.chance.random() < 0.35  # noqa: PLR2004
                self.box(
                    x + 22 + column * 78,
                    y - h + 24 + row * 92,
                    40,
                    52,
                    "#f6d58a" if lit else "#39464f",
                )

    def save(self, path: Path) -> None:
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        small.save(path, "JPEG", quality=88)


def _at(x: float, y: float) -> Point:
    return x * _TIMES, y * _TIMES


def _sky(top: Colour, bottom: Colour) -> Image.Image:
    strip = Image.new("RGB", (1, 2))
    strip.putpixel((0, 0), _rgb(top))
    strip.putpixel((0, 1), _rgb(bottom))
    size = (WIDTH * _TIMES, HEIGHT * _TIMES)
    return strip.resize(size, Image.Resampling.BICUBIC).filter(ImageFilter.BoxBlur(2))


def _rgb(colour: Colour) -> tuple[int, int, int]:
    if isinstance(colour, tuple):
        return colour
    value = int(colour.removeprefix("#"), 16)
    return value >> 16, value >> 8 & 255, value & 255


def bus_depot(path: Path) -> None:
    scene = Scene("#f2b880", "#f7e3c4", 1)
    scene.disc(1250, 300, 105, "#fff2cf")
    scene.hills(640, 150, "#b98a6a")
    for x, w, h in ((40, 260, 300), (330, 330, 220), (1180, 360, 330)):
        scene.house(x, 720, w, h, "#8d6a58")
    scene.box(0, 720, WIDTH, HEIGHT, "#575a5e")
    for number, colour in enumerate(("#b8322a", "#1f5f7a", "#b8322a")):
        _bus(scene, 70 + number * 510, 830, colour)
    for x in range(140, 1560, 118):
        scene.person(x, 1010, 190, scene.chance.choice(_COATS))
        if x % 3 == 0:
            scene.placard(x + 40, 940, 130, "#f5efe0")
    scene.save(path)


def _bus(scene: Scene, x: float, y: float, colour: Colour) -> None:
    scene.box(x, y - 210, 440, 180, colour)
    scene.box(x + 18, y - 190, 404, 74, "#cfe3ea")
    for pillar in range(5):
        scene.box(x + 95 + pillar * 82, y - 190, 9, 74, colour)
    for wheel in (90, 350):
        scene.disc(x + wheel, y - 30, 42, "#20242a")
        scene.disc(x + wheel, y - 30, 18, "#9aa2a8")


def flooded_library(path: Path) -> None:
    scene = Scene("#6f8796", "#c9d5da", 2)
    scene.hills(620, 120, "#7f9187")
    scene.box(330, 330, 940, 440, "#d9cbb0")
    scene.shape([(290, 330), (800, 160), (1310, 330)], "#8a5f4d")
    for column in range(6):
        scene.box(400 + column * 150, 350, 46, 400, "#efe6d3")
    scene.box(735, 520, 130, 230, "#4a3a30")
    scene.water(740, "#56707d", "#8fa9b3")
    for number in range(16):
        x, y = scene.chance.uniform(120, 1480), scene.chance.uniform(800, 1020)
        scene.shape(
            [(x, y), (x + 62, y - 14), (x + 74, y + 8), (x + 12, y + 24)],
            ("#f4ead6", "#a8403a", "#3b6f63")[number % 3],
        )
    scene.save(path)


def book_chain(path: Path) -> None:
    scene = Scene("#b7c9cf", "#eef1ea", 3)
    scene.house(80, 700, 420, 380, "#b98d74")
    scene.house(1080, 700, 440, 330, "#93755f")
    scene.box(0, 700, WIDTH, HEIGHT, "#8f948c")
    scene.water(985, "#6f8894", "#a9bcc4")
    for number in range(11):
        x = 90 + number * 145
        y = 960 + 14 * math.sin(number)
        scene.person(x, y, 300, _COATS[number % len(_COATS)])
        scene.box(
            x + 44, y - 170, 58, 40, ("#a8403a", "#32586b", "#d9a441")[number % 3]
        )
    scene.save(path)


def street_fair(path: Path) -> None:
    scene = Scene("#8cc5df", "#e8f3ee", 4)
    for x, w, h, wall in (
        (0, 330, 470, "#cf8d6d"),
        (345, 300, 400, "#e3c08f"),
        (960, 300, 440, "#93a887"),
        (1275, 330, 390, "#c9756a"),
    ):
        scene.house(x, 760, w, h, wall)
    scene.box(0, 760, WIDTH, HEIGHT, "#b9ac98")
    for row, drop in ((240, 60), (330, 80)):
        rope = [
            (x, row + drop * math.sin(math.pi * x / WIDTH)) for x in range(0, 1601, 40)
        ]
        scene.line(rope, "#5c4a3c", 3)
        for number, (x, y) in enumerate(rope[1:-1:2]):
            colour = ("#d2452f", "#f0c13b", "#2f7f86", "#7c4a86")[number % 4]
            scene.shape([(x - 20, y), (x + 20, y), (x, y + 48)], colour)
    for number, x in enumerate((90, 500, 920, 1290)):
        _stall(scene, x, 900, ("#d2452f", "#2f7f86", "#f0c13b", "#7c4a86")[number])
    for x in range(60, 1580, 96):
        scene.person(x, 1040, 165, scene.chance.choice(_COATS))
    scene.save(path)


def _stall(scene: Scene, x: float, y: float, colour: Colour) -> None:
    for post in (0, 236):
        scene.box(x + post, y - 210, 9, 210, "#6b4a2f")
    scene.box(x, y - 80, 245, 80, "#8a6a4c")
    for stripe in range(7):
        left = x - 12 + stripe * 38.5
        fill = colour if stripe % 2 == 0 else "#fbf5e6"
        scene.shape(
            [
                (left + 10, y - 270),
                (left + 42, y - 270),
                (left + 39, y - 200),
                (left, y - 200),
            ],
            fill,
        )


def clinic(path: Path) -> None:
    scene = Scene("#24324a", "#8d6f86", 5)
    scene.disc(300, 210, 60, "#f3e9d0")
    scene.house(60, 780, 380, 420, "#4c4a5c")
    scene.house(1150, 780, 400, 500, "#57506a")
    scene.box(480, 400, 640, 380, "#e9e4da")
    for row in range(2):
        for column in range(5):
            scene.box(520 + column * 118, 440 + row * 140, 84, 92, "#ffe2a0")
    scene.box(760, 650, 90, 130, "#3a5c63")
    scene.box(770, 310, 70, 22, "#c23a34")
    scene.box(794, 286, 22, 70, "#c23a34")
    scene.box(0, 780, WIDTH, HEIGHT, "#2b2f38")
    for x in range(350, 1290, 92):
        scene.person(x, 960, 180, scene.chance.choice(_COATS))
    scene.save(path)


def bridge(path: Path) -> None:
    scene = Scene("#f4cfa4", "#fbeedb", 6)
    scene.disc(1150, 330, 90, "#fff7e0")
    scene.hills(600, 170, "#c29a7c")
    scene.hills(680, 110, "#8c8368")
    scene.water(690, "#5d7f8c", "#e6c9a2")
    scene.box(0, 520, WIDTH, 34, "#4f4136")
    for pier in (250, 790, 1330):
        scene.box(pier, 440, 46, 330, "#63513f")
    for span in (-20, 520, 1060):
        cable = [
            (span + x, 506 - 60 * ((x - 270) / 270) ** 2) for x in range(0, 541, 30)
        ]
        scene.line(cable, "#4f4136", 6)
    for x in range(80, 1560, 170):
        scene.person(x, 520, 84, "#3c3630")
    scene.save(path)


def garden(path: Path) -> None:
    scene = Scene("#bcdcd8", "#f4f2df", 7)
    scene.hills(560, 130, "#8fb08a")
    scene.house(1130, 640, 340, 260, "#c98f6b")
    scene.box(0, 640, WIDTH, HEIGHT, "#6f5a41")
    for row in range(5):
        y = 720 + row * 78
        scene.box(0, y, WIDTH, 20, "#5a4733")
        for plant in range(22):
            x = 30 + plant * 74 + scene.chance.uniform(-12, 12)
            scene.disc(x, y - 4, 24, scene.chance.choice(["#3f7a4a", "#5c9a55"]))
            if (plant + row) % 4 == 0:
                scene.disc(x, y - 12, 9, scene.chance.choice(["#d2452f", "#f0c13b"]))
    for x in (220, 640, 980):
        scene.person(x, 800, 210, scene.chance.choice(_COATS))
    scene.save(path)


def workbench(path: Path) -> None:
    scene = Scene("#3d3a38", "#6d5a48", 8)
    scene.shape([(620, 0), (980, 0), (1330, 640), (270, 640)], "#8a7352")
    scene.disc(800, 90, 74, "#ffe9b8")
    scene.box(60, 640, 1480, 60, "#a67c52")
    scene.box(60, 700, 1480, 300, "#7c5b3c")
    for number in range(9):
        x = 120 + number * 155
        height = scene.chance.uniform(70, 170)
        colour = ("#b8322a", "#2f7f86", "#d9a441", "#e6dcc7")[number % 4]
        scene.box(x, 640 - height, 104, height, colour)
        scene.disc(x + 52, 640 - height / 2, 24, "#2b2b2b")
        scene.line([(x + 104, 640), (x + 134, 690)], "#20242a", 6)
    for x in (230, 800, 1370):
        scene.person(x, 1060, 330, scene.chance.choice(_COATS))
    scene.save(path)


def weir(path: Path) -> None:
    scene = Scene("#a9bfc9", "#e6ece6", 9)
    scene.hills(470, 140, "#7f9187")
    scene.house(1210, 520, 240, 190, "#d9cbb0")
    scene.water(520, "#5d7f8c", "#8fb0ba")
    scene.box(0, 600, WIDTH, 12, "#e9f3f3")
    scene.shape([(0, 612), (WIDTH, 612), (WIDTH, 800), (0, 800)], "#b9d2d8")
    for x in range(10, WIDTH, 34):
        scene.line([(x, 612), (x + 6, 800)], "#d9e8ea", 4)
    scene.water(800, "#4c6c78", "#dfecec")
    scene.save(path)


def lanterns(path: Path) -> None:
    scene = Scene("#141b2b", "#3c3a52", 10)
    scene.hills(560, 130, "#1d2233")
    scene.water(600, "#1b2740", "#54608a")
    scene.box(0, 830, WIDTH, HEIGHT, "#232530")
    for number in range(15):
        x, y = 70 + number * 106, 900 + 18 * math.sin(number)
        scene.person(x, y, 190, "#2d2f3d")
        scene.disc(x + 40, y - 80, 34, "#7a5a2e")
        scene.disc(x + 40, y - 80, 19, "#ffd98a")
        scene.line([(x + 40, 650), (x + 40, 700)], "#d8a552", 5)
    scene.save(path)


_COATS = ("#7a3b34", "#2f5c6b", "#c08a3e", "#4c5d45", "#5b4a70", "#a3564a", "#33414d")
PICTURES: dict[str, Callable[[Path], None]] = {
    "depot": bus_depot,
    "library": flooded_library,
    "chain": book_chain,
    "fair": street_fair,
    "clinic": clinic,
    "bridge": bridge,
    "garden": garden,
    "workbench": workbench,
    "weir": weir,
    "lanterns": lanterns,
}
