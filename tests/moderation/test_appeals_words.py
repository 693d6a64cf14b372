"""The words of appeals, and of reports: screened, shown, taken out."""

import pytest

from commonwire.delivery.printing import print_stale
from commonwire.moderation.actions import appealing, flagging, placing, undoing
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.models import Decision, ScreeningRule
from commonwire.moderation.sentences import teller
from tests.factories import a_comment, a_post, a_rule, an_editor
from tests.page import Page

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Come to the casino."
WHY = "It tells where somebody lives."


@pytest.fixture
def ada():
    return an_editor("ada")


@pytest.fixture
def post(ada):
    made = a_post("A vote")
    placing.hide(by=ada, post=made, rule=a_rule(), reason="It sells pills.")
    return made


@pytest.fixture
def held(post):
    """The author's, with a word that a rule of screening looks for."""
    ScreeningRule.objects.create(pattern="casino", active=True, rule=a_rule("not-news"))
    return appealing.appeal(post=post, by="author", text=WORDS)


def everywhere(client, appeal):
    """What readers get of the pages that show an appeal."""
    paths = (appeal.post.path, appeal.decision.path)
    return "".join(client.get(path).content.decode() for path in paths)


def test_words_that_screening_doubts_are_for_editors_only(client, held):
    assert held.doubts[0][0].startswith("rule ")
    assert WORDS not in everywhere(client, held)
    assert "A program holds its words back" in everywhere(client, held)


def test_holding_them_back_is_a_decision_of_screening(held):
    made = Decision.objects.first()
    assert (made.act, made.signed_as, made.rule.slug) == (
        "hold-appeal",
        "screening",
        "not-news",
    )


def test_they_stay_held_back_when_the_appeal_is_answered(client, held):
    appealing.answer(by=an_editor("bo"), appeal=held, upheld=False, reason="It sells.")
    assert WORDS not in everywhere(client, held)


def test_an_editor_shows_them(client, ada, held):
    appealing.show(by=ada, appeal=held)
    print_stale()
    assert everywhere(client, held).count(WORDS) == 2
    with pytest.raises(Refused, match="not held back"):
        appealing.show(by=ada, appeal=held)


def test_an_editor_takes_the_words_out_and_a_line_remains(client, ada, held):
    appealing.show(by=ada, appeal=held)
    everywhere(client, held)
    made = appealing.redact(
        by=ada, appeal=held, rule=a_rule("private-data"), reason=WHY
    )
    print_stale()
    text = everywhere(client, held)
    assert WORDS not in text
    assert text.count(f"removed: {a_rule('private-data').title}") == 2
    assert "took out the words of an appeal against" in teller().plain(made)


def test_the_appeal_is_answered_all_the_same(ada, held):
    appealing.redact(by=ada, appeal=held, rule=a_rule("private-data"), reason=WHY)
    appealing.answer(by=an_editor("bo"), appeal=held, upheld=True, reason="No pills.")
    held.post.refresh_from_db()
    assert held.post.listed


def test_taking_words_out_needs_a_rule_and_words(ada, held):
    with pytest.raises(Refused, match="Choose the rule"):
        appealing.redact(by=ada, appeal=held, rule=None, reason=WHY)
    appealing.redact(by=ada, appeal=held, rule=a_rule(), reason=WHY)
    with pytest.raises(Refused, match="gone already"):
        appealing.redact(by=ada, appeal=held, rule=a_rule(), reason=WHY)


def test_an_act_on_the_words_does_not_stand_in_the_way_of_undoing(ada, held):
    appealing.redact(by=ada, appeal=held, rule=a_rule(), reason=WHY)
    undoing.undo(by=ada, decision=held.decision)
    held.post.refresh_from_db()
    assert held.post.listed


def test_the_desk_says_why_and_shows_or_takes_out(client, ada, held):
    client.force_login(ada)
    text = Page(client.get("/desk/appeals/").content).text
    assert "Screening holds these words back:" in text
    form = {"target": f"appeal:{held.pk}", "queue": "appeals"}
    client.post("/desk/act/", {"do": "show-appeal", **form})
    form |= {"rule": a_rule().slug, "reason": WHY}
    client.post("/desk/act/", {"do": "redact-appeal", **form})
    acts = [made.act for made in Decision.objects.order_by("-number")[:2]]
    assert acts == ["redact-appeal", "show-appeal"]
    text = Page(client.get("/desk/appeals/").content).text
    assert f"removed: {a_rule().title}" in text


def test_a_missing_rule_is_told_beside_the_field(client, ada, held):
    client.force_login(ada)
    form = {"target": f"appeal:{held.pk}", "queue": "appeals", "do": "redact-appeal"}
    answer = client.post("/desk/act/", {**form, "back": "/desk/appeals/"})
    assert answer.status_code == 422
    faults = Page(answer.content).errors
    assert faults[f"appeal-{held.pk}-words-rule"] == (
        "Choose the rule that this is done under."
    )


@pytest.mark.parametrize("on_comment", [False, True])
def test_what_is_wrong_with_taking_a_report_s_words_out_is_told_there_alone(
    client, ada, on_comment
):
    post = a_post()
    comment = a_comment(post) if on_comment else None
    heap = flagging.flag(post=post, comment=comment, rule=a_rule(), note="He lives.")
    client.force_login(ada)
    form = {"do": "redact-flag", "target": f"flag:{heap.pk}", "back": "/desk/flags/"}
    page = Page(client.post("/desk/act/", form).content)
    assert list(page.errors) == [f"flag-{heap.pk}-rule"]


@pytest.mark.parametrize("on_comment", [False, True])
def test_the_words_of_a_report_are_taken_out_and_the_count_stays(
    client, ada, on_comment
):
    post = a_post()
    comment = a_comment(post) if on_comment else None
    heap = flagging.flag(
        post=post, comment=comment, rule=a_rule("false"), note="He lives there."
    )
    client.force_login(ada)
    form = {"do": "redact-flag", "rule": a_rule("private-data").slug, "reason": WHY}
    client.post("/desk/act/", {"target": f"flag:{heap.pk}", "queue": "flags", **form})
    text = Page(client.get("/desk/flags/").content).text
    assert "He lives there." not in text
    assert f"1 reader: {a_rule('false').title}" in text
    assert f"words removed: {a_rule('private-data').title}" in text
    assert Decision.objects.get().act == "redact-flag"


def test_a_script_gets_the_post_again_when_a_report_s_words_are_out(client, ada):
    heap = flagging.flag(post=a_post(), rule=a_rule("false"), note="He lives there.")
    client.force_login(ada)
    form = {"do": "redact-flag", "rule": a_rule().slug, "reason": WHY}
    answer = client.post(
        "/desk/act/",
        {**form, "target": f"flag:{heap.pk}", "queue": "flags"},
        headers={"Desk-Part": "1"},
    )
    (item,) = Page(answer.content).all("article", class_="item")
    assert item["attributes"]["data-target"] == f"post:{heap.post_id}"


def test_words_are_taken_out_once(ada):
    heap = flagging.flag(post=a_post(), rule=a_rule(), note="Mine.")
    flagging.redact(by=ada, flag=heap, rule=a_rule(), reason=WHY)
    with pytest.raises(Refused, match="words are left"):
        flagging.redact(by=ada, flag=heap, rule=a_rule(), reason=WHY)
