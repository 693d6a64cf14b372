import pytest

from commonwire.delivery.pages.plain import Texts
from commonwire.delivery.printing import print_stale
from tests.delivery.pages import NOTHING, reaction
from tests.factories import a_site

pytestmark = pytest.mark.django_db(transaction=True)


def test_no_change_is_theirs_alone(any_change):
    assert reaction(Texts(), any_change) == NOTHING


@pytest.mark.parametrize("name", ["about", "policy"])
def test_editors_words_are_on_them_soon(client, name):
    client.get(f"/{name}/")
    a_site(**{name: "Written by *hand*."})
    print_stale()
    assert b"Written by <em>hand</em>." in client.get(f"/{name}/").content


def test_the_privacy_page_names_every_stored_field(client):
    page = client.get("/privacy/").content.decode()
    assert "private, and wiped 30 days after publication" in page
