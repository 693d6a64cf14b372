"""The files of a published post, in its author's room."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import enter
from tests.browser.pictures import photos
from tests.browser.steps import A_PERSON_TAKES


@pytest.fixture(scope="module")
def room(chromium, site):
    """The address of the files of a post with two photos."""
    context = chromium.new_context(base_url=site.url)
    page = context.new_page()
    page.goto("/publish/")
    page.fill("#id_title", "Two views of a yard")
    page.fill("#id_body", "They are taken from the bridge.")
    page.set_input_files("#id_files", photos(2))
    expect(page.locator("[data-file] img")).to_have_count(2, timeout=60_000)
    for number, words in enumerate(("The first", "The second")):
        page.locator("[name$=-alt]").nth(number).fill(words)
    page.wait_for_timeout(A_PERSON_TAKES)
    page.get_by_role("button", name="Preview").last.click()
    page.get_by_role("button", name="Publish", exact=True).first.click()
    key = page.locator("#phrase").inner_text()
    enter(page, key)
    page.get_by_role("link", name="Files").click()
    page.wait_for_url("**/files/")
    yield page.url
    context.close()


def described(page):
    return page.locator("[name$=-alt]").evaluate_all("all => all.map(it => it.value)")


def test_files_are_ordered_with_buttons_and_saved(phone, room):
    phone.goto(room)
    before = described(phone)
    expect(phone.get_by_label("Place in the order").first).to_be_hidden()
    phone.get_by_role("button", name="Later").first.click()
    expect(phone.locator("#told")).to_have_text("Picture is now number 2 of 2.")
    phone.get_by_role("button", name="Save", exact=True).last.click()
    phone.wait_for_url("**/files/?said=described")
    assert described(phone) == before[::-1]


def test_without_scripts_they_are_ordered_by_number(browse, room):
    page = browse(java_script_enabled=False).new_page()
    page.goto(room)
    page.get_by_text("Caption, credit").first.click()
    expect(page.get_by_label("Place in the order").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_wider_than_a_telephone(browse, room, scheme):
    page = browse(bypass_csp=True, color_scheme=scheme).new_page()
    page.goto(room)
    assert page.locator("html").evaluate("it => it.scrollWidth") <= 360
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []


def test_targets_do_not_touch(phone, room):
    phone.goto(room)
    card = phone.locator("[data-file]").first
    button = card.get_by_role("button", name="Cover faces and plates").bounding_box()
    tick = card.get_by_text("Remove this file").bounding_box()
    field = card.locator("[name$=-alt]").bounding_box()
    gaps = (field["y"] - button["y"] - button["height"], tick["y"] - field["y"])
    assert min(gaps) > 8
