import io

import pytest
import segno
from PIL import Image

from commonwire.syndication import qr

ADDRESS = "https://news.example/2026/03/03/a-vote/"


def squares_of(png):
    """The picture as rows of dark and light squares, its border left away."""
    picture = Image.open(io.BytesIO(png)).convert("1")
    code = segno.make(ADDRESS, error="m", micro=False)
    count = code.symbol_size(border=0)[0]
    size = picture.width // (count + 8)
    middle = [(at + 4) * size + size // 2 for at in range(count)]
    return [[picture.getpixel((x, y)) == 0 for x in middle] for y in middle]


def test_the_picture_is_the_code_of_the_address():
    code = segno.make(ADDRESS, error="m", micro=False)
    assert squares_of(qr.png(ADDRESS)) == [
        [bool(s) for s in row] for row in code.matrix
    ]


def test_the_drawing_is_black_on_white_in_any_colours():
    drawing = qr.svg(ADDRESS).decode()
    assert 'fill="#fff"' in drawing
    assert 'stroke="#000"' in drawing


@pytest.mark.parametrize("length", [10, 400])
def test_a_long_address_fits(length):
    assert qr.png("https://news.example/" + "x" * length).startswith(b"\x89PNG")
