"""Making what waits: once, whoever is at it, and to an end whatever happens."""

import contextlib
import multiprocessing
import os
import shutil
import time
from dataclasses import asdict
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image, ImageSequence

from commonwire.media import actions, resting, sketching, store, work
from commonwire.media.bench import Bench
from commonwire.media.exchange import Box, Options
from commonwire.media.messages import Refused
from commonwire.media.models import Attachment
from commonwire.media.recipe import RECIPE
from commonwire.media.states import QUICK, State
from commonwire.media.workshop import (
    NICE_AHEAD,
    USUALLY_NICE,
    Late,
    Workshop,
    refusal,
    the_workshop,
)
from tests.media import clips, papers, pictures

pytestmark = pytest.mark.django_db(transaction=True)
LEFT_HALF = Options(covers=(Box(0, 0, 0.5, 1),))


@pytest.fixture
def told():
    return []


def received(content):
    path, file = store.new_upload()
    with file:
        file.write(content)
    return actions.receive(upload=path)


def a_picture():
    return received(pictures.telling("JPEG"))


def made(attachment, told=None):
    tell = (told if told is not None else []).append
    return work.make_now(attachment, tell=tell)


def colours(path):
    """The left and the right quarter's middle, of a picture."""
    with Image.open(path) as picture:
        width, height = picture.size
        at = [(width // 4, height // 2), (width * 3 // 4, height // 2)]
        return [picture.convert("RGB").getpixel(place) for place in at]


class Breaking:
    """A workshop that makes nothing, for a reason."""

    def __init__(self, why, kind=Refused):
        self.why, self.kind = why, kind

    @contextlib.contextmanager
    def turn(self, *_, **__):
        yield self

    def make(self, **_):
        raise refusal(self.why, self.kind)


def test_what_came_waits_and_says_what_it_is():
    attachment = a_picture()
    assert (attachment.kind, attachment.state) == ("picture", State.WAITING)
    assert (attachment.width, attachment.height) == (400, 300)
    assert attachment.removed_phrases != []
    assert work.waiting(QUICK) == [attachment.public_id]


@pytest.mark.parametrize("kind", ["picture", "document", "video", "sound"])
def test_every_kind_is_made_and_its_upload_deleted(kind, tmp_path, told):
    contents = {
        "picture": lambda: pictures.telling("JPEG"),
        "document": papers.telling,
        "video": lambda: clips.video(tmp_path / "a.mp4").read_bytes(),
        "sound": lambda: clips.sound(
            tmp_path / "a.wav", codec="pcm_s16le"
        ).read_bytes(),
    }
    attachment = made(received(contents[kind]()), told)
    assert (attachment.kind, attachment.state) == (kind, State.MADE)
    assert attachment.full_name in attachment.names
    assert (attachment.recipe, attachment.progress) == (RECIPE, 100)
    assert list(store.quarantine().iterdir()) == []
    assert told == [attachment]


def test_the_same_file_twice_has_the_same_content():
    first, second = made(a_picture()), made(a_picture())
    assert first.content_id == second.content_id
    actions.publish(attachments=[first, second])
    public = store.public(first.content_id)
    assert [path.name for path in public.parent.iterdir()] == [first.content_id]
    actions.discard(attachments=[first])
    assert public.exists()
    actions.discard(attachments=[second])
    assert not public.exists()


def test_who_works_on_a_file_is_alone():
    attachment = a_picture()
    with store.claim(attachment.public_id) as mine:
        assert mine
        assert work.make(attachment.public_id, tell=print) is False
    assert work.make(attachment.public_id, tell=lambda _: None) is True


def _claim_and_die(public_id):
    with store.claim(public_id):
        os._exit(9)


def test_a_process_that_dies_lets_the_file_go():
    attachment = a_picture()
    fork = multiprocessing.get_context("fork")
    process = fork.Process(target=_claim_and_die, args=(attachment.public_id,))
    process.start()
    process.join()
    assert process.exitcode == 9
    assert made(attachment).is_made


def test_a_file_that_ends_the_process_each_time_is_refused(told):
    attachment = a_picture()
    Attachment.objects.update(attempts=work.MOST_ATTEMPTS)
    attachment = made(attachment, told)
    assert (attachment.state, attachment.reason) == (State.REFUSED, "unsafe")
    assert attachment.refusal.startswith("This file could not be worked on safely")
    assert list(store.quarantine().iterdir()) == []
    assert not store.unpublished(attachment.public_id).exists()
    assert told == [attachment]


def test_a_full_disk_is_not_the_file_s_fault(told):
    attachment = a_picture()
    shop = Breaking("disk_full")
    for _ in range(work.MOST_ATTEMPTS + 2):
        assert work.make(attachment.public_id, tell=told.append, shop=shop) is False
        resting.forget(attachment.public_id)
    attachment.refresh_from_db()
    assert (attachment.is_waiting, attachment.attempts) == (True, 0)
    assert made(attachment, told).is_made


def test_while_the_disk_is_nearly_full_no_failure_is_the_file_s_fault(
    told, monkeypatch
):
    """Encoders do not always say what they failed of."""
    attachment = a_picture()
    monkeypatch.setattr(work.quotas, "fits_on_disk", lambda: False)
    work.make(attachment.public_id, tell=told.append, shop=Breaking("unmade"))
    attachment.refresh_from_db()
    assert (attachment.is_waiting, attachment.attempts) == (True, 0)


def test_what_could_not_be_worked_on_rests_before_it_is_tried_again(told, monkeypatch):
    attachment = a_picture()
    work.make(attachment.public_id, tell=told.append, shop=Breaking("unmade"))
    assert work.make(attachment.public_id, tell=told.append) is False
    later = time.monotonic() + resting.FIRST_SECONDS
    monkeypatch.setattr(resting.time, "monotonic", lambda: later)
    assert work.make(attachment.public_id, tell=told.append) is True


def test_a_file_whose_process_is_killed_each_time_is_refused_as_too_heavy(told):
    attachment = a_picture()
    for _ in range(work.MOST_ATTEMPTS):
        assert store.upload(attachment.upload).exists()
        work.make(attachment.public_id, tell=told.append, shop=Breaking("ended"))
        resting.forget(attachment.public_id)
    attachment.refresh_from_db()
    assert (attachment.reason, attachment.upload) == ("too_heavy", "")


def test_a_worker_that_stops_in_good_order_has_made_no_attempt():
    attachment = a_picture()

    class Stopping(Breaking):
        def make(self, **_):
            work.let_go()
            raise KeyboardInterrupt

    for _ in range(work.MOST_ATTEMPTS + 1):
        with pytest.raises(KeyboardInterrupt):
            work.make(attachment.public_id, tell=id, shop=Stopping(""))
    attachment.refresh_from_db()
    assert (attachment.is_waiting, attachment.attempts) == (True, 0)


def test_a_refused_file_says_why(told):
    attachment = a_picture()
    work.make(attachment.public_id, tell=told.append, shop=Breaking("too_heavy"))
    attachment.refresh_from_db()
    assert attachment.refusal == str(Refused("too_heavy"))


def test_a_file_published_before_it_is_made_is_public_then():
    attachment = a_picture()
    actions.publish(attachments=[attachment])
    attachment = made(attachment)
    assert (store.public(attachment.content_id) / "original.jpg").exists()
    assert not store.unpublished(attachment.public_id).exists()
    assert (attachment.removed_phrases, attachment.options) == ([], {})


def test_what_a_file_told_is_forgotten_when_it_is_published_before_it_is_made():
    attachment = a_picture()
    room = store.unpublished(attachment.public_id)
    assert [path.name for path in room.iterdir()] == [store.TRACES]
    actions.publish(attachments=[attachment])
    assert (attachment.is_waiting, list(room.iterdir())) == (True, [])
    assert attachment.removed_phrases == []


def test_what_a_crash_left_of_what_a_file_told_is_swept(monkeypatch):
    attachment = a_picture()
    with monkeypatch.context() as crashing:
        crashing.setattr(actions, "settle", lambda *_: None)
        actions.publish(attachments=[attachment])
    assert attachment.removed_phrases != []
    actions.sweep(
        now=timezone.now() + timedelta(hours=2), unplaced=Attachment.objects.none()
    )
    assert (attachment.is_waiting, attachment.removed_phrases) == (True, [])


def test_a_file_removed_while_it_is_made_leaves_nothing():
    attachment = a_picture()

    class Removing(Breaking):
        def make(self, **_):
            actions.discard(attachments=[attachment])
            shutil.rmtree(store.unpublished(attachment.public_id), ignore_errors=True)
            raise FileNotFoundError

    public_id = attachment.public_id
    assert work.make(public_id, tell=print, shop=Removing("")) is True
    assert not store.unpublished(public_id).exists()
    assert list(store.quarantine().iterdir()) == []


@pytest.mark.parametrize("why", [("too_heavy", Late), ("disk_full", Refused)])
def test_a_file_removed_while_it_is_made_may_be_late_or_find_no_room(why):
    attachment = a_picture()

    class Removing(Breaking):
        def make(self, **_):
            actions.discard(attachments=[Attachment.objects.get()])
            return super().make()

    assert work.make(attachment.public_id, tell=id, shop=Removing(*why)) is False
    assert not Attachment.objects.exists()


def test_a_file_removed_while_it_is_made_is_no_alarm(caplog):
    attachment = a_picture()
    upload, into = store.upload(attachment.upload), store.bench(attachment.public_id)
    into.rmdir()
    with pytest.raises(Refused):
        the_workshop.make(upload=upload, into=into)
    assert caplog.messages == []


def test_what_is_covered_is_black_in_every_size_and_can_be_taken_back():
    plain = made(a_picture())
    before = colours(store.made(plain.public_id, plain.content_id) / "original.jpg")
    covered = made(actions.change_options(attachment=plain, options=LEFT_HALF))
    directory = store.made(covered.public_id, covered.content_id)
    for name in covered.names:
        left, right = colours(directory / name)
        assert max(left) < 8
        assert max(right) > 60
    back = made(actions.change_options(attachment=covered, options=Options()))
    after = colours(store.made(back.public_id, back.content_id) / "original.jpg")
    for one, other in zip(before, after, strict=True):
        assert max(abs(a - b) for a, b in zip(one, other, strict=True)) < 8
    assert not directory.exists()


def test_covers_chosen_before_the_file_is_made_are_in_what_is_published():
    attachment = actions.change_options(attachment=a_picture(), options=LEFT_HALF)
    actions.publish(attachments=[attachment])
    attachment = made(attachment)
    left, _ = colours(store.public(attachment.content_id) / "original.jpg")
    assert max(left) < 8


def test_an_uncovered_picture_is_never_public_while_its_covers_are_made():
    attachment = made(a_picture())
    actions.change_options(attachment=attachment, options=LEFT_HALF)
    actions.publish(attachments=[attachment])
    assert list(store.public("x" * 22).parent.iterdir()) == []
    attachment = made(attachment)
    left, _ = colours(store.public(attachment.content_id) / "original.jpg")
    assert max(left) < 8


def test_covering_what_is_public_removes_the_old_files_first():
    attachment = made(a_picture())
    actions.publish(attachments=[attachment])
    old = attachment.content_id
    attachment = actions.change_options(attachment=attachment, options=LEFT_HALF)
    assert not store.public(old).exists()
    attachment = made(attachment)
    assert attachment.content_id != old
    left, _ = colours(store.public(attachment.content_id) / "320.jpg")
    assert max(left) < 8
    assert not store.unpublished(attachment.public_id).exists()


# Frames of two colours, shown for unlike times.
SHOWN = [100, 300, 50]


def an_animation():
    first, *others = (
        Image.new("RGB", (120, 80), colour) for colour in ("red", "lime", "blue")
    )
    return received(
        pictures.encoded(
            first, "GIF", save_all=True, append_images=others, duration=SHOWN
        )
    )


def is_left_half_black_in_every_frame(directory, names):
    moves = clips.moments(directory / "animation.mp4") == [0, 0.1, 0.4]
    with Image.open(directory / "animation.webp") as moving:
        seen = [each.convert("RGB") for each in ImageSequence.all_frames(moving)]
    seen += clips.frames(directory / "animation.mp4")
    seen += [Image.open(directory / name) for name in names if name.endswith(".jpg")]
    lefts = [clips.mean(each, (5, 5, each.width // 2 - 8, 75)) for each in seen]
    rights = [
        clips.mean(each, (each.width // 2 + 8, 5, each.width - 5, 75)) for each in seen
    ]
    black = all(max(each) < 12 for each in lefts)
    return moves and black and all(max(each) > 180 for each in rights)


def test_an_animation_that_is_covered_goes_on_moving():
    plain = made(an_animation())
    covered = made(actions.change_options(attachment=plain, options=LEFT_HALF))
    directory = store.made(covered.public_id, covered.content_id)
    assert set(covered.names) == set(plain.names)
    assert is_left_half_black_in_every_frame(directory, covered.names)
    back = made(actions.change_options(attachment=covered, options=Options()))
    first = clips.frames(store.made(back.public_id, back.content_id) / "animation.mp4")
    assert clips.mean(first[0], (5, 5, 50, 75)) == pytest.approx((254, 0, 0), abs=12)


def test_a_published_animation_that_is_covered_goes_on_moving():
    attachment = made(an_animation())
    actions.publish(attachments=[attachment])
    covered = made(actions.change_options(attachment=attachment, options=LEFT_HALF))
    directory = store.public(covered.content_id)
    assert is_left_half_black_in_every_frame(directory, covered.names)


def test_faces_in_an_animation_can_be_looked_for():
    attachment = made(an_animation())
    assert sketching.sketch_one(shop=the_workshop)
    with sketching.open_sketch(attachment.public_id, "plain.jpg") as file:
        assert Image.open(file).size == (120, 80)


def test_who_asks_for_faces_waits_for_no_work_that_is_done_ahead(monkeypatch):
    niceness, ask = [], Bench.ask
    monkeypatch.setattr(
        Bench, "ask", lambda *asked: niceness.append(asked[1]["nice"]) or ask(*asked)
    )
    asked_for, ahead = made(a_picture()), made(a_picture())
    niceness.clear()
    sketching.sketch(asked_for)
    assert niceness == [USUALLY_NICE] * 2
    assert sketching.sketch_one(shop=the_workshop)
    assert niceness[2:] == [NICE_AHEAD] * 2
    ahead.refresh_from_db()
    assert ahead.faces == []


def test_a_sweep_leaves_what_waits():
    attachment = a_picture()
    later = timezone.now() + timedelta(hours=2)
    actions.sweep(now=later, unplaced=Attachment.objects.none())
    assert made(attachment).is_made


def test_an_abandoned_upload_is_gone_with_its_row():
    a_picture()
    later = timezone.now() + timedelta(hours=25)
    actions.sweep(now=later, unplaced=Attachment.objects.all())
    assert list(store.quarantine().iterdir()) == []


def test_options_travel_as_they_are():
    assert Options.read(asdict(LEFT_HALF)) == LEFT_HALF


class Overworked(Workshop):
    def faces(self, **_what):
        raise refusal("too_heavy", Late)


def test_where_no_time_was_for_faces_nobody_says_that_there_are_none(monkeypatch):
    monkeypatch.setattr(resting, "FIRST_SECONDS", 60.0)
    attachment = made(a_picture())
    assert sketching.sketch_one(shop=Overworked())
    # It goes on being looked for, a little later.
    assert not sketching.sketch_one(shop=Overworked())
    attachment.refresh_from_db()
    assert attachment.faces is None


def test_faces_are_looked_for_before_the_author_asks():
    attachment = made(a_picture())
    assert attachment.faces is None
    assert sketching.sketch_one(shop=the_workshop)
    attachment.refresh_from_db()
    assert attachment.faces == []
    assert not sketching.sketch_one(shop=the_workshop)
