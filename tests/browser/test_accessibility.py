"""Axe finds nothing (WCAG 2.2 AA and its best practices), by day and by night."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import enter
from tests.browser.pages import PUBLIC, sections_and_archives
from tests.browser.steps import add_addendum, preview, publish, write_release


@pytest.fixture(params=["light", "dark"])
def page(request, browse):
    """Axe is a script of ours that the pages' policy would refuse."""
    return browse(bypass_csp=True, color_scheme=request.param).new_page()


def faults(page):
    options = {"resultTypes": ["violations"]}
    if page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches"):
        # Colours are all that the night changes; the day has every rule.
        options["runOnly"] = ["color-contrast"]
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{page.url} {fault['id']}: {node['target']} {node['html'][:160]}"
        for fault in found
        for node in fault["nodes"]
    ]


def faults_at(page, paths):
    found = []
    for path in paths:
        page.goto(path)
        found += faults(page)
    return found


def test_public_pages(page):
    assert faults_at(page, PUBLIC) == []


def test_sections_and_archives(page):
    assert faults_at(page, sections_and_archives(page)) == []


def test_posts(page, post_paths):
    assert faults_at(page, post_paths) == []


def test_a_wide_screen(browse, post_paths):
    wide = {"width": 1280, "height": 900}
    page = browse(bypass_csp=True, viewport=wide).new_page()
    assert faults_at(page, [*PUBLIC, *post_paths]) == []


def follow(control):
    """Axe must not start on a page that is being left."""
    with control.page.expect_navigation():
        control.click()


def test_every_state_of_the_form(page):
    page.goto("/publish/")
    follow(page.get_by_role("button", name="Preview").last)
    found = faults(page)
    write_release(page, title="", related_url="no address")
    add_addendum(page, 0, "a" * 300)
    add_addendum(page, 1, "")
    found += faults(page)
    preview(page)
    found += faults(page)
    assert found == []


def test_the_draft_the_key_and_the_room(page):
    write_release(page)
    preview(page)
    found = faults(page)
    key = publish(page)
    found += faults(page)
    enter(page, key)
    found += faults(page)
    for action, button in (
        ("Correct", "Correct"),
        ("Add an addendum", "Preview"),
        ("Withdraw", "Withdraw"),
    ):
        enter(page, key)
        follow(page.get_by_role("link", name=action))
        found += faults(page)
        follow(page.get_by_role("button", name=button).last)
        found += faults(page)
    page.goto("/key/not-a-room/")
    assert found + faults(page) == []
