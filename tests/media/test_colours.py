"""What a picture's file says of its colours, by a profile or otherwise, is believed."""

import functools

import pytest
from PIL import Image

from commonwire.media import renditions
from tests.media import colours, pictures

P3, BT2020 = 12, 9
SRGB_CURVE, PQ, HLG = 13, 16, 18
# Of the signal, as of ITU-R BT.2408.
CARD, PAGE = 0.38, {PQ: 0.581, HLG: 0.75}


def profiled(picture, profile):
    return pictures.encoded(picture, "PNG", icc_profile=profile)


def coded(kind, primaries):
    return functools.partial(
        pictures.coded, kind=kind, primaries=primaries, curve=SRGB_CURVE
    )


WIDE = {
    "Display P3 by profile": (
        functools.partial(profiled, profile=pictures.display_p3()),
        colours.DISPLAY_P3,
        2.2,
    ),
    "Adobe RGB by profile": (
        functools.partial(profiled, profile=pictures.adobe_rgb()),
        colours.ADOBE_RGB,
        563 / 256,
    ),
    "Adobe RGB by a camera": (
        pictures.by_a_camera_in_adobe_rgb,
        colours.ADOBE_RGB,
        563 / 256,
    ),
    "Display P3 in HEIC": (coded("HEIF", P3), colours.DISPLAY_P3, None),
    "Display P3 in AVIF": (coded("AVIF", P3), colours.DISPLAY_P3, None),
    "Display P3 in PNG": (coded("PNG", P3), colours.DISPLAY_P3, None),
    "BT.2020 in AVIF": (coded("AVIF", BT2020), colours.BT2020, None),
}


@pytest.fixture
def shown(upload, into):
    """The colour in the middle of what is published of a file."""
    numbers = iter(range(1000))

    def shown(content):
        target = into / str(next(numbers))
        target.mkdir()
        renditions.make(upload=upload(content), into=target)
        with Image.open(target / "original.jpg") as picture:
            return picture.getpixel((picture.width // 2, picture.height // 2))

    return shown


@pytest.mark.parametrize("kind", WIDE)
def test_wide_colours_look_the_same_on_every_screen(kind, shown):
    write, primaries, gamma = WIDE[kind]
    wrong = {}
    for patch in colours.PATCHES:
        # Every patch is a colour that sRGB has, written in the wide space.
        wide = colours.from_srgb(patch, primaries, gamma)
        seen = shown(write(Image.new("RGB", (32, 32), wide)))
        if (far := colours.difference(seen, patch)) >= 3:
            wrong[patch] = far
    assert wrong == {}


@pytest.mark.parametrize("kind", ["HEIF", "AVIF", "PNG"])
def test_codes_of_ordinary_colours_change_nothing(kind, shown):
    for curve in (1, 2, 6, SRGB_CURVE):
        content = pictures.coded(
            Image.new("RGB", (32, 32), (200, 100, 50)), kind, 1, curve
        )
        assert colours.difference(shown(content), (200, 100, 50)) < 3


def test_a_camera_s_srgb_is_no_adobe_rgb(shown):
    tags = pictures.exif()
    content = pictures.encoded(
        Image.new("RGB", (32, 32), (200, 100, 50)), "JPEG", quality=95, exif=tags
    )
    assert colours.difference(shown(content), (200, 100, 50)) < 3


def test_a_profile_goes_before_the_codes_of_a_telephone_s_picture(shown):
    wide = colours.from_srgb((230, 40, 40), colours.DISPLAY_P3, 2.2)
    content = pictures.encoded(
        Image.new("RGB", (32, 32), wide),
        "AVIF",
        quality=95,
        icc_profile=pictures.display_p3(),
    )
    assert colours.difference(shown(content), (230, 40, 40)) < 3


@pytest.mark.parametrize("kind", ["HEIF", "AVIF", "PNG"])
@pytest.mark.parametrize("curve", [PQ, HLG])
def test_bright_pictures_are_brought_to_ordinary_light(kind, curve, shown):
    def grey(level):
        picture = Image.new("RGB", (32, 32), (round(255 * level),) * 3)
        return shown(pictures.coded(picture, kind, BT2020, curve))[1] / 255

    assert 0.85 <= grey(PAGE[curve]) <= 0.91
    assert 0.42 <= grey(CARD) <= 0.50
    assert (grey(0), grey(1)) == pytest.approx((0, 1), abs=0.01)
    seen = [grey(level) for level in (CARD, 0.5, PAGE[curve], PAGE[curve] + 0.1, 1)]
    assert seen == sorted(set(seen))


def test_bright_colours_stay_colours(shown):
    picture = Image.new("RGB", (32, 32), (130, 60, 60))
    red, green, blue = shown(pictures.coded(picture, "AVIF", BT2020, PQ))
    assert red > 1.3 * max(green, blue)


def test_a_profile_of_megabytes_is_no_damage(shown):
    """Printers' are; a broken one of that size says nothing."""
    content = pictures.encoded(
        Image.new("RGB", (32, 32), (200, 100, 50)),
        "PNG",
        icc_profile=bytes(range(256)) * 24_000,
    )
    assert colours.difference(shown(content), (200, 100, 50)) < 3
