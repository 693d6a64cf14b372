"""Covered on the real page, posted to the real server, looked at as it is public."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.covering import jpeg, scene
from tests.browser.test_covering import drag, drawn
from tests.media import clips

MADE = 60_000


@pytest.fixture
def finger(browse):
    return browse(has_touch=True).new_page()


@pytest.fixture
def draft(finger):
    finger.goto("/publish/")
    finger.fill("#id_title", "Three at a gate")
    finger.fill("#id_body", "They waited.")
    content = jpeg(scene().picture, quality=90)
    finger.set_input_files(
        "#id_files", [{"name": "a.jpg", "mimeType": "image/jpeg", "buffer": content}]
    )
    expect(finger.get_by_text("3 faces were found")).to_be_visible(timeout=MADE)
    return finger


def to_cover(page):
    page.get_by_role("button", name="Cover faces and plates").click()
    page.wait_for_url("**/cover/**")
    page.locator(".stage").wait_for()


def cover(page):
    page.get_by_role("button", name="Cover", exact=True).click()
    page.wait_for_url("**/publish/*/#card-*", timeout=MADE)


def colour(page, address, x, y):
    content = page.request.get(address).body()
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    return max(picture.getpixel((int(x * picture.width), int(y * picture.height))))


def test_what_was_tapped_and_drawn_is_black_for_readers(draft):
    to_cover(draft)
    draft.get_by_role("button", name="Cover face 1").tap()
    drag(draft, (0.02, 0.02), (0.2, 0.12))
    cover(draft)
    expect(draft.get_by_text("2 places are covered.")).to_be_visible()
    draft.get_by_role("button", name="Publish", exact=True).first.click()
    draft.get_by_role("link", name="Three at a gate").first.click()
    address = draft.locator("a.enlarge").get_attribute("href")
    assert colour(draft, address, 0.19, 0.5) < 12
    assert colour(draft, address, 0.1, 0.06) < 12
    assert colour(draft, address, 0.5, 0.5) > 40


def test_a_covered_face_is_not_offered_again_and_a_tap_gives_it_back(draft):
    to_cover(draft)
    draft.get_by_role("button", name="Cover face 2").tap()
    cover(draft)
    to_cover(draft)
    expect(draft.get_by_role("button", name="Cover face 2")).to_have_count(0)
    expect(draft.get_by_role("button", name="Cover face 1")).to_be_visible()
    drawn(draft).tap()
    expect(draft.get_by_role("button", name="Cover face 2")).to_be_visible()
    cover(draft)
    expect(draft.get_by_text("3 faces were found")).to_be_visible()
    expect(draft.get_by_text("place is covered")).to_have_count(0)


def test_a_sound_s_page_asks_for_no_picture(browse, tmp_path):
    page = browse().new_page()
    failed = []
    page.on("response", lambda it: it.status >= 400 and failed.append(it.url))
    path = clips.sound(tmp_path / "a.wav", codec="pcm_s16le", seconds=0.5)
    page.goto("/publish/")
    page.fill("#id_title", "A word")
    page.set_input_files("#id_files", [str(path)])
    page.get_by_role("button", name="Disguise voices").click(timeout=MADE)
    expect(page.get_by_label("Change voices")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert failed == []
