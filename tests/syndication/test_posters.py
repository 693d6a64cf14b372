"""One page to hang up, whatever was typed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonwire.calls.actions import calling
from commonwire.calls.states import AskKind
from commonwire.publishing import queries
from commonwire.syndication.posters.facts import Poster, poster_of
from commonwire.syndication.posters.poster import breakable, render, shortened
from commonwire.syndication.posters.words import words
from commonwire.syndication.posters.words_of_calls import NAMES, words_of_calls
from tests.calendar import an_event
from tests.calls.factories import a_call
from tests.factories import a_post, a_release, a_site
from tests.syndication.pdfs import boxes_of, letters_of, pages_of, words_of
from tests.syndication.scripts import SCRIPTS

ADDRESS = "https://news.example/2026/03/03/a-vote/"
CALL = {
    "language": "en",
    "kicker": "Call to action",
    "headline": "Nobody drives on Monday",
    "by": "Riverton Transit Union",
    "day": "",
    "address": ADDRESS,
    "site": "Riverton Wire",
    "text": "Nine in ten say yes.",
    "when": "Monday, March 16, 2026",
    "where": "Depot 4",
    "lists": (("What we ask", ("Come",)), ("What we demand", ("Sick pay", "Radios"))),
}


def poster(**fields):
    return Poster(**{**CALL, **fields})


@pytest.mark.parametrize(
    ("paper", "size"), [("letter", (612, 792)), ("a4", (595, 842))]
)
def test_it_is_one_page_of_either_paper(paper, size):
    made = render(poster(), paper)
    assert (pages_of(made), words_of(made)[1]) == (1, size)


def test_it_says_what_when_where_what_is_asked_and_demanded():
    said, _size = words_of(render(poster(), "a4"))
    told = [CALL[name] for name in ("headline", "by", "when", "where", "text")]
    told += ["What we ask", "Come", "What we demand", "Sick pay", "Radios"]
    assert [each for each in told if each not in said] == []


def test_eight_strips_say_the_headline_again():
    said, _size = words_of(render(poster(), "a4"))
    assert said.count("Nobody drives on Monday") == 1 + 8


def test_what_is_called_off_says_so_above_its_day_and_on_every_strip():
    said, _size = words_of(render(poster(off="Called off on March 3."), "a4"))
    assert said.count("Called off on March 3.") == 1 + 8
    assert said.index("Called off") < said.index("Monday, March 16")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.language)
def test_it_has_the_letters_of_its_script(script):
    fields = {"headline": script.headline, "text": script.line}
    made = render(poster(language=script.language, **fields), "letter")
    told = {letter for letter in script.headline + script.line if letter.isalpha()}
    assert (told - letters_of(made), boxes_of(made), pages_of(made)) == (set(), 0, 1)


@pytest.mark.parametrize("language", ["ar", "hi", "ja", "ru", "el", "zh-hant", "fr"])
def test_its_own_words_have_letters_too(language):
    said = words(language)
    made = render(poster(language=language, kicker=said["release"]), "a4")
    assert boxes_of(made) == 0


def longest(**fields):
    """As much in every part as forms take."""
    items = tuple(f"{number} " + "word " * 200 for number in range(30))
    full = {"headline": "W" * 200, "text": "x" * 1000, "by": "B" * 120}
    full |= {"when": "M" * 200, "where": "Q" * 300, "off": "Because " * 120}
    return poster(**full, lists=(("Asks", items), ("Demands", items)), **fields)


def test_the_longest_of_everything_is_one_page():
    made = render(longest(), "letter")
    assert (pages_of(made), "and 60 more" in words_of(made)[0]) == (1, True)


def test_what_has_no_room_is_counted():
    items = tuple(f"Number {number}, and " + "more " * 30 for number in range(30))
    said, _size = words_of(render(poster(lists=(("Demands", items),)), "a4"))
    shown = sum(f"Number {number}," in said for number in range(30))
    assert 0 < shown < 30
    assert f"and {30 - shown} more" in said


@pytest.mark.parametrize(
    "typed",
    [
        '#panic("x") $x$ *b* `c` \\ "q" ] } ) // <a> @ref _i_',
        "#import \"x\": *\n#read('/etc/passwd')",
        "\u202eevil\u202c \x00\x07\u2066",
        "字" * 200,
        "a\u0301" * 90,
        "👩‍👩‍👧 🏳️‍🌈",
        "",
    ],
)
def test_what_was_typed_is_never_markup(typed):
    made = render(poster(headline=typed, text=typed, when=typed), "a4")
    assert pages_of(made) == 1


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=200), st.text(max_size=120))
def test_any_text_makes_one_page(headline, text):
    made = render(poster(headline=headline, text=text, where=text), "letter")
    assert pages_of(made) == 1


@pytest.mark.django_db
def test_a_release_and_a_report_are_posters_in_their_language():
    site = a_site(name="Riverton Wire")
    release = a_release("Huelga", language="es", summary="Nueve de diez.")
    report = a_post("A vote", body="**It** began.", byline="bo@u.example")
    posters = [
        poster_of(queries.post_at(post.day, post.slug), site)
        for post in (release, report)
    ]
    assert [(each.kicker, each.headline, each.text) for each in posters] == [
        ("Nota de prensa", "Huelga", "Nueve de diez."),
        ("Report", "A vote", "It began."),
    ]
    assert posters[1].by == "bo [at] u.example"


def test_the_address_is_shown_as_people_type_it():
    shown = poster(address="https://news.example/2026/03/03/%D8%A3/").shown_address
    assert shown == "news.example/2026/03/03/أ"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("short", "short"),
        ("one two three four", "one two…"),
        ("onetwothreefour", "onetwothr…"),
        ("字" * 12, "字" * 9 + "…"),
    ],
)
def test_texts_are_cut_at_a_word(text, expected):
    assert shortened(text, 10) == expected


def test_long_words_may_be_broken_and_words_of_signs_need_not():
    assert breakable("w" * 45) == "\u200b".join(["w" * 20, "w" * 20, "w" * 5])
    assert breakable("字" * 45) == "字" * 45


def poster_at(post, site):
    return poster_of(queries.post_at(post.day, post.slug), site)


@pytest.mark.django_db
def test_a_call_is_a_poster_with_its_asks_and_demands():
    made = poster_at(a_call(language="es").post, a_site())
    assert (made.kicker, made.when) == (
        "Convocatoria",
        "sábado, 16 de enero de 2027, todo el día",
    )
    heads = [head for head, _items in made.lists]
    assert heads == ["Qué pedimos", "Qué exigimos"]
    assert made.lists[1][1][0] == "Night buses until two (a the transit board)"


@pytest.mark.django_db
def test_a_call_that_is_called_off_says_it_on_its_poster():
    call = a_call()
    calling.call_off(call=call, because="The ice is too thin.")
    assert "The ice is too thin." in poster_at(call.post, a_site()).off


@pytest.mark.django_db
def test_an_event_is_a_poster_with_its_place_but_not_with_a_private_address():
    private = an_event(place="Depot", address="4 Harbour Road", address_private=True)
    public = an_event(place="Depot", address="4 Harbour Road")
    site = a_site()
    assert poster_at(private, site).where == "Depot"
    assert poster_at(public, site).where == "Depot, 4 Harbour Road"
    assert poster_at(public, site).when == "Friday, March 19, 2027, 6:30 PM EDT"


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ar", "hi", "ja", "ru", "el", "zh-hant"])
def test_a_call_is_a_poster_in_its_own_language_and_script(language):
    made = poster_at(a_call(language=language).post, a_site())
    own = words_of_calls(language)
    assert (made.kicker, made.lists[0][0]) == (own["call"], own["asks"])
    assert made.lists[0][1][0] == f"{own['attend']}: Stand with us at the depot"
    said = render(made, "a4")
    assert (boxes_of(said), "all day" in words_of(said)[0]) == (0, False)


def test_every_kind_of_ask_has_its_word_in_every_language():
    assert {kind.value for kind in AskKind} <= set(NAMES)
