"""Files that go side by side stand as they were begun, whichever is here first."""

import pytest
from django.db.models import F

from commonwire.media import quotas
from commonwire.media.models import Attachment
from commonwire.publishing.models import Placement
from commonwire.publishing.views import uploads
from tests.factories import jpeg
from tests.publishing.tus import Sender

pytestmark = pytest.mark.django_db(transaction=True)
PHOTOS = [jpeg((60 + number, 40)) for number in range(4)]


@pytest.fixture
def begun(client):
    """Where four photos' uploads are, of which nothing came yet, and their sender."""
    uploads.begun_per_network._levels.clear()
    quotas._sums.clear()
    sender = Sender(client).save(title="A", body="Text.")
    places = [sender.begin(len(photo))["Location"] for photo in PHOTOS]

    def finish(*order):
        found = []
        for number in order:
            sender.patch(places[number], 0, PHOTOS[number])
            found.append(Attachment.objects.latest("pk"))
        return dict(zip(found, order, strict=True))

    return finish


def numbers(arrived):
    """The photos as they stand."""
    rows = Placement.objects.select_related("attachment")
    return [arrived[row.attachment] for row in rows.order_by("position")]


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)])
def test_files_stand_as_they_were_begun(begun, order):
    assert numbers(begun(*order)) == [0, 1, 2, 3]


def test_an_author_s_own_order_is_kept_for_what_is_here(begun):
    arrived = begun(1, 2)
    Placement.objects.update(position=1 - F("position"))
    assert numbers(arrived | begun(3)) == [2, 1, 3]
