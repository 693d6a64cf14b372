"""Who decided does not take away what speaks against it."""

import pytest

from commonwire.moderation.actions import (
    appealing,
    flagging,
    placing,
    withdrawing,
)
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.models import Decision
from commonwire.publishing.actions import corrections
from commonwire.publishing.content import Revision
from tests.factories import a_comment, a_post, a_rule, an_editor
from tests.page import Page

pytestmark = pytest.mark.django_db
WHY = "It names a neighbour."


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
        withdrawing.remove_text(by=ada, of=hiding, rule=a_rule(), reason=WHY)
    assert refused.value.field == "decision"
    assert Decision.objects.get(pk=hiding.pk).reason == "It is not so."


def test_not_an_appeal_while_another_editor_is_there(ada, appeal):
    an_editor("bo")
    with pytest.raises(Refused):
        appealing.redact(by=ada, appeal=appeal, rule=a_rule(), reason=WHY)
    appeal.refresh_from_db()
    assert appeal.text == "It is so."


def test_another_editor_does_it(hiding, appeal):
    bo = an_editor("bo")
    withdrawing.remove_text(by=bo, of=hiding, rule=a_rule(), reason=WHY)
    appealing.redact(by=bo, appeal=appeal, rule=a_rule(), reason=WHY)
    appeal.refresh_from_db()
    assert (Decision.objects.get(pk=hiding.pk).reason, appeal.text) == ("", "")


def test_who_is_alone_does_it_alone(ada, hiding, appeal):
    gone = an_editor("bo")
    gone.is_active = False
    gone.save()
    withdrawing.remove_text(by=ada, of=hiding, rule=a_rule(), reason=WHY)
    appealing.redact(by=ada, appeal=appeal, rule=a_rule(), reason=WHY)
    assert Decision.objects.get(pk=hiding.pk).reason == ""


def refused_for(reason, act, **of):
    with pytest.raises(Refused) as refused:
        act(rule=a_rule(), reason=reason, **of)
    return refused.value.field


def test_each_says_why_in_words(hiding, appeal):
    bo, flag = an_editor("bo"), flagging.flag(post=a_post(), rule=a_rule(), note="He.")
    assert refused_for(" ", withdrawing.remove_text, by=bo, of=hiding) == "reason"
    assert refused_for("", appealing.redact, by=bo, appeal=appeal) == "reason"
    assert refused_for("", flagging.redact, by=bo, flag=flag) == "reason"


def test_the_reason_does_not_repeat_what_goes(ada):
    bo, post = an_editor("bo"), a_post("A")
    told = "Jo Hargreaves wrote it"
    hiding = placing.hide(by=ada, post=post, rule=a_rule(), reason=told)
    appeal = appealing.appeal(post=post, by="author", text=told)
    flag = flagging.flag(post=post, rule=a_rule(), note=told)
    why = f"It said {told}."
    assert refused_for(why, withdrawing.remove_text, by=bo, of=hiding) == "reason"
    assert refused_for(why, appealing.redact, by=bo, appeal=appeal) == "reason"
    assert refused_for(why, flagging.redact, by=bo, flag=flag) == "reason"


@pytest.mark.parametrize(
    "reason",
    ["It was about Hargreaves Lane.", "Kestrel wrote it.", "It said they live there."],
)
def test_nor_the_title_byline_or_summary_of_a_post_that_is_withdrawn(ada, reason):
    fields = {"byline": "Kestrel", "summary": "They live there."}
    post = a_post("Hargreaves Lane", **fields)
    act = withdrawing.withdraw_for_safety
    assert refused_for(reason, act, by=ada, post=post) == "reason"


def test_nor_what_a_comment_says_that_is_withdrawn(ada):
    comment = a_comment(a_post("A"), body="Hargreaves lives there.")
    act = withdrawing.withdraw_comment
    why = "It said that Hargreaves lives there."
    assert refused_for(why, act, by=ada, comment=comment) == "reason"


def test_nor_the_words_that_a_correction_shows(ada):
    post = a_post("Hargreaves Lane")
    made = corrections.correct(post=post, revision=Revision({"title": "A lane"}))
    act, why = withdrawing.redact_correction, "It was about Hargreaves Lane."
    assert refused_for(why, act, by=ada, correction=made) == "reason"


def test_the_first_question_is_refused_as_the_second_would_be(client, ada):
    client.force_login(ada)
    post = a_post("Hargreaves Lane")
    form = {"do": "ask", "rule": a_rule().slug, "reason": "Of Hargreaves Lane."}
    answer = client.post(f"/desk/posts/{post.pk}/withdraw/", form)
    assert answer.status_code == 422
    assert "stands in the text" in Page(answer.content).errors["withdraw-reason"]
