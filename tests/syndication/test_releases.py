"""What newsrooms take: the same facts as text, letter, data and kit."""

import io
import json
import zipfile

import pytest

from commonwire.delivery.printing import on_demand
from commonwire.delivery.tree import the_tree
from commonwire.publishing.release import Contact
from commonwire.syndication.releases.blocks import blocks_of
from commonwire.syndication.releases.text import WIDTH, wrap
from tests.factories import a_picture, a_release
from tests.syndication.pdfs import words_of

pytestmark = pytest.mark.django_db(transaction=True)
BODY = """Workers voted **on Sunday**. See [the claim](https://union.example/claim).

1. Sick pay
2. Radios

> We won.

###"""
FACTS = {
    "headline": "Drivers vote to strike",
    "subheadline": "Nine in ten say yes",
    "dateline": "RIVERTON, March 3",
    "issuer": "Riverton Transit Union",
    "about": "It has 3,000 members.",
    "contact": "Bo Li",
    "phone": "555-010-0100",
}


def made(**fields):
    told = {
        "subheadline": FACTS["subheadline"],
        "dateline": FACTS["dateline"],
        "issued": "2026-03-03",
        "licence": "Free to use in reporting, with credit",
        "contacts": [
            {"name": "Bo Li", "phone": FACTS["phone"], "email": "bo@u.example"}
        ],
        "quotes": [{"words": "We won.", "speaker": "Ana Ro", "office": "chair"}],
        "boilerplates": [{"organisation": "The Union", "text": FACTS["about"]}],
        "press_contacts": [Contact(name="Secret", phone="555-010-0199")],
    }
    own = {"byline": FACTS["issuer"], "body": BODY, **told, **fields}
    return a_release(own.pop("title", FACTS["headline"]), **own)


def output(post, name):
    return on_demand(post.path + name)


def test_every_output_states_the_same_facts():
    post = made()
    text = output(post, "release.txt").decode()
    letter, _size = words_of(output(post, "release-letter.pdf"))
    data = output(post, "ninjs.json").decode()
    page = output(post, "").decode()
    for name, fact in FACTS.items():
        missing = [
            where
            for where, said in {"t": text, "l": letter, "n": data, "p": page}.items()
            if fact not in said
        ]
        assert (name, missing) == (name, [])


def test_contacts_for_the_press_are_in_no_output():
    post = made()
    files = [output(post, name) for name in ("release.txt", "ninjs.json", "")]
    letter, _size = words_of(output(post, "release-a4.pdf"))
    said = [file.decode() for file in files] + [letter]
    assert [text for text in said if "Secret" in text or "0199" in text] == []
    assert [text for text in said if f"/press/{post.pk}/" not in text] == []


# Plain text


def test_the_text_is_72_columns_wide_and_ends_in_its_mark():
    text = output(made(body="word " * 300), "release.txt").decode()
    assert max(map(len, text.splitlines())) <= WIDTH
    assert text.endswith("\n\n###\n")
    assert text.count("###") == 1


def test_the_text_keeps_lists_and_says_where_links_lead():
    text = output(made(), "release.txt").decode()
    assert "\n1. Sick pay\n2. Radios\n" in text
    assert "the claim (https://union.example/claim)" in " ".join(text.split())
    assert "\n    We won.\n" in text
    assert "RIVERTON, March 3 — Workers voted on Sunday." in text


def test_mail_addresses_are_masked():
    assert "bo [at] u.example" in output(made(), "release.txt").decode()


def test_a_long_address_is_not_broken():
    address = "https://union.example/" + "x" * 90
    assert address in wrap(f"See {address} now").splitlines()


def test_wide_letters_count_twice():
    assert {len(line) for line in wrap("字" * 72).splitlines()} == {36}


def test_a_spanish_release_speaks_spanish():
    text = output(made(language="es"), "release.txt").decode()
    assert text.startswith(
        "PARA PUBLICACIÓN INMEDIATA\nNota de prensa\n3 de marzo de 2026"
    )


def test_what_is_empty_leaves_no_gap():
    text = output(a_release("T", body="B"), "release.txt").decode()
    assert "\n\n\n" not in text


# Letters


@pytest.mark.parametrize(
    ("name", "size"),
    [("release-letter.pdf", (612, 792)), ("release-a4.pdf", (595, 842))],
)
def test_letters_have_their_paper(name, size):
    assert words_of(output(made(), name))[1] == size


def test_what_people_type_is_no_markup_of_the_letter():
    hostile = "#panic() $x$ *b* @ref <l> \\u{41} [c] `raw` #sys.inputs"
    said, _size = words_of(output(made(title=hostile), "release-a4.pdf"))
    assert "#panic() $x$ *b* @ref <l>" in said


@pytest.mark.parametrize("title", ["Привет, мир", "Καλημέρα κόσμε", "¡Huelga!"])
def test_letters_have_other_scripts(title):
    assert title in words_of(output(made(title=title), "release-a4.pdf"))[0]


def test_the_same_release_is_the_same_letter():
    post = made()
    first = output(post, "release-a4.pdf")
    the_tree().remove(f"{post.path}release-a4.pdf")
    assert output(post, "release-a4.pdf") == first


# ninjs


def test_ninjs_names_speakers_contacts_and_bodies():
    data = json.loads(output(made(), "ninjs.json"))
    assert data["standard"]["version"] == "3.1"
    assert data["located"] == FACTS["dateline"]
    assert [p["rel"] for p in data["people"]] == ["quoted", "contact"]
    assert data["organisations"][0]["name"] == "The Union"
    assert data["usageTerms"] == "Free to use in reporting, with credit"


def test_ninjs_has_its_pictures():
    picture = a_picture(caption="A crowd", credit="Ana Ro", alt="People")
    data = json.loads(output(made(attachments=(picture,)), "ninjs.json"))
    (told,) = data["associations"]
    assert (told["type"], told["by"]) == ("picture", "Ana Ro")
    assert told["renditions"][0]["href"].endswith("/original.jpg")


# The kit


def test_the_kit_has_text_letters_pictures_captions_and_licence():
    picture = a_picture(caption="A crowd", credit="Ana Ro")
    post = made(attachments=(picture,))
    kit = zipfile.ZipFile(io.BytesIO(output(post, "press-kit.zip")))
    names = sorted(name.removeprefix(f"{post.slug}/") for name in kit.namelist())
    assert names == [
        "LICENCE.txt",
        f"{post.slug}-a4.pdf",
        f"{post.slug}-letter.pdf",
        f"{post.slug}.txt",
        "pictures/01.jpg",
        "pictures/captions.txt",
    ]
    captions = kit.read(f"{post.slug}/pictures/captions.txt").decode()
    assert captions == "01.jpg\nA crowd · Ana Ro\n"


def test_a_kit_without_a_licence_says_so():
    post = a_release("T", body="B")
    kit = zipfile.ZipFile(io.BytesIO(output(post, "press-kit.zip")))
    said = kit.read(f"{post.slug}/LICENCE.txt").decode()
    assert said.startswith("It does not say one: ask the press contact")


# The page


def test_the_page_is_a_news_article_with_its_dateline(client):
    page = client.get(made().path).content.decode()
    data = json.loads(page.partition('ld+json">')[2].partition("</script>")[0])
    assert (data["@type"], data["dateline"]) == ("NewsArticle", FACTS["dateline"])


def test_blocks_know_lists_in_lists():
    html = "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"
    found = [(block.marker, block.depth, block.text) for block in blocks_of(html)]
    assert found == [("1.", 1, "a"), ("•", 2, "b"), ("2.", 1, "c")]
