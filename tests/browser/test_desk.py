"""The desk in Chromium: by keyboard, by thumb, without scripts, and beside somebody."""

import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.browser.site import running_site
from tests.browser.test_accessibility import faults

WIDE = {"width": 1280, "height": 900}
FILL = """
from django.test import Client
from commonwire.moderation.actions import appealing, flagging, placing
from tests.factories import a_comment, a_post, a_rule, an_editor
ada, bo = an_editor("ada"), an_editor("bo", steward=True)
flagged, hidden = a_post("Flagged"), a_post("Hidden already")
for number in range(1, 61):
    a_post(f"Story {number:02}", body=f"What happened, {number}. " * 30)
a_post("Pills", body="Buy our pills.", doubtful=True)
flagging.flag(post=flagged, rule=a_rule("false"), note="The vote is on Saturday.")
a_comment(flagged, body="I was there, too.")
placing.hide(by=bo, post=hidden, rule=a_rule("duplicate"), reason="It stands here.")
appealing.appeal(post=hidden, by="author", text="It is another one.")
for editor in (ada, bo):
    client = Client()
    client.force_login(editor)
    print(client.cookies["desk"].value)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with running_site(tmp_path_factory.mktemp("desk")) as running:
        yield running


@pytest.fixture(scope="module")
def cookies(site):
    """What ada and bo are known by; the wire is full of stories."""
    command = [sys.executable, "-m", "commonwire", "shell", "--no-imports", "-c", FILL]
    done = subprocess.run(
        command, env=site.environment, check=True, capture_output=True, text=True
    )
    return done.stdout.split()[-2:]


@pytest.fixture
def sit_down(browse, site, cookies):
    """A page of the desk in a browser of one of the two; what goes wrong in it is in
    ``faults``."""

    def open_desk(path="", *, as_bo=False, **options):
        context = browse(**({"viewport": WIDE} | options))
        place = {"domain": "127.0.0.1", "path": "/desk/"}
        context.add_cookies([{"name": "desk", "value": cookies[as_bo], **place}])
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on(
            "console",
            lambda said: (
                page.faults.append(said.text) if "Policy" in said.text else None
            ),
        )
        page.goto(f"/desk/{path}")
        return page

    return open_desk


@pytest.fixture
def desk(sit_down):
    page = sit_down("?state=new")
    yield page
    assert page.faults == []


def titles(page, count):
    return page.locator(".item h3 a").all_inner_texts()[:count]


def item(page, title):
    return page.locator(".item", has=page.get_by_role("link", name=title, exact=True))


def said(page, words):
    expect(page.locator("#toast")).to_contain_text(words)


def comes_to(page, path, title):
    """Whether a list that the worker prints shows the title soon."""
    for _ in range(100):
        if f">{title}</a>" in page.request.get(path).text():
            return True
        page.wait_for_timeout(100)
    return False


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_posts_are_sorted_by_keyboard_alone(desk):
    first, second, third = titles(desk, 3)
    press(desk, "j")
    for key, title in (("l", first), ("g", second), ("o", third)):
        expect(item(desk, title)).to_be_focused()
        press(desk, key)
        said(desk, title)
        expect(item(desk, title)).to_have_count(0)
    for title, wire_class in ((first, "local"), (second, "global"), (third, "other")):
        assert comes_to(desk, f"/wire/{wire_class}/", title)


def test_the_last_acts_are_taken_back_by_a_key(desk):
    first, second = titles(desk, 2)
    press(desk, "j", "l")
    said(desk, first)
    press(desk, "l")
    said(desk, second)
    press(desk, "u")
    expect(item(desk, second)).to_be_focused()
    press(desk, "u")
    expect(item(desk, first)).to_be_focused()
    assert titles(desk, 2) == [first, second]


def test_a_post_is_hidden_by_keyboard_and_its_error_stands_beside_the_field(desk):
    (title,) = titles(desk, 1)
    public = item(desk, title).get_by_role("link", name="public page")
    path = public.get_attribute("href")
    press(desk, "j", "h", "Tab")
    desk.keyboard.type("It is an advert.")
    press(desk, "Enter")
    expect(item(desk, title).locator("select[name=rule]")).to_be_focused()
    expect(item(desk, title)).to_contain_text("Choose the rule")
    reason = item(desk, title).locator("textarea[name=reason]")
    expect(reason).to_have_value("It is an advert.")
    desk.keyboard.type("No adv")  # by its first letters, as keyboards choose
    press(desk, "Tab", "Enter")
    said(desk, title)
    expect(item(desk, title)).to_have_count(0)
    page = desk.context.new_page()
    page.goto(path)
    expect(page.get_by_text("It is an advert.")).to_be_visible()


def test_escape_leaves_the_reason_and_keeps_it(desk):
    (title,) = titles(desk, 1)
    press(desk, "j", "h", "Tab")
    desk.keyboard.type("An advert, jkl")
    press(desk, "Escape")
    expect(item(desk, title)).to_be_focused()
    press(desk, "h", "Tab")
    expect(desk.locator("textarea:focus")).to_have_value("An advert, jkl")


def test_what_is_ticked_is_sorted_together(desk):
    first, second, third = titles(desk, 3)
    press(desk, "j", "x", "j", "j", "x")
    expect(desk.locator("#ticked")).to_have_text("2 ticked")
    press(desk, "g")
    said(desk, "2 decisions made.")
    assert titles(desk, 1) == [second]
    press(desk, "u")
    expect(item(desk, third)).to_have_count(1)
    assert titles(desk, 3) == [first, second, third]


def test_many_are_hidden_for_one_reason_and_a_fault_keeps_the_ticks(desk):
    first, second = titles(desk, 2)
    press(desk, "j", "x", "j", "x", "h")
    desk.keyboard.type("Nothing twice")
    press(desk, "Tab", "Enter")
    expect(desk.locator("#bulk .error")).to_contain_text("Write the reason")
    expect(desk.locator("#ticked")).to_have_text("2 ticked")
    desk.locator("#bulk textarea").fill("Both stand here already.")
    press(desk, "Enter")
    said(desk, "2 decisions made.")
    expect(item(desk, first)).to_have_count(0)
    expect(item(desk, second)).to_have_count(0)


def test_a_post_is_read_whole_and_folded(desk):
    (title,) = titles(desk, 1)
    press(desk, "j", "e")
    expect(item(desk, title).locator(".reading .text")).to_be_visible()
    press(desk, "e")
    expect(item(desk, title).locator(".reading .text")).to_be_hidden()


def test_no_key_acts_while_somebody_writes(desk):
    before = titles(desk, 3)
    press(desk, "/")
    desk.keyboard.type("jlgo?")
    expect(desk.locator("#f-q")).to_have_value("jlgo?")
    assert titles(desk, 3) == before


@pytest.mark.parametrize("held", ["Control", "Alt", "Meta"])
def test_keys_of_the_browser_stay_its_own(desk, held):
    before = titles(desk, 3)
    press(desk, "j")
    desk.evaluate(
        "document.addEventListener('keydown', e => window.taken = e.defaultPrevented)"
    )
    press(desk, f"{held}+o")
    assert (desk.evaluate("window.taken"), titles(desk, 3)) == (False, before)


def test_help_tells_the_keys_and_switches_them_off(desk):
    before = titles(desk, 1)
    press(desk, "?")
    expect(desk.get_by_role("dialog", name="Keys")).to_be_visible()
    desk.get_by_label("These keys are on").uncheck()
    press(desk, "Escape", "j", "l")
    desk.reload()
    press(desk, "j", "l")
    assert titles(desk, 1) == before
    press(desk, "?")
    desk.get_by_label("These keys are on").check()


def test_what_waits_is_released_and_is_on_the_front_page(sit_down):
    page = sit_down("waiting/?q=pills")
    press(page, "j", "r")
    said(page, "Pills")
    front = page.context.new_page()
    front.goto("/")
    expect(front.get_by_role("link", name="Pills", exact=True).first).to_be_visible()


def test_an_appeal_is_answered_by_another_editor(sit_down):
    theirs = sit_down("appeals/", as_bo=True)
    expect(theirs.get_by_text("another editor must answer")).to_be_visible()
    page = sit_down("appeals/")
    appeal = item(page, "Hidden already")
    appeal.get_by_text("Answer…").click()
    appeal.get_by_label("Your answer, in public").fill("It is another one indeed.")
    appeal.get_by_role("button", name="Uphold").click()
    said(page, "upheld the appeal")
    expect(appeal).to_have_count(0)


def test_two_see_what_the_other_looks_at_and_does(sit_down):
    ada, bo = sit_down("?state=new"), sit_down("?state=new", as_bo=True)
    (first,) = titles(ada, 1)
    press(ada, "j")
    ada.wait_for_timeout(800)  # who rests on something, looks at it
    press(bo, "j")
    expect(item(bo, first)).to_contain_text("ada is looking at this")
    press(ada, "l")
    said(ada, first)
    press(bo, "j")
    expect(item(bo, first)).to_contain_text(f"ada sorted “{first}” into")


def test_a_lost_connection_is_said_and_nothing_is_lost(desk):
    (title,) = titles(desk, 1)
    desk.context.set_offline(True)
    press(desk, "j", "l")
    said(desk, "This did not arrive")
    desk.context.set_offline(False)
    press(desk, "l")
    expect(item(desk, title)).to_have_count(0)


def test_who_was_signed_out_is_told(desk):
    press(desk, "j", "h", "Tab")
    desk.keyboard.type("A long thought.")
    desk.context.clear_cookies()
    press(desk, "Enter")
    said(desk, "You are signed out")
    expect(desk.locator("textarea:focus")).to_have_value("A long thought.")


def test_a_thumb_sorts_without_scrolling_sideways(sit_down):
    page = sit_down(
        "?state=new", viewport={"width": 360, "height": 740}, has_touch=True
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    (title,) = titles(page, 1)
    button = item(page, title).get_by_role("button", name="Global")
    assert button.bounding_box()["height"] >= 44
    button.tap()
    said(page, title)
    expect(item(page, title)).to_have_count(0)


def test_without_scripts_the_same_forms_work(sit_down):
    page = sit_down("?state=new", java_script_enabled=False)
    first, second = titles(page, 2)
    item(page, first).get_by_role("button", name="Other").click()
    said(page, first)
    assert page.url.endswith(f"#{item(page, second).get_attribute('id')}")
    item(page, second).get_by_text("Hide…").click()
    item(page, second).locator("textarea").fill("An advert.")
    item(page, second).get_by_role("button", name="Hide", exact=True).click()
    expect(item(page, second)).to_contain_text("Choose the rule")
    expect(item(page, second).locator("textarea")).to_have_value("An advert.")
    item(page, second).locator("select[name=rule]").select_option("advertising")
    item(page, second).get_by_role("button", name="Hide", exact=True).click()
    said(page, second)
    page.locator("#toast").get_by_role("button", name="Undo").click()
    assert titles(page, 1) == [second]


def test_a_queue_goes_on_when_what_it_showed_is_sorted(sit_down):
    page = sit_down("?state=new&q=story")
    shown = len(titles(page, 100))
    press(page, "j", *"l" * shown, "l")
    said(page, "sorted")
    expect(page.locator(".item:focus")).to_have_count(1)
    expect(page.get_by_role("link", name="More: New")).to_have_count(0)
    # Or what is still on its way changes the desk under the next test.
    page.wait_for_load_state("networkidle")


def test_without_scripts_a_sorted_page_leads_on(sit_down):
    page = sit_down("?state=new&q=story", java_script_enabled=False)
    before = titles(page, 20)
    page.get_by_role("link", name="More").first.click()
    assert titles(page, 20)
    assert not set(titles(page, 20)) & set(before)


def test_what_is_deleted_offers_no_undo(sit_down):
    page = sit_down("?state=new")
    (title,) = titles(page, 1)
    item(page, title).locator("h3 a").click()
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Withdraw for safety…").click()
    page.get_by_label("Rule").select_option("private-data")
    page.get_by_label("Reason").fill("It said where somebody lives.")
    page.get_by_role("button", name="Withdraw…").click()
    page.get_by_role("button", name="Yes, delete it for good").click()
    said(page, "for safety")
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)


def test_a_navigation_that_is_cut_at_the_edge_shows_that_it_goes_on(sit_down):
    page = sit_down(viewport={"width": 360, "height": 740})
    shadowed = page.evaluate("""() => [...document.querySelectorAll(".masthead ul")]
        .filter(list => list.scrollWidth > list.clientWidth)
        .map(list => getComputedStyle(list).backgroundAttachment)""")
    assert shadowed == ["local, local, scroll, scroll"] * 2


@pytest.mark.parametrize(
    ("width", "scheme"), [(360, "light"), (768, "dark"), (1280, "light")]
)
def test_axe_finds_nothing(sit_down, width, scheme):
    page = sit_down(
        bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 800}
    )
    found = []
    for path in (
        "",
        "?state=new&q=story",
        "flags/",
        "comments/",
        "?state=hidden",
        "screening/",
        "screening/new/",
        "appeals/",
        "posts/5/",
        "posts/5/correct/",
        "posts/5/withdraw/",
    ):
        page.goto(f"/desk/{path}")
        page.evaluate(
            "for (const d of [...document.querySelectorAll('details')].slice(0, 12))"
            " d.open = true"
        )
        found += faults(page)
        if page.get_by_role("button", name="Keys").count():
            page.get_by_role("button", name="Keys").click()
            found += faults(page)
    assert found == []


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_what_stewards_change(sit_down, width):
    page = sit_down(
        as_bo=True, bypass_csp=True, viewport={"width": width, "height": 800}
    )
    found = []
    for path in ("settings/", "settings/sections/new/", "rules/new/"):
        page.goto(f"/desk/{path}")
        found += faults(page)
        assert page.evaluate("document.documentElement.scrollWidth") == width
    assert found == []
