"""Files in pieces: the tus protocol, over Django's test client and the real server."""

import base64
import errno
import hashlib
import os
import shutil
import socket
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.utils import timezone

from commonwire.media import arriving, quotas
from commonwire.media.models import Attachment
from commonwire.media.work import make
from commonwire.publishing.actions.uploads import sweep_uploads
from commonwire.publishing.models import Draft, Placement, Upload
from commonwire.publishing.views import uploads
from tests.contributor import a_file, the_post
from tests.factories import a_site, jpeg
from tests.media.pictures import telling
from tests.publishing.tus import PIECE, Sender

pytestmark = pytest.mark.django_db(transaction=True)
PHOTO = jpeg((60, 40))


@pytest.fixture(autouse=True)
def _forgetful():
    uploads.begun_per_network._levels.clear()
    quotas._sums.clear()


@pytest.fixture
def sender(client):
    return Sender(client).save(title="A", body="Text.")


@pytest.fixture
def begun(sender):
    """Where a photo's upload is, of which nothing came yet."""
    return sender.begin(len(PHOTO))["Location"]


def full_disk(monkeypatch, free=10_000_000):
    usage = SimpleNamespace(total=100 * 1024**3, free=free)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)


def left(data_directory):
    return [
        p.name
        for name in ("arriving", "quarantine")
        for p in (data_directory / name).glob("*")
    ]


# The protocol


def test_the_server_says_what_it_can(sender):
    answer = sender.ask("OPTIONS", sender.files, Tus_Resumable=None)
    assert (answer.status_code, answer["Tus-Version"]) == (204, "1.0.0")
    assert answer["Tus-Max-Size"] == str(1024**3)
    assert set(answer["Tus-Extension"].split(",")) == {
        *("creation", "creation-with-upload"),
        *("termination", "expiration", "checksum"),
    }


@pytest.mark.parametrize("version", [None, "0.2.2", "2.0.0", ""])
def test_another_version_is_told_which_one(sender, version):
    answer = sender.begin(5, Tus_Resumable=version)
    assert (answer.status_code, answer["Tus-Version"]) == (412, "1.0.0")


def test_a_file_is_made_and_placed_after_its_last_byte(sender):
    answer = sender.send(PHOTO)
    assert (answer.status_code, answer["Upload-Offset"]) == (204, str(len(PHOTO)))
    (placed,) = Placement.objects.all()
    assert (placed.attachment.state, placed.part) == ("waiting", 0)


def test_a_file_may_come_with_its_creation(sender):
    answer = sender.begin(len(PHOTO), body=PHOTO)
    assert (answer.status_code, answer["Upload-Offset"]) == (201, str(len(PHOTO)))
    assert Placement.objects.count() == 1


def test_a_part_of_it_may_come_with_its_creation(sender):
    answer = sender.begin(len(PHOTO), body=PHOTO[:10])
    assert answer["Upload-Offset"] == "10"
    assert sender.patch(answer["Location"], 10, PHOTO[10:]).status_code == 204
    assert Placement.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (PHOTO + b"x", {}, 413),
        (PHOTO, {"Upload_Checksum": "md5 AAAA"}, 400),
    ],
)
def test_a_creation_that_brings_what_cannot_be_taken_takes_no_place(
    sender, body, headers, status
):
    answer = sender.begin(len(PHOTO), body=body, **headers)
    assert answer.status_code == status
    assert Upload.objects.count() == 0


def test_an_upload_says_how_far_it_is(sender, begun):
    sender.patch(begun, 0, PHOTO[:7])
    answer = sender.head(begun)
    assert (answer["Upload-Offset"], answer["Upload-Length"]) == ("7", str(len(PHOTO)))
    assert answer["Cache-Control"] == "no-store"
    assert "GMT" in answer["Upload-Expires"]


@pytest.mark.parametrize("at", [0, 3, 11, 10**14])
def test_a_piece_for_another_place_is_refused(sender, begun, at):
    sender.patch(begun, 0, PHOTO[:10])
    answer = sender.patch(begun, at, PHOTO[10:20])
    assert answer.status_code in {409, 413}
    assert sender.head(begun)["Upload-Offset"] == "10"


@pytest.mark.parametrize("at", ["", "x", "-1", "1.5", "٣", "9" * 30])
def test_a_strange_offset_is_refused(sender, begun, at):
    assert sender.patch(begun, at, b"x").status_code == 400


@pytest.mark.parametrize("length", ["", "x", "-1", "1e9", "9" * 30])
def test_a_strange_length_is_refused(sender, length):
    assert sender.begin(length).status_code == 400


def test_a_length_that_comes_later_is_refused_with_a_sentence(sender):
    answer = sender.ask("POST", sender.files, Upload_Defer_Length="1")
    assert answer.status_code == 400
    assert "with its length" in answer.json()["sentence"]


def test_more_than_was_announced_is_refused(sender, begun):
    assert sender.patch(begun, 0, PHOTO + b"x").status_code == 413
    assert Placement.objects.count() == 0


def test_a_piece_of_another_type_is_refused(sender, begun):
    answer = sender.patch(begun, 0, PHOTO, Content_Type="image/jpeg")
    assert answer.status_code == 415


def test_a_piece_can_be_checked(sender, begun):
    digest = base64.b64encode(hashlib.sha1(PHOTO).digest()).decode()
    answer = sender.patch(begun, 0, PHOTO, Upload_Checksum=f"sha1 {digest}")
    assert answer.status_code == 204


def test_nothing_of_a_damaged_piece_is_kept(sender, begun):
    digest = base64.b64encode(hashlib.sha256(b"other").digest()).decode()
    sender.patch(begun, 0, PHOTO[:5])
    answer = sender.patch(begun, 5, PHOTO[5:], Upload_Checksum=f"sha256 {digest}")
    assert answer.status_code == 460
    assert sender.head(begun)["Upload-Offset"] == "5"


@pytest.mark.parametrize("told", ["md5 AAAA", "sha1 !", "x", "sha1", "sha1 AAAA"])
def test_another_checksum_is_refused(sender, begun, told):
    assert sender.patch(begun, 0, PHOTO, Upload_Checksum=told).status_code == 400


def test_an_upload_can_be_given_up(sender, begun, data_directory):
    sender.patch(begun, 0, PHOTO[:10])
    assert sender.ask("DELETE", begun).status_code == 204
    assert sender.head(begun).status_code == 404
    assert left(data_directory) == []


def test_an_upload_that_became_a_file_is_given_up_with_it(
    sender, begun, data_directory
):
    sender.patch(begun, 0, PHOTO)
    assert sender.ask("DELETE", begun).status_code == 204
    assert sender.head(begun).status_code == 404
    assert (Placement.objects.count(), Attachment.objects.count()) == (0, 0)
    assert left(data_directory) == []


def test_a_program_without_patch_says_it_in_a_header(sender, begun):
    answer = sender.ask(
        *("POST", begun, PHOTO),
        X_HTTP_Method_Override="PATCH",
        Upload_Offset=0,
    )
    assert answer.status_code == 204


def test_a_missed_last_answer_is_told_again(sender, begun):
    sender.patch(begun, 0, PHOTO)
    answer = sender.head(begun)
    assert (answer.status_code, answer["Upload-Offset"]) == (200, str(len(PHOTO)))
    assert sender.patch(begun, len(PHOTO), b"").status_code == 204
    assert Placement.objects.count() == 1


def test_a_crash_before_the_file_was_taken_in_is_mended(sender, begun, monkeypatch):
    def crash(**_given):
        raise SystemError

    with monkeypatch.context() as patched:
        patched.setattr(uploads.uploads, "finish", crash)
        with pytest.raises(SystemError):
            sender.patch(begun, 0, PHOTO)
    assert sender.head(begun)["Upload-Offset"] == str(len(PHOTO))
    assert Placement.objects.count() == 1


# Several at once


def test_who_comes_while_a_piece_is_written_is_asked_to_wait(sender, begun):
    with arriving.held(begun.rpartition("/")[2]):
        answer = sender.patch(begun, 0, PHOTO)
        assert answer.status_code == 423
    assert sender.patch(begun, 0, PHOTO).status_code == 204


def test_a_newer_connection_need_not_wait_for_the_old_one(sender, begun):
    """The old one hangs between two pieces, and then comes too late."""
    name = begun.rpartition("/")[2]

    def hanging():
        yield PHOTO[:10]
        assert sender.patch(begun, 10, PHOTO[10:20]).status_code == 204
        yield PHOTO[10:30]

    with pytest.raises(arriving.Elsewhere):
        arriving.append(name, 0, hanging())
    assert sender.head(begun)["Upload-Offset"] == "20"
    sender.patch(begun, 20, PHOTO[20:])
    assert Attachment.objects.get().width == 60


def test_files_come_side_by_side(sender):
    first, second = (sender.begin(len(PHOTO))["Location"] for _ in range(2))
    sender.patch(first, 0, PHOTO[:50])
    sender.patch(second, 0, PHOTO)
    sender.patch(first, 50, PHOTO[50:])
    assert Placement.objects.count() == 2


# Whose it is


def test_another_draft_s_upload_is_not_there(sender, begun):
    other = Sender(sender.client).save(title="B", body="Text.")
    path = begun.replace(sender.draft, other.draft)
    assert other.head(path).status_code == 404
    assert other.patch(path, 0, PHOTO).status_code == 404
    assert other.ask("DELETE", path).status_code == 404


@pytest.mark.parametrize("name", ["..", "..%2fsecret_key", "x" * 4000, "a\0b"])
def test_a_strange_address_is_not_found(sender, name):
    assert sender.head(f"{sender.files}{name}").status_code == 404


@pytest.mark.parametrize("name", ["x" * 4000, "../../secret", "a\0b", "🎉.jpg"])
def test_a_file_s_name_is_not_kept(sender, name):
    assert sender.send(PHOTO, name=name).status_code == 204
    held = str(list(Upload.objects.values()) + list(Attachment.objects.values()))
    assert name[:12] not in held


def test_metadata_that_cannot_be_read_is_refused(sender):
    answer = sender.begin(5, Upload_Metadata="filename !!!")
    assert answer.status_code == 400


def test_metadata_that_are_no_text_are_nobody_s_business(client):
    sender = Sender(client).save(title="A", **{"addendum-0-title": "Part"})
    answer = sender.begin(len(PHOTO), Upload_Metadata="hash /wD+,part MQ==,empty")
    assert answer.status_code == 201
    assert Upload.objects.get().part == 1


def test_a_file_for_an_addendum_goes_there(client):
    sender = Sender(client).save(title="A", **{"addendum-0-title": "Part"})
    sender.send(PHOTO, part=1)
    assert Placement.objects.get().part == 1


@pytest.mark.parametrize("part", [7, -1, "x", "9" * 50])
def test_a_file_for_no_such_part_stays_with_the_post(sender, part):
    sender.send(PHOTO, part=part)
    assert Placement.objects.get().part == 0


def test_what_is_on_its_way_moves_with_its_addendum(client, contributor):
    sender = Sender(client).save(
        title="A", **{"addendum-0-title": "One", "addendum-1-title": "Two"}
    )
    where = sender.begin(len(PHOTO), part=2)["Location"]
    contributor.get(sender.draft).send(do="remove-1")
    sender.patch(where, 0, PHOTO)
    assert Placement.objects.get().part == 1


def test_a_published_draft_takes_no_more(sender, begun, contributor):
    contributor.get(sender.draft).send(do="publish").wait()
    assert sender.patch(begun, 0, PHOTO).status_code == 410
    assert sender.begin(5).status_code == 410
    assert the_post().pictures == []


# What is refused


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"Not a picture at all.", "none that this site can read"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
    ],
)
def test_a_file_that_cannot_be_taken_is_gone_with_a_sentence(
    sender, data_directory, content, sentence
):
    where = sender.begin(len(content))["Location"]
    answer = sender.patch(where, 0, content)
    assert answer.status_code == 422
    assert sentence in answer.json()["sentence"]
    assert sender.head(where).status_code == 404
    assert left(data_directory) == []


def test_an_empty_file_is_refused_at_once(sender):
    answer = sender.begin(0)
    assert answer.status_code == 422
    assert "is empty" in answer.json()["sentence"]


def test_a_file_that_is_too_large_is_refused_at_once(sender):
    answer = sender.begin(quotas.largest() + 1)
    assert answer.status_code == 413
    assert "larger than" in answer.json()["sentence"]


def test_the_twenty_first_is_refused_those_on_their_way_counted(sender):
    for _ in range(19):
        assert sender.begin(5).status_code == 201
    sender.send(PHOTO)
    answer = sender.begin(5)
    assert answer.status_code == 409
    assert "20 files fit in a post" in answer.json()["sentence"]


def test_a_draft_takes_in_so_much_and_no_more(sender, monkeypatch):
    monkeypatch.setattr(quotas, "PER_POST", len(PHOTO) * 2)
    sender.send(PHOTO)
    assert sender.begin(len(PHOTO)).status_code == 201
    assert sender.begin(len(PHOTO)).status_code == 409


def test_a_site_may_have_a_limit_of_its_own(sender):
    a_site(room_for_files=0)
    answer = sender.begin(5)
    assert answer.status_code == 507
    assert "no room for more files" in answer.json()["sentence"]


def test_what_is_on_its_way_counts_at_once_for_the_limit_of_the_site(
    sender, monkeypatch
):
    monkeypatch.setattr(quotas, "GIGABYTE", len(PHOTO) * 3 // 2)
    a_site(room_for_files=1)
    first, second = (sender.begin(len(PHOTO))["Location"] for _ in range(2))
    assert sender.patch(first, 0, PHOTO[:-1]).status_code == 204
    assert sender.patch(second, 0, PHOTO).status_code == 507
    assert sender.begin(len(PHOTO)).status_code == 507


def test_what_came_a_moment_ago_counts_for_the_limit_of_the_site(sender):
    quotas.used_bytes()
    sender.send(PHOTO)
    assert quotas.used_bytes() >= len(PHOTO)


def test_many_at_once_from_one_network_wait(sender):
    uploads.begun_per_network._levels.clear()
    answers = [sender.begin(0) for _ in range(uploads.begun_per_network.capacity + 1)]
    assert answers[-1].status_code == 429
    assert answers[-1]["Retry-After"] == "10"


def test_a_disk_nearly_full_takes_no_file_but_text(sender, contributor, monkeypatch):
    full_disk(monkeypatch)
    answer = sender.begin(5)
    assert answer.status_code == 507
    assert "texts can be published" in answer.json()["sentence"]
    contributor.publish(title="Text only", body="Text.")
    assert the_post().title == "Text only"


def test_an_upload_outlives_a_disk_that_is_full_for_a_while(sender, begun, monkeypatch):
    with monkeypatch.context() as patched:
        full_disk(patched)
        assert sender.patch(begun, 0, PHOTO).status_code == 507
    assert sender.patch(begun, 0, PHOTO).status_code == 204


def test_a_plain_form_on_a_full_disk_loses_only_its_files(contributor, monkeypatch):
    full_disk(monkeypatch)
    contributor.preview(title="A", body="Text.", files=[a_file(PHOTO)])
    (notice,) = contributor.notices
    assert notice.startswith("“photo.jpg”: The site has no room")
    contributor.publish()
    assert the_post().title == "A"


def test_a_write_that_finds_no_room_costs_only_its_upload(
    sender, begun, monkeypatch, data_directory
):
    other = sender.begin(len(PHOTO))["Location"]

    def full(_descriptor, _data):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        assert sender.patch(begun, 0, PHOTO).status_code == 507
    assert sender.head(begun).status_code == 404
    assert sender.patch(other, 0, PHOTO).status_code == 204


# What is forgotten


def test_what_nobody_goes_on_with_is_forgotten_after_a_day(
    sender, begun, data_directory
):
    sender.patch(begun, 0, PHOTO[:10])
    with time_machine.travel(timezone.now() + timedelta(hours=23)):
        assert sweep_uploads() == 0
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert sweep_uploads() == 1
    assert (Upload.objects.count(), left(data_directory)) == (0, [])


def test_a_file_without_a_row_is_forgotten(sender, begun, data_directory):
    Upload.objects.all().delete()
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        sweep_uploads()
    assert left(data_directory) == []


def test_a_file_removed_from_the_draft_is_forgotten_with_its_upload(
    sender, contributor
):
    sender.send(PHOTO)
    public_id = Attachment.objects.get().public_id
    contributor.get(sender.draft).send(**{f"file-{public_id}-remove": "on"})
    assert (Upload.objects.count(), Attachment.objects.count()) == (0, 0)


def test_without_scripts_a_draft_tells_of_what_is_not_whole_and_gives_it_up(
    sender, begun, contributor, data_directory
):
    sender.patch(begun, 0, PHOTO[:10])
    contributor.get(sender.draft)
    assert "1 file was begun with scripts" in contributor.page.text
    contributor.preview(**{"unfinished-remove": "on"})
    assert (Upload.objects.count(), left(data_directory)) == (0, [])
    assert "begun with scripts" not in contributor.page.text


def test_what_is_being_written_just_now_is_not_given_up(sender, begun, contributor):
    with arriving.held(begun.rpartition("/")[2]):
        contributor.get(sender.draft).preview(**{"unfinished-remove": "on"})
    assert sender.patch(begun, 0, PHOTO).status_code == 204


# How far they are


def test_the_status_tells_of_files_and_of_those_on_their_way(sender, begun):
    sender.send(PHOTO)
    sender.patch(begun, 0, PHOTO[:10])
    (arrives,) = sender.status["arriving"]
    assert (arrives["offset"], arrives["length"]) == (10, len(PHOTO))
    assert begun.endswith(arrives["id"])
    (file,) = sender.status["files"]
    assert (file["kind"], file["state"], file["part"]) == ("picture", "waiting", 0)
    assert file["thumbnail"] == ""


def test_a_made_file_has_a_thumbnail_to_show(sender):
    sender.send(telling("JPEG"))
    make(Attachment.objects.get().public_id, tell=lambda _row: None)
    (file,) = sender.status["files"]
    assert file["state"] == "made"
    assert any("GPS position" in words for words in file["removed"])
    answer = sender.client.get(file["thumbnail"])
    assert answer.status_code == 200
    answer.close()


def test_the_status_is_never_stored(sender):
    answer = sender.client.get(f"{sender.draft}files.json")
    assert answer["Cache-Control"] == "no-store"


def test_there_is_no_status_of_no_draft(client):
    assert client.get("/publish/nothing/files.json").status_code == 404


def test_saving_for_a_script_answers_with_the_address_only(client):
    sender = Sender(client).save()
    assert Draft.objects.count() == 1
    assert client.get(sender.draft).status_code == 200


# The real server


TUS = {"Tus_Resumable": "1.0.0"}
# More than goes through at once.
LARGE = PHOTO + b"\0" * 1_000_000


class Line:
    """One upload to the real server."""

    def __init__(self, server, content):
        self.server, self.content = server, content
        typed = {"kind": "report", "title": "A", "do": "save"}
        status, headers, _body = server.post("/publish/", typed)
        assert status == 201
        self.files = f"{headers['Location']}files/"
        length = str(len(content))
        _status, headers, _body = server.request(
            "POST", self.files, b"", Upload_Length=length, **TUS
        )
        self.where = headers["Location"]

    @property
    def offset(self):
        _status, headers, _body = self.server.request("HEAD", self.where, **TUS)
        return int(headers["Upload-Offset"])

    def send(self, at, until=None):
        assert self._patched(at, until) == 204

    def send_the_rest(self):
        """As clients do: what was cut may still be written down when they ask."""
        self.server.wait_until(lambda: self._patched(self.offset) == 204)

    def _patched(self, at, until=None):
        piece = self.content[at:until]
        given = {**TUS, "Content_Type": PIECE, "Upload_Offset": str(at)}
        return self.server.request("PATCH", self.where, piece, **given)[0]

    def cut(self, until):
        """Begin to send all that is missing, and lose the connection on the way. Of the
        last that was on the line the server may have nothing."""
        at = self.offset
        head = f"PATCH {self.where} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        head += f"Tus-Resumable: 1.0.0\r\nUpload-Offset: {at}\r\n"
        head += f"Content-Type: {PIECE}\r\nContent-Length: {len(self.content) - at}"
        with socket.create_connection(("127.0.0.1", self.server.port)) as line:
            line.sendall(f"{head}\r\n\r\n".encode() + self.content[at:until])

    def wait_until_made(self):
        page = self.files.removesuffix("/") + ".json"
        made = b'"state": "made"'
        self.server.wait_until(lambda: made in self.server.get(page)[2])


@pytest.mark.slow
def test_a_file_cut_at_every_tenth_goes_on_where_it_was(server):
    line = Line(server, LARGE)
    reached = [0]
    for tenth in range(1, 10):
        line.cut(len(LARGE) * tenth // 10)
        reached.append(line.offset)
    line.send_the_rest()
    assert reached == sorted(reached)
    assert reached[-1] > 0
    line.wait_until_made()


@pytest.mark.slow
def test_an_upload_goes_on_after_the_server_was_killed(server):
    line, half = Line(server, PHOTO), len(PHOTO) // 2
    line.send(0, half)
    server.kill()
    server.start()
    assert line.offset == half
    line.send(half)
    line.wait_until_made()
