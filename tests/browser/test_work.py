"""Work with scripts, a short wait without: publishing costs no more."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.page import Page


@pytest.fixture
def hurried(browse):
    """Somebody without scripts who publishes at once, faster than Chromium draws."""
    page = browse(java_script_enabled=False).new_page()
    form = page.request.get("/publish/")
    draft = send(page, form, title="A hurried report", body="What happened.")
    page.goto(send(page, draft, do="publish").url)
    return page


def send(page, answer, **typed):
    """What the form of an answer holds, and what is typed, to where it is from."""
    content = urlencode(Page(answer.text()).fields | typed, doseq=True)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return page.request.post(answer.url, data=content, headers=kind)


def write(page, title):
    page.goto("/publish/")
    page.fill("#id_title", title)
    page.fill("#id_body", "What happened.")
    page.get_by_role("button", name="Preview").last.click()
    page.wait_for_url("**/publish/*/")


def test_nothing_is_worked_at_before_somebody_writes(phone):
    asked = []
    phone.on("request", lambda sent: asked.append(sent.url))
    phone.goto("/publish/")
    phone.wait_for_load_state("networkidle")
    assert [url for url in asked if "challenge" in url] == []


def test_a_browser_works_while_somebody_writes(phone):
    phone.goto("/publish/")
    phone.fill("#id_title", "A report with work")
    expect(phone.locator("#work")).not_to_have_value("", timeout=30_000)
    phone.fill("#id_body", "What happened.")
    phone.get_by_role("button", name="Preview").last.click()
    phone.wait_for_url("**/publish/*/")
    # It is paid for: the draft's page asks for no more.
    expect(phone.locator("#work-script")).to_have_count(0)


def test_without_scripts_a_short_wait_opens_the_way(hurried):
    expect(hurried.get_by_role("heading", level=1)).to_have_text(
        "One moment, then it is published"
    )
    hurried.wait_for_timeout(4_500)
    hurried.get_by_role("button", name="Publish").click()
    expect(hurried.get_by_role("heading", level=1)).to_have_text("Published")


def test_the_waiting_room_counts_down_where_there_are_scripts(browse, hurried):
    page = browse().new_page()
    page.goto(hurried.url)
    expect(page.get_by_role("status")).to_have_text("Now.", timeout=10_000)
