"""Addresses are found in seven languages; dates, times and citations are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonwire.kit.street_addresses import first_address

ADDRESSES = [
    "12 Ferry Street",
    "221B Baker St.",
    "14, Mill Lane",
    "7 ferry street",
    "3 Old Quarry Road",
    "1600 North Main Avenue",
    "5 Weir Terrace",
    "42 5th Avenue",
    "9 Judge's Court",
    "12-14 Harbour Row",
    "Ferry Street 12",
    "Mill Road, no. 4",
    "P.O. Box 129",
    "SW1A 2AB",
    "calle Mayor 12",
    "Calle de la Cruz, 4",
    "C/ San Roque nº 3",
    "Avenida del Puerto, 118",
    "plaza Nueva 2",
    "Paseo de los Olmos número 7",
    "Apartado de correos 44",
    "12 rue des Lilas",
    "12 bis, rue de la Paix",
    "3, avenue Jean Moulin",
    "10 place du Marché",
    "8 impasse verte",
    "5 quai de l'Horloge",
    "Hauptstraße 12",
    "hauptstr. 12a",
    "Lange Straße 5",
    "Berliner Allee 33",
    "Mühlenweg 4",
    "Schillerplatz 1",
    "Am Markt 5",
    "Unter den Linden 77",
    "Postfach 120",
    "LINDENSTRASSE 4",
    "Lindenstraße, 4",
    "rue des Lilas 12",
    "Rue de l'Église 7",
    "avenue Louise, 54",
    "place de la République 4",
    "Rua das Flores 12",
    "travessa do Carmo, 3",
    "Via Garibaldi 12",
    "piazza della Repubblica, 5",
    "Kerkstraat 12",
    "Prinsengracht 263",
]
FRAMES = [
    "{}",
    "He lives at {}.",
    "(She was seen near {}, twice.)",
    "It names a house: {}; that is private.",
    "“{}” stands in the text.",
    "Vive en {}.",
    "Er wohnt {}.",
    "Il habite {}.",
]
HARMLESS = [
    "It begins at 3 p.m. in the street.",
    "On the 5th march went on, as announced.",
    "See Section 12 of the policy.",
    "Against section 12 street art is allowed.",
    "The vote was on 5 March in Ferry Street.",
    "On 4 July Ferry Street was closed.",
    "About 40 people carried books across the square.",
    "60 stalls fill the street.",
    "3 cars in the road.",
    "They broke 3 old street lamps.",
    "The 2026 Ferry Street fair is over.",
    "Bus 12 Ferry Street is delayed; the 7 runs.",
    "Page 4 Mill Lane report.",
    "It took 5 hours each way.",
    "A 20 minutes walk.",
    "Nobody came to Ferry Street.",
    "The library in Ferry Street, on 12 May.",
    "Wall Street fell by 3 per cent.",
    "214 to 9 voted for it.",
    "Decision 12 is about another post.",
    "He was 71 and lived by the river.",
    "It sells 900 things in one place.",
    "En la plaza hubo 200 personas.",
    "En la Plaza Mayor 200 personas pidieron pan.",
    "La calle estaba cerrada el 5 de mayo.",
    "El artículo 12 de la norma.",
    "Les 3 cours de français continuent.",
    "Le 14 juillet, rue fermée.",
    "Il y avait 200 personnes dans la rue.",
    "Les 12 places de parking.",
    "Am Montag 12 Uhr.",
    "Am 5. März um 15 Uhr.",
    "Auf Platz 3, wie im Vorjahr.",
    "Rue des Lilas, 200 personnes ont chanté.",
    "Place de la République, 14 juillet.",
    "Place de la Bastille 2024, la fête revient.",
    "Sur la place Bellecour 3 000 personnes.",
    "They came via Alder 12 minutes late.",
    "Sent via Telegram 3 times.",
    "Na rua estavam 40 pessoas.",
    "In piazza erano 200 persone.",
    "Het plein 12 keer gevuld.",
    "Der Parkplatz 3 ist voll.",
    "Der Weg 3 ist zu.",
    "Der Flohmarkt 2026 fällt aus.",
    "In der Straße waren 40 Leute.",
    "Regel 12 gilt auch in der Hauptstraße.",
    "Nach 20 Uhr ist die Hauptstraße 2026 gesperrt.",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_found_whatever_stands_around_it(address):
    missed = [frame for frame in FRAMES if not first_address(frame.format(address))]
    assert missed == []


@pytest.mark.parametrize("text", HARMLESS)
def test_what_counts_dates_or_cites_is_no_address(text):
    assert first_address(text) == ""


@pytest.mark.parametrize("address", ["12 rue des Lilas", "3, avenue de la Gare"])
def test_the_whole_name_of_a_street_is_given(address):
    assert first_address(f"Elle habite au {address}.") == address


def test_what_was_found_is_given_in_its_own_words():
    assert first_address("He lives at 12  Ferry\nStreet, we hear.") == "12 Ferry Street"


@given(
    st.integers(1, 1899),
    st.sampled_from(["Alder", "Old Mill", "Saint John", "Kings", "O'Neill"]),
    st.sampled_from(["Street", "Road", "Ave.", "Lane", "Close", "Square", "Drive"]),
)
def test_any_number_before_any_street_is_found(number, name, street):
    assert first_address(f"Look at {number} {name} {street} tonight")


@given(
    st.integers(1, 12),
    st.sampled_from(["p.m.", "a.m.", "o'clock", "hours", "per cent", "people", "Uhr"]),
    st.sampled_from(["in the street", "on the square", "at Mill Lane", "by road"]),
)
def test_no_time_or_count_before_a_street_is_an_address(number, unit, where):
    assert first_address(f"It was {number} {unit} {where}.") == ""


@given(st.text(alphabet="12 aStreFrylnumß.,-\n", max_size=300))
def test_no_text_is_too_odd_to_be_read(text):
    assert first_address(text) in " ".join(text.split())
