# ruff: noqa: RUF001  letters and digits of every script
import pytest

from commonwire.publishing.slugs import slug_for
from tests.contributor import the_post
from tests.factories import NOON, a_post

TITLES = {
    "Drivers vote to strike": "drivers-vote-to-strike",
    "  Up — and away! ": "up-and-away",
    "إضراب السائقين": "إضراب-السائقين",
    "司机投票罢工": "司机投票罢工",
    "Забастовка": "забастовка",
    "Ｆｕｌｌ ｗｉｄｔｈ": "full-width",
    "İstanbul": "istanbul",
    "🎉🎉🎉": "post",
    "!!!": "post",
    "../../etc/passwd": "etcpasswd",
    "feed.atom": "feedatom",
    "__init__": "init",
}


@pytest.mark.parametrize("title", TITLES)
def test_a_title_in_any_script_makes_an_address(title):
    assert slug_for(title) == TITLES[title]


def test_a_long_title_is_cut_between_words():
    assert slug_for("word " * 40) == "-".join(["word"] * 12)


def test_an_endless_word_is_cut_anywhere():
    assert slug_for("x" * 200) == "x" * 60


@pytest.mark.parametrize("letter", ["𐐷", "ﷺ", "한", "\U0001f9ff"])
def test_an_address_is_a_file_name(letter):
    assert len(f"{slug_for(letter * 200)}-1000".encode()) <= 255


@pytest.mark.django_db(transaction=True)
def test_the_same_title_on_the_same_day_is_numbered():
    slugs = [a_post("A vote", at=NOON).slug for _ in range(3)]
    assert slugs == ["a-vote", "a-vote-2", "a-vote-3"]


@pytest.mark.django_db(transaction=True)
def test_a_title_that_ends_like_a_number_is_in_nobody_s_way():
    a_post("Vote 2", at=NOON)
    assert [a_post("Vote", at=NOON).slug for _ in range(2)] == ["vote", "vote-3"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("title", TITLES)
def test_every_address_leads_to_its_post(contributor, client, title):
    contributor.publish(title=title, body="Text.")
    (address,) = [
        a["attributes"]["href"] for a in contributor.page.all("a", class_="main")
    ]
    assert client.get(address).status_code == 200
    assert address == the_post().path
