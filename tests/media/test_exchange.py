import pytest

from commonwire.media import messages as words
from commonwire.media.exchange import Looked, Trace, UnbelievableError

TOLD = Looked("video", 640, 360, 12.5, removed=[Trace(words.GPS, "44.97, -93.26")])


def test_what_was_looked_at_comes_through_as_it_was_told():
    assert Looked.read(TOLD.as_dict()) == TOLD


@pytest.mark.parametrize(
    "lie",
    [
        {"kind": "program"},
        {"width": -1},
        {"width": 60_000, "height": 60_000},
        {"height": "360"},
        {"seconds": float("nan")},
        {"seconds": 10**9},
        {"pages": 10**9},
        {"removed": None},
        {"removed": [{"phrase": words.GPS}]},
    ],
)
def test_what_no_honest_look_would_tell_is_not_believed(lie):
    with pytest.raises(UnbelievableError):
        Looked.read(TOLD.as_dict() | lie)


def test_a_phrase_that_is_not_ours_is_dropped():
    told = TOLD.as_dict() | {"removed": [{"phrase": "<script>", "detail": ""}]}
    assert Looked.read(told).removed == []
