"""How far apart two colours look, computed apart from the library under test.

Matrices are those of linear light to CIE XYZ under D65.
"""

import math

Matrix = tuple[tuple[float, float, float], ...]

SRGB = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
DISPLAY_P3 = (
    (0.4865709, 0.2656677, 0.1982173),
    (0.2289746, 0.6917385, 0.0792869),
    (0.0, 0.0451134, 1.0439444),
)
ADOBE_RGB = (
    (0.5767309, 0.1855540, 0.1881852),
    (0.2973769, 0.6273491, 0.0752741),
    (0.0270343, 0.0706872, 0.9911085),
)
BT2020 = (
    (0.6369580, 0.1446169, 0.1688810),
    (0.2627002, 0.6779981, 0.0593017),
    (0.0, 0.0280727, 1.0609851),
)
WHITE = (0.95047, 1.0, 1.08883)

# Of sRGB: greys, skin, sky, leaves, and the corners that a cast shows up in first.
PATCHES = (
    (255, 255, 255),
    (119, 119, 119),
    (30, 30, 30),
    (199, 148, 129),
    (94, 122, 156),
    (90, 108, 64),
    (230, 40, 40),
    (60, 190, 70),
    (40, 60, 200),
    (240, 220, 60),
)


def from_srgb(colour, primaries, gamma=None):
    """Of 0 to 255, in a space of other ``primaries`` with a plain ``gamma``, or with
    sRGB's curve."""
    light = _times(_inverse(primaries), _times(SRGB, [_linear(c) for c in colour]))
    signals = [_signal(min(max(part, 0.0), 1.0), gamma) for part in light]
    return tuple(round(255 * part) for part in signals)


def _signal(part, gamma):
    if gamma:
        return part ** (1 / gamma)
    return part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def difference(one, other):
    """The distance of two sRGB colours in CIE L*a*b* (1976); 2.3 is just seen."""
    return math.dist(_lab(one), _lab(other))


def _lab(colour):
    xyz = _times(SRGB, [_linear(part) for part in colour])
    x, y, z = (_curve(part / white) for part, white in zip(xyz, WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _curve(part):
    return part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116


def _linear(level):
    part = level / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _times(matrix, vector):
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def _inverse(matrix):
    (a, b, c), (d, e, f), (g, h, i) = matrix
    whole = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    turned = (
        (e * i - f * h, c * h - b * i, b * f - c * e),
        (f * g - d * i, a * i - c * g, c * d - a * f),
        (d * h - e * g, b * g - a * h, a * e - b * d),
    )
    return [[part / whole for part in row] for row in turned]
