"""Rows above a release that say when it may be used."""

import pytest

from commonwire.publishing.reading.labels import label


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("EMBARGO: 00:01 GMT, Friday 15 January 2027", "2027-01-15T00:01"),
        ("EMBARGO UNTIL 00.01hrs Friday 15 January 2027", "2027-01-15T00:01"),
        ("HOLD FOR RELEASE: January 15, 2027, 9 a.m. EST", "2027-01-15T09:00"),
        ("FOR RELEASE 9 A.M. EST, JANUARY 15, 2027", "2027-01-15T09:00"),
        ("Embargoed until 1/15/2027 6:00 a.m. PT", "2027-01-15T06:00"),
        ("EMBARGO HASTA LAS 10 HORAS DEL 15 DE ENERO DE 2027", "2027-01-15T10:00"),
        ("Embargada: viernes 15 de enero de 2027, 11 h", "2027-01-15T11:00"),
        ("[EMBARGOED UNTIL 15 JAN 2027, 9AM LONDON]", "2027-01-15T09:00"),
        ("*** EMBARGOED *** until midnight January 14, 2027", "2027-01-15T00:00"),
        ("PRESS RELEASE (under embargo until 15/01/2027 9:00)", "2027-01-15T09:00"),
    ],
)
def test_until_when_it_is_embargoed(text, at):
    found = label(text)
    assert (found.status, found.until.at) == ("embargoed", at)


@pytest.mark.parametrize(
    "text",
    [
        *("EMBARGOED", "EMBARGOED FOR 6:00 AM FRIDAY", "Embargo until 1/2/2027, 9:00"),
        "HOLD FOR RELEASE UNTIL JANUARY 15",
        "Prohibida su difusión hasta el viernes 15 de enero",
    ],
)
def test_an_embargo_without_a_moment_is_one_all_the_same(text):
    found = label(text)
    assert (found.status, found.until) == ("embargoed", None)


@pytest.mark.parametrize(
    "text",
    [
        "Embargo on sugar lifted on March 3, 2026 at noon",
        "Embargo until March 3 was a failure, union says",
        "For release of the eleven, a march on January 15, 2027",
    ],
)
def test_a_headline_is_none(text):
    assert label(text) is None


def test_a_day_to_release_it_on_is_the_day_of_issue():
    found = label("For release on January 15, 2027")
    assert (found.status, found.issued) == ("", "2027-01-15")
