import pytest

from commonwire.delivery.pages.plain import Errors
from tests.delivery.pages import NOTHING, reaction

pytestmark = pytest.mark.django_db(transaction=True)


def test_no_change_is_theirs_alone(any_change):
    assert reaction(Errors(), any_change) == NOTHING


def test_they_are_pages_for_web_servers(client):
    assert [client.get(path).status_code for path in Errors().every()] == [200] * 3


def test_what_is_not_there_gets_the_page_that_says_so(client):
    answer = client.get("/nowhere/")
    assert (answer.status_code, answer.content) == (
        404,
        client.get("/404.html").content,
    )
