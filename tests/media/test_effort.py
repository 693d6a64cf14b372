import pytest

from commonwire.media.effort import first_seconds, is_long
from commonwire.media.models import Attachment

HD = {"width": 1920, "height": 1080}
UHD = {"width": 3840, "height": 2160}


def film(seconds, **fields):
    return Attachment(kind="video", seconds=seconds, **{**HD, **fields})


@pytest.mark.parametrize(
    ("attachment", "long"),
    [
        (film(300), False),
        (film(301), True),
        (film(70, **UHD), False),
        (film(80, **UHD), True),
        (film(160, options={"faces": True}), True),
        (Attachment(kind="sound", seconds=5_400), False),
        (Attachment(kind="sound", seconds=7_200), True),
        (Attachment(kind="document", pages=500), False),
        (Attachment(kind="picture", **UHD), False),
    ],
)
def test_what_is_long_by_its_own_account(attachment, long):
    assert is_long(attachment) is long


def test_a_first_attempt_has_time_by_what_the_file_says_of_itself():
    assert first_seconds(film(0)) == 60
    assert first_seconds(film(3)) == 120
    assert first_seconds(film(300)) == 1800
    assert first_seconds(Attachment(kind="picture", **UHD)) == 15


def test_what_is_heavy_has_all_its_time():
    assert first_seconds(film(300, heavy=True)) == 0
