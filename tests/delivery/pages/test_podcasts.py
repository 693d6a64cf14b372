import pytest

from commonwire.changes.models import Change
from commonwire.delivery.pages.podcasts import Podcasts
from commonwire.publishing.actions import corrections, sorting
from tests.delivery.pages import NOTHING, reaction, stale
from tests.factories import a_post, a_section
from tests.media.files import a_made

pytestmark = pytest.mark.django_db(transaction=True)
PLACES = ("/podcast.rss", "/topics/labor/podcast.rss")


@pytest.fixture
def heard():
    return a_post("Heard", topics=(a_section(),), attachments=(a_made("sound"),))


def test_a_post_with_sound_makes_its_podcasts_stale(heard):
    assert reaction(Podcasts(), Change.objects.latest("pk")) == stale(*PLACES)


@pytest.mark.parametrize("act", ["hide", "withdraw"])
def test_a_post_that_goes_goes_from_its_podcasts(heard, act):
    if act == "hide":
        sorting.sort(post=heard, wire_class="hidden")
    else:
        corrections.withdraw(post=heard)
    assert reaction(Podcasts(), Change.objects.latest("pk")) == stale(*PLACES)


def test_other_changes_leave_podcasts_alone(any_change):
    assert reaction(Podcasts(), any_change) == NOTHING
