"""Captions: times and words, and nothing else of the file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonwire.media import captions
from commonwire.media.messages import Refused

VTT = """WEBVTT - made by Ana

STYLE
::cue { background: url(https://example.org/x) }

REGION
id:a

NOTE Ana's own words

first
00:01.000 --> 00:02.500 position:10% region:a
<v Ana>Good <i>evening</i>
and &lt;welcome&gt;

00:00:03.000 --> 00:00:04.000
2 < 3 & 5 --> 6
"""
CLEAN = """WEBVTT

00:00:01.000 --> 00:00:02.500
<v Ana>Good evening</v>
<v Ana>and &lt;welcome&gt;</v>

00:00:03.000 --> 00:00:04.000
2 &lt; 3 &amp; 5 --&gt; 6
"""


@pytest.fixture
def cleaned(upload):
    def clean(text):
        content = text if isinstance(text, bytes) else text.encode()
        return captions.clean(upload(content))

    return clean


def test_only_times_and_words_are_kept(cleaned):
    assert cleaned(VTT) == CLEAN


def test_what_was_cleaned_stays_as_it_is(cleaned):
    assert cleaned(cleaned(VTT)) == CLEAN


def test_subrip_becomes_webvtt(cleaned):
    srt = "1\r\n00:00:01,000 --> 00:00:02,000\r\n<b>Hello</b>\r\n\r\n2\r\n01:00:00,500 --> 01:00:01,000\r\nBye\r\n"
    assert cleaned(srt) == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nHello\n\n"
        "01:00:00.500 --> 01:00:01.000\nBye\n"
    )


@pytest.mark.parametrize("number", ["", "2\n"], ids=["WebVTT", "SubRip"])
def test_a_cue_that_follows_without_an_empty_line_is_a_cue(number, cleaned):
    said = cleaned(
        f"00:01.000 --> 00:02.000\nOne\n{number}00:03.000 --> 00:04.000\nTwo\n"
    )
    assert said == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nOne\n\n"
        "00:00:03.000 --> 00:00:04.000\nTwo\n"
    )


def test_a_cue_may_end_with_a_number(cleaned):
    assert "four\n5\n" in cleaned("00:01.000 --> 00:02.000\nfour\n5\n")


@pytest.mark.parametrize(
    ("time", "read"), [("01", "01.000"), ("01,5", "01.500"), ("01.25", "01.250")]
)
def test_times_may_have_fewer_decimals(time, read, cleaned):
    assert f"\n00:00:{read} --> 00:00:09.000\n" in cleaned(
        f"1\n00:00:{time} --> 00:00:09,000\nHello\n"
    )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_utf_16_is_read(encoding, cleaned):
    mark = b"" if encoding == "utf-16" else b"\xfe\xff"
    text = "1\n00:00:01,000 --> 00:00:02,000\n日本語\n"
    assert "日本語" in cleaned(mark + text.encode(encoding))


def test_older_encodings_are_read(cleaned):
    assert "café" in cleaned(
        "1\n00:00:01,000 --> 00:00:02,000\ncafé\n".encode("cp1252")
    )


def test_cues_are_put_in_order(cleaned):
    late, early = "00:05.000 --> 00:06.000\nB\n", "00:01.000 --> 00:02.000\nA\n"
    said = cleaned(f"WEBVTT\n\n{late}\n{early}")
    assert said.index("\nA") < said.index("\nB\n")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"WEBVTT\n\nNOTE nothing\n",
        b"just words",
        b"\0" * 50,
        b"00:02.000 --> 00:01.000\nbackwards\n",
        b"x" * (captions.MAX_BYTES + 1),
    ],
)
def test_what_has_no_cues_is_refused(cleaned, content):
    with pytest.raises(Refused, match="not a captions file"):
        cleaned(content)


@given(words=st.text(st.characters(exclude_characters="\0"), max_size=200))
def test_no_words_become_markup_or_times(words, tmp_path_factory):
    path = tmp_path_factory.mktemp("captions") / "file"
    path.write_bytes(
        f"00:01.000 --> 00:02.000\nsure\n{words}".encode("utf-8", "replace")
    )
    head, *cues = captions.clean(path).split("\n\n")
    assert head == "WEBVTT"
    for cue in cues:
        timing, *lines = cue.strip("\n").split("\n")
        assert " --> " in timing
        assert not any("<" in line or "-->" in line for line in lines)


def vtt(*cues):
    return "WEBVTT\n\n" + "\n\n".join(
        f"00:{start:02}.000 --> 00:{end:02}.000\n{words}" for start, end, words in cues
    )


def read(cleaned, *cues):
    said = captions.transcript(cleaned(vtt(*cues)))
    return [(line.speaker, line.words) for line in said]


def test_a_transcript_says_who_speaks_and_joins_what_one_says(cleaned):
    cues = [
        (1, 2, "<v.loud Ana Reyes>Good evening"),
        (2, 3, "<v Ana Reyes>and welcome."),
        (3, 4, "<v Ben>Thank you.</v> (Applause)"),
    ]
    assert read(cleaned, *cues) == [
        ("Ana Reyes", "Good evening and welcome."),
        ("Ben", "Thank you."),
        ("", "(Applause)"),
    ]


def test_two_voices_in_one_line_are_told_apart(cleaned):
    cues = [(1, 2, "<v Ana>Yes?</v><v Ben>No!</v>")]
    assert read(cleaned, *cues) == [("Ana", "Yes?"), ("Ben", "No!")]


def test_a_silence_begins_a_paragraph(cleaned):
    cues = [(1, 2, "We stay."), (3, 4, "All of us."), (20, 21, "Good morning.")]
    assert [words for _who, words in read(cleaned, *cues)] == [
        "We stay. All of us.",
        "Good morning.",
    ]


def test_a_long_speech_is_cut_at_the_end_of_a_sentence(cleaned):
    cues = [
        (n, n + 1, "So many of us came that they" + "." * (n % 2)) for n in range(40)
    ]
    said = [words for _who, words in read(cleaned, *cues)]
    assert len(said) > 1
    assert all(words.endswith(".") for words in said)


@given(name=st.text(st.characters(exclude_characters="\0"), max_size=100))
def test_no_name_becomes_markup(name, tmp_path_factory):
    path = tmp_path_factory.mktemp("captions") / "file"
    words = f"00:01.000 --> 00:02.000\n<v {name}>sure".encode("utf-8", "replace")
    path.write_bytes(words)
    try:
        text = captions.clean(path)
    except Refused:
        return
    path.write_text(text)
    assert captions.clean(path) == text
    assert text.count("-->") == text.count(" --> 00:00:02.000\n") == 1
