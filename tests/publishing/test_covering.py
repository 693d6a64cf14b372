"""Covering faces and plates, without scripts: in a draft, and in what is published."""

import io

import pytest
from PIL import Image

from commonwire.media import store
from commonwire.media.models import Attachment
from tests.contributor import Contributor, a_file, the_post
from tests.factories import jpeg
from tests.media import portraits
from tests.media.pictures import encoded, telling

pytestmark = pytest.mark.django_db(transaction=True)
SIZE = (640, 480)


@pytest.fixture
def contributor(client):
    return Contributor(client)


@pytest.fixture
def crowd():
    """Two people on a street; the first is on the left."""
    scene = portraits.crowd(SIZE, [(80, 120, 180), (380, 120, 180)])
    return encoded(scene.picture, "JPEG", quality=92)


def drafted(contributor, content):
    contributor.preview(title="A march", body="Text.", files=[a_file(content)])
    return cover_page(contributor)


def cover_page(contributor):
    buttons = [
        each["attributes"].get("value") for each in contributor.page.all("button")
    ]
    (do,) = [value for value in buttons if value and value.startswith("cover-")]
    return contributor.send(do=do)


def picture(address, client):
    answer = client.get(address)
    return Image.open(io.BytesIO(b"".join(answer.streaming_content))).convert("RGB")


def at(picture, x, y):
    width, height = picture.size
    return picture.getpixel((int(x * width), int(y * height)))


def public():
    attachment = Attachment.objects.get()
    path = store.public(attachment.content_id) / "original.jpg"
    return Image.open(path).convert("RGB")


def test_found_faces_are_offered_and_none_is_covered_unasked(contributor, crowd):
    page = drafted(contributor, crowd).page
    assert "Found 2 faces; check for more." in page.text
    assert page.fields.get("face") is None
    contributor.get(contributor.where)
    assert Attachment.objects.get().options == {}


def test_a_picture_without_faces_says_what_that_means(contributor):
    page = drafted(contributor, jpeg(SIZE)).page
    assert "That does not mean that there is none" in page.text


def test_a_chosen_face_is_black_in_what_is_published(contributor, crowd, client):
    drafted(contributor, crowd)
    contributor.send(do="cover", face="1")
    contributor.publish()
    shown = public()
    assert max(at(shown, 0.26, 0.42)) < 10
    assert max(at(shown, 0.73, 0.42)) > 40


def test_squares_are_covered_by_name(contributor, crowd):
    drafted(contributor, crowd)
    contributor.send(do="cover", cell=["A1", "H6"])
    contributor.publish()
    shown = public()
    assert max(at(shown, 0.05, 0.05)) < 10
    assert max(at(shown, 0.97, 0.97)) < 10


def test_drawn_boxes_are_covered_and_nonsense_is_not(contributor, crowd):
    drafted(contributor, crowd)
    boxes = ["50,0,50,100", "1,2", "nan,1,1,1", "a,b,c,d", "-5,200,3,1e9"]
    assert contributor.send(do="cover", box=boxes).status == 200
    contributor.publish()
    shown = public()
    assert max(at(shown, 0.75, 0.5)) < 10
    assert max(at(shown, 0.1, 0.9)) > 10


@pytest.mark.parametrize("style", ["mosaic", "blur", "glitter"])
def test_weaker_styles_are_named_so(style, contributor, crowd):
    page = drafted(contributor, crowd).page
    assert "published work has recognised faces through them" in page.text
    contributor.send(do="cover", face="1", style=style)
    kept = Attachment.objects.get().options["style"]
    assert kept == (style if style != "glitter" else "solid")


def test_covers_are_shown_again_and_can_be_taken_back(contributor, crowd):
    drafted(contributor, crowd)
    contributor.send(do="cover", face=["1"], box="0,90,10,10")
    page = cover_page(contributor).page
    ticks = [each["attributes"] for each in page.all("input")]
    named = {
        each.get("data-face", "box"): (each["name"], "checked" in each)
        for each in ticks
        if each.get("name") in {"face", "box"}
    }
    assert named == {
        "1": ("box", True),
        "2": ("face", False),
        "box": ("box", True),
    }
    assert "Box 3, 0 % from the left, 90 % from the top" in page.text
    contributor.send(do="uncover")
    contributor.publish()
    assert max(at(public(), 0.26, 0.42)) > 40


def test_the_pictures_to_cover_by_are_for_who_has_the_draft(contributor, crowd, client):
    drafted(contributor, crowd)
    address = contributor.where.partition("?")[0]
    assert picture(address + "numbered.jpg", client).size == SIZE
    assert picture(address + "plain.jpg", client).size == SIZE
    assert client.get(address + "master.jpg").status_code == 404
    assert client.get(address.replace("/publish/", "/publish/x")).status_code == 404


def test_nothing_of_the_uncovered_picture_stays(contributor, crowd, data_directory):
    drafted(contributor, crowd)
    contributor.send(do="cover", face=["1", "2"])
    contributor.publish()
    pictures = [*data_directory.rglob("*.jpg"), *data_directory.rglob("*.webp")]
    assert pictures != []
    for path in pictures:
        assert max(at(Image.open(path).convert("RGB"), 0.26, 0.42)) < 12
    assert Attachment.objects.get().faces is None
    assert Attachment.objects.get().options == {}


def test_a_published_picture_is_covered_by_its_key(contributor, crowd, client):
    contributor.publish(title="A march", body="Text.", files=[a_file(crowd)])
    old = Attachment.objects.get().content_id
    contributor.enter().room(the_post(), "files")
    contributor.send(do=f"cover-{the_id()}")
    assert "gone from the site for good" in contributor.page.text
    contributor.send(do="cover", face="1")
    said = contributor.page.one("p", class_="good")
    assert said["text"].startswith("Covered. What was under it is gone")
    assert "picture-fields" in said["in"]
    assert not store.public(old).exists()
    assert max(at(public(), 0.26, 0.42)) < 10
    page = client.get(the_post().path).content.decode()
    assert old not in page
    assert Attachment.objects.get().content_id in page


def test_a_key_s_page_counts_only_what_is_covered_beyond_what_is_public(contributor):
    contributor.publish(title="A march", body="Text.", files=[a_file(jpeg())])
    contributor.enter().room(the_post(), "files").send(do=f"cover-{the_id()}")
    words = contributor.page.one("div", id="covering")["attributes"]
    assert words["data-none"] == "Nothing more is covered yet"


def test_leaving_a_published_post_s_files_for_covering_saves_and_removes_nothing(
    contributor,
):
    contributor.publish(title="A", body="Text.", files=[a_file(jpeg())])
    contributor.enter().room(the_post(), "files")
    name = f"file-{the_id()}"
    typed = {f"{name}-alt": "A banner", f"{name}-remove": "on"}
    contributor.send(do=f"cover-{the_id()}", **typed)
    assert "Squares to cover" in contributor.page.text
    assert Attachment.objects.get().alt == "A banner"


def the_id():
    return Attachment.objects.get().public_id


def test_words_of_published_files_change_and_files_go(contributor, client):
    files = [a_file(jpeg((40, 30))), a_file(jpeg((60, 30)))]
    contributor.publish(title="A march", body="Text.", files=files)
    first, second = the_post().attachments
    contributor.enter().room(the_post(), "files")
    contributor.send(
        **{
            f"file-{first.public_id}-alt": "A banner",
            f"file-{first.public_id}-caption": "On Main Street",
            f"file-{second.public_id}-remove": "on",
        }
    )
    assert "Saved." in contributor.page.text
    page = client.get(the_post().path).content.decode()
    assert 'alt="A banner"' in page
    assert "On Main Street" in page
    assert second.content_id not in page
    assert not store.public(second.content_id).exists()


def test_the_numbered_picture_is_drawn_anew_with_what_is_covered(
    contributor, crowd, client
):
    drafted(contributor, crowd)
    where = contributor.where.partition("?")[0]
    before = picture(where + "numbered.jpg", client)
    contributor.send(do="cover", face="1")
    cover_page(contributor)
    after = picture(where + "numbered.jpg", client)
    assert max(at(after, 0.26, 0.42)) < max(at(before, 0.26, 0.42)) / 2
    assert max(at(picture(where + "plain.jpg", client), 0.26, 0.42)) > 40


def test_the_same_choice_again_makes_nothing_anew(contributor, crowd):
    drafted(contributor, crowd)
    contributor.send(do="cover", cell="A1")
    before = Attachment.objects.get()
    cover_page(contributor).send(do="cover")
    assert Attachment.objects.get().content_id == before.content_id
    assert len(Attachment.objects.get().options["covers"]) == 1


def test_the_draft_says_in_words_what_was_taken_out(contributor):
    contributor.preview(title="A", body="Text.", files=[a_file(telling("JPEG"))])
    assert "date and time it was taken (2 Jan 2026)" in contributor.page.text
