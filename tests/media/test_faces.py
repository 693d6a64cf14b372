"""Drawn faces of nobody are found, at any size and turn; the rest stays unfound."""

import pytest
from PIL import Image

from commonwire.media import faces
from commonwire.media.exchange import Box
from tests.media.portraits import crowd

SIZE = (1600, 1200)


def found_in(scene, **options):
    return faces.find(scene.picture.tobytes(), *scene.picture.size, **options)


def holds(box, face):
    """Whether the middle of the face, and most of it, lies in the box."""
    wide = min(box.left + box.width, face.left + face.width) - max(box.left, face.left)
    high = min(box.top + box.height, face.top + face.height) - max(box.top, face.top)
    return wide > 0.8 * face.width and high > 0.8 * face.height


def missed(scene, boxes):
    return [
        number
        for number, face in enumerate(scene.faces)
        if not any(holds(box, face) for box in boxes)
    ]


def rows(height, *, number=12):
    return [(40 + n % 6 * 255, 40 + n // 6 * 560, height) for n in range(number)]


@pytest.mark.parametrize("height", [32, 48, 96, 240])
def test_every_face_of_a_crowd_is_found_once(height):
    scene = crowd(SIZE, rows(height))
    boxes = found_in(scene)
    assert missed(scene, boxes) == []
    assert len(boxes) == len(scene.faces)


@pytest.mark.parametrize("height", [400, 700, 1000, 1200])
def test_a_near_face_is_one_box(height):
    scene = crowd(SIZE, [(200, (SIZE[1] - height) // 2, height)])
    boxes = found_in(scene)
    assert missed(scene, boxes) == []
    assert len(boxes) == 1


@pytest.mark.parametrize("turned", [30, 90, 180, 270])
def test_a_face_that_lies_is_found(turned):
    scene = crowd(SIZE, rows(260, number=4), turned=turned)
    assert len(found_in(scene)) == len(scene.faces)


def test_a_face_before_a_larger_one_is_found_too():
    scene = crowd(SIZE, [(300, 50, 1100), (840, 860, 180)])
    assert len(found_in(scene)) == 2


def test_the_box_is_larger_than_the_face_and_within_the_picture():
    scene = crowd((600, 600), [(-30, 100, 300), (350, 330, 270)])
    for box in found_in(scene):
        assert box.left >= 0
        assert box.top >= 0
        assert box.left + box.width <= 1
        assert box.top + box.height <= 1
    assert missed(scene, found_in(scene)) == []


def test_a_faster_look_finds_the_near_ones():
    scene = crowd(SIZE, rows(240))
    assert len(found_in(scene, fine=800)) == len(scene.faces)


@pytest.mark.parametrize(
    "empty",
    [
        Image.new("RGB", (1280, 960), "white"),
        Image.effect_noise((1280, 960), 60).convert("RGB"),
        crowd((1280, 960), []).picture,
        Image.new("RGB", (1, 1)),
        Image.new("RGB", (3, 900)),
        Image.new("RGB", (5000, 2)),
    ],
    ids=["white", "noise", "street", "one pixel", "narrow", "low"],
)
def test_where_nobody_is_nobody_is_found(empty):
    assert faces.find(empty.tobytes(), *empty.size) == []


@pytest.mark.parametrize(
    ("rgb", "width", "height"),
    [
        (b"", 0, 0),
        (b"\0" * 299, 10, 10),
        (b"\0" * 300, -10, -10),
        (b"\0" * 301, 10, 10),
    ],
)
def test_a_buffer_of_another_length_is_refused(rgb, width, height):
    with pytest.raises(ValueError, match="bytes"):
        faces.find(rgb, width, height)


@pytest.mark.parametrize("kind", ["jpg", "webp", "png"])
def test_faces_in_a_file(tmp_path, kind):
    scene = crowd((3200, 2400), [(300, 300, 500), (2000, 1400, 300), (1500, 200, 64)])
    path = tmp_path / f"master.{kind}"
    scene.picture.save(path)
    boxes = faces.find_in(path)
    assert missed(scene, boxes) == []
    assert len(boxes) == 3
    assert all(isinstance(box, Box) for box in boxes)
