"""Files on a bad connection, from a phone's browser."""

import contextlib
import io
import re
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Error, expect

from tests.browser.conftest import PHONE
from tests.browser.steps import made, preview, publish, tell_bodies

FILES = "**/publish/*/files/**"


def photo(name, size=(1400, 1050)):
    """Of more than one piece: noise cannot be made smaller."""
    file = io.BytesIO()
    noise = Image.effect_noise(size, 120).convert("RGB")
    noise.save(file, "JPEG", quality=95)
    return {"name": name, "mimeType": "image/jpeg", "buffer": file.getvalue()}


@pytest.fixture
def form(phone):
    phone.goto("/publish/")
    phone.fill("#id_title", "From the bridge")
    phone.fill("#id_body", "Three photos.")
    return phone


def cards(page):
    return page.locator(".picture-fields")


def lines(page):
    return page.locator(".coming")


class Held:
    """Requests that wait until the test lets them go."""

    def __init__(self, page, methods):
        self.methods = methods
        self.routes = []
        self.is_open = False
        page.route(FILES, self.keep)

    def keep(self, route):
        if self.is_open or route.request.method not in self.methods:
            route.continue_()
        else:
            self.routes.append(route)

    def let_go(self):
        self.is_open = True
        for route in self.routes:
            with contextlib.suppress(Error):  # given up by the page meanwhile
                route.continue_()


def hold(page, *methods):
    return Held(page, methods or ("PATCH",))


def test_three_files_go_side_by_side_and_become_cards(form):
    held = hold(form)
    names = [f"{n}.jpg" for n in range(1, 5)]
    form.set_input_files("#id_files", [photo(name, (600, 400)) for name in names])
    expect(lines(form)).to_have_count(4)
    expect(form.get_by_text("waits for its turn")).to_have_count(1)
    form.wait_for_timeout(500)
    assert len(held.routes) == 3
    held.let_go()
    expect(cards(form)).to_have_count(4, timeout=20_000)
    expect(lines(form)).to_have_count(0)
    expect(form.locator(".shown img")).to_have_count(4, timeout=20_000)


def test_the_draft_is_where_a_reload_goes_on(form):
    form.set_input_files("#id_files", [photo("a.jpg", (300, 200))])
    expect(cards(form)).to_have_count(1)
    assert re.search(r"/publish/[\w-]{20,}/$", form.url)
    form.fill("#id_summary", "Typed after the file.")
    form.wait_for_timeout(2500)
    form.reload()
    expect(form.locator("#id_title")).to_have_value("From the bridge")
    expect(form.locator("#id_summary")).to_have_value("Typed after the file.")
    expect(cards(form)).to_have_count(1)


def test_a_card_appears_beside_a_preview_of_the_files_before_it(form):
    form.set_input_files("#id_files", [photo("a.jpg", (300, 200))])
    expect(cards(form)).to_have_count(1)
    form.reload()
    expect(form.locator(".preview figure")).to_have_count(1)
    form.set_input_files("#id_files", [photo("b.jpg", (310, 200))])
    expect(cards(form)).to_have_count(2, timeout=20_000)
    expect(form.locator(".picture-fields .shown img")).to_have_count(2, timeout=20_000)
    ids = form.locator("[id]").evaluate_all("all => all.map(({ id }) => id)")
    assert len(ids) == len(set(ids))


def test_a_cut_connection_goes_on_by_itself_where_it_was(form):
    starts = []

    def cut_once(route):
        if route.request.method == "PATCH":
            starts.append(int(route.request.headers["upload-offset"]))
            if len(starts) in {2, 3}:
                route.abort()
                return
        route.continue_()

    form.route(FILES, cut_once)
    form.set_input_files("#id_files", [photo("a.jpg")])
    expect(form.get_by_text("it goes on by itself")).to_be_visible(timeout=20_000)
    expect(cards(form)).to_have_count(1, timeout=30_000)
    assert starts == sorted(starts)
    assert starts.count(0) == 1


def test_a_phone_that_was_offline_goes_on_when_it_is_back(form):
    form.set_input_files("#id_files", [photo("a.jpg", (300, 200))])
    expect(cards(form)).to_have_count(1)
    form.context.set_offline(True)
    form.set_input_files("#id_files", [photo("b.jpg", (300, 200))])
    expect(form.get_by_text("it goes on by itself")).to_be_visible()
    form.context.set_offline(False)
    expect(cards(form)).to_have_count(2, timeout=20_000)


def test_a_file_is_paused_resumed_and_given_up(form):
    held = hold(form)
    form.set_input_files("#id_files", [photo("a.jpg"), photo("b.jpg")])
    form.get_by_role("button", name="Pause: a.jpg").click()
    expect(form.get_by_text("paused at 0 %")).to_be_visible()
    expect(form.get_by_role("button", name="Go on: a.jpg")).to_be_focused()
    form.get_by_role("button", name="Cancel: b.jpg").click()
    expect(lines(form)).to_have_count(1)
    held.let_go()
    form.get_by_role("button", name="Go on: a.jpg").click()
    expect(cards(form)).to_have_count(1, timeout=20_000)


def test_a_file_paused_while_it_is_begun_is_begun_once(form):
    held = hold(form, "POST")
    form.set_input_files("#id_files", [photo("a.jpg", (300, 200))])
    until(form, lambda: len(held.routes) == 1)
    form.get_by_role("button", name="Pause: a.jpg").click()
    form.get_by_role("button", name="Go on: a.jpg").click()
    held.let_go()
    expect(cards(form)).to_have_count(1, timeout=20_000)
    form.reload()
    expect(cards(form)).to_have_count(1)
    assert arriving(form) == []


def test_a_file_given_up_while_it_is_begun_takes_no_place(form):
    held = hold(form, "POST")
    form.set_input_files("#id_files", [photo("a.jpg", (300, 200))])
    until(form, lambda: len(held.routes) == 1)
    form.get_by_role("button", name="Cancel: a.jpg").click()
    with form.expect_response(lambda answer: answer.request.method == "DELETE"):
        held.let_go()
    assert arriving(form) == []


def cut_after(page, pieces):
    """No piece comes through after so many."""
    sent = []

    def count(route):
        if route.request.method == "PATCH":
            sent.append(route)
            if len(sent) > pieces:
                route.abort()
                return
        route.continue_()

    page.route(FILES, count)


def test_after_a_reload_the_same_file_goes_on_where_it_was(form, tmp_path):
    path = tmp_path / "bridge.jpg"
    path.write_bytes(photo("")["buffer"])
    cut_after(form, 1)
    form.set_input_files("#id_files", path)
    expect(form.get_by_text("it goes on by itself")).to_be_visible(timeout=20_000)
    form.on("dialog", lambda dialog: dialog.accept())
    form.reload()
    expect(form.get_by_text("Choose the same file again")).to_be_visible()
    form.unroute(FILES)
    starts = []
    form.on(
        "request",
        lambda sent: (
            starts.append(int(sent.headers["upload-offset"]))
            if sent.method == "PATCH"
            else None
        ),
    )
    form.set_input_files("#id_files", path)
    expect(cards(form)).to_have_count(1, timeout=20_000)
    assert starts[0] > 0


class Connection:
    """A phone's connection: this slow, and sometimes gone."""

    def __init__(self, page, speed):
        self.session = page.context.new_cdp_session(page)
        self.speed = speed
        self.set(is_gone=False)

    def set(self, *, is_gone):
        conditions = {
            "offline": is_gone,
            "latency": 100,
            "downloadThroughput": -1,
            "uploadThroughput": self.speed,
        }
        self.session.send("Network.enable")
        self.session.send("Network.emulateNetworkConditions", conditions)


@pytest.fixture
def with_a_server(chromium, server):
    """A phone at a server that may be killed."""
    context = chromium.new_context(
        base_url=f"http://127.0.0.1:{server.port}", viewport=PHONE
    )
    page = context.new_page()
    page.server = server
    yield page
    context.close()


@pytest.mark.slow
def test_a_file_comes_whole_over_a_slow_line_that_drops_and_a_server_that_is_killed(
    with_a_server,
):
    page = with_a_server
    page.goto("/publish/")
    page.fill("#id_title", "From the bridge")
    line = Connection(page, 200_000)
    answered = pieces_answered(page)
    page.set_input_files("#id_files", [photo("a.jpg", (1200, 800))])
    until(page, lambda: len(answered) == 1)
    page.server.kill()  # while the second is on its way
    expect(page.get_by_text("it goes on by itself")).to_be_visible()
    line.set(is_gone=True)
    page.server.start()
    expect(page.get_by_text("it goes on by itself")).to_be_visible()
    line.set(is_gone=False)
    expect(page.locator(".shown img")).to_have_attribute(
        "width", "1200", timeout=60_000
    )
    assert answered.count("0") == 1


def pieces_answered(page):
    """Where each piece began that came through."""
    found = []
    page.on(
        "requestfinished",
        lambda asked: (
            found.append(asked.headers["upload-offset"])
            if asked.method == "PATCH"
            else None
        ),
    )
    return found


def pieces_of(page):
    """What leaves the browser from here on, piece by piece."""
    tell_bodies(page)
    sent = []
    page.on(
        "request",
        lambda asked: (
            sent.append(asked.post_data_buffer) if asked.method == "PATCH" else None
        ),
    )
    return sent


def until(page, it_is_so):
    for _ in range(100):
        if it_is_so():
            return
        page.wait_for_timeout(100)
    raise AssertionError(page.locator("form.publish-form").inner_text())


def arriving(page):
    """What the site holds of files that are not whole."""
    return page.request.get(f"{page.url.split('#')[0]}files.json").json()["arriving"]


@pytest.fixture
def half_covered(form, tmp_path):
    """A picture that was covered on the phone, of which a reload cut the upload."""
    form.path = tmp_path / "faces.jpg"
    form.path.write_bytes(photo("", (2000, 1500))["buffer"])
    form.get_by_label("Cover faces on this device").check()
    cut_after(form, 1)
    form.set_input_files("#id_files", form.path)
    form.get_by_role("button", name="Add a box").click()
    form.get_by_role("button", name="Done").click()
    expect(form.get_by_text("it goes on by itself")).to_be_visible(timeout=20_000)
    form.on("dialog", lambda dialog: dialog.accept())
    form.reload()
    form.unroute(FILES)
    return form


def test_what_was_covered_is_covered_again_after_a_reload_and_never_sent_bare(
    half_covered,
):
    line = half_covered.get_by_role("group", name="faces.jpg")
    expect(line).to_contain_text("you are asked again what to cover")
    sent = pieces_of(half_covered)
    half_covered.set_input_files("#id_files", half_covered.path)
    dialog = half_covered.get_by_role("dialog")
    dialog.get_by_role("button", name="Add a box").click()
    assert sent == []
    dialog.get_by_role("button", name="Done").click()
    expect(cards(half_covered)).to_have_count(1, timeout=30_000)
    expect(lines(half_covered)).to_have_count(0)
    picture = Image.open(io.BytesIO(b"".join(sent)))
    _darkest, lightest = picture.convert("L").crop((900, 700, 1100, 800)).getextrema()
    assert lightest < 16


def test_what_is_chosen_for_a_covered_picture_is_covered_whatever_its_name(
    half_covered, tmp_path
):
    """Phones give a photo another name and time each time it is chosen."""
    other = half_covered.path.rename(tmp_path / "1000017.jpg")
    half_covered.get_by_label("Cover faces on this device").uncheck()
    with half_covered.expect_file_chooser() as chooser:
        half_covered.get_by_role("button", name="Choose it again").click()
    chooser.value.set_files(other)
    expect(half_covered.get_by_role("dialog")).to_contain_text("Cover 1000017.jpg")
    expect(lines(half_covered)).to_have_count(1)


def test_a_reload_keeps_the_ticks_and_drops_what_cannot_go_on(half_covered):
    expect(half_covered.get_by_label("Cover faces on this device")).to_be_checked()
    expect(lines(half_covered)).to_have_count(1)
    until(half_covered, lambda: arriving(half_covered) == [])


def test_a_reload_keeps_the_ticks_where_nothing_was_sent_yet(form):
    form.get_by_label("Cover faces on this device").check()
    form.on("dialog", lambda dialog: dialog.accept())
    form.reload()
    expect(form.get_by_label("Cover faces on this device")).to_be_checked()


def test_a_tick_set_after_a_reload_counts_for_a_file_that_was_half_sent(form, tmp_path):
    path = tmp_path / "bridge.jpg"
    path.write_bytes(photo("")["buffer"])
    cut_after(form, 1)
    form.set_input_files("#id_files", path)
    expect(form.get_by_text("it goes on by itself")).to_be_visible(timeout=20_000)
    form.on("dialog", lambda dialog: dialog.accept())
    form.reload()
    form.get_by_label("Cover faces on this device").check()
    form.set_input_files("#id_files", path)
    expect(form.get_by_role("dialog")).to_contain_text("Cover bridge.jpg")


@pytest.fixture
def reloading(form):
    """A form whose questions before it is left are answered with yes."""
    form.on("dialog", lambda dialog: dialog.accept())
    return form


def test_what_is_sent_small_is_known_again_after_a_reload(reloading, tmp_path):
    paths = [tmp_path / "a.jpg", tmp_path / "b.jpg"]
    for path in paths:
        path.write_bytes(photo("", (2400, 1800))["buffer"])
    reloading.get_by_label("Send small").check()
    cut_after(reloading, 2)
    reloading.set_input_files("#id_files", paths)
    expect(reloading.get_by_text("it goes on by itself")).to_have_count(
        2, timeout=20_000
    )
    full = f"a.jpg, {paths[0].stat().st_size / 1e6:.1f} MB"
    expect(reloading.get_by_text(full)).to_have_count(0)
    reloading.reload()
    expect(reloading.get_by_text("it begins anew")).to_have_count(2)
    expect(reloading.get_by_label("Send small")).to_be_checked()
    reloading.unroute(FILES)
    sent = pieces_of(reloading)
    reloading.set_input_files("#id_files", paths[0])
    expect(cards(reloading)).to_have_count(1, timeout=30_000)
    expect(lines(reloading)).to_have_count(1)
    assert Image.open(io.BytesIO(b"".join(sent))).size == (2000, 1500)


def test_files_that_wait_for_their_turn_are_asked_for_after_a_reload(
    reloading, tmp_path
):
    paths = [tmp_path / f"{number}.jpg" for number in range(5)]
    for path in paths:
        path.write_bytes(photo("", (300, 200))["buffer"])
    held = hold(reloading)
    reloading.set_input_files("#id_files", paths)
    until(reloading, lambda: len(held.routes) == 3)
    reloading.reload()
    expect(lines(reloading)).to_have_count(5)
    expect(reloading.get_by_text("Nothing of it was sent")).to_have_count(2)
    reloading.unroute(FILES)
    reloading.set_input_files("#id_files", paths)
    expect(cards(reloading)).to_have_count(5, timeout=30_000)
    expect(lines(reloading)).to_have_count(0)


def begin_elsewhere(page, count):
    """As another tab does that is closed then."""
    for _ in range(count):
        answer = page.request.post(
            f"{page.url}files/",
            headers={"Tus-Resumable": "1.0.0", "Upload-Length": "1000"},
        )
        assert answer.status == 201


def test_a_file_that_found_no_place_is_tried_again_when_there_is_one(form):
    form.set_input_files("#id_files", [photo("a.jpg", (300, 200))])
    expect(cards(form)).to_have_count(1, timeout=20_000)
    begin_elsewhere(form, 19)
    form.set_input_files("#id_files", [photo("b.jpg", (300, 200))])
    refused = form.get_by_role("group", name="b.jpg")
    expect(refused).to_contain_text("20 files fit in a post")
    form.request.delete(
        f"{form.url}files/{arriving(form)[0]['id']}",
        headers={"Tus-Resumable": "1.0.0"},
    )
    form.get_by_role("button", name="Try again: b.jpg").click()
    expect(cards(form)).to_have_count(2, timeout=20_000)


def test_what_was_begun_elsewhere_has_a_line_and_holds_up_no_preview(form):
    form.set_input_files("#id_files", [photo("a.jpg", (300, 200))])
    expect(cards(form)).to_have_count(1, timeout=20_000)
    begin_elsewhere(form, 2)
    form.reload()
    expect(lines(form)).to_contain_text(["0 % of it is here. It was begun"] * 2)
    cancel = form.get_by_role("button", name="Cancel: A file begun elsewhere")
    cancel.first.click()
    until(form, lambda: len(arriving(form)) == 1)
    preview(form)
    expect(cards(form)).to_have_count(1)


def test_a_refused_file_is_told_and_does_not_stop_the_others(form):
    wrong = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"not a picture"}
    form.set_input_files("#id_files", [wrong, photo("a.jpg", (300, 200))])
    refused = form.get_by_role("group", name="notes.txt")
    expect(refused).to_contain_text("This file is none that", timeout=10_000)
    expect(cards(form)).to_have_count(1, timeout=20_000)
    form.get_by_role("button", name="Put away: notes.txt").click()
    expect(lines(form)).to_have_count(0)
    form.wait_for_timeout(3000)
    preview(form)
    publish(form)


def test_a_refused_file_stays_refused_after_a_preview_and_does_not_stop_publishing(
    form,
):
    wrong = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"not a picture"}
    form.set_input_files("#id_files", [wrong, photo("a.jpg", (300, 200))])
    refused = form.get_by_role("group", name="notes.txt")
    expect(refused).to_contain_text("This file is none that", timeout=10_000)
    expect(cards(form)).to_have_count(1, timeout=20_000)
    form.wait_for_timeout(3000)
    preview(form)
    expect(refused).to_contain_text("This file is none that")
    assert refused.get_by_role("button").all_inner_texts() == ["Put away"]
    publish(form)


def test_what_is_too_large_whatever_is_tried_is_only_put_away(form):
    sorry = {"sentence": "This file is larger than 1024 MB."}
    form.route(FILES, lambda route: route.fulfill(status=413, json=sorry))
    form.set_input_files("#id_files", [photo("a.jpg", (300, 200))])
    refused = form.get_by_role("group", name="a.jpg")
    expect(refused).to_contain_text("larger than 1024 MB")
    assert refused.get_by_role("button").all_inner_texts() == ["Put away"]


def test_a_strange_name_is_shown_as_it_is_and_sent_nowhere(form):
    sent = []
    form.on("request", lambda asked: sent.append(unquote(str(asked.headers))))
    name = "../" + "x" * 240 + "<b>.jpg"
    form.set_input_files("#id_files", [photo(name, (300, 200))])
    expect(cards(form)).to_have_count(1, timeout=20_000)
    assert not any("xxxx" in headers for headers in sent)


def test_the_twenty_first_file_is_warned_of(form):
    hold(form, "POST", "PATCH")
    tiny = {"mimeType": "image/jpeg", "buffer": b"x"}
    form.set_input_files("#id_files", [{**tiny, "name": f"{n}.jpg"} for n in range(21)])
    expect(form.get_by_role("alert")).to_contain_text("20 fit in a post")


def test_files_dropped_anywhere_on_the_form_are_taken(form):
    content = list(photo("", (200, 150))["buffer"])
    form.evaluate(
        """content => {
          const data = new DataTransfer();
          data.items.add(new File([new Uint8Array(content)], "d.jpg", {type: "image/jpeg"}));
          const drop = new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true});
          document.getElementById("id_title").dispatchEvent(drop);
        }""",
        content,
    )
    expect(cards(form)).to_have_count(1, timeout=20_000)


def test_a_file_for_an_added_addendum_goes_there(form):
    form.get_by_role("button", name="Add a § addendum").click()
    form.fill("[name=addendum-0-title]", "More")
    form.set_input_files("[name=addendum-0-files]", [photo("a.jpg", (300, 200))])
    expect(form.locator(".addendum-fields .picture-fields")).to_have_count(1)
    form.reload()
    expect(form.locator(".addendum-fields .picture-fields")).to_have_count(1)


def test_the_preview_waits_for_files_on_their_way(form):
    held = hold(form)
    form.set_input_files("#id_files", [photo("a.jpg", (300, 200))])
    form.get_by_role("button", name="Preview").last.click()
    expect(form.locator("#sending")).to_contain_text("Files still on their way: 1.")
    expect(form.get_by_role("button", name="Publish without them")).to_be_hidden()
    form.wait_for_timeout(300)
    with form.expect_navigation():
        held.let_go()
    expect(cards(form)).to_have_count(1)


def test_who_does_not_want_to_wait_goes_on_without_them(form):
    hold(form)
    form.set_input_files("#id_files", [photo("a.jpg", (300, 200))])
    form.get_by_role("button", name="Preview").last.click()
    with form.expect_navigation():
        form.get_by_role("button", name="Go on without them").click()
    expect(form.get_by_text("This is not public yet.")).to_be_visible()
    expect(cards(form)).to_have_count(0)


def test_who_waits_for_a_paused_file_is_told_that_it_is_paused(form):
    held = hold(form)
    form.set_input_files("#id_files", [photo("a.jpg"), photo("b.jpg")])
    form.get_by_role("button", name="Pause: a.jpg").click()
    form.get_by_role("button", name="Preview").last.click()
    told = form.locator("#sending [role=status]")
    expect(told).to_contain_text("Files still on their way: 1.")
    expect(told).to_contain_text("Paused: 1. Press “Go on” beside them")
    held.let_go()
    expect(told).not_to_contain_text("on their way", timeout=20_000)
    with form.expect_navigation():
        form.get_by_role("button", name="Go on: a.jpg").click()
    expect(cards(form)).to_have_count(2)


def test_who_waits_for_a_missing_file_is_told_to_choose_it_again(reloading):
    held = hold(reloading)
    reloading.set_input_files("#id_files", [photo("a.jpg")])
    until(reloading, lambda: len(held.routes) == 1)
    reloading.reload()
    expect(reloading.get_by_text("Choose the same file again")).to_be_visible()
    reloading.get_by_role("button", name="Preview").last.click()
    told = reloading.locator("#sending [role=status]")
    expect(told).to_have_text(
        "To be chosen again: 1. Choose them again, or go on here without them."
    )


@pytest.fixture
def three(form):
    """A draft with the pictures a, b and c."""
    for name in "abc":
        form.set_input_files("#id_files", [photo(f"{name}.jpg", (300, 200))])
        expect(cards(form)).to_have_count("abc".index(name) + 1, timeout=20_000)
        cards(form).last.get_by_label("What it shows").fill(name)
    return form


def alts(page):
    return [field.input_value() for field in page.get_by_label("What it shows").all()]


def test_the_order_is_changed_from_the_keyboard(three):
    first = cards(three).first.get_by_role("button", name="Later")
    first.focus()
    three.keyboard.press("Enter")
    assert alts(three) == ["b", "a", "c"]
    moved = cards(three).nth(1).get_by_role("button", name="Later")
    expect(moved).to_be_focused()
    expect(three.locator("#told")).to_have_text("Picture is now number 2 of 3.")
    three.wait_for_timeout(2500)
    three.reload()
    assert alts(three) == ["b", "a", "c"]


def test_there_is_one_way_to_order_and_it_says_where_it_ends(three):
    expect(three.locator("[name$=-position]").first).to_be_hidden()
    three.locator("summary", has_text="Caption, credit").first.click()
    expect(three.get_by_label("Place in the order").first).to_be_hidden()
    ends = three.locator(".order button[aria-disabled=true]").all_inner_texts()
    assert ends == ["Earlier", "Later"]


def test_files_stand_as_they_were_chosen_whichever_is_here_first(form):
    held = hold(form)
    sizes = [(300, 200), (310, 200), (320, 200)]
    form.set_input_files("#id_files", [photo(f"{w}.jpg", (w, h)) for w, h in sizes])
    until(form, lambda: len(held.routes) == len(sizes))
    for route in reversed(held.routes):
        route.continue_()
        form.wait_for_timeout(700)
    held.let_go()
    pictures = form.locator(".picture-fields .shown img")
    expect(pictures).to_have_count(3, timeout=20_000)
    wide = [picture.get_attribute("width") for picture in pictures.all()]
    assert wide == ["300", "310", "320"]


def test_what_was_typed_is_there_after_covering(three):
    made(three)
    cards(three).first.get_by_label("What it shows").fill("A gate")
    cards(three).first.get_by_role("button", name="Cover faces and plates").click()
    three.wait_for_url("**/cover/**")
    three.get_by_role("link", name="Back").click()
    assert alts(three)[0] == "A gate"


def test_the_order_is_changed_by_dragging(three):
    made(three)
    grip = cards(three).last.locator(".grip")
    grip.scroll_into_view_if_needed()
    box = grip.bounding_box()
    three.mouse.move(box["x"] + 10, box["y"] + 10)
    three.mouse.down()
    for _ in range(60):
        target = cards(three).first.bounding_box()
        three.mouse.move(box["x"] + 10, max(5, target["y"] + 20), steps=3)
        if alts(three)[0] == "c":
            break
    three.mouse.up()
    assert alts(three) == ["c", "a", "b"]
    expect(cards(three).first.locator("[name$=-position]")).to_have_value("1")


def test_axe_finds_nothing_while_files_are_on_their_way(browse, tmp_path):
    page = browse(bypass_csp=True).new_page()
    page.goto("/publish/")
    page.set_input_files("#id_files", [photo("here.jpg", (300, 200))])
    expect(cards(page)).to_have_count(1, timeout=20_000)
    hold(page)
    wrong = {"name": "b.txt", "mimeType": "text/plain", "buffer": b""}
    files = [photo("a.jpg"), wrong, photo("c.jpg")]
    page.set_input_files("#id_files", files)
    page.get_by_role("button", name="Pause: c.jpg").click()
    expect(lines(page)).to_have_count(3)
    page.get_by_role("button", name="Preview").last.click()
    page.screenshot(path=tmp_path / "uploads.png", full_page=True)
    found = Axe().run(page).response["violations"]
    assert [(f["id"], [n["html"] for n in f["nodes"]]) for f in found] == []
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= page.viewport_size["width"]
