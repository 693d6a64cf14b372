"""Faces are covered on the draft's picture and, where asked for, before it is sent."""

import io
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect

from commonwire.media import covering, faces
from commonwire.media.exchange import Box
from tests.browser.covering import (
    HEADS,
    jpeg,
    open_cover,
    scene,
    values,
)
from tests.browser.steps import tell_bodies
from tests.media.pictures import SENTINEL, exif

FACES = len(HEADS)
HASHED = re.compile(r"\.[0-9a-f]{12}\.js$")
# Canvas is unreadable, as in Tor Browser: every pixel that is read back is white.
UNREADABLE = """
const read = CanvasRenderingContext2D.prototype.getImageData;
CanvasRenderingContext2D.prototype.getImageData = function (...where) {
  const image = read.apply(this, where);
  image.data.fill(255);
  return image;
};
"""


@pytest.fixture
def finger(browse):
    return browse(has_touch=True).new_page()


def drawn(page):
    return page.locator(".stage .box")


def drag(page, start, end):
    """From one part of the stage to another, as parts of it."""
    stage = page.locator(".stage")
    stage.scroll_into_view_if_needed()
    frame = stage.bounding_box()
    (x, y), (to_x, to_y) = (
        (frame["x"] + a * frame["width"], frame["y"] + b * frame["height"])
        for a, b in (start, end)
    )
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move((x + to_x) / 2, (y + to_y) / 2)
    page.mouse.move(to_x, to_y)
    page.mouse.up()


def cover(page):
    page.get_by_role("button", name="Cover", exact=True).click()
    page.get_by_text("Covered.").wait_for()


def sides(value):
    return [float(side) for side in value.split(",")]


def test_nothing_is_covered_that_was_not_chosen(phone):
    sent = open_cover(phone)
    expect(phone.locator(".stage .face")).to_have_count(FACES)
    expect(phone.get_by_role("status")).to_have_text("Nothing is covered yet")
    cover(phone)
    assert values(sent, "box") == values(sent, "face") == []
    assert values(sent, "style") == ["solid"]


def test_a_tap_covers_a_face_and_another_uncovers_it(finger):
    open_cover(finger)
    finger.get_by_role("button", name="Cover face 2").tap()
    expect(finger.get_by_role("status")).to_have_text("1 covered")
    drawn(finger).tap()
    expect(drawn(finger)).to_have_count(0)
    expect(finger.get_by_role("button", name="Cover face 2")).to_be_visible()


def test_a_face_is_covered_whole(phone):
    sent = open_cover(phone)
    for number in range(1, FACES + 1):
        phone.get_by_role("button", name=f"Cover face {number}").click()
    cover(phone)
    boxes = [Box(*(side / 100 for side in sides(v))) for v in values(sent, "box")]
    picture = covering.cover(scene().picture, boxes, "solid")
    assert faces.find(picture.tobytes(), *picture.size) == []


def test_a_box_is_drawn_moved_and_sized_by_pointer(phone):
    sent = open_cover(phone)
    drag(phone, (0.1, 0.7), (0.3, 0.9))
    drag(phone, (0.2, 0.8), (0.3, 0.8))
    drag(phone, (0.395, 0.895), (0.5, 0.95))
    expect(drawn(phone)).to_have_count(1)
    cover(phone)
    assert sides(*values(sent, "box")) == pytest.approx([20, 70, 30.5, 25.5], abs=1.5)


def test_a_box_by_keyboard_alone(phone):
    sent = open_cover(phone)
    phone.get_by_role("button", name="Add a box").focus()
    phone.keyboard.press("Enter")
    expect(drawn(phone)).to_be_focused()
    for key in ("ArrowLeft", "ArrowDown", "ArrowDown", "Shift+ArrowRight"):
        phone.keyboard.press(key)
    expect(drawn(phone)).to_have_attribute(
        "aria-label",
        "Box 1: 39 % from the left, 42 % from the top, 21 % wide, 20 % high",
    )
    phone.keyboard.press("Control+z")
    cover(phone)
    assert sides(*values(sent, "box")) == pytest.approx([39, 42, 20, 20], abs=0.02)


def test_a_box_is_removed_and_brought_back(phone):
    open_cover(phone)
    phone.get_by_role("button", name="Add a box").click()
    phone.keyboard.press("Delete")
    expect(drawn(phone)).to_have_count(0)
    phone.get_by_role("button", name="Undo").click()
    expect(drawn(phone)).to_have_count(1)
    drawn(phone).focus()
    phone.get_by_role("button", name="Remove this box").click()
    expect(drawn(phone)).to_have_count(0)
    expect(phone.get_by_role("status")).to_have_text("Nothing is covered yet")


def test_the_keyboard_undoes_step_after_step_and_never_loses_its_place(phone):
    open_cover(phone)
    phone.get_by_role("button", name="Cover face 1").press("Enter")
    phone.get_by_role("button", name="Add a box").press("Enter")
    phone.keyboard.press("Control+z")
    expect(drawn(phone)).to_be_focused()
    phone.keyboard.press("Control+z")
    expect(drawn(phone)).to_have_count(0)
    expect(phone.get_by_role("button", name="Cover face 1")).to_be_focused()
    phone.get_by_role("button", name="Add a box").press("Enter")
    phone.get_by_role("button", name="Undo").press("Enter")
    expect(phone.get_by_role("button", name="Add a box")).to_be_focused()


def test_the_keyboard_undoes_from_how_it_is_covered_too(phone):
    open_cover(phone)
    phone.get_by_role("button", name="Add a box").press("Enter")
    phone.get_by_role("radio", name="Black").focus()
    phone.keyboard.press("Control+z")
    expect(drawn(phone)).to_have_count(0)


def test_what_is_covered_is_there_again(phone):
    sent = open_cover(phone, covers=[Box(0.1, 0.2, 0.3, 0.4)], style="mosaic")
    # At once: it says nothing else before.
    assert phone.get_by_role("status").inner_text() == "1 covered"
    expect(drawn(phone)).to_have_count(1)
    cover(phone)
    assert values(sent, "box") == ["10.00,20.00,30.00,40.00"]
    assert values(sent, "style") == ["mosaic"]


def test_the_preview_shows_how_it_will_be(phone):
    open_cover(phone)
    phone.get_by_role("button", name="Cover face 1").click()
    expect(drawn(phone)).to_have_css("background-color", "rgb(0, 0, 0)")
    phone.get_by_label("Mosaic").check()
    averages = drawn(phone).locator("canvas")
    expect(averages).to_be_visible()
    assert averages.evaluate("it => Math.max(it.width, it.height)") <= 6


def test_without_scripts_faces_and_squares_are_ticked(browse):
    page = browse(java_script_enabled=False).new_page()
    sent = open_cover(page, covers=[Box(0, 0, 0.1, 0.1)])
    expect(page.get_by_text(f"Found {FACES} faces; check for more.")).to_be_visible()
    page.get_by_label("Face 2").check()
    page.get_by_label("C4").check()
    page.get_by_label("Blur").check()
    cover(page)
    assert values(sent, "face") == ["2"]
    assert values(sent, "cell") == ["C4"]
    assert values(sent, "box") == ["0.00,0.00,10.00,10.00"]
    assert values(sent, "style") == ["blur"]
    assert values(sent, "do") == ["cover"]


@pytest.mark.parametrize("scripts", [True, False])
def test_the_page_is_as_wide_as_a_phone(browse, scripts):
    page = browse(java_script_enabled=scripts).new_page()
    open_cover(page)
    assert page.locator("html").evaluate("it => it.scrollWidth") <= 360


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browse, scheme):
    page = browse(bypass_csp=True, color_scheme=scheme).new_page()
    open_cover(page)
    page.get_by_role("button", name="Cover face 1").click()
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []


# Before sending.


def choose(page, *, picture=None, name="photo.jpg"):
    content = jpeg(picture or scene().picture, quality=90, exif=exif())
    page.set_input_files(
        "#id_files", [{"name": name, "mimeType": "image/jpeg", "buffer": content}]
    )


def sent(page):
    """The only file, as it left the browser."""
    expect(page.locator(".picture-fields")).to_have_count(1, timeout=20_000)
    return b"".join(page.pieces)


@pytest.fixture
def form(phone):
    phone.pieces = []
    tell_bodies(phone)
    phone.on("request", lambda asked: keep_piece(phone, asked))
    phone.goto("/publish/")
    phone.fill("#id_title", "Covered first")
    return phone


def keep_piece(page, asked):
    if asked.method == "PATCH":
        page.pieces.append(asked.post_data_buffer)


def test_what_is_covered_first_never_leaves_the_device(form):
    form.get_by_label("Cover faces on this device").check()
    choose(form)
    form.get_by_role("dialog").wait_for()
    drag(form, (0.1, 0.3), (0.4, 0.8))
    form.get_by_role("button", name="Done").click()
    content = sent(form)
    assert SENTINEL.encode() not in content
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    assert not picture.getexif()
    left, top, right, bottom = covering.area_of(
        Box(0.12, 0.33, 0.26, 0.44), picture.size
    )
    extremes = picture.crop((left, top, right, bottom)).getextrema()
    assert all(high <= 4 for _low, high in extremes)
    assert len(faces.find(picture.tobytes(), *picture.size)) == FACES - 1


def test_a_turned_photo_is_covered_where_it_was_shown(form):
    form.get_by_label("Cover faces on this device").check()
    upright = Image.new("RGB", (400, 800), "white")
    content = jpeg(upright.rotate(90, expand=True), exif=exif(orientation=6))
    form.set_input_files(
        "#id_files", [{"name": "p.jpg", "mimeType": "image/jpeg", "buffer": content}]
    )
    drag(form, (0.1, 0.1), (0.9, 0.3))
    form.get_by_role("button", name="Done").click()
    content = sent(form)
    picture = Image.open(io.BytesIO(content)).convert("L")
    assert picture.size == (400, 800)
    assert picture.getpixel((200, 160)) < 10
    assert picture.getpixel((200, 600)) > 240


def test_a_picture_can_be_left_out(form):
    form.get_by_label("Cover faces on this device").check()
    choose(form)
    form.get_by_role("button", name="Leave it out").click()
    expect(form.get_by_text("Left out: photo.jpg")).to_be_visible()
    assert form.pieces == []


def test_a_file_that_cannot_be_opened_is_asked_about(form):
    form.get_by_label("Cover faces on this device").check()
    heic = {"name": "a.heic", "mimeType": "image/heic", "buffer": b"\0\0\0\x18ftypheic"}
    form.set_input_files("#id_files", [heic])
    expect(form.get_by_role("dialog")).to_contain_text(
        "a.heic cannot be covered on this device"
    )
    form.get_by_role("button", name="Send it as it is").click()
    expect(form.locator(".coming")).to_contain_text("a.heic")


@pytest.mark.parametrize(
    ("name", "kind"), [("notice.pdf", "application/pdf"), ("song.mp3", "audio/mpeg")]
)
def test_nothing_is_asked_of_what_has_no_faces(form, name, kind):
    """It is sent at once, though nothing of these few bytes can be made."""
    form.get_by_label("Cover faces on this device").check()
    file = {"name": name, "mimeType": kind, "buffer": b"%PDF-1.7 and no more"}
    form.set_input_files("#id_files", [file])
    expect(form.get_by_role("group", name=name)).to_contain_text("PDF is damaged")
    expect(form.get_by_role("dialog")).to_have_count(0)
    assert form.pieces == [file["buffer"]]


def test_a_film_that_cannot_be_opened_here_is_asked_about(form):
    form.get_by_label("Cover faces on this device").check()
    film = {"name": "film.mov", "mimeType": "video/quicktime", "buffer": b"ftypqt"}
    form.set_input_files("#id_files", [film])
    expect(form.get_by_role("dialog")).to_contain_text(
        "film.mov cannot be covered on this device"
    )
    form.get_by_role("button", name="Leave it out").click()
    expect(form.locator(".coming")).to_contain_text("was left out")
    assert form.pieces == []


def test_send_small(form):
    form.get_by_label("Send small").check()
    choose(form, picture=scene().picture.resize((4000, 3000)))
    content = sent(form)
    assert Image.open(io.BytesIO(content)).size == (2000, 1500)
    assert SENTINEL.encode() not in content


def test_a_browser_that_hides_pixels_says_so(form):
    form.add_init_script(UNREADABLE)
    form.reload()
    form.get_by_label("Cover faces on this device").click()  # it unticks itself
    expect(form.get_by_text("Your browser blocks this")).to_be_visible()
    expect(form.get_by_label("Cover faces on this device")).to_be_hidden()
    choose(form)
    assert sent(form) != b""
    expect(form.get_by_role("dialog")).to_have_count(0)


def test_faces_are_found_on_the_device_and_nobody_else_is_asked(form):
    loaded = []
    form.on("request", lambda asked: loaded.append(asked.url))
    form.get_by_label("Cover faces on this device").check()
    choose(form)
    form.get_by_role("dialog").wait_for()
    assert not any("face-api" in url for url in loaded)
    form.get_by_role("button", name="Find faces").click()
    expect(form.get_by_text("tap those to cover")).to_be_visible(timeout=90_000)
    assert form.locator("dialog .face").count() >= FACES - 1
    expect(form.locator("dialog .box")).to_have_count(0)
    assert form.context.asked == {"127.0.0.1"}


def test_scripts_import_each_other_by_what_is_in_them(form):
    names = form.evaluate(
        "performance.getEntriesByType('resource').map(it => it.name)"
        ".filter(name => name.endsWith('.js'))"
    )
    assert len(names) > 4
    assert [name for name in names if not HASHED.search(name)] == []


def test_the_dialog_has_no_fault_for_axe(browse):
    page = browse(bypass_csp=True).new_page()
    page.goto("/publish/")
    page.get_by_label("Cover faces on this device").check()
    choose(page)
    page.get_by_role("button", name="Add a box").click()
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
