import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from commonwire.media import quotas, store


@pytest.fixture(autouse=True)
def handlers(settings):
    settings.FILE_UPLOAD_HANDLERS = ["commonwire.media.upload.QuarantineHandler"]


@pytest.fixture
def limit(monkeypatch):
    """Of one file, small enough for a test."""
    monkeypatch.setattr(quotas, "LARGEST", {"picture": 1_000_000})
    return quotas.largest()


def posted(**fields):
    return RequestFactory().post("/publish/", fields)


def a_file(name, content):
    return SimpleUploadedFile(name, content)


def in_quarantine():
    return sorted(store.quarantine().iterdir())


def test_a_file_lies_in_quarantine_for_this_user_only():
    taken = posted(file=a_file("me at home.jpg", b"content")).FILES["file"]
    assert in_quarantine() == [taken.path]
    assert taken.path.read_bytes() == b"content"
    assert taken.path.stat().st_mode & 0o777 == 0o600


def test_the_name_is_told_to_the_view_and_not_kept_on_disk():
    taken = posted(file=a_file("me at home.jpg", b"content")).FILES["file"]
    assert (taken.name, taken.size, taken.refused) == ("me at home.jpg", 7, "")
    assert "home" not in str(taken.path)


def test_a_file_that_is_too_big_costs_only_itself(limit):
    big = a_file("big.jpg", b"\0" * (limit + 1))
    request = posted(
        first=a_file("a", b"a"), big=big, last=a_file("z", b"z"), title="T"
    )
    assert request.POST["title"] == "T"
    assert request.FILES["big"].refused == "too_big_at_all"
    assert request.FILES["big"].size == limit + 1
    assert not request.FILES["big"].path.exists()
    assert [request.FILES[name].path.read_bytes() for name in ("first", "last")] == [
        b"a",
        b"z",
    ]


def test_a_file_of_just_the_limit_is_taken(limit):
    taken = posted(file=a_file("big.jpg", b"\0" * limit)).FILES["file"]
    assert taken.refused == ""
    assert taken.path.stat().st_size == limit


def test_several_files_of_one_field_are_kept_apart():
    files = [a_file("same.jpg", b"one"), a_file("same.jpg", b"two")]
    taken = posted(files=files).FILES.getlist("files")
    assert [file.path.read_bytes() for file in taken] == [b"one", b"two"]


def test_an_empty_file_is_told_to_the_view():
    taken = posted(file=a_file("empty.jpg", b"")).FILES["file"]
    assert (taken.size, taken.path.stat().st_size) == (0, 0)


def test_what_no_view_has_taken_in_goes_with_the_request():
    request = posted(file=a_file("a.jpg", b"content"))
    assert len(request.FILES) == 1
    request.close()
    assert in_quarantine() == []


def test_a_connection_that_breaks_leaves_nothing_behind():
    request = RequestFactory().generic(
        "POST",
        "/publish/",
        b'--x\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\nhalf',
        content_type="multipart/form-data; boundary=x",
    )
    request.META["CONTENT_LENGTH"] = "1000"
    assert request.FILES.get("f") is None or request.close() is None
    assert in_quarantine() == []
