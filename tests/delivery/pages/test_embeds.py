import json
from datetime import UTC, datetime

import pytest
import time_machine

from commonwire.calendar.actions import dates
from commonwire.calls.actions import calling, endorsing, local_events, pledging
from commonwire.calls.actions.endorsing import Authority
from commonwire.calls.actions.organisations import change_organisation
from commonwire.calls.actions.pledging import PledgeContent
from commonwire.calls.stewardship import Acting
from commonwire.changes.models import Change
from commonwire.delivery.pages.embeds import FRAMES, NAMES, SHOWS, Embeds
from commonwire.delivery.pages.sections import Sections
from commonwire.delivery.pages.wire import Wire
from commonwire.delivery.printing import on_demand, print_due
from commonwire.publishing.actions import corrections, sorting
from commonwire.publishing.content import Revision
from tests.calendar import an_event
from tests.calls.factories import a_call
from tests.delivery.pages import NOTHING, reaction, stale
from tests.factories import a_post, a_section, a_site, an_organisation
from tests.page import Page

pytestmark = pytest.mark.django_db(transaction=True)
LISTS = ["/", "/wire/", "/wire/local/", "/wire/raw/", "/topics/labor/", "/2026/01/"]


def embeds():
    return Embeds([Wire(), Sections()])


def test_what_was_embedded_is_printed_again_when_the_post_changes(post):
    for place in (post.path, "/wire/"):
        on_demand(f"{place}embed.html")
    corrections.correct(post=post, revision=Revision({"title": "The vote"}))
    changed = reaction(embeds(), Change.objects.latest("pk"))
    assert changed == stale(f"{post.path}embed.html", "/wire/embed.html")


def test_what_nobody_embedded_costs_nothing(any_change):
    assert reaction(Embeds(), any_change) == NOTHING


def test_a_post_is_a_card(post):
    said = Page(on_demand(f"{post.path}embed.html"))
    assert said.said("h1") == ["A vote"]
    assert b"/embed-height.js" in on_demand(f"{post.path}embed.html")


@pytest.mark.parametrize("path", LISTS)
def test_every_listing_is_a_list(post, path):
    a_site(name="Riverton Wire")
    sorting.sort(post=post, wire_class="local")
    made = on_demand(f"{path}embed.html")
    names = [] if path == "/wire/raw/" else ["A vote"]
    assert Page(made).said("h2") == names


def test_ten_lines_are_enough():
    section = a_section()
    for number in range(12):
        a_post(f"Post {number}", topics=(section,))
    made = Page(on_demand(f"{section.path}embed.html"))
    assert len(made.said("h2")) == 10


def test_what_is_hidden_is_an_empty_frame_that_says_so(post):
    sorting.sort(post=post, wire_class="hidden")
    made = on_demand(f"{post.path}embed.html").decode()
    assert ("A vote" in made, "is not shown for now" in made) == (False, True)
    assert [on_demand(post.path + name) for name in NAMES[1:]] == [None, None]


def test_oembed_says_what_to_show(post):
    said = json.loads(on_demand(f"{post.path}oembed.json"))
    assert (said["type"], said["title"]) == ("rich", "A vote")
    assert f'src="http://testserver{post.path}embed.html"' in said["html"]
    assert 'sandbox="allow-scripts allow-popups' in said["html"]


def test_the_page_and_its_lists_lead_to_oembed(post):
    places = [post.path, "/", "/wire/", "/2026/01/16/"]
    missing = [
        place
        for place in places
        if f'"http://testserver{place}oembed.json"' not in on_demand(place).decode()
    ]
    assert missing == []


def test_what_is_to_be_copied_stands_on_a_page(post):
    made = on_demand(f"{post.path}embed-this.html").decode()
    line = f"embed.js&quot; data-address=&quot;http://testserver{post.path}&quot;"
    assert (line in made, "&lt;iframe src=&quot;" in made) == (True, True)


def test_a_title_stays_a_title_in_what_is_copied():
    post = a_post('"><script>alert(1)</script>')
    said = json.loads(on_demand(f"{post.path}oembed.json"))
    assert "<script" not in said["html"]


@pytest.mark.parametrize(
    "path", ["/nothing/embed.html", "/about/embed.html", "/2026/13/embed.html"]
)
def test_what_is_no_list_has_none(path):
    assert on_demand(path) is None


def test_a_mirror_has_those_of_every_post_and_list(post):
    every = set(embeds().every())
    assert {post.path + name for name in NAMES} <= every
    assert {f"/topics/labor/{name}" for name in NAMES} <= every


# Asked for by address


def ask(client, url, **data):
    return client.get("/oembed", {"url": url, **data})


def test_oembed_is_answered_by_address(client, post):
    answer = ask(client, f"http://testserver{post.path}", maxwidth=400)
    said = answer.json()
    assert (said["width"], 'width="400"' in said["html"]) == (400, True)
    assert answer["Content-Type"].startswith("application/json")


@pytest.mark.parametrize(
    "url",
    ["", "http://elsewhere.example/", "http://testserver/about/", "http://[", "/wire/"],
)
def test_what_cannot_be_embedded_is_said_not_to_be_there(client, url):
    assert ask(client, url).status_code == 404


def test_nonsense_for_sizes_is_nothing(client, post):
    answer = ask(client, f"http://testserver{post.path}", maxwidth="-1", maxheight="٣")
    assert answer.json()["width"] == 600


def test_xml_is_not_offered(client, post):
    answer = ask(client, f"http://testserver{post.path}", format="xml")
    assert answer.status_code == 501


# What answers say


def test_these_pages_alone_may_stand_in_frames(client, post):
    def policy(path):
        return client.get(path)["Content-Security-Policy"]

    assert "frame-ancestors *" in policy(f"{post.path}embed.html")
    others = [post.path, f"{post.path}embed-this.html", "/wire/"]
    assert [p for p in others if "frame-ancestors 'none'" not in policy(p)] == []


def test_a_frame_sets_no_cookie(client, post):
    assert not client.get(f"{post.path}embed.html").cookies


# Of calls and events


def an_endorsement(call):
    acting = Acting(organisation=an_organisation("Riverton Cleaners"), steward=None)
    return endorsing.endorse(call=call, acting=acting, authority=Authority())


def a_pledge(call):
    content = PledgeContent(tuple(call.asks.all()[:1]))
    return pledging.pledge(call=call, content=content, token="made up")


def embed_of(post, name="embed.html"):
    return " ".join(on_demand(post.path + name).decode().split())


def test_a_call_is_a_card_with_its_day_and_its_numbers():
    call = a_call()
    an_endorsement(call)
    a_pledge(call)
    said = embed_of(call.post)
    told = [call.when.words(), "<b>1</b> organisation endorses it"]
    assert [each for each in told if each not in said] == []


def test_a_call_that_is_called_off_says_so_in_every_view():
    call = a_call()
    calling.call_off(call=call, because="The ice is too thin.")
    views = [embed_of(call.post, name) for name in FRAMES]
    assert [view for view in views if "The ice is too thin." not in view] == []


def test_a_call_that_is_called_off_says_so_in_embedded_lists():
    calling.call_off(call=a_call(), because="The ice is too thin.")
    assert "Called off on" in on_demand("/wire/embed.html").decode()


def test_oembed_of_a_call_that_is_called_off_says_so():
    call = a_call(title="A day off")
    calling.call_off(call=call, because="The ice is too thin.")
    said = json.loads(on_demand(f"{call.post.path}oembed.json"))
    assert said["title"].startswith("A day off – Called off on ")


def test_endorsers_are_named_in_their_view():
    call = a_call()
    name = an_endorsement(call).organisation.name
    assert name in embed_of(call.post, "embed-endorsers.html")


def test_each_view_of_a_call_has_its_own_line_to_copy():
    said = embed_of(a_call().post, "embed-this.html")
    shows = [f"data-show=&quot;{show}&quot;" for show in SHOWS]
    assert [each for each in shows if each not in said] == []


def test_a_report_has_no_views_of_a_call(post):
    names = ("embed-counter.html", "embed-endorsers.html", "embed-events.html")
    assert [on_demand(post.path + name) for name in names] == [None, None, None]


def test_a_call_whose_time_is_over_is_printed_again_and_says_so():
    with time_machine.travel(datetime(2027, 1, 15, tzinfo=UTC)):
        post = a_call().post
        before = embed_of(post)
    now = datetime(2027, 1, 17, 1, tzinfo=UTC)
    printed = {f"{post.path}embed.html": datetime(2027, 1, 15, tzinfo=UTC)}
    assert list(embeds().due(now, printed.get)) == [f"{post.path}embed.html"]
    with time_machine.travel(now):
        assert (
            "It is over."
            in Embeds().render(place=post.path, name="embed.html").decode()
        )
    assert "It is over." not in before


def test_what_embeds_a_call_and_the_frame_of_calls_say_that_it_is_over():
    with time_machine.travel(datetime(2027, 1, 15, tzinfo=UTC), tick=False):
        paths = (f"{a_call().post.path}oembed.json", "/calls/embed.html")
        for path in paths:
            assert b"It is over." not in on_demand(path)
    now = datetime(2027, 1, 17, 1, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        print_due(now)
        for path in paths:
            assert b"It is over." in on_demand(path), path


def test_the_frame_of_endorsers_names_who_withdrew():
    call = a_call()
    given = an_endorsement(call)
    endorsing.take_back(endorsement=given, acting=Acting(given.organisation))
    text = Page(embed_of(call.post, "embed-endorsers.html")).text
    assert "withdrew its endorsement on" in " ".join(text.split())


def test_another_name_of_an_endorser_takes_the_old_one_away():
    call = a_call()
    body = an_endorsement(call).organisation
    embed_of(call.post, "embed-endorsers.html")
    on_demand(f"{call.post.path}endorsements/union/")
    change_organisation(organisation=body, seen=body.version, name="Night Cleaners")
    change = Change.objects.latest("pk")
    assert f"{call.post.path}embed-endorsers.html" in embeds().forgotten(change)


def test_a_local_event_that_is_cancelled_takes_the_old_list_away():
    call = a_call()
    post = an_event()
    local_events.list_event(event=local_events.add(call=call, post=post))
    embed_of(call.post, "embed-events.html")
    dates.cancel(post=post, number=1)
    change = Change.objects.latest("pk")
    assert f"{call.post.path}embed-events.html" in embeds().forgotten(change)


def test_pledges_print_the_card_and_the_counter_again():
    call = a_call()
    embed_of(call.post)
    a_pledge(call)
    change = Change.objects.filter(kind="call.pledged").latest("pk")
    assert list(embeds().counted(change)) == [f"{call.post.path}embed.html"]


def test_an_event_says_when_and_where_but_not_its_private_address():
    event = an_event(place="Depot", address="4 Harbour Road", address_private=True)
    said = embed_of(event)
    assert ("March 19, 2027" in said, "Depot" in said) == (True, True)
    assert "Harbour" not in said
