"""A site whose store is a bucket: what is there, what goes, what waits while it is cut."""

import json

import pytest
import time_machine
from django.core.management import call_command

from commonwire.changes import cursors
from commonwire.delivery import printing, purging, shelf
from commonwire.delivery.headers import cache_of, kind_of
from commonwire.delivery.printing import on_demand, print_stale
from commonwire.kit.bucket import StoreDown
from commonwire.media import actions as media
from commonwire.media.models import Attachment
from tests.bucket import cut
from tests.factories import NOON, a_post, a_section
from tests.media.files import a_made

# Without posts they say when they were printed.
FEEDS = {"organisations/feed.rss", "wire/raw/feed.rss", "features/feed.rss"}
pytestmark = pytest.mark.django_db(transaction=True)


def objects(bucket):
    return {key: bucket.read(key)[0] for key in bucket.keys("")}


def files(root):
    """What a directory has, without compressed forms."""
    return {
        str(file.relative_to(root)): file.read_bytes()
        for file in root.rglob("*")
        if file.is_file() and file.suffix not in {".gz", ".br"}
    }


@pytest.fixture
def site(bucket):
    """Two posts, one of which changed sides, and a picture."""
    section = a_section()
    a_post("A vote", at=NOON, topics=(section,))
    a_post("A picture", attachments=(a_made("picture"),), topics=(section,))
    print_stale()
    shelf.put_noted()
    return bucket


def test_the_bucket_has_what_a_directory_has_byte_by_byte(site, settings):
    printed = objects(site)
    with time_machine.travel(NOON, tick=False):  # empty feeds say when they were made
        call_command("print", "--all")
        complete = objects(site)
        settings.BUCKET = None
        call_command("print", "--all")
    directory = files(settings.PUBLIC_DIR)
    assert complete == directory
    assert printed.keys() <= directory.keys()
    assert {key for key in printed if printed[key] != directory[key]} <= FEEDS
    assert sum(key.startswith("media/") for key in printed) > 3


def test_objects_say_what_the_front_says_of_files(site):
    for key in site.keys(""):
        path = f"/{key}".removesuffix("index.html")
        name = {"Bucket": site.place.name, "Key": f"site/{key}"}
        told = site.client.head_object(**name)
        assert (told["ContentType"], told["CacheControl"]) == (
            kind_of(path),
            cache_of(path),
        )


def test_publishing_does_not_fail_while_the_store_is_cut(bucket):
    with cut(bucket):
        post = a_post("A vote", attachments=(a_made("picture"),))
        assert b"A vote" in on_demand(post.path)
    assert list(bucket.keys("")) == []


def test_no_change_is_lost_while_the_store_is_cut(bucket):
    with cut(bucket):
        post = a_post("A vote", attachments=(a_made("picture"),))
        before = cursors.position(printing.CURSOR)
        with pytest.raises(StoreDown):
            print_stale()
        with pytest.raises(StoreDown):
            shelf.put_noted()
        assert cursors.position(printing.CURSOR) == before
    print_stale()
    shelf.put_noted()
    keys = set(bucket.keys(""))
    name = Attachment.objects.get().content_id
    assert {"index.html", f"{post.path[1:]}index.html"} < keys
    assert f"media/{name}/original.jpg" in keys


def test_what_is_removed_is_gone_from_the_bucket(bucket):
    made = a_made("document")
    media.publish(attachments=[made])
    shelf.put_noted()
    assert len(list(bucket.keys("media/"))) == 3
    media.discard(attachments=[made])
    assert list(bucket.keys("media/")) == []


def test_what_is_removed_while_the_store_is_cut_goes_later(bucket, settings):
    made = a_made("document")
    media.publish(attachments=[made])
    shelf.put_noted()
    with cut(bucket):
        media.discard(attachments=[made])
        purging.try_again()
    assert len(list(bucket.keys("media/"))) == 3
    purging.try_again()
    assert list(bucket.keys("media/")) == []
    assert list((settings.DATA_DIR / "purges").iterdir()) == []


def test_a_removal_is_noted_before_it_happens(bucket, settings, monkeypatch):
    """The process may end right behind it."""
    made = a_made("document")
    media.publish(attachments=[made])
    shelf.put_noted()
    monkeypatch.setattr("commonwire.media.removals._listeners", lambda: ())
    media.discard(attachments=[made])
    [noted] = (settings.DATA_DIR / "purges").iterdir()
    assert len(json.loads(noted.read_text())) == 3
    purging.try_again()
    assert list(bucket.keys("media/")) == []


def test_what_was_not_removed_in_the_end_stays(bucket, settings):
    made = a_made("document")
    media.publish(attachments=[made])
    shelf.put_noted()
    purging.note([f"/{key}" for key in bucket.keys("media/")])
    purging.try_again()
    assert len(list(bucket.keys("media/"))) == 3


def test_files_of_a_transaction_that_was_rolled_back_are_never_public(bucket):
    made = a_made("document")
    shelf.note(made.content_id)
    shelf.put_noted()
    assert list(bucket.keys("media/")) == []


def test_what_was_withdrawn_before_it_was_put_is_not_put(bucket):
    made = a_made("document")
    media.publish(attachments=[made])
    media.discard(attachments=[made])
    shelf.put_noted()
    assert list(bucket.keys("media/")) == []
