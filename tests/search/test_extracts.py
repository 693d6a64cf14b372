from commonwire.kit import markup
from commonwire.search import extracts
from commonwire.search.words import forms


def terms(*chunks):
    return [forms(chunk, ("en",)) for chunk in chunks]


def marked(text, *chunks):
    pieces = extracts.extract(text, terms(*chunks), "en")
    return "".join(f"[{p.text}]" if p.marked else p.text for p in pieces)


def test_every_form_of_a_word_is_marked_and_no_other():
    assert marked("Voted, a vote: devoted.", "voting") == "[Voted], a [vote]: devoted."


def test_a_phrase_is_marked_as_a_whole_and_only_where_it_stands():
    assert marked("Rent. A rent strike! Strike.", "rent strike") == (
        "Rent. A [rent strike]! Strike."
    )


def test_the_piece_that_has_most_of_the_words_is_shown():
    text = f"bread {'and so on ' * 60} bread with roses {'and so on ' * 60}"
    shown = marked(text, "bread", "roses")
    assert "[bread] with [roses]" in shown
    assert (shown[0], shown[-1]) == ("…", "…")
    assert len(shown) < extracts.LENGTH + 20


def test_without_the_words_it_is_the_beginning():
    assert marked("word " * 100, "other").startswith("word word")


def test_mail_addresses_are_not_for_robots():
    assert "mara@example.org" not in marked("Write to mara@example.org now", "write")


def test_the_words_of_a_text_are_those_that_people_read():
    made = markup.render(
        "**Bre**ad & [roses](https://example.org/x) <now>\n\n* one\n* two"
    )
    assert extracts.words_of(made).split() == [
        *("Bread", "&", "roses", "<now>"),
        *("one", "two"),
    ]
