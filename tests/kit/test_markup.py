# ruff: noqa: RUF001  the quotation marks that people type
import re
from unittest.mock import ANY

import pytest

from commonwire.kit.markup import MAX_VIDEOS, count_links, excerpt, render, to_plain

REL = ' rel="nofollow ugc noopener"'


def shown(text):
    """What ``render`` makes, without the part that every link has."""
    return render(text).replace(REL, "")


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
        (
            "*one* **two** _three_",
            "<p><em>one</em> <strong>two</strong> <em>three</em></p>",
        ),
        ("# One\n## Two", "<h2>One</h2>\n<h2>Two</h2>"),
        ("### Three\n###### Six", "<h3>Three</h3>\n<h6>Six</h6>"),
        ("> said\n> she", "<blockquote>\n<p>said<br>\nshe</p>\n</blockquote>"),
        ("---", "<hr>"),
        ("* * *", "<hr>"),
        ("___", "<hr>"),
    ],
)
def test_the_markup_there_is(typed, html):
    assert render(typed) == html


@pytest.mark.parametrize(
    "typed",
    [
        "#hashtag",
        "#1 demand",
        "#",
        "5*3*2",
        "*unmatched",
        "snake_case_word",
        "`code` ```fence```",
        "1986. It was a year",
        "1. Mai: Demonstration",
        "-text",
        "· · ·",
        "+1 555 0100",
        "|a|b|",
        "[a][b]",
        "ends",
    ],
)
def test_what_only_looks_like_markup_stays_as_typed(typed):
    assert render(typed) == f"<p>{typed}</p>"


def test_html_and_entities_are_shown_as_typed():
    assert render("<b>5 &gt; 3</b>") == "<p>&lt;b&gt;5 &amp;gt; 3&lt;/b&gt;</p>"


def test_indented_text_is_no_code():
    assert render("one\n\n      two") == "<p>one</p>\n<p>two</p>"


@pytest.mark.parametrize("underline", ["---", "-----"])
def test_a_line_of_dashes_makes_no_heading_of_the_text_above(underline):
    assert render(f"Title\n{underline}\ntext") == "<p>Title</p>\n<hr>\n<p>text</p>"


def test_a_definition_of_a_link_is_not_swallowed():
    assert shown("[a]: https://x.example") == (
        '<p>[a]: <a href="https://x.example">https://x.example</a></p>'
    )


@pytest.mark.parametrize(
    "mark",
    ["###", "# # #", "-30-", "- 30 -", "– 30 –", "-ends-", "ENDS", "*** END ***"],
)
def test_an_end_mark_is_shown_as_typed(mark):
    assert render(f"text\n{mark}\nmore") == (
        f'<p>text</p>\n<p class="end-mark">{mark}</p>\n<p>more</p>'
    )


def test_the_end_mark_ends_a_list():
    html = '<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<p class="end-mark">###</p>'
    assert render("- a\n- b\n###") == html


@pytest.mark.parametrize(
    ("typed", "text", "after"),
    [
        ("See https://x.example/a.", "https://x.example/a", "."),
        ("See https://x.example/a_(b).", "https://x.example/a_(b)", "."),
        ("See (https://x.example/a)!", "https://x.example/a", ")!"),
        ("See https://x.example/a_b_c, and", "https://x.example/a_b_c", ", and"),
        ("**https://x.example**", "https://x.example", "</strong>"),
        ("https://x.example/あ。次", "https://x.example/あ", "。次"),
        ("See “https://x.example/q” now", "https://x.example/q", "” now"),
        ("See “https://x.example/q.”", "https://x.example/q", ".”"),
        ("«https://x.example/z»", "https://x.example/z", "»"),
        ("„https://x.example/z“", "https://x.example/z", "“"),
        ("›https://x.example/z‹", "https://x.example/z", "‹"),
        ("‘https://x.example/z’.", "https://x.example/z", "’."),
        ("‚https://x.example/z.‘", "https://x.example/z", ".‘"),
        ("“www.x.example/z”", "www.x.example/z", "”"),
        ("https://x.example/l’an", "https://x.example/l’an", "</p>"),
    ],
)
def test_a_bare_address_becomes_a_link_without_what_follows(typed, text, after):
    assert f">{text}</a>{after}" in shown(typed)


def test_www_is_enough_for_a_link():
    assert shown("www.x.example/a_b.") == (
        '<p><a href="https://www.x.example/a_b">www.x.example/a_b</a>.</p>'
    )


def test_a_bare_domain_is_no_link():
    assert (
        render("x.example and xwww.y.example") == "<p>x.example and xwww.y.example</p>"
    )


def test_an_international_name_is_shown_in_its_letters():
    assert shown("https://münchen.example/ä") == (
        '<p><a href="https://xn--mnchen-3ya.example/%C3%A4">'
        "https://münchen.example/ä</a></p>"
    )


def test_a_long_address_is_shortened_for_the_eye_only():
    url = f"https://x.example/{'a' * 90}"
    assert f'href="{url}"' in shown(url)
    assert "…aaaaaaaaaaaaaaaaaa</a>" in shown(url)


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//x.example",
        "/desk/",
        "&#106;avascript:alert(1)",
    ],
)
def test_other_schemes_never_become_links(target):
    assert "<a" not in render(f"[text]({target}) <{target}> {target}")


@pytest.mark.parametrize(
    "typed",
    [
        "press@union.example",
        "<press@union.example>",
        "mailto:press@union.example",
        "[press@union.example](mailto:press@union.example)",
        "press\\@union.example",
    ],
)
def test_a_mail_address_is_masked(typed):
    html = '<p><span class="mail">press [at] union.example</span></p>'
    assert render(typed) == html


def test_a_mail_link_keeps_its_words():
    assert render("[write us](mailto:press@union.example)") == (
        '<p>write us (<span class="mail">press [at] union.example</span>)</p>'
    )


def test_an_address_with_mail_in_its_query_still_works():
    assert 'href="https://x.example/?to=a%40b.example"' in shown(
        "https://x.example/?to=a@b.example"
    )


def test_handles_and_users_in_addresses_stay():
    html = shown("@name@host.example https://x.example/@name https://user@x.example/")
    assert html.count("[at]") == 0
    assert 'href="https://x.example/@name"' in html


def test_a_video_alone_in_its_paragraph_becomes_a_figure():
    html = shown("Watch:\n\nhttps://youtu.be/dQw4w9WgXcQ\n\nShare!")
    assert html == (
        '<p>Watch:</p>\n<figure class="embed"'
        ' data-frame="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"'
        ' data-title="Video on YouTube"><a href="https://youtu.be/dQw4w9WgXcQ">'
        "Watch on YouTube: youtu.be/dQw4w9WgXcQ</a></figure>\n<p>Share!</p>"
    )


def test_a_named_video_keeps_its_name():
    html = shown("[Rosa speaks](https://youtu.be/dQw4w9WgXcQ)")
    assert ">Rosa speaks: youtu.be/dQw4w9WgXcQ</a></figure>" in html


TUBE, VIMEO = "https://youtu.be/dQw4w9WgXcQ", "https://vimeo.com/76979871"


def outline(typed):
    """The blocks in order: a figure by its provider, other text as it reads."""
    html = re.sub(r'<figure[^>]* data-title="Video on (.*?)".*', r"\1", render(typed))
    return re.sub(r"</?a[^>]*>", "", html).split("\n")


@pytest.mark.parametrize(
    ("typed", "blocks"),
    [
        (f"{TUBE}?si=abc\n{VIMEO}", ["YouTube", "Vimeo"]),
        (f"a\n{TUBE}\nb", ["<p>a</p>", "YouTube", "<p>b</p>"]),
        (f"a\nb\n{TUBE}", ["<p>a<br>", "b</p>", "YouTube"]),
        (f"Video: {TUBE}", [f"<p>Video: {TUBE}</p>", "YouTube"]),
        (f"Watch: {TUBE}\nb", [f"<p>Watch: {TUBE}<br>", "b</p>", "YouTube"]),
        (f"See {TUBE} and {VIMEO}.", [ANY, "YouTube", "Vimeo"]),
        (f"See {TUBE}\n\n{VIMEO}\n\n{TUBE}", [ANY, "Vimeo", "YouTube"]),
        (f"{TUBE}\n\n{TUBE}?t=3", ["YouTube", f"<p>{TUBE}?t=3</p>"]),
        (f"**{TUBE}\nb**", [ANY, "b</strong></p>", "YouTube"]),
        (f"## {TUBE}\nb", [ANY, "YouTube", "<p>b</p>"]),
        (f"> {TUBE}\n\nb", [ANY, ANY, ANY, "YouTube", "<p>b</p>"]),
        (f"- {TUBE}\n- b", [ANY, ANY, ANY, ANY, "YouTube"]),
    ],
)
def test_a_video_is_shown_where_its_line_is_or_after_its_block(typed, blocks):
    assert outline(typed) == blocks


def test_videos_stand_on_their_lines_in_a_wrapped_text_too():
    text = (
        "The strike goes on and on until every one of the demands\nis met by them all."
    )
    long = [f"https://www.youtube.com/watch?v=dQw4w9WgXc{end}" for end in "QR"]
    assert outline("\n".join([text, *long, "More."]))[2:] == [
        *("YouTube", "YouTube", "<p>More.</p>")
    ]


def test_further_videos_stay_links():
    videos = [f"https://vimeo.com/{number}" for number in range(76979871, 76979891)]
    for typed in ("\n".join(videos), " and ".join(videos)):
        assert render(typed).count("<figure") == MAX_VIDEOS
        assert count_links(typed) == len(videos)


def test_a_facebook_reel_is_named():
    assert "Facebook reel (facebook.com/reel/12)</a>" in render(
        "https://www.facebook.com/reel/12"
    )


def test_plain_text_has_no_markup_and_no_line_ends():
    typed = "# Title\n\n- *one*\n- [two](https://x.example) a@b.example\n\n###"
    assert to_plain(typed) == "Title one two a [at] b.example"


def test_an_address_parted_by_emphasis_is_masked_in_plain_text():
    assert to_plain("*press*@union.example") == "press [at] union.example"


def test_an_excerpt_ends_between_words():
    assert excerpt("The vote was 412 to 9, they said.", 22) == "The vote was 412 to 9…"


def test_a_short_text_is_its_own_excerpt():
    assert excerpt("The vote.", 22) == "The vote."


def test_an_excerpt_does_not_part_a_letter_from_its_marks():
    assert excerpt("कि" * 20, 5) == "किकि…"


def test_links_are_counted_videos_too():
    typed = (
        "https://x.example www.y.example\n\nhttps://youtu.be/dQw4w9WgXcQ a@b.example"
    )
    assert count_links(typed) == 3


def test_a_video_that_is_linked_and_shown_counts_once():
    assert count_links(f"See {TUBE} and https://x.example") == 2


def test_a_heading_may_be_closed_as_it_was_opened():
    assert render("## Title ##") == "<h2>Title</h2>"


def test_the_longest_gap_in_a_heading_is_read_at_once():
    # Took half a minute when a pattern looked for closing signs after each space.
    assert render(f"# a{' ' * 59_000}b").startswith("<h2>a")
