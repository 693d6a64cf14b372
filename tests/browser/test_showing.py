"""A photo essay with a video, a recording and a document, as readers meet it."""

import subprocess
import sys

import brotli
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, needed
from tests.browser.test_promises import SHIFTS

MOST_BYTES = 20_000
SIZES = [(360, 740), (768, 1024), (1280, 900)]


@pytest.fixture(scope="module")
def essay(site, tmp_path_factory):
    """The addresses of the essay and of a post with a film under way."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.essay"],
        env=site.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


@pytest.fixture(params=SIZES, ids=lambda size: str(size[0]))
def sized(request, browse):
    width, height = request.param
    context = browse(viewport={"width": width, "height": height})
    return context.new_page()


def scroll_through(page):
    page.evaluate(
        """async () => {
          for (let y = 0; y < document.body.scrollHeight; y += 300) {
            window.scrollTo({ top: y, behavior: "instant" });
            await new Promise((done) => setTimeout(done, 60));
          }
        }"""
    )


def test_nothing_moves_and_nothing_is_cut(sized, essay):
    said = []
    sized.on("console", lambda message: said.append(message.text))
    sized.add_init_script(SHIFTS)
    sized.goto(essay[0])
    scroll_through(sized)
    sized.wait_for_load_state("networkidle")
    assert sum(by for by, *_what in sized.evaluate("window.shifted")) < 0.01
    width = sized.viewport_size["width"]
    assert sized.evaluate("document.documentElement.scrollWidth") == width
    for image in sized.locator("main img:not([src$='qr.svg'])").all():
        image.scroll_into_view_if_needed()
        expect(image).not_to_have_js_property("naturalWidth", 0)
    assert said == []


def test_nothing_plays_or_loads_before_a_click(browse, essay):
    page = browse().new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(essay[0])
    scroll_through(page)
    page.wait_for_load_state("networkidle")
    kept = (".mp4", ".webm", ".opus", ".mp3", ".vtt", ".pdf")
    assert [url for url in asked if url.endswith(kept)] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browse, essay, scheme):
    page = browse(bypass_csp=True, color_scheme=scheme).new_page()
    for path in essay:
        page.goto(path)
        found = Axe().run(page).response["violations"]
        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []
    page.goto(essay[0])
    page.locator("a.enlarge").first.click()
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []


def test_the_page_and_its_styles_are_small(phone, essay):
    html = phone.goto(essay[0]).body()
    sheet = phone.locator("link[rel=stylesheet]").get_attribute("href")
    css = phone.request.get(sheet).body()
    small = sum(len(brotli.compress(each, quality=5)) for each in (html, css))
    assert small < MOST_BYTES


def test_pictures_are_seen_one_after_the_other(browse, essay):
    page = browse(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(essay[0])
    before = page.evaluate("history.length")
    page.locator("a.enlarge").nth(1).click()
    viewer = page.get_by_role("dialog")
    expect(viewer).to_contain_text("2 of 6")
    expect(viewer.locator("figcaption")).to_contain_text("View 2")
    page.keyboard.press("ArrowRight")
    expect(viewer).to_contain_text("3 of 6")
    expect(viewer.locator("img")).to_have_attribute("alt", "A painted depot, view 3")
    viewer.get_by_role("button", name="Previous picture").click()
    viewer.get_by_role("button", name="Previous picture").click()
    expect(viewer).to_contain_text("1 of 6")
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(page.locator("a.enlarge").first).to_be_focused()
    assert page.evaluate("history.length") == before


def test_both_arrows_are_under_the_thumb(phone, essay):
    phone.goto(essay[0])
    phone.locator("a.enlarge").first.click()
    back = phone.get_by_role("button", name="Previous picture")
    on = phone.get_by_role("button", name="Next picture")
    expect(back).to_have_attribute("aria-disabled", "true")
    on.click()
    for arrow in (back, on):
        box = arrow.bounding_box()
        assert box["y"] > PHONE["height"] / 2
        assert box["y"] + box["height"] <= PHONE["height"]
        assert min(box["width"], box["height"]) >= 44
    picture, frame = (
        phone.locator(f".viewer {name}").bounding_box() for name in ("img", "picture")
    )
    assert picture == frame


def test_focus_stays_on_the_arrow_at_the_end(phone, essay):
    phone.goto(essay[0])
    phone.locator("a.enlarge").nth(4).click()
    on = phone.get_by_role("button", name="Next picture")
    on.focus()
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("dialog")).to_contain_text("6 of 6")
    phone.keyboard.press("Enter")
    expect(on).to_be_focused()


def test_a_swipe_goes_on(browse, essay):
    page = browse(has_touch=True).new_page()
    page.goto(essay[0])
    page.locator("a.enlarge").first.tap()
    viewer = page.get_by_role("dialog")
    page.evaluate(
        """() => {
          const at = (x) => new Touch({ identifier: 1, clientX: x, clientY: 300, target: document.querySelector(".viewer img") });
          const fire = (name, x) => at(x).target.dispatchEvent(new TouchEvent(name, {
            bubbles: true, touches: name === "touchend" ? [] : [at(x)], changedTouches: [at(x)],
          }));
          fire("touchstart", 300);
          fire("touchend", 100);
        }"""
    )
    expect(viewer).to_contain_text("2 of 6")


def test_recordings_play(browse, essay):
    page = browse().new_page()
    page.goto(essay[0])
    page.locator(".sound select").select_option("1.5")
    playing = page.evaluate(
        """async () => {
          const sound = document.querySelector("audio");
          await sound.play();
          return [sound.playbackRate, sound.duration > 2, sound.currentSrc.slice(-5)];
        }"""
    )
    assert playing == [1.5, True, ".opus"]
    shown = page.evaluate(
        """async () => {
          const video = document.querySelector(".video video");
          video.textTracks[0].mode = "showing";
          video.muted = true;
          await video.play();
          await new Promise((done) => setTimeout(done, 500));
          return [video.videoWidth, video.textTracks[0].cues?.length];
        }"""
    )
    assert shown == [320, 1]


def test_what_was_under_way_appears_by_itself(browse, essay):
    page = browse().new_page()
    done = page.request.get(essay[0]).text()
    page.goto(essay[1])
    expect(page.locator("[data-waiting]")).to_have_count(1)
    figure = page.locator("[data-waiting]").get_attribute("id")
    page.route(
        f"**{essay[1]}",
        lambda route: route.fulfill(
            body=done.replace(
                '<figure class="video"', f'<figure class="video" id="{figure}"', 1
            ),
            content_type="text/html; charset=utf-8",
        ),
    )
    expect(page.locator("[data-waiting]")).to_have_count(0, timeout=10_000)
    expect(page.locator(f"#{figure} video")).to_be_visible()
    page.locator(f"#{figure}").get_by_label("Speed").select_option("2")
    rate = page.locator(f"#{figure} video").evaluate("it => it.playbackRate")
    assert rate == 2


def test_a_document_under_way_is_a_line_beside_a_small_sheet(sized, essay):
    sized.goto(essay[2])
    words, sheet = (
        sized.locator(f".document.waiting {part}").bounding_box()
        for part in ("figcaption", "canvas")
    )
    assert words["width"] > 150
    assert words["height"] < sheet["height"] < 250


def test_what_is_said_and_written_is_in_the_page(phone, essay):
    phone.goto(essay[0])
    film, sound, paper = (
        phone.locator(f".{kind} .transcript") for kind in ("video", "sound", "document")
    )
    expect(film).to_contain_text(["Transcript", "Captions, to read"])
    expect(film.first).to_contain_text("Not tonight, not on Monday.")
    expect(sound.locator("p")).to_have_text(
        ["Ana: Eleven hundred and three for.", "Ben: Against, one hundred and nine."]
    )
    expect(paper).to_contain_text("From midnight on Sunday")
    paper.locator("summary").click()
    expect(paper.get_by_text("From midnight on Sunday")).to_be_visible()


def test_without_scripts_everything_is_there(browse, essay):
    page = browse(java_script_enabled=False).new_page()
    page.goto(essay[0])
    expect(page.locator("figure.picture")).to_have_count(7)
    with page.expect_navigation():
        page.locator("a.enlarge").first.click()
    assert page.url.endswith("/original.jpg")
    assert page.viewport_size == PHONE


def test_a_text_browser_reads_it_in_order(site, essay):
    shown = subprocess.run(
        [needed("w3m"), "-dump", "-cols", "120", "-I", "UTF-8", "-O", "UTF-8",
         site.url + essay[0]],
        check=True,
        capture_output=True,
    ).stdout.decode()  # fmt: skip
    order = ["View 1:", "The depot was quiet", "View 2:", "View 6:", "Drivers walk out",
             "The count, read out", "The strike notice", "The gate"]  # fmt: skip
    places = [shown.find(words) for words in order]
    assert -1 not in places
    assert places == sorted(places)
