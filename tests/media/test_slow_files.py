"""A file that takes long costs nobody else anything: nobody who sends one waits for it,
and no more than some seconds of what makes files go to it before the others."""

import contextlib
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from django.db import connection

from commonwire.media import actions, resting, store, work
from commonwire.media.models import Attachment
from commonwire.media.states import LONG, QUICK
from commonwire.media.workshop import Late, Workshop
from tests.media import pictures
from tests.media.files import a_waiting
from tests.media.test_work import Breaking

pytestmark = pytest.mark.django_db(transaction=True)
HOSTILE = (sys.executable, "-P", str(Path(__file__).parent / "hostile.py"))
PICTURE = pictures.encoded(pictures.gradient((40, 30)), "PNG")


def an_upload(content):
    path, file = store.new_upload()
    with file:
        file.write(content)
    return path


def a_slow_one(kind="document"):
    return a_waiting(kind, upload=an_upload(b"hold").name)


def make(row, shop):
    try:
        return work.make(row.public_id, tell=id, shop=shop)
    finally:
        connection.close()


@pytest.fixture
def workshop():
    """A new one with as many benches as asked for; all close at the end."""
    with contextlib.ExitStack() as stack:

        def new(benches=1):
            shop = Workshop(HOSTILE, benches=benches)
            stack.callback(shop.close)
            return shop

        yield new


@contextlib.contextmanager
def under_way(*works):
    """While each of these is going on, which is held up by its upload."""
    with ThreadPoolExecutor() as pool:
        futures = [pool.submit(work, *given) for work, *given in works]
        try:
            yield futures
        finally:
            for upload in store.quarantine().iterdir():
                upload.unlink()


def until_taken(shop, *, free=0):
    """Until no more than so many of its benches are free. Who asks takes none: a
    document does not wait for one."""
    while shop._free.qsize() > free:
        time.sleep(0.01)


def test_nobody_waits_at_the_site_for_a_slow_file_of_somebody_else(
    workshop, monkeypatch
):
    web, worker = workshop(), workshop()
    monkeypatch.setattr(actions, "the_reception", workshop())
    slow = a_slow_one()
    with under_way((make, slow, web)) as (making,):
        until_taken(web)
        row = actions.receive(upload=an_upload(PICTURE))
        # The site's own bench is taken, so it does not even try.
        work.make_all_now([row], tell=id, seconds=0, shop=web)
        assert row.attempts == 0
        assert work.make(row.public_id, tell=id, shop=worker)
        slow.refresh_from_db()
        assert (slow.is_waiting, making.done()) == (True, False)
    row.refresh_from_db()
    assert row.is_made


def test_nobody_waits_for_what_is_slow_to_be_looked_at(workshop, monkeypatch):
    reception = workshop(benches=3)
    monkeypatch.setattr(actions, "the_reception", reception)
    looks = [(lambda at: reception.look(upload=at), an_upload(b"hold")) for _ in "ab"]
    with under_way(*looks) as looking:
        until_taken(reception, free=1)
        assert actions.receive(upload=an_upload(PICTURE)).is_waiting
        assert not any(look.done() for look in looking)


def test_what_is_not_made_in_a_first_time_waits_behind_the_others():
    slow, picture = a_waiting("document"), a_waiting("picture")
    late = Breaking("too_heavy", Late)
    assert work.make(slow.public_id, tell=id, shop=late) is False
    slow.refresh_from_db()
    assert (slow.is_waiting, slow.attempts) == (True, 0)
    assert work.waiting(QUICK) == [picture.public_id]
    assert work.waiting(QUICK, heavy=True) == [slow.public_id]
    assert work.make(slow.public_id, tell=id, shop=late) is True
    slow.refresh_from_db()
    assert slow.reason == "too_heavy"


def test_a_document_that_has_no_place_lets_the_pictures_go_first(workshop, monkeypatch):
    monkeypatch.setattr(store.os, "cpu_count", lambda: 2)
    document = a_slow_one()
    picture = actions.receive(upload=an_upload(PICTURE))
    with workshop().turn(store.seats("document", heavy=False)):
        shop = workshop()
        assert work.make(document.public_id, tell=id, shop=shop) is False
        assert work.make(picture.public_id, tell=id, shop=shop)
    document.refresh_from_db()
    assert (document.is_waiting, document.attempts) == (True, 0)


def test_heavy_files_take_no_place_from_the_others(workshop):
    heavy = a_slow_one()
    Attachment.objects.update(heavy=True)
    row = actions.receive(upload=an_upload(PICTURE))
    shop, others = workshop(), workshop()
    with under_way((make, heavy, shop)) as (making,), contextlib.ExitStack() as held:
        until_taken(shop)
        places = store.seats("picture", heavy=False)
        for _ in places[1:]:
            held.enter_context(workshop().turn(places))
        assert work.make(row.public_id, tell=id, shop=others)
        assert not making.done()


def test_a_file_whose_process_is_killed_is_made_the_next_time(workshop):
    """By the kernel, say, to which it is the first to go when memory runs out."""
    row, shop = a_slow_one("picture"), workshop()
    with under_way((make, row, shop)) as (making,):
        while not the_benches():
            time.sleep(0.01)
        (bench,) = the_benches()
        while not bench.children():
            time.sleep(0.01)
        bench.children()[0].kill()
        assert making.result() is False
        store.upload(row.upload).write_bytes(PICTURE)
        resting.forget(row.public_id)
        assert work.make_now(row, tell=id, shop=shop).is_made


def the_benches():
    mine = psutil.Process().children()
    return [each for each in mine if HOSTILE[-1] in command_of(each)]


def command_of(process):
    with contextlib.suppress(psutil.Error):
        return process.cmdline()
    return []


def test_who_sends_a_heavy_file_does_not_have_it_made_at_the_site(workshop):
    heavy = a_slow_one()
    Attachment.objects.update(heavy=True)
    work.make_now(heavy, tell=id, seconds=0.1, shop=workshop())
    assert (heavy.is_waiting, heavy.attempts) == (True, 0)


def test_only_the_first_attempt_at_a_file_is_short():
    asked = []

    class Asked(Breaking):
        def make(self, *, first, **_):
            asked.append(first)
            super().make()

    for heavy in (False, True):
        row = a_waiting("picture", heavy=heavy)
        work.make(row.public_id, tell=id, shop=Asked("damaged"))
    assert asked == [15, 0]


def test_a_long_film_that_is_being_made_leaves_a_place_for_the_others(workshop):
    long, clip = a_slow_one("video"), a_waiting("video")
    Attachment.objects.filter(pk=long.pk).update(heavy=True)
    shop, others = workshop(), workshop()
    with under_way((make, long, shop)) as (making,):
        until_taken(shop)
        assert work.waiting(LONG) == [clip.public_id]
        with others.turn(store.seats("video", heavy=False), wait=0):
            assert not making.done()


def test_a_film_that_is_longer_than_it_says_waits_behind_the_others():
    film = a_waiting("video", seconds=0.1)
    late = Breaking("too_heavy", Late)
    assert work.make(film.public_id, tell=id, shop=late) is False
    assert work.waiting(LONG, heavy=True) == [film.public_id]
