import av
import pytest
from PIL import Image

from commonwire.media import animation, renditions
from commonwire.media.exchange import Box, Options
from commonwire.media.messages import STILL
from tests.media import pictures

MOVING = ("GIF", "WEBP", "AVIF", "PNG")
# Milliseconds; those of GIF are whole hundredths of a second.
SHOWN = [40, 200, 70, 1000, 50, 300]


def moving(kind, *, size=(301, 201), shown=SHOWN, **options):
    frames = [pictures.gradient(size).rotate(25 * each) for each in range(len(shown))]
    return pictures.encoded(
        frames[0],
        kind,
        save_all=True,
        append_images=frames[1:],
        duration=shown,
        **options,
    )


def frames_of(path):
    with av.open(str(path)) as file:
        assert [stream.type for stream in file.streams] == ["video"]
        return [(frame.time, frame.to_image()) for frame in file.decode(video=0)]


def endings(made):
    return [each.name for each in made.renditions if each.name.startswith("anim")]


@pytest.mark.parametrize("kind", MOVING)
def test_an_animation_is_kept_with_its_timing(kind, upload, into):
    made = renditions.make(upload=upload(moving(kind)), into=into)
    assert made.note == ""
    assert endings(made) == ["animation.mp4", "animation.webp"]
    starts = [round(time * 1000) for time, _ in frames_of(into / "animation.mp4")]
    assert starts == [sum(SHOWN[:each]) for each in range(len(SHOWN))]


@pytest.mark.parametrize("kind", MOVING)
def test_the_last_frame_is_shown_as_long_as_it_was(kind, upload, into):
    renditions.make(upload=upload(moving(kind)), into=into)
    with av.open(str(into / "animation.mp4")) as file:
        # What a player goes by; the mean of frames is not.
        assert file.duration == sum(SHOWN) * 1000


@pytest.mark.parametrize("kind", MOVING)
def test_the_small_copy_for_feeds_keeps_timing_and_repeats(kind, upload, into):
    options = {} if kind == "AVIF" else {"loop": 3}
    renditions.make(upload=upload(moving(kind, **options)), into=into)
    with Image.open(into / "animation.webp") as picture:
        assert picture.info["loop"] == options.get("loop", 0)
        shown = []
        for number in range(picture.n_frames):
            picture.seek(number)
            picture.load()
            shown.append(picture.info["duration"])
    assert shown == SHOWN


def test_every_frame_shows_what_it_showed(upload, into):
    colours = ["red", "lime", "blue"]
    first, *others = (Image.new("RGB", (64, 64), colour) for colour in colours)
    content = pictures.encoded(
        first, "GIF", save_all=True, append_images=others, duration=100
    )
    renditions.make(upload=upload(content), into=into)
    brightest = []
    for _, frame in frames_of(into / "animation.mp4"):
        seen = frame.getpixel((32, 32))
        brightest.append(colours[seen.index(max(seen))])
    assert brightest == colours


def test_a_picture_for_programs_that_do_not_play_is_no_frame(upload, into):
    still, first, second = (
        Image.new("RGB", (64, 64), c) for c in ("red", "lime", "blue")
    )
    content = pictures.encoded(
        still,
        "PNG",
        save_all=True,
        append_images=[first, second],
        default_image=True,
        duration=[200, 300],
    )
    renditions.make(upload=upload(content), into=into)
    shown = [
        (
            round(time * 1000),
            frame.getpixel((32, 32)).index(max(frame.getpixel((32, 32)))),
        )
        for time, frame in frames_of(into / "animation.mp4")
    ]
    assert shown == [(0, 1), (200, 2)]


def test_frames_without_a_time_are_shown_as_browsers_do(upload, into):
    renditions.make(upload=upload(moving("GIF", shown=[0, 10, 20])), into=into)
    times = [round(time * 1000) for time, _ in frames_of(into / "animation.mp4")]
    assert times == [0, 100, 200]


def test_the_video_has_even_sides_and_nothing_of_the_file(upload, into):
    content = moving("GIF", comment=pictures.SENTINEL.encode())
    renditions.make(upload=upload(content), into=into)
    _, frame = frames_of(into / "animation.mp4")[0]
    assert frame.size == (300, 200)
    for path in into.iterdir():
        assert pictures.SENTINEL.encode() not in path.read_bytes()


def test_what_is_covered_is_covered_in_every_frame(upload, into):
    options = Options(covers=(Box(0.5, 0, 0.5, 1),))
    renditions.make(upload=upload(moving("GIF")), into=into, options=options)
    for _, frame in frames_of(into / "animation.mp4"):
        assert max(frame.getpixel((250, 100))) < 20


@pytest.mark.parametrize("bound", ["MAX_FRAMES", "MAX_PIXELS"])
def test_too_much_of_it_is_published_as_a_still(bound, upload, into, monkeypatch):
    monkeypatch.setattr(animation, bound, 5)
    made = renditions.make(upload=upload(moving("GIF")), into=into)
    assert made.note == STILL
    assert endings(made) == []


def test_a_small_copy_that_is_not_small_is_left_out(upload, into, monkeypatch):
    monkeypatch.setattr(animation, "WEBP_BYTES", 100)
    made = renditions.make(upload=upload(moving("GIF")), into=into)
    assert endings(made) == ["animation.mp4"]
    assert not (into / "animation.webp").exists()


def test_an_animation_broken_further_on_is_published_as_a_still(upload, into):
    content = moving("GIF")
    made = renditions.make(upload=upload(content[: len(content) // 2]), into=into)
    assert made.note == STILL
    assert sorted(path.name for path in into.iterdir()) == sorted(
        each.name for each in made.renditions
    )
