"""A press release from the empty form to the reader, on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import enter
from tests.browser.pictures import photos
from tests.browser.steps import (
    DESCRIPTIONS,
    TITLE,
    add_addendum,
    made,
    preview,
    publish,
    publish_release,
    wait_as_asked,
    write_release,
)


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def contributor(request, browse):
    return browse(java_script_enabled=request.param).new_page()


def test_a_release_with_photos_and_addenda_is_published_and_read(contributor):
    key = publish_release(contributor)
    assert len(key.split()) == 6
    expect(contributor.get_by_role("heading", level=1)).to_have_text("Published")
    contributor.get_by_role("link", name="Read your post").click()
    expect(contributor.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(contributor.locator(".kicker")).to_have_text("Press release")
    expect(contributor.locator(".end-mark")).to_have_text("###")
    shown = [
        image.get_attribute("alt")
        for image in contributor.locator("img:not([src$='qr.svg'])").all()
    ]
    assert shown == [*DESCRIPTIONS, "A painted banner"]
    titles = contributor.locator(".addendum h2").all_inner_texts()
    assert titles == ["§ Riders stand with them", "§ Video of the vote"]


def test_the_preview_says_that_it_is_not_public(contributor):
    write_release(contributor, title="Only seen by its author")
    preview(contributor)
    expect(contributor.get_by_text("This is not public yet.")).to_be_visible()
    expect(contributor.locator(".preview h1")).to_have_text("Only seen by its author")
    contributor.goto("/wire/")
    expect(contributor.get_by_text("Only seen by its author")).to_have_count(0)


def test_publish_can_be_reached_above_and_below_the_preview(contributor):
    write_release(contributor)
    preview(contributor)
    buttons = contributor.get_by_role("button", name="Publish", exact=True)
    expect(buttons).to_have_count(3)
    with contributor.expect_navigation():
        buttons.first.click()
    wait_as_asked(contributor, "Publish")
    contributor.wait_for_url("**/published/")


def test_a_picture_says_what_was_taken_out_of_its_file(contributor):
    write_release(contributor)
    preview(contributor)
    made(contributor)
    said = contributor.locator(".picture-fields").first
    expect(said.get_by_text("Removed from this file: GPS position")).to_be_visible()


def test_a_picture_without_words_is_asked_about(contributor):
    write_release(contributor)
    preview(contributor)
    expect(contributor.get_by_text("Not described yet.")).to_have_count(3)


def test_a_wrong_form_keeps_everything_and_leads_to_the_fault(contributor):
    write_release(contributor, title="", related_url="no address")
    preview(contributor)
    expect(contributor.locator(".picture-fields")).to_have_count(3)
    contributor.get_by_role("link", name="Title").click()
    assert contributor.url.endswith("#id_title")
    expect(contributor.locator("#id_title-error")).to_have_text("Give it a title.")


def test_an_author_corrects_and_withdraws(contributor):
    write_release(contributor, title="A vote to be corrected")
    preview(contributor)
    key = publish(contributor)
    enter(contributor, key)
    contributor.get_by_role("link", name="Correct", exact=True).click()
    summary = contributor.input_value("[name=summary]")
    contributor.fill("[name=summary]", summary.replace("1,103", "1,104"))
    contributor.fill("[name=note]", "Miscounted.")
    contributor.get_by_role("button", name="Correct").click()
    contributor.get_by_role("link", name="A vote to be corrected").click()
    expect(contributor.locator(".corrections del")).to_have_text("1,103")
    expect(contributor.locator(".corrections ins")).to_have_text("1,104")
    expect(contributor.locator(".corrections summary time")).to_be_visible()
    contributor.go_back()
    contributor.get_by_role("link", name="Withdraw").click()
    contributor.get_by_label("Yes, withdraw it").check()
    contributor.get_by_role("button", name="Withdraw").click()
    contributor.get_by_role("link", name="/20").click()
    expect(contributor.get_by_role("heading", level=1)).to_have_text("Withdrawn")


def test_an_author_adds_an_addendum(contributor):
    write_release(contributor, title="A vote to be added to")
    preview(contributor)
    enter(contributor, publish(contributor))
    contributor.get_by_role("link", name="Add an addendum").click()
    contributor.fill("[name=addendum-0-title]", "One more thing")
    contributor.set_input_files("[type=file]", photos(1))
    contributor.get_by_role("button", name="Preview").last.click()
    expect(contributor.get_by_text("Preview: not public yet")).to_be_visible()
    contributor.get_by_role("button", name="Add it to the post").click()
    contributor.get_by_role("link", name="A vote to be added to").click()
    expect(contributor.locator(".addendum h2")).to_have_text("§ One more thing")


def test_a_wrong_key_gets_a_sentence(contributor):
    contributor.goto("/key/")
    contributor.get_by_label("Your key").fill("six words that open no room")
    contributor.get_by_role("button", name="Open").click()
    expect(contributor.locator("#id_key-error")).to_contain_text("Check each word")


def test_addenda_keep_their_number_when_one_is_removed(phone):
    phone.goto("/publish/")
    add_addendum(phone, 0, "first")
    add_addendum(phone, 1, "second")
    phone.get_by_role("button", name="Remove § 1").click()
    expect(phone.locator("[name=addendum-0-title]")).to_have_value("second")
    expect(phone.locator(".addendum-fields legend")).to_have_text("§ 1")
