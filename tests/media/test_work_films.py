"""A film is made once, as its author wants it by then, and its upload is not kept long."""

import pytest

from commonwire.media import actions, store, work
from commonwire.media.bench import Bench
from commonwire.media.exchange import Box, Options
from commonwire.media.models import Attachment
from commonwire.media.workshop import Turn
from tests.media import clips

pytestmark = pytest.mark.django_db(transaction=True)
LEFT_HALF = Options(covers=(Box(0, 0, 0.5, 1),))
LEFT, RIGHT = (20, 20, 140, 220), (180, 20, 300, 220)


@pytest.fixture
def film(tmp_path):
    path, file = store.new_upload()
    with file:
        file.write(clips.video(tmp_path / "a.mp4", seconds=0.4).read_bytes())
    return actions.receive(upload=path)


def covered(film, options=LEFT_HALF):
    return actions.change_options(attachment=film, options=options)


def made(film):
    return work.make_now(film, tell=lambda _: None)


def first_frame(film):
    film.refresh_from_db()
    folder = store.made(film.public_id, film.content_id)
    return clips.frames(folder / "video.mp4")[0]


def remembering(monkeypatch, before=lambda **_: None):
    """What is made from now on, with which options."""
    asked, really = [], Turn.make

    def make(turn, **job):
        asked.append(job["options"])
        before(number=len(asked), say=job["say"])
        return really(turn, **job)

    monkeypatch.setattr(Turn, "make", make)
    return asked


def test_a_film_covered_while_it_waits_is_made_once(film, monkeypatch):
    asked = remembering(monkeypatch)
    made(covered(film))
    assert asked == [LEFT_HALF]
    assert max(clips.mean(first_frame(film), LEFT)) < 10
    assert min(clips.mean(first_frame(film), RIGHT)) > 20


def test_covers_of_a_film_that_was_never_made_without_them_are_taken_back(film):
    made(covered(film))
    made(covered(film, Options()))
    assert min(clips.mean(first_frame(film), LEFT)) > 20
    assert list(store.quarantine().iterdir()) == []


def test_the_upload_of_a_covered_film_is_gone_when_it_is_published(film):
    made(covered(film))
    assert len(list(store.quarantine().iterdir())) == 1
    # As it was read before it was made.
    actions.publish(attachments=[film])
    assert list(store.quarantine().iterdir()) == []
    assert Attachment.objects.get().upload == ""


def test_the_upload_of_a_covered_film_is_gone_with_its_draft(film):
    made(covered(film))
    actions.discard(attachments=[Attachment.objects.get()])
    assert list(store.quarantine().iterdir()) == []


def test_another_wish_ends_a_making_that_is_under_way(film, monkeypatch):
    monkeypatch.setattr(work, "PROGRESS_SECONDS", 0)

    def wish(*, number, say):
        if number == 1:
            say(10)
            covered(film)
            say(20)

    asked = remembering(monkeypatch, wish)
    assert made(film).is_made
    assert asked == [Options(), LEFT_HALF]


def test_a_bench_does_not_go_on_for_nobody():
    class Enough(Exception):
        pass

    def say(_percent):
        raise Enough

    chatting = "import time; print('{\"percent\": 1}', flush=True); time.sleep(60)"
    bench = Bench(("python3", "-c", chatting))
    process = bench.start()
    with pytest.raises(Enough):
        bench.ask({"seconds": 5}, say)
    assert process.poll() is not None
