"""Pictures brighter than ordinary screens (HDR), brought down to what these can show.

As in ``projection``, which has FFmpeg do it to videos: a white page is shown at 0.88 and
a grey card at 0.46 of the scale, and what is brighter than a page is told apart up to
the brightest a file can say. Red, green and blue by themselves, as film does it: bright
colours grow paler.
"""

import math
from collections.abc import Callable
from typing import Final

# By code number of ITU-T H.273.
_PQ: Final = 16
_HLG: Final = 18
# In candelas: a white page by ITU-R BT.2408, and what each curve's full scale is.
_PAGE: Final = 203.0
_MOST: Final = {_PQ: 10_000.0, _HLG: 1_000.0}
# What a screen of a thousand candelas adds in contrast to what the camera saw.
_CONTRAST: Final = 1.2
# Up to a page: a bend through darkness, a grey card and the page. Beyond: to white.
_GAIN: Final = 1.41
_BEND: Final = 0.88
_PAGE_SHOWN: Final = _GAIN / (1 + _BEND)
_SLOPE: Final = _GAIN * _BEND / (1 + _BEND) ** 2


def shown(curve: int) -> Callable[[float], float] | None:
    """From a signal of that transfer curve to the light of an ordinary screen, both of
    0 to 1; None if the curve is one for ordinary screens."""
    most = _MOST.get(curve, 0.0) / _PAGE
    if curve == _PQ:
        return lambda signal: _toned(most * _from_pq(signal), most)
    if curve == _HLG:
        return lambda signal: _toned(most * _from_hlg(signal) ** _CONTRAST, most)
    return None


def _from_pq(signal: float) -> float:
    """By SMPTE ST 2084."""
    power = signal ** (32 / 2523)
    part = max(0.0, power - 0.8359375) / (18.8515625 - 18.6875 * power)
    return float(part ** (16_384 / 2610))


def _from_hlg(signal: float) -> float:
    """By ITU-R BT.2100."""
    if signal <= 1 / 2:
        return signal**2 / 3
    return (math.exp((signal - 0.55991073) / 0.17883277) + 0.28466892) / 12


def _toned(light: float, most: float) -> float:
    """``light`` in parts of a white page, of ``most``."""
    if light <= 1:
        return _GAIN * light / (light + _BEND)
    # As steep at its beginning as the bend before it is at its end.
    power = _SLOPE * math.log(most) / (1 - _PAGE_SHOWN)
    left = max(0.0, 1 - math.log(light) / math.log(most))
    return _PAGE_SHOWN + (1 - _PAGE_SHOWN) * float(1 - left**power)
