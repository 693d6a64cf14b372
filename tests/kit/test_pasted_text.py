# ruff: noqa: RUF001  the letters and signs that people type
"""What people paste comes out as they would expect, whatever it was pasted from."""

import pytest

from commonwire.kit.markup import render

WRAPPED = """\
Workers at the Meridian warehouse voted on Sunday to walk out next week
after the company refused to discuss the heat in its loading halls, their
union said, and nobody expects the company to give in before the summer.
"""


def items(*texts):
    return "<ul>\n" + "".join(f"<li>{text}</li>\n" for text in texts) + "</ul>"


def test_wrapped_lines_are_joined():
    assert "<br>" not in render(WRAPPED)


def test_an_address_keeps_its_lines():
    typed = "Harbour Union\n12 Quay Street\nSalt Bay"
    html = "<p>Harbour Union<br>\n12 Quay Street<br>\nSalt Bay</p>"
    assert render(typed) == html
    assert render(f"{WRAPPED}\n{typed}").endswith(html)


def test_a_poem_keeps_its_lines():
    poem = "O harbour, when the lamps go out along the quay,\n"
    poem += "The cranes stand still against the morning sky,\n"
    poem += "And all the ships that ever went to sea\n"
    poem += "Come home to ask the reason and the why."
    assert render(poem).count("<br>") == 3
    assert render(f"{WRAPPED}\n{poem}").count("<br>") == 3


def test_typed_paragraphs_with_long_lines_keep_their_breaks():
    typed = f"{'A long sentence typed without Enter. ' * 5}\nAnd another line."
    assert render(typed).count("<br>") == 1


def test_wrapped_german_is_joined_before_its_many_capitals():
    typed = (
        "Pressemitteilung der Gewerkschaft vom 3. März. Die Beschäftigten des\n"
        "Meridian-Lagers haben am Sonntag für einen Streik gestimmt, nachdem die\n"
        "Geschäftsleitung Gespräche über die Hitze abgelehnt hatte. Die\n"
        "Gewerkschaft spricht von 412 gegen 9 Stimmen."
    )
    assert "<br>" not in render(typed)


def test_dates_keep_their_lines():
    typed = "Daten:\n12. März: Streikbeginn\n1. Mai: Demonstration"
    assert render(typed).count("<br>") == 2


def test_a_quoted_mail_is_joined_and_the_answer_is_outside():
    quoted = "".join(f"> {line}\n" for line in WRAPPED.splitlines())
    html = render(f"{quoted}We agree.")
    assert "<br>" not in html
    assert html.endswith("</blockquote>\n<p>We agree.</p>")


def test_a_wrapped_item_is_one_item():
    typed = (
        "- fans in every hall, and the right to stop work above 30 degrees\n"
        "without losing pay\n- an end to the fourteen-hour shift"
    )
    assert render(typed) == items(
        "fans in every hall, and the right to stop work above 30 degrees\n"
        "without losing pay",
        "an end to the fourteen-hour shift",
    )


def test_an_item_may_be_wrapped_before_a_name():
    typed = "• Reinstate all who were dismissed after the march through\nSalt Bay\n"
    assert render(f"{typed}• Sign the agreement").count("<li>") == 2
    assert "<br>" not in render(typed)


def test_text_after_a_long_item_is_not_part_of_it():
    typed = "• Reinstate all who were dismissed after the march.\n• And now.\nCome!"
    assert render(typed).endswith("</ul>\n<p>Come!</p>")


def test_text_after_a_list_is_not_part_of_it():
    assert render("- Bread\n- Roses\nCome along!") == (
        items("Bread", "Roses") + "\n<p>Come along!</p>"
    )


@pytest.mark.parametrize("bullet", "*-+•‣◦▪·●–—")
def test_any_bullet_makes_a_list(bullet):
    html = f"<p>We want:</p>\n{items('bread', 'roses')}"
    assert render(f"We want:\n{bullet} bread\n{bullet}\troses") == html


def test_a_bullet_needs_no_space():
    assert render("•bread\n•roses") == items("bread", "roses")


def test_items_may_be_set_apart():
    assert render("• bread\n\n• roses\n\n• rest") == items("bread", "roses", "rest")


def test_a_second_level_is_known_by_its_bullet():
    html = items("bread\n" + items("rye") + "\n", "roses")
    assert render("•\tbread\no\trye\n•\troses") == html


def test_a_single_dash_is_somebody_speaking():
    typed = "“We will win.”\n– Rosa Okafor"
    assert render(typed) == "<p>“We will win.”<br>\n– Rosa Okafor</p>"


def test_a_dash_where_the_line_broke_is_no_bullet():
    typed = "The strike at the Meridian warehouse, the first in forty years\n- if"
    assert "<ul>" not in render(f"{typed} it comes to one - begins on Monday.")


def test_numbers_go_on_where_they_began():
    assert render("3. three\n4. four") == (
        '<ol start="3">\n<li>three</li>\n<li>four</li>\n</ol>'
    )


def test_numbered_demands_follow_their_sentence():
    assert render("We want\n1) bread\n2) roses") == (
        "<p>We want</p>\n<ol>\n<li>bread</li>\n<li>roses</li>\n</ol>"
    )


def test_explained_demands_keep_their_numbers():
    html = render("1. Bread\n\nEnough of it.\n\n2. Roses\n\nRed ones.")
    assert html.count("<p>") == 2
    assert '<ol start="2">\n<li>Roses</li>' in html


def test_a_paragraph_indented_under_an_item_belongs_to_it():
    html = render("- a\n\n  more of a\n- b")
    assert html.count("<li>") == 2
    assert "<p>more of a</p>\n</li>" in html


def test_deep_lists_and_quotations_lose_no_words():
    typed = "\n".join(f"{'  ' * depth}- word{depth}" for depth in range(60))
    typed += "\n\n" + "\n\n".join(f"{'>' * depth} said{depth}" for depth in range(60))
    html = render(typed)
    assert all(f"word{number}" in html for number in range(60))
    assert all(f"said{number}" in html for number in range(60))


def test_wrapped_arabic_is_joined():
    line = "صوت عمال المستودع يوم الأحد على الإضراب الأسبوع المقبل بعد أن رفضت الشركة"
    assert "<br>" not in render(f"{line}\n{line}\n{line}\nوقالت النقابة ذلك.")


def test_hebrew_and_persian_contact_lines_stay_apart():
    assert render("איגוד עובדי הנמל\nרחוב הרציף 12").count("<br>") == 1
    assert render("اتحادیهٔ کارگران می\u200cگوید\nخیابان بندر ۱۲").count("<br>") == 1


def test_wrapped_ideographs_are_joined_without_a_space():
    line = "港の倉庫で働く人たちは日曜日に投票し、来週からのストライキを決めた"
    assert render(f"{line}\n{line}\n{line}") == f"<p>{line * 3}</p>"


def test_a_press_release_reads_like_one(release):
    html = render(release)
    assert html.startswith(
        "<p>FOR IMMEDIATE RELEASE</p>\n"
        "<h2>Harbour warehouse workers vote to strike</h2>\n"
        "<p><strong>412 to 9 for walking out on Monday</strong></p>\n"
        "<p>SALT BAY, March 3 – Workers at the Meridian warehouse voted on Sunday to\n"
        "walk out next week after the company"
    )
    assert html.index("<figure") < html.index('<p class="end-mark">###</p>')
    assert html.count("<br>") == 5


def test_the_lists_of_a_press_release(release):
    html = render(release)
    demands = items(
        "fans in every hall, and the right to stop work above 30 degrees\n"
        "without losing pay",
        "an end to the fourteen-hour shift",
        "a say in the rota",
    )
    advice = items(
        "Join the picket on Monday at six in the morning",
        "Do not cross it",
        "Write to the company",
    )
    assert f"<p>The workers demand:</p>\n{demands}" in html
    assert f"<p>What you can do:</p>\n{advice}\n<p>1986. It was a year" in html


def test_the_contact_block_of_a_press_release(release):
    assert (
        "<p>Press contact:<br>\nMaria Gonzalez, Communications Secretary<br>\n"
        "Harbour Warehouse Workers Union<br>\n12 Quay Street, Salt Bay<br>\n"
        '<span class="mail">press [at] harbourunion.example</span><br>\n'
        "+1 555 0100</p>"
    ) in render(release)


@pytest.mark.parametrize(
    "typed", ["1. a\n2. b\n3. c\n10. d", "1. a\n2. b\n3) c", "1. a\n2. b\n\n7. c"]
)
def test_any_number_goes_on_with_an_open_list(typed):
    html = render(typed)
    assert html.count("<ol>") == html.count("<ol") == 1
    assert html.count("<li>") == typed.count("\n") + 1 - typed.count("\n\n")


def test_another_list_may_begin_with_one_again():
    assert render("1. a\n2. b\n1) c\n2) d").count("<ol>") == 2


@pytest.mark.parametrize(
    "typed",
    [
        "1. a\n2. b\n\nText.\n\n14. März: Demo",
        "1. a\n2. b\n\n# Title\n14. März: Demo",
        f"1. a\n2. Wir treffen uns {'sehr ' * 10}gern in Berlin am\n14. März alle",
    ],
)
def test_a_date_outside_a_list_is_none_of_its_items(typed):
    html = render(typed)
    assert html.count("<li>") == 2
    assert "14. März" in html


@pytest.mark.parametrize("bullet", ["§\t", "✓ ", "✔\ufe0f ", "★\t", "→ "])
def test_signs_in_a_row_are_bullets(bullet):
    html = "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"
    assert render(f"{bullet}a\n{bullet}b") == html
    assert render(f"  {bullet}a\n  {bullet}b") == html


@pytest.mark.parametrize("typed", ["→ a", "§ 1 a<br>\n§ 2 b", "a) b<br>\nb) c"])
def test_other_signs_stay_as_typed(typed):
    assert render(typed.replace("<br>", "")) == f"<p>{typed}</p>"
