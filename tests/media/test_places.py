"""Which places of a picture have a number, and which faces are covered already."""

from commonwire.media.exchange import Box
from commonwire.media.places import Place, numbered

ANA, BEN = Box(0.1, 0.1, 0.2, 0.2), Box(0.6, 0.1, 0.2, 0.2)
PLATE = Box(0.4, 0.8, 0.2, 0.1)


def test_faces_come_first_and_keep_their_numbers():
    assert numbered([ANA, BEN], [PLATE]) == [
        Place(1, ANA, is_face=True),
        Place(2, BEN, is_face=True),
        Place(3, PLATE, is_covered=True),
    ]


def test_a_face_that_is_covered_is_one_place_with_its_cover():
    outward = Box(0.5999, 0.0999, 0.2002, 0.2002)
    assert numbered([ANA, BEN], [outward]) == [
        Place(1, ANA, is_face=True),
        Place(2, outward, is_covered=True, is_face=True),
    ]


def test_a_cover_over_two_faces_leaves_none_to_be_covered():
    both = Box(0, 0, 1, 0.5)
    assert numbered([ANA, BEN], [both]) == [
        Place(1, both, is_covered=True, is_face=True)
    ]


def test_a_face_half_covered_is_still_offered():
    half = Box(0.1, 0.1, 0.1, 0.2)
    assert numbered([ANA], [half]) == [
        Place(1, ANA, is_face=True),
        Place(2, half, is_covered=True),
    ]
