"""Editors' own rules of screening: made, tried, switched on and off at the desk."""

import pytest

from commonwire.moderation import trying
from commonwire.moderation.actions import placing, screening_rules
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.models import Decision, ScreeningRule
from commonwire.moderation.sentences import teller
from commonwire.publishing.actions import corrections
from tests.factories import a_post, a_rule, an_addendum, an_editor
from tests.page import Page

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "/desk/screening/new/"


@pytest.fixture
def ada():
    return an_editor("ada")


@pytest.fixture
def send(client, ada):
    """Sends the form of a rule and gives its page."""
    client.force_login(ada)

    def send_form(do="try", path=NEW, **fields):
        form = {"kind": "words", "pattern": "casino", "do": do, **fields}
        answer = client.post(path, form, follow=True)
        page = Page(answer.content)
        page.status = answer.status_code
        return page

    return send_form


def tried(page):
    (field,) = page.all("input", name="tried")
    return field["attributes"]["value"]


def switched_on(send, **fields):
    send("on", tried=tried(send(**fields)), **fields)
    return ScreeningRule.objects.get()


def test_a_rule_is_tried_on_the_last_posts(send):
    a_post("A vote")
    a_post("Play", body="At our casino.")
    a_post("Parts", addenda=(an_addendum(body="The casino."),))
    page = send()
    assert "It would have held 2 of the last 3 posts." in page.said("h2")
    assert "found: casino" in page.text
    assert not ScreeningRule.objects.exists()


def test_a_trial_says_what_editors_have_hidden_anyway(send, ada):
    for title in ("Casino one", "Casino two"):
        post = a_post(title)
    placing.hide(by=ada, post=post, rule=a_rule(), reason="Sells.")
    assert "Editors have hidden 1 of them anyway." in send().text


def test_what_was_withdrawn_is_not_tried(send):
    corrections.withdraw(post=a_post("Casino"))
    assert "There are no posts yet to try it on." in send().text


def test_a_trial_ends_when_its_time_is_over(monkeypatch):
    a_post("Casino")
    monkeypatch.setattr(trying, "SECONDS", -1)
    trial = trying.try_on(ScreeningRule(kind="words", pattern="casino"))
    assert (trial.looked_at, trial.stopped) == (0, True)


def test_a_rule_that_was_tried_is_switched_on(send, contributor):
    rule = switched_on(send, note="Gambling")
    assert (rule.active, rule.note) == (True, "Gambling")
    contributor.publish(title="A", body="The casino.")
    assert contributor.notices != []


def test_nothing_is_switched_on_that_nobody_has_tried(send):
    before = tried(send())
    page = send("on", pattern="roulette", tried=before)
    assert "It is not on yet" in page.text
    assert not ScreeningRule.objects.exists()


def test_a_rule_waits_switched_off(send, contributor):
    send("off")
    assert not ScreeningRule.objects.get().active
    assert contributor.publish(title="A", body="The casino.").notices == []


def test_a_rule_that_is_on_is_renamed_without_another_trial(send):
    path = f"/desk/screening/{switched_on(send).pk}/"
    send("on", path=path, note="Gambling")
    assert ScreeningRule.objects.get().note == "Gambling"
    send("on", path=path, pattern="x")
    assert ScreeningRule.objects.get().pattern == "casino"


def test_each_change_is_a_decision_that_does_not_tell_the_pattern(send):
    rule = switched_on(send, rule=a_rule().pk, reason="Three today.")
    path = f"/desk/screening/{rule.pk}/"
    send("on", path=path, pattern="casinos", tried=tried(send(pattern="casinos")))
    send("off", path=path, pattern="casinos")
    send("off", path=path, pattern="casinos")
    made = list(Decision.objects.order_by("number"))
    assert [teller().plain(one) for one in made] == [
        f"ada made screening rule {rule.pk}",
        f"ada changed screening rule {rule.pk}",
        f"ada switched screening rule {rule.pk} off",
    ]
    assert (made[0].reason, made[0].rule.slug) == ("Three today.", "advertising")
    assert "casino" not in "".join(one.entry for one in made)


@pytest.mark.parametrize("do", ["try", "on", "off"])
def test_a_bad_expression_is_told_where_it_is_wrong_and_kept(send, do):
    page = send(do, kind="expression", pattern="win (now")
    assert page.status == 422
    assert "from sign 5 on, “(now”" in page.text
    assert page.said("textarea", name="pattern") == ["win (now"]
    assert not ScreeningRule.objects.exists()


@pytest.mark.parametrize("field", ["kind", "pattern", "rule"])
def test_what_no_form_sends_is_told(send, field):
    assert send("off", **{field: "" if field == "pattern" else "99"}).status == 422


def test_the_list_says_what_each_has_held(send, client, contributor):
    switched_on(send)
    contributor.publish(title="A", body="The casino.")
    text = Page(client.get("/desk/screening/").content).text
    assert "1 post waited because of it" in text


def test_what_is_written_is_text(send, client):
    a_post("<script>alert(1)</script>")
    page = send(pattern="<script>")
    send("off", pattern="<script>alert(1)</script>", note="<img src=x onerror=a>")
    assert page.runs == Page(client.get("/desk/screening/").content).runs == []


def test_there_is_an_end_of_rules(ada):
    ScreeningRule.objects.bulk_create(
        ScreeningRule(pattern=f"word {number}", active=True)
        for number in range(screening_rules.MOST_ACTIVE)
    )
    with pytest.raises(Refused, match="Switch one off"):
        screening_rules.save_screening_rule(
            by=ada, rule=ScreeningRule(pattern="x", active=True)
        )
