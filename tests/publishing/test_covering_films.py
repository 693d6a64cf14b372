"""Films and recordings, without scripts: faces that move, places that stay, voices."""

from datetime import timedelta

import pytest
from django.utils import timezone

from commonwire.media import actions as media
from commonwire.media import checking, store
from commonwire.media.models import Attachment
from commonwire.publishing.actions import files
from tests.contributor import Contributor, a_file, the_post
from tests.media import clips, portraits

pytestmark = pytest.mark.django_db(transaction=True)
SIZE = (320, 240)


@pytest.fixture
def contributor(client):
    return Contributor(client)


@pytest.fixture
def film(tmp_path):
    """Half a second of somebody who walks to the right."""

    def walk(_size, number):
        return portraits.crowd(SIZE, [(40 + 8 * number, 60, 140)]).picture

    path = clips.video(tmp_path / "a.mp4", seconds=0.5, rate=20, draw=walk)
    return a_file(path.read_bytes(), "walk.mp4", "video/mp4")


@pytest.fixture
def recording(tmp_path):
    path = clips.sound(tmp_path / "a.wav", codec="pcm_s16le", seconds=1.0)
    return a_file(path.read_bytes(), "speech.wav", "audio/wav")


def drafted(contributor, file):
    return contributor.preview(title="A walk", body="Text.", files=[file])


def cover_page(contributor):
    return contributor.send(do=f"cover-{row().public_id}")


def row():
    return Attachment.objects.get()


def made():
    """What the worker does, some time later."""
    files.make(row().public_id)
    return row()


def shown():
    """The frames of what is there to be seen, by its author at least."""
    folder = store.public(row().content_id)
    if not row().published_at or row().is_shown:
        folder = store.made(row().public_id, row().content_id)
    return clips.frames(folder / "video.mp4")


def test_a_film_s_page_says_what_its_one_frame_is(contributor, film):
    drafted(contributor, film)
    made()
    text = cover_page(contributor.get(contributor.where)).page.text
    follow = text.index("Follow and cover faces through the whole film")
    place = text.index("Cover the same place for the whole film")
    frame = text.index("This is one still frame of the film.")
    assert follow < place < frame < text.index("Found 1 face on this one frame")


def test_a_film_s_card_says_that_nobody_has_looked_for_faces(contributor, film):
    said = "Faces in films are not looked for until you ask"
    assert said in drafted(contributor, film).page.text
    cover_page(contributor).send(do="cover", faces="on")
    assert said not in contributor.page.text


def test_a_film_is_told_what_to_cover_while_it_is_being_made(contributor, film):
    drafted(contributor, film)
    page = cover_page(contributor).page
    assert "The film is still being made ready." in page.text
    contributor.send(do="cover", faces="on", cell="A1")
    assert row().is_waiting
    assert "1 place will be covered. Faces will be followed" in contributor.page.text
    made()
    assert max(clips.mean(shown()[0], (4, 4, 30, 30))) < 12
    assert "Faces are followed" in contributor.get(contributor.where).page.text


def test_a_followed_face_is_black_wherever_it_goes(contributor, film):
    drafted(contributor, film)
    cover_page(contributor).send(do="cover", faces="on")
    made()
    contributor.get(contributor.where).publish()
    for number, frame in enumerate(shown()):
        left = 40 + 8 * number
        assert max(clips.mean(frame, (left + 55, 110, left + 85, 150))) < 40
    assert list(store.quarantine().iterdir()) == []


def test_a_film_published_while_it_waits_comes_covered(contributor, film):
    drafted(contributor, film)
    cover_page(contributor).send(do="cover", cell="A1")
    contributor.publish()
    assert "under-way" in contributor.client.get(the_post().path).content.decode()
    made()
    assert max(clips.mean(shown()[0], (4, 4, 30, 30))) < 12
    assert row().options == {}


def test_voices_are_changed_while_a_recording_waits(contributor, recording):
    drafted(contributor, recording)
    page = cover_page(contributor).page
    assert "do not rely on it where somebody would be in danger" in page.text
    assert "plain.jpg" not in contributor.answer.content.decode()
    contributor.send(do="cover", disguise="on")
    assert "Voices will be changed." in contributor.page.text
    made()
    assert "Voices are changed." in contributor.get(contributor.where).page.text
    folder = store.made(row().public_id, row().content_id)
    assert abs(clips.pitch(folder / "sound.mp3") - 440) > 40


def test_a_choice_for_a_film_is_shown_again_and_taken_back(contributor, film):
    drafted(contributor, film)
    cover_page(contributor).send(do="cover", faces="on", disguise="on")
    page = cover_page(contributor).page
    assert page.fields["faces"] == page.fields["disguise"] == ["on"]
    contributor.send(do="uncover")
    assert "Faces will be followed" not in contributor.page.text
    assert row().options["faces"] is False


@pytest.fixture
def covered(contributor, film):
    """A published film that was covered by its key, and is made."""
    drafted(contributor, film)
    made()
    contributor.publish()
    contributor.enter().room(the_post(), "files")
    cover_page(contributor).send(do="cover", cell="A1")
    assert "it is public again when you say so" in contributor.page.text
    made()
    return contributor.get(contributor.where)


def reader(contributor, path):
    return contributor.client.get(path)


def test_a_covered_film_is_looked_at_before_others_see_it(covered):
    source = covered.page.all("source")[-1]["attributes"]["src"]
    assert source.startswith("/key/")
    assert max(clips.mean(shown()[0], (4, 4, 30, 30))) < 12
    post = the_post()
    assert "under-way" in reader(covered, post.path).content.decode()
    assert reader(covered, f"/media/{row().content_id}/video.mp4").status_code == 404
    part = covered.client.get(source, headers={"Range": "bytes=0-99"})
    assert (part.status_code, len(b"".join(part))) == (206, 100)


def test_what_was_looked_at_is_public_when_its_author_says_so(covered):
    later = timezone.now() + timedelta(days=3)
    media.sweep(now=later, unplaced=Attachment.objects.none())
    assert list(checking.find(now=later)) == []
    assert "look at it, and put it back on the site" in covered.enter().page.text
    covered.room(the_post(), "files").send(do=f"show-{row().public_id}")
    assert "It is public again, as you saw it here." in covered.page.text
    film = row()
    assert (film.is_made, film.options, film.faces) == (True, {}, None)
    assert f"/media/{film.content_id}/video.mp4" in (
        reader(covered, the_post().path).content.decode()
    )
    assert not store.unpublished(film.public_id).exists()


def test_what_does_not_please_is_covered_again_from_what_was_there(covered):
    cover_page(covered).send(do="cover", cell="H6", box=None)
    made()
    frame = shown()[0]
    assert max(clips.mean(frame, (290, 210, 316, 236))) < 12
    assert max(clips.mean(frame, (4, 4, 30, 30))) > 12


def test_a_film_goes_back_by_itself_where_that_is_asked_for(contributor, film):
    drafted(contributor, film)
    made()
    contributor.publish()
    old = row().content_id
    contributor.enter().room(the_post(), "files")
    cover_page(contributor)
    contributor.send(do="cover", cell="A1", by_itself="on")
    assert "As soon as it is done it is public again" in contributor.page.text
    assert "1 place will be covered." in contributor.page.text
    assert not store.public(old).exists()
    made()
    assert max(clips.mean(shown()[0], (4, 4, 30, 30))) < 12


def test_a_published_film_under_way_can_still_be_told_more(contributor, film):
    drafted(contributor, film)
    made()
    contributor.publish()
    contributor.enter().room(the_post(), "files")
    cover_page(contributor).send(do="cover", cell="A1", by_itself="on")
    cover_page(contributor).send(do="cover", cell="H6", by_itself="on")
    made()
    frame = shown()[0]
    assert max(clips.mean(frame, (4, 4, 30, 30))) < 12
    assert max(clips.mean(frame, (290, 210, 316, 236))) < 12


def test_a_film_that_another_post_shows_too_is_not_said_to_be_gone(contributor, film):
    drafted(contributor, film)
    made()
    contributor.publish()
    twin = row()
    own, twin.pk, twin.public_id = twin.public_id, None, "t" * 22
    twin.save()
    contributor.enter().room(the_post(), "files").send(do=f"cover-{own}")
    assert "goes on doing so" in contributor.page.text
    contributor.send(do="cover", cell="A1")
    assert "Another post shows the very same file" in contributor.page.text
    assert store.public(twin.content_id).exists()
