"""The cards of a draft's files: what is folded, what is wrong with which, leaving for
covering."""

import pytest

from commonwire.media.models import Attachment
from tests.contributor import a_file
from tests.factories import jpeg

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def card(contributor):
    """A draft with one picture."""
    return contributor.preview(title="A", body="Text.", files=[a_file(jpeg())])


def named(what):
    return f"file-{Attachment.objects.get().public_id}-{what}"


def folded(contributor):
    return "open" not in contributor.page.one("details", class_="folded")["attributes"]


def beside(contributor, field):
    """The sentences beside a field, and what screen readers find them by."""
    element = contributor.page.one("input", id=field)["attributes"]
    assert f"{field}-error" in element["aria-describedby"].split()
    return " ".join(contributor.page.said("div", id=f"{field}-error"))


def test_what_few_need_is_folded_and_the_description_is_not(card):
    assert folded(card)
    assert "folded" not in card.page.one("input", name=named("alt"))["in"]
    assert "folded" in card.page.one("input", name=named("caption"))["in"]


@pytest.mark.parametrize("what", ["caption", "credit"])
def test_what_is_filled_is_not_folded(card, what):
    assert not folded(card.preview(**{named(what): "Words"}))


def test_a_recording_is_asked_for_a_title_and_needs_none(card):
    Attachment.objects.update(kind="sound")
    card.get(card.where)
    assert "folded" not in card.page.one("input", name=named("caption"))["in"]
    assert "Without one, readers see “Recording”" in card.page.text
    card.preview(**{named("caption"): "The count"})
    assert "Without one" not in card.page.text


def test_a_refused_file_is_told_beside_its_field(contributor):
    contributor.preview(title="A", body="Text.", files=[a_file(b"no", "n.txt")])
    assert beside(contributor, "id_files").startswith("“n.txt”: This")
    assert "#id_files" in contributor.links


def test_a_refused_file_of_an_addendum_is_told_there(contributor):
    contributor.open().send(title="A", body="Text.", do="addendum")
    contributor.preview(**{"addendum-0-files": [a_file(b"no", "n.txt")]})
    assert "“n.txt”" in beside(contributor, "id_addendum-0-files")
    assert beside(contributor, "id_files") == ""


def test_captions_that_cannot_be_read_unfold_their_field(card):
    Attachment.objects.update(kind="video")
    card.get(card.where).preview(**{named("captions"): a_file(b"no", "c.vtt")})
    assert not folded(card)
    assert "“c.vtt”" in beside(card, named("captions"))
    assert f"#{named('captions')}" in card.links


def test_a_wrong_key_is_told_beside_its_field(contributor):
    contributor.preview(title="A", body="Text.", key="no such six words at all")
    assert "No posts are kept" in beside(contributor, "id_key")


def test_a_file_that_could_not_be_made_is_told_at_its_card(card):
    Attachment.objects.update(state="refused", reason="damaged")
    card.get(card.where)
    (notice,) = card.notices
    assert notice.startswith(
        "Picture 1 is left out of the post: This picture is damaged"
    )
    (fieldset,) = card.page.all("fieldset", class_="picture-fields")
    assert f"#{fieldset['attributes']['id']}" in card.links
    described = fieldset["attributes"]["aria-describedby"]
    assert "This picture is damaged" in card.page.said("p", id=described)[0]


def test_leaving_to_cover_loses_no_word(card):
    (button,) = [
        each["attributes"]["value"]
        for each in card.page.all("button")
        if each["attributes"].get("value", "").startswith("cover-")
    ]
    draft = card.where
    card.send(do=button, summary="Typed just now", **{named("alt"): "A gate"})
    assert "Squares to cover" in card.page.text
    card.get(draft)
    assert (card.typed["summary"], card.typed[named("alt")]) == (
        "Typed just now",
        "A gate",
    )


def test_only_files_of_the_draft_are_led_to(card):
    draft = card.where
    card.send(do="cover-another")
    assert card.where == draft
