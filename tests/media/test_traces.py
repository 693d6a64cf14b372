import json
import shutil
import subprocess

import pytest
from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

from commonwire.media import messages as say
from commonwire.media import renditions
from commonwire.media.exchange import MAX_DETAIL
from tests.media import pictures

# What a decoder must know: sizes, codecs, and the file system's own facts.
STRUCTURAL = {"SourceFile", "ExifTool", "System", "File", "JFIF", "RIFF", "Composite"}
SECRETS = (pictures.SENTINEL.encode(), pictures.SENTINEL.encode("utf-16-le"))

exiftool = pytest.mark.skipif(
    shutil.which("exiftool") is None, reason="exiftool is not installed; CI has it"
)


def leaks(directory):
    return [
        path.name
        for path in directory.iterdir()
        if any(secret in path.read_bytes() for secret in SECRETS)
    ]


def groups_seen_by_exiftool(directory):
    told = subprocess.run(
        [
            "exiftool",
            "-json",
            "-G1",
            "-a",
            "-u",
            *sorted(map(str, directory.iterdir())),
        ],
        capture_output=True,
        check=True,
    )
    return {key.split(":")[0] for item in json.loads(told.stdout) for key in item}


def plant(path):
    """What cameras and programs write, wherever exiftool can put it in this format."""
    word = pictures.SENTINEL
    tags = ["Make", "SerialNumber", "XMP:Creator", "IPTC:By-line", "GPSLatitude=52.5"]
    told = [f"-{tag}" if "=" in tag else f"-{tag}={word}" for tag in tags]
    subprocess.run(
        ["exiftool", "-q", "-m", "-overwrite_original", *told, str(path)], check=False
    )


ENDS = {"JPEG": b"\xff\xd9", "PNG": b"IEND\xaeB`\x82"}


@pytest.mark.parametrize("kind", ENDS)
def test_data_behind_the_end_is_told_even_if_it_ends_like_a_picture(kind, upload):
    content = pictures.encoded(pictures.gradient(), kind)
    assert removed_from(upload(content + b"\0\0\n")) == []
    hidden = b"hidden words " * 9_000 + ENDS[kind]
    assert removed_from(upload(content + hidden)) == [say.TRAILER]


@pytest.mark.parametrize(
    "options", [{}, {"progressive": True}, {"restart_marker_rows": 1}]
)
def test_the_end_of_a_jpeg_is_not_that_of_its_preview(options, upload):
    content = pictures.encoded(pictures.gradient(), "JPEG", quality=95, **options)
    content = content[:2] + pictures.preview() + content[2:]
    assert say.TRAILER not in removed_from(upload(content))


def removed_from(path):
    return [trace.phrase for trace in renditions.look(path).removed]


@pytest.mark.parametrize("kind", pictures.FORMATS)
def test_no_secret_of_the_file_is_in_any_rendition(kind, upload, into):
    path = upload(pictures.telling(kind))
    assert any(secret in path.read_bytes() for secret in SECRETS)
    renditions.make(upload=path, into=into)
    assert leaks(into) == []


@exiftool
@pytest.mark.parametrize("kind", pictures.FORMATS)
def test_exiftool_finds_only_structure_in_renditions(kind, upload, into):
    renditions.make(upload=upload(pictures.telling(kind)), into=into)
    assert groups_seen_by_exiftool(into) <= STRUCTURAL


@exiftool
@pytest.mark.parametrize(
    ("kind", "ending"),
    [
        ("JPEG", "jpg"),
        ("PNG", "png"),
        ("WEBP", "webp"),
        ("HEIF", "heic"),
        ("AVIF", "avif"),
    ],
)
def test_what_exiftool_plants_does_not_come_out(kind, ending, tmp_path, into):
    path = tmp_path / f"photo.{ending}"
    path.write_bytes(pictures.encoded(pictures.gradient(), kind))
    plant(path)
    assert SECRETS[0] in path.read_bytes()
    renditions.make(upload=path, into=into)
    assert leaks(into) == []
    assert groups_seen_by_exiftool(into) <= STRUCTURAL


@exiftool
def test_exiftool_finds_only_structure_in_pictures_of_real_phones(shared, tmp_path):
    for number, name in enumerate(
        ["IMG_1034.heic", "HTC-Desire.webp", "Issue-600-1-.jpg"]
    ):
        into = tmp_path / str(number)
        into.mkdir()
        renditions.make(upload=shared / "pictures" / name, into=into)
        assert groups_seen_by_exiftool(into) <= STRUCTURAL


def phrases(made):
    return [trace.phrase for trace in made.removed]


def test_the_contributor_is_told_what_was_removed_from_a_jpeg(upload, into):
    made = renditions.make(upload=upload(pictures.telling("JPEG")), into=into)
    assert phrases(made) == [
        say.GPS,
        say.CAMERA,
        say.SERIAL,
        say.TAKEN,
        say.AUTHOR,
        say.COMMENT,
        say.XMP,
        say.TRAILER,
    ]


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "HEIF", "AVIF"])
def test_the_contributor_is_told_of_the_position_in_every_format(kind, upload, into):
    made = renditions.make(upload=upload(pictures.telling(kind)), into=into)
    assert {say.GPS, say.CAMERA, say.SERIAL, say.XMP} <= set(phrases(made))


def details(made):
    return {trace.phrase: trace.detail for trace in made.removed}


def photograph(upload, into, **base):
    """What is told of a photograph with these tags by name, ``gps`` among them."""
    tags = Image.Exif()
    for name, value in base.items():
        if name == "gps":
            tags.get_ifd(ExifTags.IFD.GPSInfo).update(value)
        elif name in {"DateTimeOriginal", "CameraOwnerName", "BodySerialNumber"}:
            tags.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base[name]] = value
        else:
            tags[ExifTags.Base[name]] = value
    content = pictures.encoded(pictures.gradient(), "JPEG", exif=tags)
    return details(renditions.make(upload=upload(content), into=into))


MINNEAPOLIS = {
    ExifTags.GPS.GPSLatitudeRef: "N",
    ExifTags.GPS.GPSLatitude: (44.0, 58.0, 12.3),
    ExifTags.GPS.GPSLongitudeRef: "W",
    ExifTags.GPS.GPSLongitude: (93.0, 15.0, 36.0),
}


def test_the_contributor_is_told_where_when_and_with_what(upload, into):
    told = photograph(
        upload,
        into,
        gps=MINNEAPOLIS,
        Make="Fairphone",
        Model="4",
        DateTimeOriginal="2026:01:16 12:00:00",
        BodySerialNumber="A1234567",
        CameraOwnerName="Jo Doe",
    )
    assert told == {
        say.GPS: "44.97, -93.26",
        say.CAMERA: "Fairphone 4",
        # That it is there is enough to know.
        say.SERIAL: "",
        say.OWNER: "Jo Doe",
        say.TAKEN: "16 Jan 2026",
    }


@pytest.mark.parametrize(
    "gps",
    [
        {ExifTags.GPS.GPSLatitude: (44.0, 58.0, 12.3)},
        {**MINNEAPOLIS, ExifTags.GPS.GPSLatitude: (IFDRational(1, 0), 0.0, 0.0)},
        {**MINNEAPOLIS, ExifTags.GPS.GPSLongitude: (900.0, 0.0, 0.0)},
    ],
    ids=["half", "no number", "beyond the earth"],
)
def test_a_position_that_is_none_is_told_without_numbers(gps, upload, into):
    assert photograph(upload, into, gps=gps) == {say.GPS: ""}


def test_a_maker_named_twice_is_said_once(upload, into):
    told = photograph(upload, into, Make="Canon", Model="Canon EOS 5D")
    assert told == {say.CAMERA: "Canon EOS 5D"}


@pytest.mark.parametrize("letters", ["utf-8", "latin-1"])
def test_names_keep_their_letters(letters, upload, into):
    told = photograph(upload, into, Artist="Jörg Müller".encode(letters))
    assert told == {say.AUTHOR: "Jörg Müller"}


@pytest.mark.parametrize("time", ["0000:00:00 00:00:00", "yesterday", "2026:13:40"])
def test_a_day_that_is_none_is_told_without_it(time, upload, into):
    assert photograph(upload, into, DateTime=time) == {say.TAKEN: ""}


def test_words_of_the_file_are_short_and_harmless(upload, into):
    told = photograph(upload, into, Artist="Jo\x1b[31m\n Doe " + "x" * 500)
    assert told[say.AUTHOR].startswith("Jo [31m Doe xxx")
    assert len(told[say.AUTHOR]) == MAX_DETAIL


def test_an_iphone_tells_what_an_iphone_tells(shared, into):
    path = shared / "pictures" / "IMG_1034.heic"
    assert phrases(renditions.make(upload=path, into=into)) == [
        say.GPS,
        say.CAMERA,
        say.TAKEN,
        say.THUMBNAIL,
        say.MAKER_NOTES,
        say.SOFTWARE,
        say.COLOURS,
    ]


def test_a_picture_that_says_nothing_has_nothing_removed(upload, into):
    source = pictures.encoded(pictures.gradient(), "JPEG")
    assert phrases(renditions.make(upload=upload(source), into=into)) == []


def test_odd_exif_does_not_stand_in_the_way(upload, into):
    source = pictures.encoded(
        pictures.gradient(), "JPEG", exif=b"Exif\0\0MM\0*\xff\xff"
    )
    renditions.make(upload=upload(source), into=into)
    with Image.open(into / "original.jpg") as original:
        assert original.size == (400, 300)
