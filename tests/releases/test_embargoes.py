"""Which lines of a pasted release say that it is under embargo, and which are headlines
that have the word in them."""

import pytest

from commonwire.publishing.reading.release import read

HEADLINE = "Riders vote to strike"
TEXT = "RIVERTON, March 3, 2027 — Riders voted on Tuesday to strike.\n"
AT_NINE = "2027-01-15T09:00"


def told(line, *, tail=""):
    return read(f"{line}\n\n{HEADLINE}\n\n{TEXT}{tail}").values


@pytest.mark.parametrize(
    "line",
    [
        "EMBARGO lifts 9 a.m. ET Friday, January 15, 2027",
        "Embargo ends: 15 January 2027, 09:00 GMT",
        "PRESS EMBARGO: 15.01.2027 09:00 MEZ",
        "This release is under strict embargo until January 15, 2027 at 9 a.m. ET.",
        "Please respect the embargo: 9 a.m. ET, January 15, 2027",
        "STRICT EMBARGO – 09H00 CET – 15 JANUARY 2027",
        "January 15, 2027, 9 a.m. ET: embargo ends",
        "Embargo lifts 15 January 2027, 09:00 GMT (4 a.m. ET)",
        "Embargo until the council meets, January 15, 2027, 9 a.m.",
        "MEDIA ADVISORY - EMBARGO LIFTS 9 a.m. EST, Friday, January 15, 2027",
        "Not for broadcast or publication until 0900 hrs Friday 15 January 2027",
        "Not to be published or shared on social media before 15 January 2027, 9 a.m.",
        "Please do not publish before Friday, January 15, 2027 at 9 a.m. ET",
        "No part of this may be released before 15 January 2027, 9 a.m.",
        "Kindly refrain from publishing until 9 a.m. January 15, 2027",
        "TO BE PUBLISHED NO EARLIER THAN 9 a.m. January 15, 2027",
        "To be released January 15, 2027, 9 a.m.",
        "Don't share this until 9 a.m. on January 15, 2027",
        "HOLD FOR FRIDAY, JANUARY 15, 2027, 9 A.M.",
        "Strictly private and confidential until 9am 15 January 2027",
        "For publication on or after 15 January 2027 09:00 GMT",
        "Release date: January 15, 2027, 9 a.m. EST",
        "FOR IMMEDIATE RELEASE\nEmbargo ends 9 a.m. EST, January 15, 2027",
        "EMBARGO LIFTS\n9 a.m. EST, Friday, January 15, 2027",
        "Must not be published or\nshared\nbefore 9 a.m. on January 15, 2027.",
        "Embargo: se levanta el viernes 15 de enero de 2027 a las 9:00",
        "Embargada hasta el 15 de enero de 2027, 9:00 h",
        "Se ruega no difundir antes del 15 de enero de 2027 a las 9:00",
        "Difusión a partir de las 9:00 h del 15 de enero de 2027",
        "Publicable a partir de las 9:00 del 15 de enero de 2027",
        "La difusión de esta nota está prohibida hasta las 9:00, 15 de enero de 2027",
        "Levantamiento del embargo: 15 de enero de 2027, 9:00 h (hora de Madrid)",
        "Prohibida su difusión hasta las 9:00 del 15 de enero de 2027",
    ],
)
def test_a_line_that_speaks_of_an_embargo_is_a_status(line):
    found = told(line)
    assert (found["status"], found["embargo"]) == ("embargoed", AT_NINE)
    assert (found["headline"], found["dateline"]) == (HEADLINE, TEXT[:23])


@pytest.mark.parametrize(
    "line",
    [
        "[under embargo]",
        "E M B A R G O",
        "PLEASE NOTE EMBARGO",
        "HOLD - NOT FOR PUBLICATION",
        "Hold until 15 January",
        "DO NOT RELEASE UNTIL 01/15/2027",
        "embargo'd until tomorrow 6am",
        "Advance copy, embargoed until delivery - check against delivery",
        "Embargo lifts 15 January 2027, between 9 a.m. and 10 a.m.",
        "Issued January 10, 2027. Embargo: Friday 9 a.m.",
        "Bajo estricto embargo hasta el 15 de enero a las 10.00 h",
        "No publicar, por favor, hasta el lunes 15 de enero",
    ],
)
def test_what_does_not_plainly_say_until_when_is_left_to_be_asked_for(line):
    found = told(line)
    assert (found["status"], found.get("embargo")) == ("embargoed", None)
    assert found["headline"] == HEADLINE


@pytest.mark.parametrize(
    "line",
    [
        "NO EMBARGO",
        "Immediate release - no embargo",
        "There is no embargo on this release",
        "Embargo: none",
        "PUBLICACIÓN INMEDIATA - SIN EMBARGO",
        "Embargo: ninguno",
    ],
)
def test_who_says_that_there_is_none_is_heard(line):
    found = told(line)
    assert (found["status"], found["headline"]) == ("immediate", HEADLINE)


@pytest.mark.parametrize(
    "headline",
    [
        "Unions demand end to arms embargo",
        "UNIONS DEMAND END TO ARMS EMBARGO",
        "Council lifts oil embargo on ferries",
        "Dockers defy embargo on Friday",
        "Cuba embargo turns sixty",
        "Embargo on timber hits sawmills",
        "Rally against the embargo, March 3, 2027, 6 p.m.",
        "What the embargo has cost us",
        "No embargo on our solidarity",
        "Riders to hold strike vote until 9 a.m. January 15, 2027",
        "Tenants hold out until Friday",
        "Release the prisoners before Friday",
        "Bridge ready for use after ten years",
        "Vecinas frenan el embargo de una vivienda",
        "Sindicatos exigen el fin del embargo a Cuba",
        "Sin embargo, las vecinas siguen",
        "Las vecinas, sin embargo, siguen en la plaza",
    ],
)
def test_a_headline_with_the_word_in_it_is_no_status(headline):
    found = read(f"{headline}\n\n{TEXT}").values
    assert (found["headline"], found.get("status")) == (headline, None)


@pytest.mark.parametrize(
    ("headline", "until"),
    [
        ("Food co-op beats embargo", None),
        ("[EMBARGOED] Riders vote to strike", None),
        ("Riders vote to strike (embargoed until 9 a.m.)", None),
        ("Do not use the bridge until it is mended, tenants say", None),
        ("Embargoed until 9 a.m., January 15, 2027: Riders vote to strike", AT_NINE),
    ],
)
def test_what_may_be_either_stays_a_headline_and_is_not_published_at_once(
    headline, until
):
    found = read(f"{headline}\n\n{TEXT}").values
    assert (found["headline"], found["status"]) == (headline, "embargoed")
    assert found.get("embargo") == until


@pytest.mark.parametrize(
    "head",
    [
        "From: Bo <bo@x.example>\nSubject: Fwd: EMBARGO ends 9 a.m. January 15, 2027\n",
        "Hello Pat,\n\nembargoed until 9 a.m. on January 15, 2027.\n\nPress release\n",
    ],
)
def test_a_mail_says_it_above_what_it_sends_on(head):
    assert told(head)["embargo"] == AT_NINE


def test_a_text_that_begins_with_it_keeps_its_words():
    line = "EMBARGO ENDS 9 A.M., JANUARY 15, 2027 — Riders voted on Tuesday to strike."
    found = read(f"{HEADLINE}\n\n{line}\n").values
    assert (found["body"], found["embargo"]) == (line, AT_NINE)


@pytest.mark.parametrize("stop", ["", "\n###\n"])
def test_it_may_stand_alone_at_the_end(stop):
    tail = f"\nPlease do not publish before 9 a.m., January 15, 2027.\n{stop}"
    found = told("Press release", tail=tail)
    assert (found["status"], found["embargo"]) == ("embargoed", AT_NINE)


@pytest.mark.parametrize("line", ["The embargo ends on Friday.", "Sin embargo"])
def test_a_paragraph_of_the_body_is_none(line):
    found = told("Press release", tail=f"\n{line}\n\nThe board is silent.\n")
    assert "status" not in found
    assert line in found["body"]


@pytest.mark.parametrize(
    ("headline", "status"),
    [
        ("EMBARGO ends soon", "embargoed"),
        ("Food co-op beats embargo", "immediate"),
    ],
)
def test_of_a_doubtful_headline_a_label_decides_unless_it_begins_with_it(
    headline, status
):
    found = read(f"FOR IMMEDIATE RELEASE\n\n{headline}\n\n{TEXT}").values
    assert (found["headline"], found["status"]) == (headline, status)
