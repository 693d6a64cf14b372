import pytest

from commonwire.delivery.pages.embeds import EmbedFiles
from commonwire.delivery.printing import on_demand
from tests.delivery.pages import NOTHING, reaction

pytestmark = pytest.mark.django_db(transaction=True)


def test_nothing_that_happens_changes_them(any_change):
    assert reaction(EmbedFiles(), any_change) == NOTHING


def test_each_is_small_and_asks_for_nothing():
    scripts = [on_demand(path).decode() for path in EmbedFiles().every()]
    assert all(len(script) < 4_000 for script in scripts)
    words = (
        "fetch(",
        "XMLHttpRequest",
        "cookie =",
        "localStorage",
        "https://",
        "@import",
    )
    assert [word for word in words for script in scripts if word in script] == []


def test_other_sites_may_load_them(client):
    answers = [client.get(path) for path in EmbedFiles().every()]
    policies = {answer["Cross-Origin-Resource-Policy"] for answer in answers}
    assert policies == {"cross-origin"}
