"""Bright video on ordinary screens: patches whose light is known come out as they look."""

from array import array
from fractions import Fraction

import pytest
from av.video.frame import VideoFrame

from commonwire.media.projection import Projection

PQ, HLG = 16, 18
BT2020 = 9
STRIPE, HEIGHT = 32, 64
# Of the signal, not of light. Of ITU-R BT.2408: a grey card, a white page in HLG and PQ.
CARD, PAGE = 0.38, {PQ: 0.581, HLG: 0.75}
LEVELS = (0.0, CARD, 0.5, *PAGE.values(), 0.8, 0.9, 1.0)
RED = (0.4, 0.1)


def a_frame(curve):
    """A stripe of each level, and one that is red."""
    stripes = [*((level, 0.0) for level in LEVELS), RED]
    frame = VideoFrame(STRIPE * len(stripes), HEIGHT, "yuv420p10le")
    lights = [round(64 + 876 * level) for level, _ in stripes]
    reds = [round(512 + 896 * red) for _, red in stripes]
    for plane, codes in zip(
        frame.planes, (lights, [512] * len(reds), reds), strict=True
    ):
        wide = plane.width // len(stripes)
        row = array("H", [code for code in codes for _ in range(wide)])
        row.extend([0] * (plane.line_size // 2 - len(row)))
        plane.update(row.tobytes() * plane.height)
    frame.color_trc, frame.color_range = curve, 1
    frame.colorspace = frame.color_primaries = BT2020
    frame.pts, frame.time_base = 0, Fraction(1, 90_000)
    return frame


@pytest.fixture(scope="module", params=[PQ, HLG], ids=["PQ", "HLG"])
def seen(request):
    """The curve, what each level is shown as, and the red in red, green and blue."""
    frame = a_frame(request.param)
    projection = Projection((frame.width, frame.height), ())
    (shown,) = [*projection.feed(frame), *projection.flush()]
    middles = [STRIPE * number + STRIPE // 2 for number in range(len(LEVELS) + 1)]
    light = bytes(shown.planes[0])[: shown.width]
    levels = {
        level: (light[middle] - 16) / 219
        for level, middle in zip(LEVELS, middles, strict=False)
    }
    return request.param, levels, shown.to_image().getpixel((middles[-1], HEIGHT // 2))


def test_a_white_page_is_white(seen):
    curve, levels, _red = seen
    assert 0.85 <= levels[PAGE[curve]] <= 0.95


def test_a_grey_card_is_grey(seen):
    _curve, levels, _red = seen
    assert 0.42 <= levels[CARD] <= 0.50


def test_black_and_the_brightest_stay_what_they_are(seen):
    _curve, levels, _red = seen
    assert (levels[0.0], levels[1.0]) == pytest.approx((0, 1), abs=0.01)


def test_what_is_brighter_than_a_page_is_told_apart(seen):
    _curve, levels, _red = seen
    shown = [levels[level] for level in sorted(LEVELS)]
    assert shown == sorted(shown)
    assert len(set(shown)) >= len(shown) - 1


def test_colours_stay_colours(seen):
    red, green, blue = seen[2]
    assert red > 1.3 * max(green, blue)
