"""What scripts add; everything works without them too."""

import pytest
from playwright.sync_api import expect

from tests.browser.steps import preview, publish_release, write_release

TALK = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


@pytest.fixture
def video(phone):
    """The preview of a post with a video; its player is the printed page's."""
    write_release(phone, body=f"See:\n\n{TALK}")
    preview(phone)
    return phone


def test_no_script_fails_or_is_refused(phone):
    said = []
    phone.on("pageerror", lambda error: said.append(str(error)))
    phone.on(
        "console",
        lambda line: said.append(line.text) if line.type in {"error", "warning"} else 0,
    )
    publish_release(phone)
    phone.get_by_role("link", name="Read your post").click()
    phone.wait_for_load_state("networkidle")
    assert said == []


def test_the_room_left_in_a_title_is_counted(phone):
    phone.goto("/publish/")
    phone.fill("#id_title", "a" * 190)
    expect(phone.get_by_text("10 characters left")).to_be_visible()
    phone.fill("#id_title", "a" * 203)
    expect(phone.get_by_text("3 characters too many")).to_be_visible()


def test_unsent_text_is_not_lost_without_a_question(phone):
    phone.goto("/publish/")
    phone.locator("#id_title").press_sequentially("Something")
    asked = []
    phone.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    phone.goto("/wire/")
    assert asked == ["beforeunload"]


def test_a_second_click_sends_nothing(phone):
    phone.goto("/publish/")
    phone.fill("#id_title", "Once")
    phone.fill("#id_body", "Text.")
    posts = []
    phone.on("request", lambda sent: posts.append(sent) if sent.method == "POST" else 0)
    phone.get_by_role("button", name="Preview").last.dblclick()
    phone.wait_for_url("**/publish/*/")
    assert len(posts) == 1


def test_focus_goes_to_what_is_wrong(phone):
    write_release(phone, title="")
    preview(phone)
    expect(phone.locator(".notice.wrong")).to_be_focused()


def test_the_key_is_copied(browse):
    context = browse(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    write_release(page)
    preview(page)
    page.get_by_role("button", name="Publish", exact=True).first.click()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#phrase").inner_text()


def test_a_player_is_made_by_a_click(video):
    video.get_by_role(
        "button", name="Play here (loads from youtube-nocookie.com)"
    ).click()
    frame = video.locator("figure.embed iframe")
    expect(frame).to_have_attribute("title", "Video on YouTube")
    expect(frame).to_have_attribute("referrerpolicy", "strict-origin")
    expect(frame).to_have_attribute(
        "sandbox", "allow-scripts allow-same-origin allow-popups allow-presentation"
    )
    expect(video.get_by_role("link", name="Watch on YouTube")).to_be_visible()
