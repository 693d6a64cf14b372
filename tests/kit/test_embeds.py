import pytest

from commonwire.kit import embeds

YOUTUBE = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
TUBE = "https://tube.example/videos/embed/"
SHORT = "kkGMgK9ZtnKfYAgnEtQxbv"
UUID = "9c9de5e8-0a1e-484a-b099-e80766180a6d"


@pytest.mark.parametrize(
    ("url", "frame"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", YOUTUBE),
        ("http://m.youtube.com/watch?feature=x&v=dQw4w9WgXcQ", YOUTUBE),
        ("https://music.youtube.com/watch?v=dQw4w9WgXcQ", YOUTUBE),
        ("https://youtu.be/dQw4w9WgXcQ?t=1m30s", f"{YOUTUBE}?start=90"),
        ("https://youtu.be/dQw4w9WgXcQ?si=abc&t=45", f"{YOUTUBE}?start=45"),
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ#t=2h", f"{YOUTUBE}?start=7200"),
        ("https://youtube.com/shorts/dQw4w9WgXcQ", YOUTUBE),
        ("https://www.youtube.com/live/dQw4w9WgXcQ?feature=share", YOUTUBE),
        ("https://www.youtube.com/embed/dQw4w9WgXcQ", YOUTUBE),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?dnt=1"),
        (
            "https://vimeo.com/channels/staff/76979871",
            "https://player.vimeo.com/video/76979871?dnt=1",
        ),
        (
            "https://vimeo.com/76979871/8272103f6e",
            "https://player.vimeo.com/video/76979871?dnt=1&h=8272103f6e",
        ),
        (
            "https://player.vimeo.com/video/76979871?h=8272103f6e",
            "https://player.vimeo.com/video/76979871?dnt=1&h=8272103f6e",
        ),
        (
            "https://archive.org/details/harbour-strike_1986",
            "https://archive.org/embed/harbour-strike_1986",
        ),
        (f"https://tube.example/w/{SHORT}", f"{TUBE}{SHORT}?p2p=0"),
        (f"https://tube.example/videos/watch/{UUID}", f"{TUBE}{UUID}?p2p=0"),
    ],
)
def test_a_video_is_recognised(url, frame):
    found = embeds.find(url)
    assert found is not None
    assert (found.frame, found.frame.split("/")[2]) == (frame, found.frame_host)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/@union",
        "https://www.youtube.com/watch?v=short",
        'https://youtu.be/dQw4w9WgXc"',
        "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
        "https://user@youtube.com/watch?v=dQw4w9WgXcQ",
        "https://vimeo.com/about",
        f"https://tube.example/w/p/{SHORT}",
        f"http://tube.example/w/{SHORT}",
        f"https://tube.example:8443/w/{SHORT}",
        f"https://127.0.0.1/w/{SHORT}",
        f"https://[::1]/w/{SHORT}",
        f"https://localhost/w/{SHORT}",
        f"https://printer.local/w/{SHORT}",
        f"https://tube.example;frame-src/w/{SHORT}",
        "javascript://youtu.be/dQw4w9WgXcQ",
        "https://archive.org/details/",
        "https://[",
        "",
        "https://youtu.be/" + "a" * 5000,
    ],
)
def test_anything_else_stays_a_link(url):
    assert embeds.find(url) is None
    assert embeds.embed_figure(url) == ""


def test_the_figure_links_to_the_video_and_names_its_frame():
    assert embeds.embed_figure("https://youtu.be/dQw4w9WgXcQ?t=45") == (
        f'<figure class="embed" data-frame="{YOUTUBE}?start=45"'
        ' data-title="Video on YouTube">'
        '<a href="https://youtu.be/dQw4w9WgXcQ?t=45" rel="nofollow ugc noopener">'
        "Watch on YouTube: youtu.be/dQw4w9WgXcQ</a></figure>"
    )


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (
            "https://www.facebook.com/reel/1234567890123456789?mibextid=a",
            "Facebook reel (facebook.com/reel/1234567890123456789)",
        ),
        ("https://fb.watch/aBcDeF/", "Facebook video (fb.watch/aBcDeF)"),
        ("https://m.facebook.com/watch/?v=12", "Facebook video (m.facebook.com/watch)"),
        (
            "https://www.facebook.com/union/videos/99",
            "Facebook video (facebook.com/union/videos/99)",
        ),
        ("https://www.facebook.com/union", ""),
        ("https://union.example/reel/1", ""),
    ],
)
def test_a_video_that_cannot_be_embedded_is_named(url, name):
    assert embeds.link_name(url) == name


def test_the_policy_names_the_hosts_of_the_figures():
    fragments = [
        embeds.embed_figure("https://youtu.be/dQw4w9WgXcQ"),
        embeds.embed_figure(f"https://tube.example/w/{SHORT}"),
        "<p>no video</p>",
    ]
    hosts = {"www.youtube-nocookie.com", "tube.example"}
    assert embeds.frame_hosts(fragments) == hosts


def test_typed_html_opens_no_frame():
    typed = '&lt;figure class="embed" data-frame="https://evil.example/x"'
    assert embeds.frame_hosts([typed]) == set()
