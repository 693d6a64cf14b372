"""`/log/decisions.json`"""

import pytest

from commonwire.delivery.pages.log import Log, LogData
from commonwire.moderation.actions import placing, undoing
from tests.delivery.pages import NOTHING, reaction
from tests.factories import a_post, a_rule

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_log_prints_it_with_each_decision(decided):
    assert reaction(LogData(), decided) == NOTHING
    assert "/log/decisions.json" in Log().stale(decided)


@pytest.mark.slow
def test_who_follows_next_reads_each_decision_once(client, ada):
    post = a_post()
    for _ in range(102):
        undoing.undo(
            by=ada,
            decision=placing.hide(by=ada, post=post, rule=a_rule(), reason="Pills."),
        )
    newest = client.get("/log/decisions.json").json()
    assert [item["index"] for item in newest["items"]] == list(range(203, 99, -1))
    assert newest["next"] == "http://testserver/log/numbers/0/decisions.json"
    oldest = client.get("/log/numbers/0/decisions.json").json()
    assert [item["index"] for item in oldest["items"]] == list(range(99, -1, -1))
    assert oldest["next"] is None
