"""A decision, from the desk to a stranger's copy."""

import json

import pytest

from commonwire.moderation.actions import placing
from commonwire.moderation.log import keys, reasons, sources, stored, verifying
from commonwire.moderation.models import Decision
from tests.factories import a_post, a_rule, an_editor

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_decision_is_in_the_signed_tree_when_it_is_answered(settings):
    decision = placing.hide(
        by=an_editor(), post=a_post(), rule=a_rule(), reason="It sells pills."
    )
    source = sources.Directory(settings.PUBLIC_DIR)
    verdict = verifying.verify(source, keys.the_signer().verifier)
    assert (verdict.faults, verdict.entries) == ([], 1)
    bundle = source.read("/log/tile/entries/000.p/1", most=10_000)
    assert bundle[2:] == decision.entry.encode()


def test_its_reason_is_what_its_entry_commits_to():
    made = placing.hide(
        by=an_editor(), post=a_post(), rule=a_rule(), reason="It sells pills."
    )
    told = {
        "index": 0,
        "entry": json.loads(made.entry),
        "reason": {"salt": made.reason_salt.hex(), "text": made.reason},
    }
    assert reasons.look(0, made.entry.encode(), json.dumps(told).encode()).fault is None
    told["reason"]["text"] = "It sells nothing."
    assert reasons.look(0, made.entry.encode(), json.dumps(told).encode()).fault


@pytest.mark.parametrize(
    "changed",
    [{"reason": "Otherwise."}, {"act": "unhide"}, {"signed_as": "Bee"}, {"rule": None}],
)
def test_a_row_that_was_changed_is_told(changed):
    made = placing.hide(
        by=an_editor(), post=a_post(), rule=a_rule(), reason="It sells pills."
    )
    assert list(stored.decision_faults()) == []
    Decision.objects.filter(pk=made.pk).update(**changed)
    assert len(list(stored.decision_faults())) == 1


def test_a_row_that_is_gone_is_told():
    made = placing.hide(
        by=an_editor(), post=a_post(), rule=a_rule(), reason="It sells pills."
    )
    Decision.objects.filter(pk=made.pk).delete()
    assert list(stored.decision_faults()) == ["the row of decision 0 is missing"]
