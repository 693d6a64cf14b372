"""After an act at the desk and one round of the worker, no public file says what was."""

import re

import pytest
from django.core.management import call_command

from commonwire.delivery import pages
from commonwire.delivery.printing import print_stale
from commonwire.delivery.tree import the_tree
from commonwire.moderation.actions import (
    commenting,
    featuring,
    governing,
    placing,
    rulebook,
    undoing,
    withdrawing,
)
from commonwire.moderation.models import Decision
from commonwire.publishing.actions.featuring import FeatureContent
from commonwire.publishing.states import WireClass
from tests.factories import a_comment, a_post, a_rule, a_section, a_steward

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
# Printed again every few minutes, whatever happens.
BY_TIME = {"/log/statistics/"}
WHY = {"reason": "It sells pills."}
AGAIN = {"reason": "It told too much."}


@pytest.fixture
def ada():
    return a_steward("Ada")


@pytest.fixture
def post(ada):
    """In a topic, with a comment, among others; it was hidden and brought back."""
    topics, regions = (a_section(),), (a_section("region", "us", "U.S."),)
    a_post("Before", topics=topics, regions=regions)
    found = a_post("The one", topics=topics, regions=regions)
    a_post("After", topics=topics)
    a_comment(found, body="I was there.")
    hidden = placing.hide(by=ada, post=found, rule=a_rule(), reason="A mistake.")
    undoing.undo(by=ada, decision=hidden)
    found.refresh_from_db()
    return found


def rename_the_rule(by, post):
    rule = a_rule()
    rule.title = "No pills"
    return rulebook.save_rule(by=by, rule=rule)


ACTS = {
    "hide": lambda by, post: placing.hide(by=by, post=post, rule=a_rule(), **WHY),
    "hold": lambda by, post: placing.hold(by=by, post=post, rule=a_rule(), **WHY),
    "sort": lambda by, post: placing.classify(
        by=by, post=post, wire_class=WireClass.LOCAL
    ),
    "feature": lambda by, post: featuring.put_feature(
        by=by, content=FeatureContent(headline="Look", blurb="Here.", posts=(post,))
    ),
    "lock": lambda by, post: commenting.lock_comments(by=by, post=post, locked=True),
    "hide a comment": lambda by, post: commenting.hide_comment(
        by=by, comment=post.addenda.get(), rule=a_rule(), **WHY
    ),
    "withdraw": lambda by, post: withdrawing.withdraw_for_safety(
        by=by, post=post, rule=a_rule("private-data"), **WHY
    ),
    "take out a reason": lambda by, _post: withdrawing.remove_text(
        by=by, of=Decision.objects.get(number=0), rule=a_rule("private-data"), **AGAIN
    ),
    "rename a rule": rename_the_rule,
    "change the policy": lambda by, _post: governing.save_page(
        by=by, name="policy", text="Be kind."
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_every_file_in_the_tree_is_as_it_would_be_printed_now(ada, post, act):
    print_stale()
    call_command("print", all=True, stdout=_Nowhere())
    ACTS[act](ada, post)
    print_stale()
    old = [path for path, body in _files() if _timeless(_rendered(path)) != body]
    assert old == []


class _Nowhere:
    def write(self, _text):
        pass


def _files():
    tree = the_tree()
    for file in sorted(tree.root.rglob("*")):
        path = f"/{file.relative_to(tree.root)}".removesuffix("index.html")
        if (
            file.is_file()
            and file.suffix not in {".gz", ".br"}
            and path not in BY_TIME
            and pages.find(path)
        ):
            yield path, _timeless(file.read_bytes())


def _rendered(path):
    family, groups = pages.find(path)
    return family.render(**groups)


def _timeless(body):
    """An empty feed says when it was printed."""
    return re.sub(rb"<(updated|lastBuildDate)>[^<]*", b"", body)
