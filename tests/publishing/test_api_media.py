"""POST /api/v1/media."""

import pytest

from commonwire.media import store
from commonwire.media.messages import Refused
from commonwire.media.models import Attachment
from commonwire.publishing.api import uploading
from tests.publishing.program import Program, faults

pytestmark = pytest.mark.django_db


def test_a_picture_is_taken_in(program):
    answer = program.upload(alt="A line", caption="The line", credit="Ada")
    taken = Attachment.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {
        "id": taken.public_id,
        "kind": "picture",
        "state": "made",
        "width": 40,
        "height": 30,
        "removed": [],
        "note": "",
    }
    assert (taken.alt, taken.caption, taken.credit) == ("A line", "The line", "Ada")


def test_a_picture_may_be_decoration(program):
    program.upload(decorative="true")
    assert Attachment.objects.get().decorative is True


def test_invisible_characters_are_taken_out_of_its_words(program):
    program.upload(alt="a\0b\u202ec")
    assert Attachment.objects.get().alt == "abc"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 and so on", "PDF"),
        (b"\xff\xd8\xff\xe0 no picture", "cut off"),
        (b"\x00\x00\x00\x18ftypmp42" + b"\0" * 100, "recording"),
    ],
)
def test_a_file_that_is_not_taken_gets_a_sentence(program, content, sentence):
    answer = program.upload(content)
    assert answer.status_code == 422
    assert sentence in faults(answer)["file"]


def test_a_file_that_is_too_large_gets_a_sentence(program, monkeypatch):
    monkeypatch.setattr("commonwire.media.quotas.LARGEST", {"picture": 10})
    assert "larger than" in faults(program.upload())["file"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("alt", "x" * 1_001),
        ("caption", "x" * 1_001),
        ("credit", "x" * 201),
        ("decorative", "perhaps"),
        ("junk", "x"),
    ],
)
def test_wrong_words_are_named(program, field, value):
    answer = program.upload(**{field: value})
    assert answer.status_code == 422
    assert list(faults(answer)) == [field]
    assert not Attachment.objects.exists()


def test_a_file_is_needed(client):
    answer = client.post("/api/v1/media", {"alt": "x"})
    assert faults(answer)["file"].startswith("Send a file")


@pytest.mark.parametrize("name", [b"..", b"caf\xe9.jpg"])
def test_a_name_that_hides_a_file_is_said_to(name, client):
    start = b'--x\r\nContent-Disposition: form-data; name="file"; filename="%b"\r\n'
    body = start % name + b"Content-Type: image/jpeg\r\n\r\nx\r\n--x--\r\n"
    answer = client.generic(
        "POST", "/api/v1/media", body, content_type="multipart/form-data; boundary=x"
    )
    assert "a name that is not UTF-8" in faults(answer)["file"]


def test_when_the_site_is_busy_it_says_when_to_come_back(program, monkeypatch):
    def busy(**kwargs):
        raise Refused("busy")

    monkeypatch.setattr(uploading.media, "receive", busy)
    answer = program.upload()
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert "try again" in faults(answer)["file"]


def test_a_site_without_room_does_not_fill_its_log(program, monkeypatch, caplog):
    def full(_size):
        raise Refused("site_full")

    monkeypatch.setattr(uploading.uploads, "check_site", full)
    assert program.upload().status_code == 503
    assert caplog.records == []


def test_refused_files_are_not_kept(program):
    program.upload(b"%PDF-1.7")
    program.upload(junk="x")
    assert list(store.quarantine().iterdir()) == []


def test_a_network_sends_so_many_and_then_waits(client, monkeypatch):
    def refuse(**kwargs):
        raise Refused("empty")

    monkeypatch.setattr(uploading.media, "receive", refuse)
    program = Program(client)
    answers = [program.upload(b"x").status_code for _ in range(31)]
    assert answers == [422] * 30 + [429]
    assert program.upload(b"x").headers["Retry-After"] == "10"
    elsewhere = Program(client, address="203.0.113.1")
    assert elsewhere.upload(b"x").status_code == 422


def test_a_token_is_not_counted(office, monkeypatch):
    monkeypatch.setattr(uploading.uploads_per_network, "capacity", 0)
    assert office.upload().status_code == 201


def test_a_wrong_token_is_refused(program):
    program.token = "wrong"
    assert program.upload().status_code == 401
