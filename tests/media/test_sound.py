import os
import re
import shutil
import subprocess
from xml.etree import ElementTree as ET

import av
import pytest

from commonwire.media import messages as words
from commonwire.media import sound, voices
from commonwire.media.exchange import Options
from commonwire.media.messages import Refused
from tests.media import clips

exiftool = pytest.mark.skipif(
    shutil.which("exiftool") is None, reason="exiftool is not installed; CI has it"
)


def silent(percent):
    pass


def make(path, into, **options):
    return sound.make(upload=path, into=into, options=Options(**options), say=silent)


def reason(path, into):
    with pytest.raises(Refused) as caught:
        make(path, into)
    assert list(into.iterdir()) == []
    return caught.value.reason


@pytest.mark.parametrize(
    ("name", "codec", "rate"),
    [
        ("a.mp3", "libmp3lame", 44_100),
        ("a.m4a", "aac", 44_100),
        ("a.wav", "pcm_s16le", 48_000),
        ("a.flac", "flac", 48_000),
        ("a.ogg", "libopus", 48_000),
        ("a.opus", "libopus", 48_000),
        ("a.aac", "aac", 48_000),
        ("a.aiff", "pcm_s16be", 48_000),
        ("a.mka", "libopus", 48_000),
    ],
)
def test_every_kind_of_recording_is_made_anew(name, codec, rate, tmp_path, into):
    path = clips.sound(tmp_path / name, codec=codec, rate=rate)
    looked = sound.look(path)
    assert (looked.kind, looked.width, looked.height) == ("sound", 0, 0)
    made = make(path, into)
    assert made.seconds == pytest.approx(3.0, abs=0.2)
    assert {each.name for each in made.renditions} == {
        "sound.opus",
        "sound.mp3",
        "waveform.svg",
    }
    assert clips.codecs(into / "sound.opus") == ["opus"]
    assert clips.codecs(into / "sound.mp3") == ["mp3"]
    assert clips.pitch(into / "sound.opus") == pytest.approx(440, abs=5)
    assert clips.pitch(into / "sound.mp3") == pytest.approx(440, abs=5)


JUNK = {
    "zeros": b"\0" * 3_000,
    "a server's answer": b"HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\n\r\n",
    "what looks like frames": b"\xff\xfb\x90\x64" * 200,
    "as much as is looked through": bytes(range(1, 129)) * 500,
}


@pytest.mark.parametrize("rate", [44_100, 22_050])
@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK)
def test_an_mp3_behind_something_else_is_made_anew(junk, rate, tmp_path, into):
    path = clips.sound(tmp_path / "a.mp3", codec="libmp3lame", rate=rate, seconds=1.0)
    path.write_bytes(junk + path.read_bytes())
    assert sound.look(path).kind == "sound"
    assert make(path, into).seconds == pytest.approx(1.0, abs=0.2)


def test_few_frames_alone_are_no_recording(tmp_path, into):
    path = clips.sound(tmp_path / "a.mp3", codec="libmp3lame", seconds=1.0)
    frames = path.read_bytes()[-700:]
    path.write_bytes(b"\0" * 100 + frames)
    assert reason(path, into) == "unknown"


@pytest.mark.parametrize("name", [b"RF64", b"BW64"])
def test_a_wav_as_long_recorders_write_it_is_made_anew(name, tmp_path, into):
    path = clips.sound(tmp_path / "a.wav", codec="pcm_s16le")
    whole = path.read_bytes()
    # The sizes, which a WAV has no room for when they are large.
    sizes = b"".join(
        each.to_bytes(8, "little") for each in (len(whole), 3 * 48_000 * 2, 3 * 48_000)
    )
    ds64 = b"ds64" + (28).to_bytes(4, "little") + sizes + bytes(4)
    path.write_bytes(name + b"\xff" * 4 + b"WAVE" + ds64 + whole[12:])
    assert make(path, into).seconds == pytest.approx(3.0, abs=0.01)


def test_what_old_phones_record_is_made_anew(tmp_path, into):
    """AMR, which nothing here can encode: a second of empty frames of 12.2 kbit/s."""
    path = tmp_path / "a.amr"
    path.write_bytes(b"#!AMR\n" + (b"\x3c" + bytes(31)) * 50)
    assert sound.look(path).kind == "sound"
    made = make(path, into)
    assert made.seconds == pytest.approx(1.0, abs=0.2)
    assert {each.name for each in made.renditions} >= {"sound.opus", "sound.mp3"}


def test_the_rows_tell_what_the_files_are(tmp_path, into):
    made = make(clips.sound(tmp_path / "a.wav", codec="pcm_s16le", seconds=1), into)
    for each in made.renditions:
        assert each.bytes == (into / each.name).stat().st_size
    assert (made.width, made.height) == (0, 0)
    assert [(each.width, each.height) for each in made.renditions] == [
        (0, 0),
        (0, 0),
        sound.WAVE_SIZE,
    ]


def test_the_waveform_is_a_small_plain_drawing(tmp_path, into):
    make(clips.sound(tmp_path / "a.wav", codec="pcm_s16le", seconds=3), into)
    drawing = (into / "waveform.svg").read_text()
    assert len(drawing) < 12_000
    tags = [each.tag.rpartition("}")[2] for each in ET.fromstring(drawing).iter()]
    assert tags == ["svg", "path"]
    assert "currentColor" in drawing
    assert drawing.count("v100") in {29, 30}


def test_a_long_waveform_has_no_more_strokes_than_a_short_one():
    peaks = sound.Peaks()
    peaks.found = [1] * 100_000 + [9]
    drawn = peaks.drawn(600)
    assert len(drawn) <= 600
    assert drawn[-1] == 9


def test_a_cover_picture_makes_no_video_and_is_told(tmp_path, into):
    path = clips.sound(tmp_path / "a.mp3", codec="libmp3lame", seconds=1)
    frame = tmp_path / "cover.jpg"
    clips.scene((64, 64), 1).save(frame)
    path.write_bytes(id3_with(frame.read_bytes()) + path.read_bytes())
    looked = sound.look(path)
    assert looked.kind == "sound"
    assert words.THUMBNAIL in {each.phrase for each in looked.removed}
    make(path, into)
    assert all(b"JFIF" not in each.read_bytes() for each in into.iterdir())


def id3_with(picture):
    """An ID3v2.3 tag that holds a cover."""
    body = b"\0image/jpeg\0\x03\0" + picture
    frame = b"APIC" + len(body).to_bytes(4) + b"\0\0" + body
    size = bytes(len(frame) >> shift & 127 for shift in (21, 14, 7, 0))
    return b"ID3\x03\0\0" + size + frame


def test_nothing_the_file_says_is_in_any_rendition(tmp_path, into):
    path = clips.sound(
        tmp_path / "a.flac", codec="flac", seconds=1, metadata=clips.TELLING.items()
    )
    assert clips.SENTINEL.encode() in path.read_bytes()
    made = make(path, into)
    assert {words.GPS, words.AUTHOR} <= {each.phrase for each in made.removed}
    assert not any(
        clips.SENTINEL.encode() in each.read_bytes() for each in into.iterdir()
    )


@exiftool
def test_exiftool_finds_no_tags(tmp_path, into):
    path = clips.sound(
        tmp_path / "a.mp3", codec="libmp3lame", metadata=clips.TELLING.items()
    )
    make(path, into)
    told = subprocess.run(
        ["exiftool", "-ee", "-G1", "-a", "-u", *map(str, into.iterdir())],
        capture_output=True,
        check=True,
        text=True,
    )
    assert not re.search(r"(?m)^\[(ID3|XMP)", told.stdout)
    assert clips.SENTINEL not in told.stdout


def test_disguise_changes_the_pitch(tmp_path, into):
    path = clips.sound(tmp_path / "a.wav", codec="pcm_s16le")
    made = make(path, into, disguise=True)
    assert abs(clips.pitch(into / "sound.opus") - 440) > 40
    assert abs(clips.pitch(into / "sound.mp3") - 440) > 40
    assert made.seconds == pytest.approx(3.0, abs=0.1)


def test_a_disguise_is_another_one_for_each_file():
    filters = {tuple(voices.disguise(48_000)) for _ in range(20)}
    assert len(filters) > 1


def test_a_recording_cut_off_is_published_as_far_as_it_goes(tmp_path, into):
    path = clips.sound(tmp_path / "a.flac", codec="flac", seconds=20)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    made = make(path, into)
    assert made.note == words.CUT
    assert 5 < made.seconds < 15


def test_too_long_a_recording_is_refused(tmp_path, into, monkeypatch):
    path = clips.sound(tmp_path / "a.wav", codec="pcm_s16le")
    monkeypatch.setattr(sound, "MOST_SECONDS", 1)
    assert reason(path, into) == "too_long_sound"


def test_progress_goes_up_to_a_hundred(tmp_path, into):
    said = []
    path = clips.sound(tmp_path / "a.wav", codec="pcm_s16le")
    sound.make(upload=path, into=into, options=Options(), say=said.append)
    assert said == sorted(set(said))
    assert (said[0], said[-1]) == (0, 100)


# More by COMMONWIRE_TEST_HOURS, as docs/testing.md says.
HOURS = int(os.environ.get("COMMONWIRE_TEST_HOURS", "1"))


@pytest.mark.slow
@pytest.mark.timeout(400 * HOURS)
def test_a_long_recording_takes_no_more_memory_than_a_short_one(tmp_path):
    """In a process of its own, whose memory tells of nothing else."""
    path = tmp_path / "a.flac"
    with av.open(str(path), "w") as file:
        stream = file.add_stream("flac", rate=8_000)
        stream.layout = "mono"
        frame = av.AudioFrame("s16", "mono", 80_000)
        # Loud, since silence costs encoders nothing.
        frame.planes[0].update(bytes(range(256)) * 625)
        frame.sample_rate = 8_000
        for number in range(HOURS * 360):
            frame.pts = number * 80_000
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    (tmp_path / "into").mkdir()
    told = clips.in_a_process(
        "sound", path, tmp_path / "into", "made.seconds, peak_megabytes"
    )
    seconds, megabytes = told
    assert seconds == pytest.approx(HOURS * 3600, abs=1)
    assert megabytes < 150
