"""Nothing of a text that is withdrawn for safety stays anywhere."""

import gzip

import brotli
import pysqlite3
import pytest
from django.conf import settings
from django.db import connection

from commonwire.changes.models import Change
from commonwire.delivery import pages
from commonwire.delivery.printing import print_stale
from commonwire.media.models import Attachment
from commonwire.moderation.actions import (
    appealing,
    correcting,
    flagging,
    placing,
    talking,
    withdrawing,
)
from commonwire.publishing.actions import corrections
from commonwire.publishing.content import Revision
from commonwire.publishing.models import Post
from commonwire.web.housekeeping import keep_house
from tests.factories import (
    a_comment,
    a_feature,
    a_picture,
    a_post,
    a_rule,
    a_section,
    an_addendum,
    an_editor,
)

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "zyxomma"
WHY = "It named a private person."


@pytest.fixture
def ada():
    return an_editor("ada")


@pytest.fixture
def post():
    """With the word in every place that a text can be in."""
    section = a_section()
    made = a_post(
        f"Where {SECRET} lives",
        byline=SECRET,
        summary=SECRET,
        body=f"At 1 Elm Street: {SECRET}. " * 300,
        contact=SECRET,
        related_url=f"https://example.org/{SECRET}",
        topics=(section,),
        attachments=(a_picture(alt=SECRET, caption=SECRET, credit=SECRET),),
    )
    part = an_addendum(SECRET, body=f"Part {SECRET}.", attachments=(a_picture(),))
    corrections.add_addendum(post=made, content=part)
    corrections.correct(post=made, revision=Revision({"byline": "Jo"}, SECRET))
    a_comment(made, body=f"I know {SECRET}.", byline=SECRET)
    flagging.flag(post=made, rule=a_rule(), note=SECRET)
    talking.say(post=made, text=SECRET)
    # As the desk's form begins with it, and as it was changed since.
    other = a_feature(made, headline=made.title, blurb=SECRET)
    a_feature(headline="A feature", feature=other)
    return made


def withdraw(ada, post, **options):
    return withdrawing.withdraw_for_safety(
        by=ada, post=post, rule=a_rule("private-data"), reason=WHY, **options
    )


def print_everything(client):
    for path in pages.every():
        client.get(path)
    print_stale()


def opened(file):
    content = file.read_bytes()
    opener = {".gz": gzip.decompress, ".br": brotli.decompress}.get(file.suffix)
    return opener(content) if opener else content


def telling(root):
    """Every file whose name or content tells."""
    word = SECRET.encode()
    return sorted(
        str(file.relative_to(root))
        for file in root.rglob("*")
        if word in str(file.relative_to(root)).encode()
        or (file.is_file() and word in opened(file))
    )


def database_tells(tmp_path):
    """Every page of the database, those that nothing is in any more too."""
    copy = tmp_path / "copy.sqlite3"
    copy.unlink(missing_ok=True)
    target = pysqlite3.connect(copy)
    connection.connection.backup(target)
    target.close()
    return SECRET.encode() in copy.read_bytes()


def test_the_word_is_everywhere_before(client, post, tmp_path):
    print_everything(client)
    assert len(telling(settings.DATA_DIR)) > 20
    assert database_tells(tmp_path)


@pytest.mark.parametrize("state", ["listed", "hidden", "held"])
def test_nothing_of_it_is_left_anywhere(client, ada, post, state, tmp_path):
    if state != "listed":
        act = placing.hide if state == "hidden" else placing.hold
        act(by=ada, post=post, rule=a_rule(), reason="First look.")
        appealing.appeal(post=post, by="reader", text=f"But {SECRET}!")
    print_everything(client)
    withdraw(ada, post)
    print_stale()
    keep_house()
    assert telling(settings.DATA_DIR) == []
    assert not database_tells(tmp_path)


def test_its_page_tells_nothing_when_it_is_answered(client, ada, post):
    print_everything(client)
    withdraw(ada, post)
    root = settings.PUBLIC_DIR
    day = f"{post.day:%Y/%m/%d}/"
    assert [name for name in telling(root) if name.startswith(f"{day}where")] == []
    assert "index.html" not in telling(root)


def test_its_files_are_gone_at_once(client, ada, post):
    withdraw(ada, post)
    assert Attachment.objects.count() == 0
    assert list(settings.PUBLIC_DIR.glob("media/*")) == []


def test_it_gets_a_neutral_address_and_the_old_one_is_gone(client, ada, post):
    client.get(post.path)
    withdraw(ada, post)
    now = Post.objects.get()
    assert now.slug == f"withdrawn-{post.pk}"
    assert client.get(now.path).status_code == 200
    gone = client.get(post.path)
    assert (gone.status_code, gone["Cache-Control"]) == (410, "no-store")
    assert f'href="{now.path}"'.encode() in gone.content
    assert SECRET.encode() not in gone.content


def test_what_never_stood_there_is_not_gone_but_not_found(client, ada, post):
    withdraw(ada, post)
    for path in ("/2026/01/16/another/", "/2026/13/16/another/"):
        assert client.get(path).status_code == 404


def test_the_log_says_once_that_it_was_withdrawn(client, ada, post):
    withdraw(ada, post)
    page = client.get("/log/").content.decode()
    assert ">a post</a> for safety" in page
    assert "that was withdrawn" not in page


def test_a_neutral_address_takes_nobody_s_place(ada, post):
    a_post(f"Withdrawn {post.pk}")
    withdraw(ada, post)
    post.refresh_from_db()
    assert post.slug == f"withdrawn-{post.pk}-2"


def test_other_posts_of_the_day_keep_their_pages(client, ada, post):
    other = a_post("Another")
    client.get(other.path)
    withdraw(ada, post)
    assert (settings.PUBLIC_DIR / other.path.strip("/") / "index.html").exists()


def test_an_address_that_tells_nothing_can_stay(client, ada):
    post = a_post("Monday")
    withdraw(ada, post, rename=False)
    assert b"Editors have withdrawn" in client.get(post.path).content


def test_what_was_printed_under_the_old_address_goes_after_a_crash_too(
    client, ada, post, settings
):
    """Nobody printed anything between the commit and the worker's next round."""
    client.get(post.path)
    listeners = settings.CHANGE_LISTENERS
    printed = settings.PUBLIC_DIR / post.path.strip("/")
    from commonwire.changes import record  # noqa: PLC0415 - its cache is emptied

    record._listeners.cache_clear()
    settings.CHANGE_LISTENERS = []
    try:
        withdraw(ada, post)
    finally:
        settings.CHANGE_LISTENERS = listeners
        record._listeners.cache_clear()
    assert printed.exists()
    print_stale()
    assert not printed.exists()


def test_changes_name_the_neutral_address_only(ada, post):
    withdraw(ada, post)
    paths = {c.facts["path"] for c in Change.objects.all() if "path" in c.facts}
    assert paths == {Post.objects.get().path}


def test_the_log_s_entries_hold_nothing_of_it(ada, post):
    correcting.correct(by=ada, post=post, fields={"byline": SECRET}, reason="A slip.")
    decision = withdraw(ada, post)
    entries = [d.entry for d in post.decisions.all()]
    assert (len(entries), SECRET in "".join(entries)) == (2, False)
    assert decision.facts == {"renamed": True}
