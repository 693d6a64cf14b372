"""An embargo holds in every output. The lists below are held against the catalogue of
public pages and the map of addresses: an output that is not in them fails."""

import json
import re
from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from commonwire.calls.actions import issuing
from commonwire.calls.content import AskContent, DemandContent
from commonwire.calls.models import Organisation
from commonwire.calls.stewardship import Acting
from commonwire.delivery import pages
from commonwire.delivery.pages import CATALOGUE
from commonwire.delivery.pages.calls import NAMES as OF_CALL
from commonwire.delivery.pages.embeds import NAMES as EMBEDS
from commonwire.delivery.pages.embeds import OF_CALLS
from commonwire.delivery.pages.posters import NAMES as SHEETS
from commonwire.delivery.pages.releases import NAMES
from commonwire.delivery.printing import on_demand, print_stale
from commonwire.delivery.tree import the_tree
from commonwire.moderation.likeness import like
from commonwire.moderation.models import Decision
from commonwire.publishing.actions import corrections, embargo
from commonwire.publishing.content import Content, Revision
from commonwire.publishing.models import Post
from commonwire.publishing.release import Contact, Release, ReleaseContent
from commonwire.web.housekeeping import keep_house
from tests.authorisation.table import TABLE
from tests.calls.factories import a_call, told
from tests.factories import (
    a_post,
    a_release,
    a_section,
    an_addendum,
    an_editor,
    an_organisation,
    unhurried,
)
from tests.media.files import a_made
from tests.publishing.program import Program
from tests.search import indexed as index_everything

pytestmark = pytest.mark.django_db(transaction=True)
FEEDS = ("", "feed.atom", "feed.rss", "feed.json")
BEFORE = datetime(2026, 3, 1, 12, tzinfo=UTC)
UNTIL = datetime(2026, 3, 3, 11, tzinfo=UTC)
AFTER = datetime(2026, 3, 3, 12, tzinfo=UTC)
# In every text of the post; its address has it too.
WORD = "quokka"
# For the press alone: in no output at any time.
SECRET = "wombat"
DAY = "/2026/03/03/"
POST = f"{DAY}{WORD}-title/"


def feeds(*paths):
    return [path + feed for path in paths for feed in FEEDS]


# Each family of pages: its addresses that might tell of the post, and which of them do
# tell when its time has come.
PLACES = {
    "Front": (feeds("/"), True),
    "Posts": ([POST], True),
    "Comments": ([f"{POST}comments/2/"], False),
    "Releases": (
        [
            *(f"{POST}release.txt", f"{POST}ninjs.json"),
            *(f"{POST}release-letter.pdf", f"{POST}release-a4.pdf"),
            f"{POST}press-kit.zip",
        ],
        True,
    ),
    "Posters": ([POST + name for name in SHEETS], True),
    "Embeds": (
        [place + name for place in ("/", POST, DAY) for name in EMBEDS]
        + [POST + name for name in OF_CALLS],
        True,
    ),
    "EmbedFiles": (["/embed.js", "/embed-height.js", "/embed.css"], False),
    # Of a call, below; this post is a release.
    "Calls": (feeds("/calls/"), False),
    "CallFiles": ([POST + name for name in OF_CALL], False),
    "Endorsements": ([f"{POST}endorsements/"], False),
    "SignUpSheets": ([f"{POST}sign-up-letter.pdf", f"{POST}sign-up-a4.pdf"], False),
    "Wire": (feeds("/wire/", "/wire/unsorted/"), True),
    "Raw": (feeds("/wire/raw/"), False),
    "Sections": (feeds("/topics/labor/"), True),
    "Podcasts": (["/podcast.rss", "/topics/labor/podcast.rss"], True),
    "PodcastPictures": (["/podcast.png"], False),
    "Days": (feeds(DAY), True),
    "Months": (feeds("/2026/03/"), True),
    "SectionMonths": (["/topics/labor/2026/03/"], True),
    "Features": (feeds("/features/"), False),
    "Calendars": (
        [*feeds("/calendar/", "/calendar/topics/labor/"), "/calendar/calendar.ics"],
        False,
    ),
    "CalendarMonths": (["/calendar/2026/03/", "/calendar/2026/03/calendar.ics"], False),
    "CalendarWeeks": (
        ["/calendar/2026/w10/", "/calendar/2026/w10/calendar.ics"],
        False,
    ),
    "EventFiles": ([f"{POST}calendar.ics"], False),
    "EventDates": ([f"{POST}dates/1/", f"{POST}dates/1/calendar.ics"], False),
    "OrganisationList": (feeds("/organisations/"), True),
    "Organisations": (feeds("/organisations/union/"), True),
    "Hidden": (["/hidden/", "/hidden/2026/03/"], False),
    "HiddenHeap": (["/hidden/heaps/0/"], False),
    "RawPages": (["/wire/raw/0/"], False),
    "LogFiles": (["/log/files/"], False),
    "Texts": (["/about/", "/policy/", "/privacy/"], False),
    "Errors": (["/404.html", "/413.html", "/50x.html"], False),
    "Robots": (["/robots.txt"], False),
    "Sitemaps": (
        [
            *("/sitemap.xml", "/sitemap-lists.xml", "/sitemap-organisations.xml"),
            "/sitemap-2026-03.xml",
        ],
        True,
    ),
    "Tiles": (["/log/tile/0/000.p/1", "/log/tile/entries/000.p/1"], False),
    "Checkpoint": (["/log/checkpoint", "/log/key"], False),
    "Log": (feeds("/log/"), False),
    "LogData": (["/log/decisions.json"], False),
    "LogLists": (["/log/screening/"], False),
    "LogMonths": (["/log/2026/03/"], False),
    "LogDays": (["/log/2026/03/03/"], False),
    "LogBundles": ([], False),
    "Decisions": (["/log/0/", "/log/0/decision.json"], False),
    "Statistics": (["/log/statistics/"], False),
}
OF_CALLS_ALONE = {"Calls", "CallFiles", "Endorsements", "SignUpSheets"}
SEARCHES = [
    *("/search/", "/api/v1/search"),
    *(f"/search/{feed}" for feed in FEEDS if feed),
]
# Beside the table of addresses: what can be asked of them.
ASKED = [
    *(
        "/api/v1/posts?kind=release",
        "/api/v1/posts?topic=labor",
        "/api/v1/posts?limit=1",
    ),
    *("/publish/?from=quick", f"{POST}feed.atom"),
    *(
        f"{place}?{query}"
        for place in SEARCHES
        for query in (f"q={WORD}", f"by={WORD}", "kind=release", "kind=addendum")
    ),
    f"/oembed?url=http://testserver{POST}",
]


@pytest.fixture
def clock():
    with time_machine.travel(BEFORE, tick=False) as travelled:
        yield travelled


def held(**fields):
    """A release with everything that a release can have."""
    contact = Contact(name=f"{WORD} contact", phone=f"555 {WORD}")
    post = a_release(
        f"{WORD} title",
        until=UNTIL,
        byline=f"{WORD} byline",
        summary=f"{WORD} summary",
        body=f"{WORD} body " + "and more words of it " * 5,
        subheadline=f"{WORD} sub",
        dateline=WORD.upper(),
        contacts=[vars(contact)],
        press_contacts=[Contact(name=SECRET, phone="555-010-0177")],
        quotes=[{"words": f"{WORD} quote", "speaker": WORD}],
        boilerplates=[{"organisation": WORD, "text": WORD}],
        topics=(a_section(),),
        addenda=(an_addendum(f"{WORD} part", body=WORD),),
        attachments=(a_made("sound", caption=f"{WORD} recording"),),
        **fields,
    )
    union = Organisation.objects.first() or an_organisation("Union")
    issuing.issue(post=post, by=Acting(union))
    return post


def tells(body):
    return WORD in (body or b"").decode(errors="replace").lower()


def tells_of_more_than_it_was_asked(path, body):
    """A search repeats what was looked for; its address, and its title or field."""
    told = (body or b"").decode(errors="replace").lower()
    if f"={WORD}" in path:
        told = told.replace(f"={WORD}", "").replace(f'value="{WORD}"', "")
        told = told.replace(f"search: {WORD}", "")
    return WORD in told


def secret(body):
    return SECRET in (body or b"").decode(errors="replace").lower()


def answers(client, post):
    """What every dynamic address says to who asks with GET."""
    part = post.addenda.values_list("pk", flat=True).first()
    names = defaultdict(lambda: "1", post=post.pk, addendum=part)
    for row in TABLE:
        if "GET" in row.methods:
            path = row.address.format_map(names)
            yield path, client.get(path, follow=True)


def test_every_family_of_pages_is_in_the_list():
    assert {type(family).__name__ for family in CATALOGUE} == PLACES.keys()


def test_each_place_belongs_to_its_family():
    found = {
        (name, type(pages.find(path)[0]).__name__)
        for name, (paths, _shows) in PLACES.items()
        for path in paths
    }
    assert [pair for pair in found if pair[0] != pair[1]] == []


def test_every_output_of_a_release_is_in_the_list():
    assert {POST + name for name in NAMES} == set(PLACES["Releases"][0])


def telling(looked_for):
    """The families of which a page tells it."""
    return {
        name
        for name, (paths, _shows) in PLACES.items()
        if any(looked_for(on_demand(path)) for path in paths)
    }


def test_no_page_tells_before_its_time_and_those_that_should_tell_after(clock):
    held()
    assert telling(tells) == set()
    assert [path for path in pages.every() if tells(path.encode())] == []
    clock.move_to(AFTER)
    embargo.release_due()
    print_stale()
    assert telling(tells) == {name for name, (_paths, shows) in PLACES.items() if shows}
    assert telling(secret) == set()


def held_call():
    """A call with a word of it in everything that a call has."""
    return a_call(
        f"{WORD} title",
        body=f"{WORD} body",
        at=UNTIL,
        content=told(
            asks=(AskContent("attend", WORD),),
            demands=(DemandContent(WORD, WORD),),
            know=WORD,
            ask_whom=WORD,
            contacts=(Contact(name=WORD),),
            press_contacts=(Contact(name=SECRET),),
            embargo_until=UNTIL,
        ),
    )


def test_no_page_tells_of_a_call_before_its_time_and_every_output_after(clock):
    held_call()
    assert telling(tells) == set()
    clock.move_to(AFTER)
    embargo.release_due()
    print_stale()
    shows = {name for name, (_paths, tells_of) in PLACES.items() if tells_of}
    assert OF_CALLS_ALONE | {"Posts"} <= telling(tells)
    assert telling(tells) - shows <= OF_CALLS_ALONE
    assert telling(secret) == set()
    files = [POST + name for name in OF_CALL if "endorsements" not in name]
    assert [
        path for path in files if ".pdf" not in path and not tells(on_demand(path))
    ] == []


@pytest.mark.parametrize("who", ["nobody", "an editor"])
def test_no_other_address_tells_before_its_time(who, clock, db):
    post = held()
    client = Client()
    if who == "an editor":
        client.force_login(an_editor())
    told = [path for path, answer in answers(client, post) if _tells(answer)]
    index_everything()
    told += [path for path in ASKED if _tells(client.get(path), path)]
    assert told == []


def test_no_other_address_tells_of_a_call_before_its_time_and_they_do_after(clock):
    post = held_call().post
    index_everything()
    client = Client()
    told = [path for path, answer in answers(client, post) if _tells(answer)]
    told += [path for path in ASKED if _tells(client.get(path), path)]
    assert told == []
    clock.move_to(AFTER)
    embargo.release_due()
    shown = {f"/pledge/{post.pk}/", f"/calls/{post.pk}/endorse/", "/api/v1/posts"}
    assert {path for path in shown if _tells(client.get(path), path)} == shown


def _tells(answer, path=""):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    answer.close()
    where = answer.get("Location", "") + str(getattr(answer, "redirect_chain", ""))
    found = any(
        tells_of_more_than_it_was_asked(path, t) for t in (body, where.encode())
    )
    return found or secret(body)


def test_the_same_addresses_tell_when_its_time_has_come(clock):
    """The control: the list above looks in the right places."""
    post = held()
    clock.move_to(AFTER)
    embargo.release_due()
    index_everything()
    told = {path for path, answer in answers(Client(), post) if _tells(answer)}
    told |= {path for path in ASKED if _tells(Client().get(path), path)}
    assert {path for path in ASKED if "search" in path} <= told
    assert {f"/api/v1/posts/{post.pk}", "/api/v1/posts", f"/flag/{post.pk}/"} <= told


def test_nothing_of_it_lies_in_the_public_tree(settings, clock):
    post = held()
    client = Client()
    for paths, _shows in PLACES.values():
        for path in paths:
            client.get(path)
    print_stale()
    keep_house()
    call_command("print", "--all", verbosity=0)
    names = [
        file for file in settings.PUBLIC_DIR.rglob("*") if tells(str(file).encode())
    ]
    texts = [
        file
        for file in settings.PUBLIC_DIR.rglob("*")
        if file.is_file() and "assets" not in file.parts and tells(file.read_bytes())
    ]
    media = [
        file for file in (settings.PUBLIC_DIR / "media").rglob("*") if file.is_file()
    ]
    assert (names, texts, media) == ([], [], [])
    assert post.attachments[0].content_id


def test_its_files_are_public_afterwards_and_not_before(client, clock):
    address = held().attachments[0].src
    assert client.get(address).status_code == 404
    clock.move_to(AFTER)
    embargo.release_due()
    assert the_tree().read(address)


def test_it_is_released_once_and_by_itself(clock):
    held()
    assert embargo.release_due() == 0
    clock.move_to(AFTER)
    assert [embargo.release_due(), embargo.release_due()] == [1, 0]
    post = Post.objects.get()
    assert (post.published_at, post.listed, post.embargo_until) == (UNTIL, True, None)


def test_whoever_writes_nearly_the_same_is_not_told_of_it(clock):
    post = held()
    same = Content(kind="report", title=post.title, body=post.body)
    assert like(same) is None


def test_what_is_doubtful_is_logged_at_its_time(clock):
    held(doubtful=True)
    assert not Decision.objects.exists()
    clock.move_to(AFTER)
    embargo.release_due()
    post = Post.objects.get()
    assert (post.listed, post.waiting_since) == (False, AFTER)
    assert Decision.objects.get().post == post


def test_nobody_decides_about_it(clock, client):
    post = held()
    client.force_login(an_editor())
    data = {"posts": [post.pk], "do": "local", "post": post.pk, "class": "local"}
    client.post("/desk/act/", data)
    post.refresh_from_db()
    assert post.wire_class == "unsorted"
    assert not Decision.objects.exists()


# Its author


def test_its_author_changes_it_without_a_correction(clock):
    post = held()
    corrections.correct(post=post, revision=Revision({"title": "Other"}))
    post.refresh_from_db()
    assert post.title == "Other"
    assert not post.corrections.exists()


def release_of(post, until):
    told = {"embargo": until.isoformat() if until else "", "embargo_zone": "UTC"}
    return ReleaseContent(Release.of({**post.release, **told}), embargo_until=until)


def test_its_author_moves_it_and_its_address_with_it(clock):
    post = held()
    later = UNTIL + timedelta(days=2)
    revision = Revision({}, release=release_of(post, later))
    corrections.correct(post=post, revision=revision)
    post.refresh_from_db()
    assert (post.embargo_until, post.path) == (later, f"/2026/03/05/{WORD}-title/")
    assert post.places.get().published_at == later


def test_its_author_lifts_it(clock):
    post = held()
    corrections.correct(
        post=post, revision=Revision({}, release=release_of(post, None))
    )
    post = Post.objects.get()
    assert (post.published_at, post.path) == (BEFORE, f"/2026/03/01/{WORD}-title/")
    assert post.as_release.status == "immediate"
    assert tells(on_demand("/"))


def test_its_author_takes_it_back_and_nothing_is_left(clock):
    post = held()
    corrections.withdraw(post=post)
    assert not Post.everything.exists()
    assert on_demand(POST) is None


def test_what_is_added_comes_with_it(clock):
    post = held()
    corrections.add_addendum(post=post, content=an_addendum("More", body=WORD))
    clock.move_to(AFTER)
    embargo.release_due()
    assert {part.published_at for part in Post.objects.get().addenda.all()} == {UNTIL}


def test_a_change_under_embargo_is_screened_too(clock):
    post = held()
    facts = unhurried(doubtful=True)
    corrections.correct(post=post, revision=Revision({"title": "Other"}), facts=facts)
    post.refresh_from_db()
    assert post.waiting_since == BEFORE


def test_the_form_the_room_and_the_last_page(contributor):
    fields = {
        "kind": "release",
        "title": f"{WORD} title",
        "body": "A text.",
        "release-status": "embargoed",
        "release-embargo_at": "2026-03-03T06:00",
        "release-embargo_zone": "America/New_York",
    }
    with time_machine.travel(BEFORE, tick=True):
        contributor.publish(**fields)
        assert b"6:00 AM EST" in contributor.answer.content
        contributor.enter()
        assert b"under embargo until" in contributor.answer.content
        post = Post.everything.get()
        contributor.room(post, "correct")
        assert contributor.typed["release-embargo_at"] == "2026-03-03T06:00"
    assert post.embargo_until == UNTIL


def test_a_program_is_told_until_when(clock, client):
    program = Program(client)
    sent = {"status": "embargoed", "embargo_at": "2026-03-03T06:00:00-05:00"}
    made = program.publish(kind="release", release=sent).json()
    assert made["embargo_until"] == "2026-03-03T11:00:00+00:00"
    path = f"posts/{made['id']}"
    assert program.get(path).status_code == 404
    fresh = program.send("PATCH", path, {"title": "Other"}, key=made["key"])
    assert json.loads(fresh.content)["title"] == "Other"
    assert re.fullmatch(r"[a-z]+( [a-z]+){5}", made["key"])


def test_other_posts_go_on_as_before(clock):
    held()
    other = a_post("Another")
    assert [post.pk for post in Post.objects.all()] == [other.pk]
    assert "Another" in on_demand("/").decode()
