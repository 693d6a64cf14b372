"""What was under a box cannot be had back, whatever is made of the picture later."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from commonwire.media import covering, faces, grid
from commonwire.media.exchange import Box
from commonwire.media.places import Place
from tests.media.pictures import gradient
from tests.media.portraits import crowd

SIZE = (160, 120)
# Encoders let what is beside an edge ring into the first blocks of what is covered, and
# WebP guesses each block from its neighbours.
RINGING = 16
NEAR_BLACK = 8
CROWD = [(40, 60, 240), (330, 90, 200), (600, 40, 300), (860, 200, 120)]
parts = st.floats(0, 1, allow_nan=False)
boxes = st.builds(Box, parts, parts, parts, parts)


def noise(size=SIZE, seed=40):
    return Image.merge("RGB", [Image.effect_noise(size, seed + n) for n in range(3)])


def again(picture, kind, **options):
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return Image.open(file).convert("RGB")


def brightest(picture, area):
    return max(high for _, high in picture.crop(area).getextrema())


def outside(picture, area):
    """The picture with everything in the area made white, to compare the rest."""
    rest = picture.copy()
    rest.paste("white", area)
    return rest


@pytest.fixture(scope="module")
def scene():
    return crowd((1024, 480), CROWD)


@given(box=boxes)
@settings(deadline=None, max_examples=60)
def test_no_pixel_that_a_box_touches_is_left(box):
    picture = Image.new("RGB", SIZE, "white")
    covering.cover(picture, [box], "solid")
    left, top = box.left * SIZE[0], box.top * SIZE[1]
    right, bottom = left + box.width * SIZE[0], top + box.height * SIZE[1]
    for x in range(SIZE[0]):
        if box.height <= 0 or not (x + 1 > left and x < right):
            continue
        for y in (int(top), int(min(bottom, SIZE[1]) - 1e-9)):
            inside = y < SIZE[1] and y + 1 > top and y < bottom and box.width > 0
            assert not inside or picture.getpixel((x, y)) == (0, 0, 0)


@given(box=boxes)
@settings(deadline=None, max_examples=30)
@pytest.mark.parametrize("style", covering.STYLES)
def test_nothing_else_is_touched(box, style):
    before = noise()
    after = covering.cover(before.copy(), [box], style)
    area = covering.area_of(box, SIZE)
    if area is None:
        assert ImageChops.difference(before, after).getbbox() is None
    else:
        rest = ImageChops.difference(outside(before, area), outside(after, area))
        assert rest.getbbox() is None


@pytest.mark.parametrize(
    ("kind", "quality"),
    [("JPEG", 80), ("JPEG", 85), ("JPEG", 20), ("WEBP", 76), ("WEBP", 20)],
)
def test_a_solid_block_is_black_in_every_encoding(kind, quality):
    picture = covering.cover(noise((800, 600)), [Box(0.1, 0.1, 0.5, 0.5)], "solid")
    for width in (800, 640, 320):
        small = picture.resize((width, width * 3 // 4), Image.Resampling.BICUBIC)
        encoded = again(small, kind, quality=quality)
        left, top, right, bottom = covering.area_of(
            Box(0.1, 0.1, 0.5, 0.5), encoded.size
        )
        inner = (left + RINGING, top + RINGING, right - RINGING, bottom - RINGING)
        assert brightest(encoded, inner) <= NEAR_BLACK


@pytest.mark.parametrize("style", covering.STYLES)
def test_what_was_there_changes_nothing_but_averages(style):
    """Two pictures with the same averages under a box are the same once covered."""
    plain = Image.new("RGB", (480, 480), (100, 100, 100))
    striped = plain.copy()
    for x in range(0, 480, 2):
        striped.paste((80, 80, 80), (x, 0, x + 1, 480))
        striped.paste((120, 120, 120), (x + 1, 0, x + 2, 480))
    box = [Box(0.25, 0.25, 0.5, 0.5)]
    area = covering.area_of(box[0], plain.size)
    covered = [covering.cover(each, box, style).crop(area) for each in (plain, striped)]
    assert ImageChops.difference(*covered).getbbox() is None


@pytest.mark.parametrize("style", ["mosaic", "blur"])
@pytest.mark.parametrize("side", [1, 3, 8, 20, 47, 48, 300])
def test_weaker_styles_keep_few_averages(style, side):
    picture = noise((400, 400))
    covering.cover(picture, [Box(0, 0, side / 400, side / 400)], style)
    colours = picture.crop((0, 0, side, side)).getcolors(side * side)
    assert style == "blur" or len(colours) <= covering.MOST_CELLS**2
    smooth = picture.crop((0, 0, side, side))
    cells = max(1, min(covering.MOST_CELLS, side // covering.CELL))
    small = smooth.resize((cells, cells), Image.Resampling.BOX)
    assert max(ImageStat.Stat(small).stddev) < max(ImageStat.Stat(noise()).stddev)


@pytest.mark.parametrize("style", covering.STYLES)
def test_no_covered_face_is_found_again(scene, style):
    found = faces.find(scene.picture.tobytes(), *scene.picture.size)
    assert len(found) == len(CROWD)
    covered = covering.cover(scene.picture.copy(), found, style)
    encoded = again(covered, "JPEG", quality=85)
    assert faces.find(encoded.tobytes(), *encoded.size) == []


@pytest.mark.parametrize(
    "box",
    [Box(0.9, 0.9, 0.5, 0.5), Box(0, 0, 1, 1), Box(0.999, 0, 0.001, 1)],
    ids=["over the edge", "all of it", "a column"],
)
@pytest.mark.parametrize("style", covering.STYLES)
def test_a_box_at_the_edge(box, style):
    picture = covering.cover(noise(), [box], style)
    assert picture.size == SIZE
    if style == "solid":
        assert picture.getpixel((SIZE[0] - 1, SIZE[1] - 1)) == (0, 0, 0)


@pytest.mark.parametrize(
    "box", [Box(0.5, 0.5, 0, 0.2), Box(0.5, 0.5, 0.2, 0), Box(1, 1, 0.1, 0.1)]
)
def test_a_box_of_nothing_covers_nothing(box):
    before = noise()
    after = covering.cover(before.copy(), [box], "solid")
    assert ImageChops.difference(before, after).getbbox() is None


def test_an_unknown_style_covers_nothing_silently():
    with pytest.raises(ValueError, match="sparkle"):
        covering.cover(noise(), [Box(0, 0, 1, 1)], "sparkle")


def test_a_grey_picture_is_covered_too():
    picture = covering.cover(Image.new("L", SIZE, 200), [Box(0, 0, 0.5, 1)], "solid")
    assert picture.getpixel((0, 0)) == 0
    assert picture.getpixel((SIZE[0] - 1, 0)) == 200


def test_the_numbered_picture_is_small_and_leaves_the_full_one_alone():
    full = gradient((2400, 1600))
    before = full.copy()
    shown = covering.numbered(full, [Place(1, Box(0.1, 0.1, 0.2, 0.3))])
    assert shown.size == (1280, 853)
    assert ImageChops.difference(full, before).getbbox() is None
    assert shown.getpixel((round(0.2 * 1280), round(0.1 * 853) + 1)) == (255, 216, 0)


def test_the_numbered_picture_shows_what_is_covered():
    full = Image.new("RGB", (800, 600), "white")
    places = [Place(1, Box(0, 0, 0.3, 0.5)), Place(2, Box(0.6, 0, 0.3, 0.5), True)]
    shown = covering.numbered(full, places).convert("L")
    assert shown.getpixel((160, 160)) > 200
    assert shown.getpixel((640, 160)) < 80


@pytest.mark.parametrize("size", [(1, 1), (3, 400), (4000, 2)])
def test_odd_pictures_are_numbered_too(size):
    shown = covering.numbered(Image.new("RGB", size), [Place(1, Box(0, 0, 1, 1))])
    assert max(shown.size) <= covering.NUMBERED_TALLEST


@pytest.mark.parametrize(
    ("size", "shape"),
    [
        ((1200, 900), (8, 6)),
        ((900, 1200), (6, 8)),
        ((1000, 1000), (8, 8)),
        ((4000, 500), (8, 1)),
        ((400, 4000), (6, grid.MOST_ROWS)),
        ((0, 0), (8, 1)),
    ],
)
def test_cells_are_squares_as_far_as_a_page_can_list_them(size, shape):
    assert grid.columns_and_rows(*size) == shape


@pytest.mark.parametrize("size", [(1200, 1600), (3000, 2000), (500, 4000)])
def test_names_of_cells_are_read_on_a_telephone(size):
    shown = covering.numbered(Image.new("RGB", size, "white"), [])
    first = shown.crop((0, 0, shown.width // 6 - 4, shown.width // 8 - 4))
    _left, top, _right, bottom = (
        first.convert("L").point(lambda it: it < 50 and 255).getbbox()
    )
    # Capital letters are seven tenths of their size; a telephone is 320 wide.
    assert (bottom - top) * 320 / shown.width >= 0.7 * 12


def test_a_sketch_has_the_grid_of_the_whole_picture():
    whole, small = (1001, 688), (640, 440)
    assert grid.columns_and_rows(*whole) != grid.columns_and_rows(*small)
    drawn = covering.numbered(Image.new("RGB", small), [], of=whole)
    other = covering.numbered(Image.new("RGB", small), [])
    assert ImageChops.difference(drawn, other).getbbox() is not None


@pytest.mark.parametrize("size", [(1200, 800), (800, 1200), (500, 4000)])
def test_all_cells_together_cover_the_picture(size):
    names = [name for row in grid.cells(*size) for name in row]
    assert len(set(names)) == len(names)
    found = [grid.box(name, *size) for name in names]
    picture = covering.cover(Image.new("RGB", size, "white"), found, "solid")
    assert picture.getextrema() == ((0, 0), (0, 0), (0, 0))


def test_cells_are_named_by_column_and_row():
    assert grid.box("A1", 1200, 900) == Box(0, 0, 1 / 8, 1 / 6)
    assert grid.box("F8", 900, 1200) == Box(5 / 6, 7 / 8, 1 / 6, 1 / 8)
    assert grid.box("H6", 900, 1200) is None
