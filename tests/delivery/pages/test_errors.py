import pytest

from commonwire.changes.models import Change
from commonwire.delivery.pages.plain import Errors
from commonwire.delivery.printing import print_stale
from commonwire.delivery.tree import the_tree
from tests.delivery.pages import NOTHING, reaction, stale

pytestmark = pytest.mark.django_db(transaction=True)


def test_no_change_of_a_post_or_feature_is_theirs(any_change):
    is_of_site = any_change.kind == "site.changed"

    expected = stale(*Errors().every()) if is_of_site else NOTHING

    assert reaction(Errors(), any_change) == expected


@pytest.mark.parametrize("path", ["/404.html", "/413.html", "/50x.html"])
def test_web_servers_have_them_after_the_site_changed(path):
    Change.objects.create(kind="site.changed")

    print_stale()

    assert the_tree().read(path)


def test_they_are_pages_for_web_servers(client):
    assert [client.get(path).status_code for path in Errors().every()] == [200] * 3


def test_what_is_not_there_gets_the_page_that_says_so(client):
    answer = client.get("/nowhere/")
    assert (answer.status_code, answer.content) == (
        404,
        client.get("/404.html").content,
    )
