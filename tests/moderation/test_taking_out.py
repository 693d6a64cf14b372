"""Who decided does not take away what speaks against it."""

import pytest

from commonwire.moderation.actions import appealing, placing, withdrawing
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.models import Decision
from tests.factories import a_post, a_rule, an_editor

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return an_editor("ada")


@pytest.fixture
def hiding(ada):
    return placing.hide(by=ada, post=a_post("A"), rule=a_rule(), reason="It is not so.")


@pytest.fixture
def appeal(hiding):
    return appealing.appeal(post=hiding.post, by="author", text="It is so.")


def test_not_the_reason_while_another_editor_is_there(ada, hiding):
    an_editor("bo")
    with pytest.raises(Refused) as refused:
        withdrawing.remove_text(by=ada, of=hiding, rule=a_rule())
    assert refused.value.field == "decision"
    assert Decision.objects.get(pk=hiding.pk).reason == "It is not so."


def test_not_an_appeal_while_another_editor_is_there(ada, appeal):
    an_editor("bo")
    with pytest.raises(Refused):
        appealing.redact(by=ada, appeal=appeal, rule=a_rule())
    appeal.refresh_from_db()
    assert appeal.text == "It is so."


def test_another_editor_does_it(hiding, appeal):
    bo = an_editor("bo")
    withdrawing.remove_text(by=bo, of=hiding, rule=a_rule())
    appealing.redact(by=bo, appeal=appeal, rule=a_rule())
    appeal.refresh_from_db()
    assert (Decision.objects.get(pk=hiding.pk).reason, appeal.text) == ("", "")


def test_who_is_alone_does_it_alone(ada, hiding, appeal):
    gone = an_editor("bo")
    gone.is_active = False
    gone.save()
    withdrawing.remove_text(by=ada, of=hiding, rule=a_rule())
    appealing.redact(by=ada, appeal=appeal, rule=a_rule())
    assert Decision.objects.get(pk=hiding.pk).reason == ""
