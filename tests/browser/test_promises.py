"""What every page promises: no cookie, nothing from elsewhere, small, and still."""

from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.pages import PUBLIC, sections_and_archives
from tests.browser.steps import preview, publish_release, write_release

MOST_BYTES = 20_000
# What moved, by how much of the window, and from where to where.
SHIFTS = """
window.shifted = [];
const told = ({node, previousRect: from, currentRect: to}) =>
  `${(node?.outerHTML ?? node?.nodeValue ?? "").slice(0, 200)}: ${from.y} to ${to.y}`;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries())
    window.shifted.push([entry.value, ...entry.sources.map(told)]);
}).observe({type: "layout-shift", buffered: true});
"""


def test_nothing_scrolls_sideways_on_a_phone(phone, post_paths):
    paths = [*PUBLIC, *sections_and_archives(phone), *post_paths]
    wide = [path for path in paths if _overflows(phone, path)]
    assert wide == []


def test_long_words_and_addresses_break(phone):
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 3
    write_release(
        phone,
        title=word,
        byline=word[:110],
        summary=f"{word} https://example.org/{word}",
        body=f"## {word}\n\n* {word}\n\n> {word}\n\nhttps://example.org/{word}",
        related_url=f"https://example.org/{word}",
    )
    preview(phone)
    assert _overflow(phone) == 0


def _overflows(page, path):
    page.goto(path)
    return _overflow(page) > 0


def _overflow(page):
    return page.evaluate("document.documentElement.scrollWidth") - PHONE["width"]


def test_no_page_asks_anybody_else_or_sets_a_cookie(browse, post_paths):
    context = browse()
    page = context.new_page()
    for path in [*PUBLIC, *post_paths]:
        page.goto(path)
    assert context.asked == {"127.0.0.1"}
    assert context.cookies() == []


def test_a_contributor_gets_no_cookie_and_leaves_nothing_on_the_device(browse):
    context = browse()
    page = context.new_page()
    publish_release(page, title="Published without a trace")
    kept = "[localStorage.length, sessionStorage.length, document.cookie]"
    assert page.evaluate(kept) == [0, 0, ""]
    assert context.cookies() == []
    assert context.asked == {"127.0.0.1"}


def test_only_a_click_asks_the_host_of_a_player(browse):
    context = browse()
    page = context.new_page()
    publish_release(page, title="Published with two videos")
    page.get_by_role("link", name="Read your post").click()
    page.wait_for_load_state("networkidle")
    assert context.asked == {"127.0.0.1"}
    page.get_by_role("button", name="Play here").first.click()
    expect(page.locator("iframe")).to_have_count(1)
    page.wait_for_timeout(300)
    assert context.asked == {"127.0.0.1", "www.youtube-nocookie.com"}


def test_a_post_and_its_style_are_small(browse, post_paths):
    heavy = {}
    for path in post_paths:
        sizes = _transferred(browse(), path)
        heavy[path] = sizes["document"] + sizes["stylesheet"]
    assert {path: size for path, size in heavy.items() if size > MOST_BYTES} == {}


def _transferred(context, path):
    """Bytes of the answers' bodies as they travel, by what they are."""
    page = context.new_page()
    answers = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108
    page.goto(path, wait_until="networkidle")
    sizes = {}
    for answer in answers:
        kind = answer.request.resource_type
        sizes.setdefault(kind, 0)
        sizes[kind] += answer.request.sizes()["responseBodySize"]
    return sizes


def test_nothing_moves_while_a_page_loads(browse, post_paths):
    context = browse()
    context.add_init_script(SHIFTS)
    page = context.new_page()
    moved = {}
    for path in ["/", "/wire/", "/features/", "/publish/", *post_paths]:
        page.goto(path)
        page.mouse.wheel(0, 3_000)
        page.wait_for_timeout(150)
        moved[path] = page.evaluate("window.shifted")
    assert {path: what for path, what in moved.items() if what} == {}
