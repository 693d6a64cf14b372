import pytest

from commonwire.changes.models import Change
from commonwire.delivery.printing import print_stale
from commonwire.delivery.tree import the_tree

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("path", ["/404.html", "/413.html", "/50x.html"])
def test_web_servers_have_error_pages_after_the_site_changed(path):
    Change.objects.create(kind="site.changed")

    print_stale()

    assert the_tree().read(path)
