import io

import pytest
from PIL import Image, ImageChops, ImageCms, ImageStat
from PIL.Image import Transpose

from commonwire.media import renditions
from commonwire.media.exchange import Box, Options
from commonwire.media.messages import FIRST_PAGE, Refused
from tests.media import pictures


def difference(one, other):
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


def names(made):
    return [rendition.name for rendition in made.renditions]


def colour_of(path, at=(20, 20)):
    with Image.open(path) as picture:
        assert picture.mode == "RGB"
        return picture.getpixel(at)


def near(colour, wanted, within=4):
    return all(abs(a - b) <= within for a, b in zip(colour, wanted, strict=True))


@pytest.mark.parametrize("kind", pictures.FORMATS)
def test_every_format_becomes_jpeg_and_webp(kind, upload, into):
    source = pictures.gradient()
    made = renditions.make(upload=upload(pictures.encoded(source, kind)), into=into)
    with Image.open(into / "original.jpg") as original:
        assert difference(original, source) < 8
    assert names(made) == ["original.jpg", "400.webp", "320.webp", "320.jpg"]


def test_a_wide_picture_has_every_width_in_both_formats(upload, into):
    source = pictures.encoded(pictures.gradient((2400, 1200)), "JPEG")
    made = renditions.make(upload=upload(source), into=into)
    assert [(r.name, r.width, r.height, r.type) for r in made.renditions] == [
        ("original.jpg", 2400, 1200, "image/jpeg"),
        ("2000.webp", 2000, 1000, "image/webp"),
        ("2000.jpg", 2000, 1000, "image/jpeg"),
        ("1280.webp", 1280, 640, "image/webp"),
        ("1280.jpg", 1280, 640, "image/jpeg"),
        ("640.webp", 640, 320, "image/webp"),
        ("640.jpg", 640, 320, "image/jpeg"),
        ("320.webp", 320, 160, "image/webp"),
        ("320.jpg", 320, 160, "image/jpeg"),
    ]


def test_what_is_told_of_a_rendition_is_what_lies_on_the_disk(upload, into):
    source = pictures.encoded(pictures.gradient((700, 500)), "PNG")
    made = renditions.make(upload=upload(source), into=into)
    assert sorted(names(made)) == sorted(path.name for path in into.iterdir())
    for rendition in made.renditions:
        assert rendition.bytes == (into / rendition.name).stat().st_size
        with Image.open(into / rendition.name) as picture:
            assert picture.size == (rendition.width, rendition.height)


def test_encoders_at_work_together_keep_to_their_own_quality(upload, into):
    source = pictures.gradient((1300, 900))
    wanted = {
        quality: Image.open(
            io.BytesIO(pictures.encoded(source, "JPEG", quality=quality))
        ).quantization
        for quality in (80, 85)
    }
    for number in range(4):
        target = into / str(number)
        target.mkdir()
        path = upload(pictures.encoded(source, "PNG"))
        renditions.make(upload=path, into=target)
        for path in target.glob("*.jpg"):
            with Image.open(path) as picture:
                quality = 85 if path.stem == "original" else 80
                assert picture.quantization == wanted[quality]


def test_a_small_picture_is_never_enlarged(upload, into):
    source = pictures.encoded(pictures.gradient((90, 60)), "PNG")
    made = renditions.make(upload=upload(source), into=into)
    assert names(made) == ["original.jpg", "90.webp", "90.jpg"]


def test_a_picture_too_long_for_webp_has_jpeg_only(upload, into):
    source = pictures.encoded(pictures.gradient((20, 17_000), "L"), "PNG")
    made = renditions.make(upload=upload(source), into=into)
    assert names(made) == ["original.jpg", "20.jpg"]


LYING = {
    1: None,
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_90,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_270,
}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
@pytest.mark.parametrize("orientation", LYING)
def test_a_picture_lying_on_its_side_is_put_upright(kind, orientation, upload, into):
    upright = Image.new("RGB", (96, 64), "red")
    upright.paste("blue", (0, 0, 32, 32))
    turn = LYING[orientation]
    lying = upright if turn is None else upright.transpose(turn)
    source = pictures.encoded(lying, kind, exif=pictures.exif(orientation))
    renditions.make(upload=upload(source), into=into)
    with Image.open(into / "original.jpg") as original:
        assert original.size == upright.size
        assert difference(original, upright) < 8


def test_wide_colours_are_turned_into_those_of_every_screen(upload, into):
    p3 = Image.new("RGB", (64, 64), (200, 100, 50))
    source = pictures.encoded(p3, "PNG", icc_profile=pictures.display_p3())
    made = renditions.make(upload=upload(source), into=into)
    # By hand: gamma 2.2, P3 to sRGB matrix, sRGB curve.
    assert near(colour_of(into / "original.jpg"), (216, 93, 24))
    assert [trace.phrase for trace in made.removed] == ["colour profile"]


def test_a_profile_of_srgb_changes_nothing(upload, into):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    source = Image.new("RGB", (64, 64), (200, 100, 50))
    renditions.make(
        upload=upload(pictures.encoded(source, "PNG", icc_profile=profile)), into=into
    )
    assert near(colour_of(into / "original.jpg"), (200, 100, 50), within=2)


def test_a_broken_profile_is_passed_over(upload, into):
    source = Image.new("RGB", (64, 64), (200, 100, 50))
    content = pictures.encoded(source, "JPEG", icc_profile=b"nonsense" * 20)
    renditions.make(upload=upload(content), into=into)
    assert near(colour_of(into / "original.jpg"), (200, 100, 50))


@pytest.mark.parametrize(
    ("mode", "kind", "colour", "seen"),
    [
        ("L", "PNG", 90, (90, 90, 90)),
        ("1", "PNG", 1, (255, 255, 255)),
        ("LA", "PNG", (90, 0), (255, 255, 255)),
        ("RGBA", "WEBP", (200, 100, 50, 0), (255, 255, 255)),
        ("RGBA", "PNG", (0, 0, 0, 128), (127, 127, 127)),
        ("I;16", "PNG", 0x8080, (128, 128, 128)),
        ("CMYK", "JPEG", (0, 255, 255, 0), (255, 0, 0)),
    ],
)
def test_every_kind_of_pixel_becomes_plain_colour_on_white(
    mode, kind, colour, seen, upload, into
):
    source = Image.new(mode, (64, 64), colour)
    renditions.make(upload=upload(pictures.encoded(source, kind)), into=into)
    assert near(colour_of(into / "original.jpg"), seen)


@pytest.mark.parametrize("most", [1.0, 255.0, 3000.0])
def test_greys_that_are_fractions_are_seen(most, upload, into):
    source = (
        Image.linear_gradient("L").convert("F").point(lambda grey: grey * (most / 255))
    )
    renditions.make(upload=upload(pictures.encoded(source, "TIFF")), into=into)
    with Image.open(into / "original.jpg") as picture:
        shown = picture.convert("L")
    assert difference(shown, Image.linear_gradient("L")) < 2


def test_a_palette_with_a_transparent_entry_is_laid_on_white(upload, into):
    source = Image.new("P", (64, 64), 1)
    source.putpalette([0, 0, 0, 10, 20, 30])
    renditions.make(
        upload=upload(pictures.encoded(source, "PNG", transparency=1)), into=into
    )
    assert near(colour_of(into / "original.jpg"), (255, 255, 255))


def test_of_a_tiff_with_many_pages_the_first_is_published(upload, into):
    first, second = (Image.new("RGB", (64, 64), name) for name in ("red", "blue"))
    content = pictures.encoded(first, "TIFF", save_all=True, append_images=[second])
    made = renditions.make(upload=upload(content), into=into)
    assert made.note == FIRST_PAGE
    assert near(colour_of(into / "original.jpg"), (254, 0, 0), within=6)


@pytest.mark.parametrize("kind", pictures.FORMATS)
def test_a_look_tells_what_a_whole_decoding_will(kind, upload, into):
    path = upload(pictures.telling(kind))
    looked = renditions.look(path)
    made = renditions.make(upload=path, into=into)
    assert (looked.width, looked.height) == (made.width, made.height)
    assert looked.removed == made.removed


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
@pytest.mark.parametrize("orientation", LYING)
def test_a_look_tells_the_size_of_the_picture_upright(kind, orientation, upload):
    lying = Image.new("RGB", (96, 64) if orientation < 5 else (64, 96))
    source = pictures.encoded(lying, kind, exif=pictures.exif(orientation))
    looked = renditions.look(upload(source))
    assert (looked.width, looked.height) == (96, 64)


def test_what_is_covered_is_in_no_rendition(upload, into):
    source = Image.new("RGB", (700, 500), "white")
    source.paste("red", (350, 250, 700, 500))
    options = Options(covers=(Box(0.5, 0.5, 0.5, 0.5),))
    made = renditions.make(
        upload=upload(pictures.encoded(source, "PNG")), into=into, options=options
    )
    for rendition in made.renditions:
        at = (rendition.width * 3 // 4, rendition.height * 3 // 4)
        assert near(colour_of(into / rendition.name, at), (0, 0, 0))


def test_a_repacked_jpeg_in_jpeg_xl_is_turned_upright(tmp_path, into):
    lying = pictures.gradient((96, 64))
    lying.save(tmp_path / "photo.jpg", exif=pictures.exif(6))
    with Image.open(tmp_path / "photo.jpg") as photo:
        photo.save(tmp_path / "photo.jxl", lossless_jpeg=True)
    made = renditions.make(upload=tmp_path / "photo.jxl", into=into)
    assert (made.width, made.height) == (64, 96)


def test_every_picture_of_the_png_suite_is_taken_or_refused_as_it_should(
    shared, tmp_path
):
    wrong = []
    for number, path in enumerate(sorted((shared / "pngsuite").glob("*.png"))):
        into = tmp_path / str(number)
        into.mkdir()
        try:
            renditions.make(upload=path, into=into)
            taken = True
        except Refused:
            taken = False
        if taken == path.name.startswith("x"):
            wrong.append(path.name)
    assert wrong == []


def test_the_greys_of_sixteen_bits_are_scaled_and_not_clipped(shared, into):
    renditions.make(upload=shared / "pngsuite" / "basn0g16.png", into=into)
    with Image.open(into / "original.jpg") as picture:
        levels = set(picture.convert("L").tobytes())
    assert len(levels) > 100


def test_pictures_from_real_phones_are_taken(shared, tmp_path):
    refused = []
    for number, path in enumerate(sorted((shared / "pictures").iterdir())):
        into = tmp_path / str(number)
        into.mkdir()
        try:
            renditions.make(upload=path, into=into)
        except Refused:
            refused.append(path.name)
    assert refused == ["NegativeArraySizeException.HeifReader.processBoxes.heif"]
