"""What is forgotten, and when."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from commonwire.accounts.actions import make_sign_in_link
from commonwire.accounts.models import SignInLink
from commonwire.media.models import Attachment
from commonwire.publishing.models import Draft, Post
from commonwire.web.housekeeping import keep_house
from tests.contributor import a_file
from tests.factories import a_post, an_editor, jpeg

pytestmark = pytest.mark.django_db(transaction=True)


def later(**time):
    """Keep house after that time has passed."""
    with time_machine.travel(timezone.now() + timedelta(**time)):
        keep_house()


def test_a_private_contact_is_wiped_after_thirty_days():
    a_post(contact="rosa@example.org")
    later(days=29, hours=23)
    assert Post.objects.get().contact == "rosa@example.org"
    later(days=30, minutes=1)
    assert Post.objects.get().contact == ""


def test_a_draft_left_alone_is_forgotten_after_two_days(contributor, data_directory):
    contributor.preview(title="A", body="Text.", files=[a_file(jpeg())])
    later(hours=47)
    assert Draft.objects.count() == 1
    later(hours=49)
    assert (Draft.objects.count(), Attachment.objects.count()) == (0, 0)
    assert list(data_directory.glob("unpublished/*")) == []


def test_a_draft_that_is_worked_on_stays(contributor):
    contributor.preview(title="A", body="Text.")
    with time_machine.travel(timezone.now() + timedelta(hours=40)):
        contributor.preview(title="B")
    later(hours=60)
    assert Draft.objects.count() == 1


def test_a_published_draft_and_its_key_page_are_forgotten_after_an_hour(contributor):
    contributor.publish(title="A", body="Text.")
    later(minutes=59)
    assert contributor.get(contributor.where).status == 200
    later(minutes=61)
    assert contributor.get(contributor.where).status == 404
    assert Post.objects.count() == 1


def test_pictures_of_posts_are_never_swept(contributor, data_directory):
    contributor.publish(title="A", body="Text.", files=[a_file(jpeg())])
    later(days=400)
    assert len(list(data_directory.glob("public/media/*/original.jpg"))) == 1


def test_a_sign_in_link_is_forgotten_after_two_days():
    make_sign_in_link(editor=an_editor())
    later(hours=49)
    assert SignInLink.objects.count() == 0
