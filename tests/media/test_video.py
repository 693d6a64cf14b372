import json
import shutil
import subprocess
from itertools import pairwise

import av
import pytest
from PIL import Image

from commonwire.media import messages as words
from commonwire.media import video
from commonwire.media.exchange import Box, Options
from commonwire.media.messages import Refused
from tests.media import clips

POSTER = {"320.jpg", "320.webp"}
exiftool = pytest.mark.skipif(
    shutil.which("exiftool") is None, reason="exiftool is not installed; CI has it"
)


def silent(percent):
    pass


def make(path, into, **options):
    return video.make(upload=path, into=into, options=Options(**options), say=silent)


def reason(path, into):
    with pytest.raises(Refused) as caught:
        make(path, into)
    assert list(into.iterdir()) == []
    return caught.value.reason


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A clip larger than the small rendition, and what is made of it."""
    place = tmp_path_factory.mktemp("clip")
    into = place / "into"
    into.mkdir()
    path = clips.video(
        place / "upload.mp4", size=(1281, 721), form="yuv444p", seconds=1.0
    )
    return make(path, into), into


def test_a_clip_has_its_renditions_and_its_poster(made):
    made, into = made
    names = {each.name for each in made.renditions}
    assert names == {path.name for path in into.iterdir()}
    assert {"video.mp4", "small.mp4", "640.webp", "640.jpg", *POSTER} <= names


def test_the_rows_tell_what_the_files_are(made):
    made, into = made
    for each in made.renditions:
        path = into / each.name
        assert each.bytes == path.stat().st_size
        if each.type.startswith("video"):
            with av.open(str(path)) as file:
                picture = file.streams.video[0]
                assert (picture.width, picture.height) == (each.width, each.height)


def test_odd_sizes_are_made_even(made):
    sizes = {each.name: (each.width, each.height) for each in made[0].renditions}
    assert sizes["video.mp4"] == (1280, 720)
    assert sizes["small.mp4"] == (854, 480)


def test_the_codecs_are_those_browsers_play(made):
    into = made[1]
    assert clips.codecs(into / "video.mp4") == ["aac", "h264"]
    assert clips.codecs(into / "small.mp4") == ["aac", "h264"]
    with av.open(str(into / "video.mp4")) as file:
        assert file.streams.video[0].codec_context.pix_fmt == "yuv420p"
        assert file.streams.video[0].profile == "High"


def test_an_mp4_begins_with_its_index(made):
    content = (made[1] / "video.mp4").read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


def test_webm_is_kept_where_it_is_smaller(tmp_path, into):
    def still(size, number):
        return clips.scene(size, 0)

    path = clips.video(tmp_path / "a.mp4", size=(640, 480), draw=still, tone=None)
    sizes = {each.name: each.bytes for each in make(path, into).renditions}
    assert sizes["video.webm"] < sizes["video.mp4"]
    assert clips.codecs(into / "video.webm") == ["av1"]


def test_no_larger_file_is_kept_beside_the_mp4(made):
    sizes = {each.name: each.bytes for each in made[0].renditions}
    assert sizes.get("video.webm", 0) < sizes["video.mp4"]


def test_1080_lines_are_the_most_either_way_up():
    assert video.fitted((3840, 2160), video.LARGE) == (1920, 1080)
    assert video.fitted((2160, 3840), video.LARGE) == (1080, 1920)
    assert video.fitted((641, 359), video.LARGE) == (640, 360)
    assert video.fitted((1920, 1080), video.SMALL) == (854, 480)
    assert video.fitted((30_000, 10), video.LARGE) == (1920, 2)


def test_no_sound_is_no_obstacle(tmp_path, into):
    make(clips.video(tmp_path / "a.mp4", seconds=0.4, tone=None), into)
    assert clips.codecs(into / "video.mp4") == ["h264"]


@pytest.mark.parametrize(
    ("name", "codec", "aac"),
    [
        ("a.mov", "libx265", "aac"),
        ("a.mkv", "libx264", "libopus"),
        ("a.webm", "libvpx-vp9", "libopus"),
        ("a.avi", "mpeg4", "libmp3lame"),
        ("a.mpg", "mpeg2video", "mp2"),
        ("a.ts", "libx264", "aac"),
        ("a.flv", "flv", "libmp3lame"),
        ("a.wmv", "wmv2", "libmp3lame"),
        ("a.3gp", "libx264", "aac"),
        ("a.mxf", "mpeg2video", "pcm_s16le"),
    ],
)
def test_what_phones_and_cameras_write_is_read(name, codec, aac, tmp_path, into):
    rate = 25
    path = clips.video(
        tmp_path / name, codec=codec, aac=aac, seconds=1.0, rate=rate, size=(160, 128)
    )
    looked = video.look(path)
    assert (looked.kind, looked.width, looked.height) == ("video", 160, 128)
    made = make(path, into)
    assert (made.width, made.height) == (160, 128)
    assert made.seconds == pytest.approx(1.0, abs=0.15)


def corner(size, number):
    """Black, its upper left quarter red."""
    picture = Image.new("RGB", size)
    picture.paste((255, 0, 0), (0, 0, size[0] // 2, size[1] // 2))
    return picture


@pytest.mark.parametrize(
    ("turned", "size", "red"),
    [
        (0, (320, 240), (20, 20)),
        (-90, (240, 320), (220, 20)),
        (90, (240, 320), (20, 300)),
        (180, (320, 240), (300, 220)),
    ],
)
def test_a_clip_comes_out_upright(turned, size, red, tmp_path, into):
    path = clips.video(
        tmp_path / "a.mp4", seconds=0.2, tone=None, draw=corner, turned=turned
    )
    looked = video.look(path)
    assert (looked.width, looked.height) == size
    make(path, into)
    frame = clips.frames(into / "video.mp4")[0]
    assert frame.size == size
    assert frame.getpixel(red)[0] > 180
    assert frame.getpixel((size[0] - red[0], size[1] - red[1]))[0] < 60
    with av.open(str(into / "video.mp4")) as file:
        assert next(file.decode(video=0)).rotation == 0


def test_frames_keep_their_times_where_these_vary(tmp_path, into):
    times = [0, 0.04, 0.3, 0.34, 0.5, 0.95, 1.0]
    path = clips.video(tmp_path / "a.mp4", times=times, tone=None)
    make(path, into)
    assert clips.moments(into / "video.mp4") == pytest.approx(times, abs=0.002)


@pytest.mark.parametrize(("rate", "left"), [(60, 30), (50, 25), (30, 30), (120, 30)])
def test_more_frames_than_needed_are_thinned_evenly(rate, left, tmp_path, into):
    path = clips.video(
        tmp_path / "a.mp4", rate=rate, seconds=1.0, tone=None, size=(64, 64)
    )
    make(path, into)
    moments = clips.moments(into / "video.mp4")
    assert len(moments) == left
    gaps = [b - a for a, b in pairwise(moments)]
    assert max(gaps) - min(gaps) < 0.003


def test_sound_stays_with_the_picture(tmp_path, into):
    made = make(clips.video(tmp_path / "a.mp4", seconds=2.0), into)
    with av.open(str(into / "video.mp4")) as file:
        heard = list(file.decode(audio=0))
    assert heard[-1].time == pytest.approx(made.seconds, abs=0.1)
    assert clips.pitch(into / "video.mp4") == pytest.approx(440, abs=5)


@pytest.mark.parametrize(
    "times", [[0], [0, 0.04, 0.08], [0, 1, 6]], ids=["a still", "a start", "a screen"]
)
@pytest.mark.parametrize("kind", ["mp4", "mkv"])
def test_sound_that_goes_on_without_new_frames_is_kept(
    kind, times, tmp_path, into, monkeypatch
):
    monkeypatch.setattr(video, "GAP_SECONDS", 3)
    monkeypatch.setattr(video, "LEAD_SECONDS", 3)
    path = clips.video(tmp_path / f"a.{kind}", times=times, seconds=9.0, size=(64, 64))
    made = make(path, into)
    assert (made.note, made.seconds) == ("", pytest.approx(9, abs=0.1))
    with av.open(str(into / "video.mp4")) as file:
        assert file.duration / 1e6 == pytest.approx(9, abs=0.1)
        heard = list(file.decode(audio=0))
    assert heard[-1].time == pytest.approx(9, abs=0.1)
    # The picture stays for as long, written again so that a player finds it.
    gaps = [b - a for a, b in pairwise([*clips.moments(into / "video.mp4"), 9])]
    assert max(gaps) <= video.HOLD_SECONDS + 0.01


def test_the_last_frame_of_a_silent_clip_lasts_as_long_as_it_did(tmp_path, into):
    path = clips.video(tmp_path / "a.mp4", rate=1, seconds=5, size=(64, 64), tone=None)
    assert make(path, into).seconds == 5
    with av.open(str(into / "video.mp4")) as file:
        assert file.duration / 1e6 == pytest.approx(5, abs=0.1)


def test_a_clock_of_sound_that_jumps_adds_no_hours_of_silence(tmp_path, into):
    path = clips.video(tmp_path / "a.mkv", seconds=1.0, size=(64, 64), jump=1000)
    assert make(path, into).seconds == pytest.approx(1, abs=0.2)


def test_sound_longer_than_a_video_may_be_is_refused(tmp_path, into, monkeypatch):
    monkeypatch.setattr(video, "MOST_SECONDS", 2)
    path = clips.video(tmp_path / "a.mp4", times=[0, 1], seconds=3.0, size=(64, 64))
    assert reason(path, into) == "too_long_video"


def test_bright_video_is_brought_to_ordinary_colours(tmp_path, into):
    def bright(context):
        context.color_trc, context.color_primaries, context.colorspace = 16, 9, 9
        context.color_range = 1

    def grey(size, number):
        # Half of PQ's scale: about 100 candelas, a middle white.
        return Image.new("RGB", size, (128, 128, 128))

    path = clips.video(
        tmp_path / "a.mp4",
        codec="libx265",
        form="yuv420p10le",
        dress=bright,
        draw=grey,
        seconds=0.3,
        tone=None,
    )
    make(path, into)
    with av.open(str(into / "video.mp4")) as file:
        frame = next(file.decode(video=0))
    assert (frame.color_trc, frame.color_primaries, frame.colorspace) == (1, 1, 1)
    red, green, blue = clips.mean(frame.to_image(), (0, 0, 320, 240))
    assert max(red, green, blue) - min(red, green, blue) < 6
    assert 100 < green < 200


@pytest.mark.parametrize("form", ["yuv420p", "yuvj420p", "yuv422p10le"])
def test_colours_stay_what_they_were(form, tmp_path, into):
    path = clips.video(
        tmp_path / "a.mp4", form=form, draw=corner, seconds=0.2, tone=None
    )
    make(path, into)
    was, now = (clips.frames(each)[0] for each in (path, into / "video.mp4"))
    box = (20, 20, 100, 80)
    assert clips.mean(now, box) == pytest.approx(clips.mean(was, box), abs=8)


def flash(size, number):
    """Black for more than the first second."""
    return clips.scene(size, number) if number > 30 else Image.new("RGB", size)


def test_the_poster_is_a_frame_with_something_on_it(tmp_path, into):
    path = clips.video(tmp_path / "a.mp4", draw=flash, seconds=3.0, tone=None)
    make(path, into)
    with Image.open(into / "320.jpg") as poster:
        assert max(clips.mean(poster, (0, 0, 320, 240))) > 40


def test_a_narrow_clip_has_a_poster_of_its_own_width(tmp_path, into):
    path = clips.video(tmp_path / "a.mp4", size=(96, 64), seconds=0.2, tone=None)
    names = {each.name for each in make(path, into).renditions}
    assert {"96.jpg", "96.webp"} <= names


def white(size, number):
    return Image.new("RGB", size, "white")


@pytest.mark.parametrize("style", ["solid", "mosaic", "blur"])
def test_a_cover_covers_in_every_rendition(style, tmp_path, into):
    path = clips.video(
        tmp_path / "a.mp4", size=(960, 640), seconds=0.4, tone=None, draw=clips.scene
    )
    covers = (Box(0.25, 0.25, 0.25, 0.5),)
    made = make(path, into, covers=covers, style=style)
    assert len(made.renditions) >= 6
    for each in made.renditions:
        with_motion = each.type.startswith("video")
        shown = clips.frames(into / each.name) if with_motion else [_opened(into, each)]
        for picture in shown:
            wide, high = picture.size
            inside = (wide // 4 + 8, high // 4 + 8, wide // 2 - 8, high * 3 // 4 - 8)
            if style == "solid":
                spread = picture.crop(inside).getextrema()
                assert max(most for _, most in spread) < 24


def _opened(into, rendition):
    return Image.open(into / rendition.name).convert("RGB")


def test_faces_are_covered_before_and_after_they_are_found(tmp_path, into, monkeypatch):
    seen = []

    def find(rgb, width, height):
        seen.append(len(rgb) == width * height * 3)
        return [Box(0.5, 0.5, 0.25, 0.25)] if len(seen) == 6 else []

    monkeypatch.setattr("commonwire.media.following.faces.find", find)
    path = clips.video(tmp_path / "a.mp4", draw=white, seconds=1.0, tone=None)
    make(path, into, faces=True)
    assert seen
    assert all(seen)
    shown = clips.frames(into / "video.mp4")
    covered = [n for n, frame in enumerate(shown) if frame.getpixel((200, 150))[0] < 60]
    # Found in the eleventh frame, the sixth that was looked at.
    assert covered == list(range(2, 19))
    assert shown[10].getpixel((100, 60)) >= (235, 235, 235)


def test_disguise_changes_the_voice_in_every_rendition(tmp_path, into):
    make(clips.video(tmp_path / "a.mp4", seconds=2.0), into, disguise=True)
    for path in into.glob("*.mp4"):
        assert abs(clips.pitch(path) - 440) > 40


def leaks(into):
    secret = clips.SENTINEL
    kept = (secret.encode(), secret.encode("utf-16-le"), b"44.97", b"2026")
    return [
        path.name
        for path in into.iterdir()
        if any(each in path.read_bytes() for each in kept)
    ]


@pytest.fixture
def telling(tmp_path):
    path = clips.video(
        tmp_path / "a.mov", seconds=0.5, metadata=clips.TELLING.items(), sounds=2
    )
    assert clips.SENTINEL.encode() in path.read_bytes()
    return path


def test_what_the_file_says_is_told_to_its_author(telling):
    told = {each.phrase: each.detail for each in video.look(telling).removed}
    assert told[words.GPS] == "44.97, -93.26"
    assert told[words.TAKEN] == "16 Jan 2026"
    assert told[words.CAMERA] == f"{clips.SENTINEL} model"
    assert {words.AUTHOR, words.COMMENT, words.FIELDS, words.MORE_SOUND} <= set(told)


def test_nothing_the_file_says_is_in_any_rendition(telling, into):
    make(telling, into)
    assert leaks(into) == []


@exiftool
def test_exiftool_finds_no_place_time_or_maker(telling, into):
    make(telling, into)
    told = subprocess.run(
        ["exiftool", "-ee", "-json", "-G1", "-a", "-u", *map(str, into.iterdir())],
        capture_output=True,
        check=True,
    )
    keys = {key.split(":")[-1] for item in json.loads(told.stdout) for key in item}
    assert not {key for key in keys if key.startswith(("GPS", "Location"))}
    assert not keys & {"Make", "Model", "Title", "Artist", "Comment", "Software"}
    dates = {
        value
        for item in json.loads(told.stdout)
        for key, value in item.items()
        if "Date" in key and "System" not in key
    }
    assert dates <= {"0000:00:00 00:00:00"}


def test_progress_goes_up_to_a_hundred(tmp_path, into):
    said = []
    path = clips.video(tmp_path / "a.mp4", tone=None, size=(64, 64))
    video.make(upload=path, into=into, options=Options(), say=said.append)
    assert said == sorted(set(said))
    assert (said[0], said[-1]) == (0, 100)
    assert len(said) > 20


def cut(path, part):
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * part)])
    return path


def test_a_clip_cut_off_is_published_as_far_as_it_goes(tmp_path, into):
    path = clips.video(tmp_path / "a.mkv", seconds=6.0, size=(160, 120), tone=None)
    made = make(cut(path, 0.5), into)
    assert made.note == words.CUT
    assert 1 < made.seconds < 5


def test_a_clip_cut_off_in_its_first_second_is_said_to_be(tmp_path, into):
    path = clips.video(tmp_path / "a.mkv", seconds=8.0, size=(160, 120), tone=None)
    assert reason(cut(path, 0.1), into) == "cut_off"


def test_an_mp4_without_its_index_is_said_to_be_cut_off(tmp_path, into):
    path = clips.video(tmp_path / "a.mp4", seconds=1.0)
    assert reason(cut(path, 0.5), into) == "cut_off"


def test_a_whole_clip_shorter_than_a_second_is_no_cut_one(tmp_path, into):
    path = clips.video(tmp_path / "a.mp4", seconds=0.2, tone=None)
    assert make(path, into).note == ""


def test_too_long_a_clip_is_refused_by_its_header(tmp_path, monkeypatch):
    monkeypatch.setitem(video.containers.MAX_SECONDS, "video", 1)
    with pytest.raises(Refused) as caught:
        video.look(clips.video(tmp_path / "a.mp4", tone=None))
    assert caught.value.reason == "too_long_video"


def test_a_clip_longer_than_it_says_is_refused_midway(tmp_path, into, monkeypatch):
    monkeypatch.setattr(video, "MOST_SECONDS", 1)
    assert reason(clips.video(tmp_path / "a.mp4", tone=None), into) == "too_long_video"


def test_too_many_pixels_are_refused_before_they_are_decoded(
    tmp_path, into, monkeypatch
):
    monkeypatch.setattr(video.containers, "VIDEO_MEGAPIXELS", 0.05)
    assert reason(clips.video(tmp_path / "a.mp4", tone=None), into) == "too_large_video"


def test_a_recording_without_pictures_is_no_video(tmp_path, into):
    path = clips.sound(tmp_path / "a.mkv", codec="libopus", seconds=1)
    assert video.look(path).kind == "sound"
    assert reason(path, into) == "damaged_clip"
