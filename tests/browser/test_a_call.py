"""A federation's press officer makes a call of a release; others take part in it, it moves,
somebody withdraws, and it is called off. Everything that shows it says the same."""

import io
import re
import subprocess
import sys
import zipfile
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from tests.browser import steps
from tests.browser.site import running_site
from tests.browser.test_embeds import elsewhere
from tests.syndication.pdfs import words_of

pytestmark = pytest.mark.slow
FEDERATION = "Riders of Riverland"
MEMBERS = """name;kind;members;members_on;parent
Northern Riders;regional;300;2026-01-01;
Southern Riders;regional;200;2026-01-01;
Milltown Riders;union;120;2026-01-01;Northern Riders
Depot Four Riders;union;80;2026-01-01;Northern Riders
"""
# A steward's link each for three bodies, and a token of one.
FILL = """
from commonwire.calls.actions.stewards import add_organisations_token, invite_first
from commonwire.calls.models import Organisation
for name in ("Northern Riders", "Milltown Riders", "Depot Four Riders"):
    body = Organisation.objects.get(name=name)
    print(invite_first(by=None, organisation=body, label="Office"))
print(add_organisations_token(
    organisation=Organisation.objects.get(name="Southern Riders"), name="program"
))
"""
RELEASE = """SAFE NIGHTS IN JANUARY

RIVERTON – Riders will stand at the depots on January 16, 2037, from 6:00 a.m. to 2:00 p.m.

We demand:
- Night buses until two
- Heated break rooms
- No fare rise
- Two drivers on every night line

We ask everybody to:
- Come to a depot
- Don't shop downtown
- Share this call
"""
DEMANDS = re.findall(r"- (.+)", RELEASE)[:4]
DAY, NEW_DAY = "January 16, 2037", "January 23, 2037"
# Unlike each other, as ten strangers write.
PLACES = {
    "bridge": (
        "Vigil at the bridge",
        "Bring a light to the bridge, and somebody with you.",
    ),
    "station": (
        "Last train watch",
        "We stand at the station with the night shift until the last train.",
    ),
    "weir": (
        "Soup by the water",
        "Soup from the kayak club; mind the wet steps after dark.",
    ),
    "market": ("Bakers sing", "Stalls stay open late and the bakers sing."),
    "depot": (
        "Split shifts told",
        "Drivers tell how a split shift goes. Tea is there.",
    ),
    "library": (
        "Painting banners",
        "Children paint banners beforehand, from four o'clock on.",
    ),
    "harbour": ("Horns on the hour", "Boats sound their horns thrice on the hour."),
    "mill": (
        "Film of the first timetable",
        "The weavers show an old film about the first timetable.",
    ),
    "school": (
        "Walking home, read aloud",
        "Parents read aloud what pupils wrote about walking home.",
    ),
    "chapel": (
        "Bells and silence",
        "Bells, then silence. All faiths and none are welcome.",
    ),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with running_site(tmp_path_factory.mktemp("call"), demo=False) as running:
        yield running


@pytest.fixture
def keys(site, browse, tmp_path):
    """Three levels of bodies from a table; the keys of three stewards, and a token."""
    table = tmp_path / "members.csv"
    table.write_text(MEMBERS, encoding="latin-1")
    run(site, "organisations", "add", FEDERATION)
    run(site, "organisations", "import", "riders-of-riverland", str(table), "--do")
    *links, token = run(site, "shell", "--no-imports", "-c", FILL).split()[-4:]
    page = browse(java_script_enabled=False).new_page()
    return [*(joined(page, link) for link in links), token]


def run(site, *words):
    command = [sys.executable, "-m", "commonwire", *words]
    done = subprocess.run(
        command, env=site.environment, check=True, capture_output=True, text=True
    )
    return done.stdout


def joined(page, link):
    page.goto(link)
    page.locator("main form button").click()
    return page.locator("#phrase").inner_text()


def test_a_call_from_a_pasted_release_to_its_being_called_off(
    chromium, site, browse, keys, tmp_path
):
    northern, milltown, depot, token = keys
    author = browse().new_page()
    key, address, number = call_from(author, RELEASE)
    room = room_of(author, key)

    strangers_come(browse, number)
    endorse_by_program(author, site, number, token)
    endorse(in_room(browse, northern), "Endorse …")
    invited(author, room, "Depot Four Riders")
    endorse(in_room(browse, depot), "Accept …")
    # Somebody wrote at the form that it endorses; its steward says that it is true.
    endorse(in_room(browse, milltown), "It is true: confirm …")
    looked_through(author, room)
    page = browse().new_page()
    says(
        page, address, "5 organisations, with 500 members", "1 person pledged", "Vigil"
    )
    assert page.locator(".call-events li").count() == len(PLACES)
    embedded(chromium, site, address, tmp_path)
    outputs_agree(page, address, DAY)

    release = kit_is_whole(author, room)
    move(author, room)
    withdraw(in_room(browse, northern))
    says(page, address, NEW_DAY, "for the version of", "withdrew its endorsement on")
    outputs_agree(page, address, NEW_DAY)
    says(page, release, "Its call was changed on", NEW_DAY)
    call_off(author, room)
    for path in (address, "/", "/calls/", "/wire/feed.atom", f"{address}call.txt"):
        says_plainly(page, path, "called off on")
    says_plainly(page, f"{address}call.ics", "status:cancelled", "status:tentative")


def call_from(page, text):
    """Its key, its address and its number."""
    page.goto("/publish/")
    page.get_by_role("radio", name="Call to action").check()
    page.locator("details.paste summary").click()
    page.fill("#id_pasted", text)
    page.wait_for_timeout(steps.A_PERSON_TAKES)
    with page.expect_navigation():
        page.get_by_role("button", name="Read it in").click()
    assert "Demands: taken from lines 6 to 9" in page.locator("main").inner_text()
    key = steps.publish(page)
    address = published(page)
    page.goto(address)
    link = page.get_by_role("link", name="Endorse it for your organisation")
    return key, address, re.search(r"\d+", link.get_attribute("href"))[0]


def published(page):
    """The path of the post's page, of its whole address."""
    return urlsplit(page.locator("main a").first.get_attribute("href")).path


def strangers_come(browse, number):
    """Each has the form open for as long as people take; all at once."""
    endorsers = at(browse, f"/calls/{number}/endorse/", times=2)
    organisers = at(browse, f"/publish/?kind=event&call={number}", times=len(PLACES))
    (pledger,) = at(browse, f"/pledge/{number}/")
    pledger.wait_for_timeout(steps.A_PERSON_TAKES)
    for page, name in zip(
        endorsers, ("Milltown Riders", "Milltown Bakers"), strict=True
    ):
        fill_endorsement(page, name)
    for page, place in zip(organisers, PLACES, strict=True):
        add_event(page, place)
    pledge(pledger)


def at(browse, path, *, times=1):
    pages = [browse(java_script_enabled=False).new_page() for _ in range(times)]
    for page in pages:
        page.goto(path)
    return pages


def fill_endorsement(page, name):
    page.fill("[name=organisation]", name)
    page.select_option("[name=how]", "vote")
    page.fill("[name=office]", "General meeting")
    page.get_by_role("button", name="Send the endorsement").click()
    assert page.locator("main [role=status]").count() == 1


def add_event(page, place):
    title, body = PLACES[place]
    page.fill("[name=title]", title)
    page.fill("[name=body]", body)
    page.fill("[name=event-start_day]", "2037-01-16")
    page.fill("[name=event-start_time]", "18:00")
    page.fill("[name=event-place]", f"The {place}")
    page.get_by_role("button", name="Preview").last.click()
    steps.wait_as_asked(page, "Preview")
    steps.publish(page)
    assert "It was added to the call" in page.locator("main").inner_text()


def pledge(page):
    page.locator("[name=asks]").first.check()
    page.get_by_role("button", name="I pledge").click()
    assert "Keep this address" in page.locator("main").inner_text()


def endorse_by_program(page, site, number, token):
    answer = page.request.post(
        f"/api/v1/posts/{number}/endorsement",
        data={"how": "board", "office": "secretary"},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status == 201, answer.text()


def in_room(browse, key):
    """The page of calls in an organisation's room."""
    page = browse(java_script_enabled=False).new_page()
    page.goto("/organisations/room/")
    page.fill("[name=key]", key)
    page.locator("main form button").click()
    page.locator("main").get_by_role("link", name="Calls", exact=True).click()
    return page


def endorse(page, link):
    page.get_by_role("link", name=link).first.click()
    page.select_option("[name=how]", "vote")
    page.fill("[name=office]", "President")
    page.get_by_role("button", name="Endorse it").click()
    assert "You endorse" in page.locator("main").inner_text()


def withdraw(page):
    page.get_by_role("button", name="Withdraw the endorsement").click()
    assert "Done." in page.locator("main").inner_text()


def room_of(page, key):
    page.goto("/key/")
    page.get_by_label("Your key").fill(key)
    page.get_by_role("button", name="Open").click()
    page.wait_for_url("**/key/*/")
    href = page.locator('a[href$="/call/"]').first.get_attribute("href")
    return href.removesuffix("call/")


def invited(page, room, name):
    page.goto(f"{room}call/")
    page.fill("#id_organisation", name)
    with page.expect_navigation():
        page.get_by_role("button", name="Invite it").click()


def looked_through(page, room):
    """The issuer confirms whom nobody speaks for here, and lists what strangers do."""
    page.goto(f"{room}call/")
    for button in ("Confirm", *["List it"] * len(PLACES)):
        with page.expect_navigation():
            page.get_by_role("button", name=button).first.click()
        assert "Done." in page.locator("main").inner_text()


def says(page, path, *sentences):
    """As soon as the worker has printed it."""
    for _try in range(50):
        page.goto(path)
        text = page.locator("main").inner_text()
        if all(each in text for each in sentences):
            return
        page.wait_for_timeout(200)
    raise AssertionError(text)


def says_plainly(page, path, *words):
    for _try in range(50):
        text = page.request.get(path).text().casefold()
        if all(each in text for each in words):
            return
        page.wait_for_timeout(200)
    raise AssertionError((path, text))


def embedded(chromium, site, address, folder):
    line = (
        f'<script async src="{site.url}/embed.js" data-address="{site.url}{address}">'
    )
    (folder / "index.html").write_text(f"<!doctype html><h1>Theirs</h1>{line}</script>")
    with elsewhere(folder) as other, closing(chromium.new_context()) as context:
        page = context.new_page()
        page.goto(other)
        card = page.frame_locator("iframe").locator("body")
        card.get_by_text(DAY).first.wait_for()
        assert "pledged" in card.inner_text()
        assert context.cookies() == []


def outputs_agree(page, address, day):
    """Text, ninjs and what is printed have the day, the hours, the demands in their
    order."""
    says_plainly(page, f"{address}call.txt", day.casefold())
    for name in ("call.txt", "call.ninjs.json"):
        said = " ".join(page.request.get(f"{address}{name}").text().split())
        assert day in said
        places = [said.find(demand) for demand in DEMANDS]
        assert -1 not in places
        assert places == sorted(places)
        assert all(said.count(demand) == 1 for demand in DEMANDS) or "json" in name
    for name in ("call-a4.pdf", "poster-a4.pdf", "sign-up-a4.pdf"):
        said, _size = words_of(page.request.get(f"{address}{name}").body())
        assert day in said, name
        assert "6:00 AM to 2:00 PM" in said, name
        if "sign-up" not in name:
            places = [said.find(demand) for demand in DEMANDS]
            assert -1 not in places, name
            assert places == sorted(places), name
    begins = "".join(day.replace(",", "").split()[1:])
    assert f"203701{begins[:2]}T060000" in page.request.get(f"{address}call.ics").text()


def kit_is_whole(page, room):
    """A press release is drafted of the call, published, and its kit opened."""
    page.goto(f"{room}call/")
    with page.expect_navigation():
        page.get_by_role("button", name="Make a press release of it").click()
    page.wait_for_timeout(steps.A_PERSON_TAKES)
    steps.preview(page)
    steps.send_out(page)
    assert "under the key you gave" in page.locator("main").inner_text()
    address = published(page)
    kit = page.request.get(f"{address}press-kit.zip")
    with zipfile.ZipFile(io.BytesIO(kit.body())) as opened:
        assert opened.testzip() is None
        texts = [opened.read(n) for n in opened.namelist() if n.endswith(".txt")]
        assert any(b"###" in text for text in texts)
    return address


def move(page, room):
    page.goto(f"{room}correct/")
    page.fill("[name=call-first_day]", "2037-01-23")
    with page.expect_navigation():
        page.locator("main form button.main").last.click()


def call_off(page, room):
    page.goto(f"{room}call/")
    page.get_by_label("Why it is called off").fill("The board agreed to talk.")
    with page.expect_navigation():
        page.get_by_role("button", name="Call it off").click()
