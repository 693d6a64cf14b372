"""What a contributor does, with or without scripts."""

import itertools
import random
import re

from tests.browser.pictures import photos

TITLE = "Night drivers vote to strike from Monday"
RELEASE = {
    "title": TITLE,
    "byline": "Drivers’ Local 318",
    "summary": "1,103 of 1,212 voted to walk out.",
    "body": (
        "RIVERTON, November 20 – Drivers voted on Thursday to strike.\n\n"
        "“They gave us a plaque,” said *Denise Abara*.\n\n"
        "• No closure of night lines\n• Heated break rooms\n\n"
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ\n\n"
        "###\n\nPress contact: press@local318.example"
    ),
    "related_url": "local318.example/night",
}
DESCRIPTIONS = ["The depot at dusk", "A ballot box", "The night bus"]
PEERTUBE = "https://tube.example/w/8nXQmVvQ2XbV3qk9ZL5u7T"
# Screening lets a post wait whose form came back sooner than people write.
A_PERSON_TAKES = 3_200
_counts = itertools.count(1)

PIECES = re.compile(r"/files/")


def tell_bodies(page):
    """The browser tells what is in a file that it sends only when it is held up."""
    page.route(PIECES, lambda route: route.fallback())


def write_release(page, **changed):
    page.goto("/publish/")
    page.get_by_role("radio", name="Press release").check()
    for name, value in (RELEASE | changed).items():
        page.fill(f"[name={name}]", value)
    # Screening asks whether a text is meant that is like another: these are not.
    page.fill("[name=summary]", f"{page.input_value('[name=summary]')} {other_words()}")
    page.set_input_files("#id_files", photos(3))


def other_words():
    chance = random.Random(next(_counts))
    letters = "abcdefghiklmnoprstuvw"
    return " ".join("".join(chance.choices(letters, k=6)) for _ in range(70))


def add_addendum(page, number, title, **fields):
    """The same button, whether a script or the server adds the part."""
    page.get_by_role("button", name="Add a § addendum").click()
    page.fill(f"[name=addendum-{number}-title]", title)
    for name, value in fields.items():
        page.fill(f"[name=addendum-{number}-{name}]", value)


def preview(page):
    """With scripts it comes when all files are here, and the form's address becomes the
    draft's before: a new page it is only when one is loaded."""
    with page.expect_event("domcontentloaded", timeout=60_000):
        page.get_by_role("button", name="Preview").last.click()
    page.wait_for_url("**/publish/*/")


def made(page):
    """Wait until the files of the draft that is shown are."""
    for _ in range(100):
        if not page.locator('[data-state="waiting"]').count():
            return
        if page.get_by_role("link", name="Look again").count():
            page.reload()
        page.wait_for_timeout(200)
    raise AssertionError(page.locator(".picture-fields").all_inner_texts())


def describe_pictures(page, descriptions):
    fields = page.get_by_label("What it shows")
    for number, words in enumerate(descriptions):
        fields.nth(number).fill(words)


def publish(page):
    """To its key."""
    send_out(page)
    return page.locator("#phrase").inner_text()


def send_out(page):
    with page.expect_navigation():
        page.get_by_role("button", name="Publish", exact=True).last.click()
    wait_as_asked(page, "Publish")
    page.wait_for_url("**/published/")


def wait_as_asked(page, button):
    """Without scripts, who was quick is asked to wait a moment and to press again."""
    while "/wait/" in page.url:
        seconds = re.search(r"in (\d+) seconds?", page.locator("main").inner_text())
        page.wait_for_timeout(1000 * (int(seconds[1]) + 1 if seconds else 1))
        with page.expect_navigation():
            page.get_by_role("button", name=button).last.click()


def publish_release(page, **changed):
    """From the empty form to the key."""
    write_release(page, **changed)
    add_addendum(page, 0, "Riders stand with them", byline="Riders’ Union")
    page.fill("[name=addendum-0-body]", "The night bus is how the clinic opens.")
    page.set_input_files("[name=addendum-0-files]", photos(1))
    add_addendum(page, 1, "Video of the vote", related_url=PEERTUBE)
    page.wait_for_timeout(A_PERSON_TAKES)
    preview(page)
    made(page)
    describe_pictures(page, [*DESCRIPTIONS, "A painted banner"])
    return publish(page)
