"""The rule of two: a hiding lapses unless a second editor stands by it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from commonwire.moderation.actions import appealing, governing, placing
from commonwire.moderation.actions.lapsing import lapse_hidings
from commonwire.moderation.models import Decision
from commonwire.moderation.states import Act
from tests.factories import a_post, a_rule, a_site, an_editor

pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    """Hidden by ada, on a site where that takes two."""
    a_site(hides_lapse=True)
    made = a_post()
    placing.hide(
        by=an_editor("ada"), post=made, rule=a_rule(), reason="It sells pills."
    )
    return made


def answered(post, *, upheld):
    appeal = appealing.appeal(post=post, by="author", text="It sells nothing.")
    bo = an_editor("bo")
    return appealing.answer(by=bo, appeal=appeal, upheld=upheld, reason="I looked.")


def a_day_later():
    return lapse_hidings(now=timezone.now() + timedelta(hours=25))


def test_what_nobody_stands_by_comes_back(post):
    assert a_day_later() == 1
    post.refresh_from_db()
    assert post.wire_class == "unsorted"


def test_what_was_hidden_before_the_rule_stays_hidden():
    site, made = a_site(hides_lapse=False), a_post()
    ada, rule = an_editor("ada"), a_rule()
    with time_machine.travel(timezone.now() - timedelta(days=3), tick=False):
        placing.hide(by=ada, post=made, rule=rule, reason="It sells pills.")
    site.hides_lapse = True
    governing.save_settings(by=ada, site=site, changed=["hides_lapse"])
    assert a_day_later() == 0


def test_it_stands_until_the_day_is_over(post):
    assert lapse_hidings(now=timezone.now() + timedelta(hours=23)) == 0


def test_who_answers_an_appeal_that_it_stands_is_the_second_editor(post):
    answered(post, upheld=False)
    assert a_day_later() == 0
    post.refresh_from_db()
    assert post.wire_class == "hidden"


def test_an_appeal_that_nobody_answered_confirms_nothing(post):
    appealing.appeal(post=post, by="author", text="It sells nothing.")
    assert a_day_later() == 1


def test_an_answer_is_no_word_about_a_later_hiding(post):
    answered(post, upheld=True)
    placing.hide(by=an_editor("cy"), post=post, rule=a_rule(), reason="It still does.")
    assert a_day_later() == 1
    assert Decision.objects.filter(act=Act.HIDE).count() == 2
