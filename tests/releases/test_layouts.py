"""What single rows of pasted releases are taken for, beside the forty whole ones."""

import pytest

from commonwire.publishing.reading.release import read

TEXT = """

Riders vote to strike

RIVERTON, March 3, 2027 — Riders voted on Tuesday. {more}
"""


def told(head="", more="", tail=""):
    return read(head + TEXT.format(more=more) + tail)


@pytest.mark.parametrize("mark", ["({})", "{}º", "{}.", "{}.-"])
def test_numbers_of_demands_are_written_in_many_ways(mark):
    rows = [f"{mark.format(number)} Demand {number}" for number in (1, 2)]
    found = told(tail="\nWe demand:\n" + "\n".join(rows))
    assert [each.text for each in found.items] == ["Demand 1", "Demand 2"]


def test_roman_numbers_are_numbers():
    found = told(tail="\nWe call on the board to:\n i.  Stop\n ii. Talk\n iv. Pay\n")
    assert [each.text for each in found.items] == ["Stop", "Talk", "Pay"]


@pytest.mark.parametrize("head", ["The union is calling for:", "We demand:"])
def test_what_demands_something_is_heard(head):
    (found,) = told(tail=f"\n{head}\n- Buses\n").items
    assert found.kind == "demand"


def test_a_list_goes_on_under_another_addressee():
    text = "\nWe demand of the board:\n- Talks\nand of the city:\n- A bridge\n"
    found = told(tail=text)
    assert [(i.kind, i.text) for i in found.items] == [
        ("demand", "Talks"),
        ("demand", "A bridge"),
    ]


@pytest.mark.parametrize(
    "head",
    ["Tenants can take part by:", "How to support us", "SE PIDE A TODO EL BARRIO:"],
)
def test_what_asks_readers_to_do_something_is_heard(head):
    (found,) = told(tail=f"\n{head}\n- Come\n").items
    assert found.kind == "ask"


@pytest.mark.parametrize(
    ("row", "status"),
    [
        ("EMBARGOED: NOT FOR PUBLICATION BEFORE 10:00 GMT, 8 MARCH 2027", "embargoed"),
        ("Status: FOR USE ON OR AFTER 8 MARCH 2027", "embargoed"),
        ("Para difundir desde hoy, 3 de marzo de 2027", "immediate"),
        ("Status: for immediate release", "immediate"),
    ],
)
def test_when_it_may_be_used_is_never_taken_for_something_else(row, status):
    found = told(row)
    assert found.values["status"] == status
    assert found.values["dateline"] == "RIVERTON, March 3, 2027"
    assert found.values["headline"] == "Riders vote to strike"


def test_what_a_mail_says_to_whom_it_was_sent_is_no_headline():
    found = told("Hello Pat,\n\nhere is our release.\n\nFor immediate release")
    assert found.values["headline"] == "Riders vote to strike"
    assert "here is our release" not in found.values["body"]


def test_who_signs_a_mail_is_whom_one_asks():
    sign = (
        "\nBest wishes\nAda Bell\nRiders of Riverland\n555-010-0199\nSent from my phone"
    )
    (found,) = told(tail=sign).contacts
    assert (found.name, found.phone) == ("Ada Bell", "555-010-0199")


def test_a_speaker_named_before_is_known_by_the_last_name():
    more = "It is late, said Local 4 president Bram Holt."
    found = told(more=more, tail='\n"We have waited for a year," Holt said.\n')
    (quote,) = found.quotes
    assert (quote.speaker, quote.office) == ("Bram Holt", "president")


def test_bodies_that_say_what_they_are_after_the_end_stand_under_their_names():
    about = "\n###\n\n**Bridge Street Tenants** is a union of 900 households.\n"
    (found,) = told(tail=about).boilerplates
    assert found.organisation == "Bridge Street Tenants"


def test_a_place_alone_before_a_dash_begins_the_text():
    rest = "Sixty parents will walk their children to City Hall on Wednesday morning."
    found = read(f"Parents walk to City Hall\n\nElmwood – {rest}")
    assert (found.values["dateline"], found.values["body"]) == ("Elmwood", rest)


def test_a_day_without_its_year_is_in_the_year_of_the_release():
    tail = "\nWe demand:\n- Buses\n\nThe strike begins on 25 March.\n"
    assert told("Date: 3 March 2027", tail=tail).values["day"] == "2027-03-25"


def test_a_spanish_release_ends_with_fin():
    found = told(tail="\nContacto: Ana Ruiz, 600 000 000\nFIN\n")
    assert found.values["end"] == "FIN"
    (contact,) = found.contacts
    assert (contact.name, contact.organisation) == ("Ana Ruiz", "")


def test_a_quoted_mail_without_empty_lines_has_its_headline():
    rows = ["Press release", "Cooks walk out", "LAKEVIEW -- Cooks walk out at noon."]
    head = "From: Bo <bo@x.example>\nSubject: Fwd: please post\n\n"
    found = read(head + "\n".join(f"> {row}" for row in rows)).values
    assert (found["headline"], found["dateline"]) == ("Cooks walk out", "LAKEVIEW")
    assert found["body"] == "Cooks walk out at noon."
