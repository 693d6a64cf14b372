import pytest

from commonwire.calendar.same import like
from tests.calendar import an_event, content
from tests.contributor import Contributor

pytestmark = pytest.mark.django_db


@pytest.fixture
def there():
    return an_event("Vigil at the Mill bridge", place="Mill bridge")


@pytest.mark.parametrize(
    ("title", "fields"),
    [
        ("Vigil at the mill bridge!", {}),
        ("At the Mill bridge: vigil", {"place": "By the river"}),
        ("Candles and vigil", {"place": "Mill Bridge", "start": "2027-03-19T19:00"}),
    ],
)
def test_the_same_event_is_known(there, title, fields):
    assert like(title, content(**fields)) == there


@pytest.mark.parametrize(
    ("title", "fields"),
    [
        ("Vigil at the Mill bridge", {"start": "2027-03-20T18:30"}),
        ("Choir rehearsal", {"place": "Mill bridge"}),
        ("Concert", {"place": "Town hall"}),
    ],
)
def test_another_is_not(there, title, fields):
    assert like(title, content(**fields)) is None


def test_who_enters_it_again_is_asked(there, client):
    fields = {"kind": "event", "title": "Vigil at Mill bridge", "body": "Candles."}
    when = {"event-start_day": "2027-03-19", "event-start_time": "18:30"}
    zone = {"event-zone": "America/New_York"}
    page = Contributor(client).preview(**fields | when | zone).answer.content.decode()
    assert "Is it this one?" in page
