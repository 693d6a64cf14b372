"""A document whose words would give something away is published as pictures only."""

import pypdfium2
import pytest

from commonwire.media import store
from commonwire.media.models import Attachment
from tests.contributor import a_file, the_post
from tests.media.papers import line, page, pdf
from tests.search import found, indexed

pytestmark = pytest.mark.django_db(transaction=True)
WORD = "Zuzu"


@pytest.fixture
def drafted(contributor):
    paper = a_file(pdf(page(line(WORD))), "paper.pdf", "application/pdf")
    return contributor.preview(title="A paper", body="Text.", files=[paper])


def tick(contributor):
    (name,) = [
        each["attributes"]["name"]
        for each in contributor.page.all("input")
        if each["attributes"].get("name", "").endswith("-wordless")
    ]
    return {name: "on"}


def words_in(attachment, folder):
    with pypdfium2.PdfDocument(folder / "document.pdf") as paper:
        return attachment.text + paper[0].get_textpage().get_text_bounded()


def published():
    attachment = Attachment.objects.get()
    return words_in(attachment, store.public(attachment.content_id))


def test_the_preview_and_what_is_published_have_no_words(drafted):
    drafted.preview(**tick(drafted))
    assert WORD not in drafted.page.text
    drafted.publish()
    assert published() == ""


def test_until_it_is_published_the_words_can_be_had_back(drafted):
    chosen = tick(drafted)
    drafted.preview(**chosen)
    drafted.preview(**dict.fromkeys(chosen))
    drafted.publish()
    assert published() == WORD * 2


def test_by_the_key_the_words_are_gone_from_the_page_and_the_search(drafted, client):
    drafted.publish()
    path = the_post().path
    indexed()
    assert found(client, f"q={WORD}") == ["A paper"]
    assert WORD in client.get(path).content.decode()
    before = Attachment.objects.get().content_id
    drafted.enter().room(the_post(), "files")
    drafted.send(**tick(drafted))
    assert "its words are gone from the site" in drafted.page.text
    indexed()
    assert found(client, f"q={WORD}") == []
    assert WORD not in client.get(path).content.decode()
    assert published() == ""
    assert not store.public(before).exists()


def test_words_that_another_post_shows_too_are_not_said_to_be_gone(drafted):
    drafted.publish()
    twin = Attachment.objects.get()
    twin.pk, twin.public_id = None, "t" * 22
    twin.save()
    drafted.enter().room(the_post(), "files")
    drafted.send(**tick(drafted))
    assert "Another post shows the very same file" in drafted.page.text
    assert WORD in words_in(twin, store.public(twin.content_id))
