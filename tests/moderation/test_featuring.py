"""Features, settings, sections, rules and pages are changed by decisions."""

import pytest
from django.utils import timezone

from commonwire.moderation.actions import featuring, governing, rulebook, undoing
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.forms.features import FeatureForm
from commonwire.moderation.models import Decision, PageVersion, Rule
from commonwire.moderation.sentences import teller
from commonwire.publishing.actions.featuring import FeatureContent
from commonwire.publishing.models import Section
from commonwire.publishing.queries import front_features, the_site
from tests.factories import a_post, a_rule, a_section, an_editor
from tests.page import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(db):
    return an_editor("ada")


def put(ada, *posts, **words):
    content = FeatureContent(headline="Strike", posts=posts, **words)
    return featuring.put_feature(by=ada, content=content)


def test_a_feature_is_put_up_by_a_decision(ada):
    post = a_post()
    feature, decision = put(ada, post)
    assert (decision.act, decision.post, decision.facts) == (
        "feature",
        post,
        {"what": "made", "feature": feature.pk, "posts": [post.pk]},
    )


def test_taking_it_down_is_undone_by_putting_it_back(ada):
    feature, _decision = put(ada, a_post())
    down = featuring.take_down(by=ada, feature=feature)
    assert front_features() == []
    undoing.undo(by=ada, decision=down)
    assert front_features() == [feature]


def test_a_hidden_post_is_not_featured(ada):
    post = a_post(wire_class="hidden")
    with pytest.raises(Refused, match="in no list"):
        put(ada, post)
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "line", ["{path}", "https://wire.example{path}?a=b", " {path} ", "{pk}"]
)
def test_a_post_is_found_by_its_address_or_number(line):
    post = a_post()
    form = FeatureForm({"posts": line.format(path=post.path, pk=post.pk)})
    assert form.found == [post]


@pytest.mark.parametrize(
    "line", ["/2026/99/99/x/", "/2026/01/16/nothing/", "0", "9" * 40, "x", "https://["]
)
def test_what_is_no_post_is_named(line):
    form = FeatureForm({"headline": "A", "on_front": "on", "posts": line})
    assert list(form.errors) == ["posts"]


def test_a_feature_that_would_stand_nowhere_is_refused():
    assert list(FeatureForm({"headline": "A"}).errors) == ["on_front"]


def test_a_feature_does_not_end_before_it_begins():
    form = FeatureForm(
        {"headline": "A", "on_front": "on", "ends_at": "2020-01-01T00:00"}
    )
    assert list(form.errors) == ["ends_at"]


def test_settings_are_changed_by_a_decision_that_names_the_fields(ada):
    site = the_site()
    site.name = "Riverton Wire"
    decision = governing.save_settings(by=ada, site=site, changed=["name"])
    assert (the_site().name, decision.facts) == ("Riverton Wire", {"fields": ["name"]})


def test_what_a_page_said_before_is_kept(ada):
    governing.save_page(by=ada, name="policy", text="First.")
    governing.save_page(by=ada, name="policy", text="Second.")
    assert [version.text for version in PageVersion.objects.all()] == ["First.", ""]


def test_the_same_words_are_no_decision(ada):
    assert governing.save_page(by=ada, name="about", text="") is None


def test_a_section_with_posts_stays(ada):
    topic = a_section()
    a_post(topics=(topic,))
    with pytest.raises(Refused):
        governing.remove_section(by=ada, section=topic)
    assert Section.objects.filter(pk=topic.pk).exists()


def test_a_rule_is_changed_and_its_old_words_are_kept(ada):
    rule = a_rule("false")
    old = rule.text
    rule.text = "Something else."
    rulebook.save_rule(by=ada, rule=rule)
    assert PageVersion.objects.get().text == f"{rule.title}\n\n{old}"


def test_a_retired_rule_stays_for_what_was_decided_under_it(ada):
    rulebook.retire_rule(by=ada, rule=a_rule("false"))
    assert Rule.objects.get(slug="false").retired_at <= timezone.now()


def told(decision):
    return teller().plain(decision)


def test_the_log_says_whether_it_was_made_changed_or_put_back(ada):
    post = a_post("A vote")
    feature, made = put(ada, post)
    _feature, changed = put_again(ada, feature, post)
    featuring.take_down(by=ada, feature=feature)
    back = featuring.put_back(by=ada, feature=feature)
    assert [told(made), told(changed), told(back)] == [
        "ada featured “A vote”",
        "ada changed the feature about “A vote”",
        "ada put the feature about “A vote” back",
    ]


def test_a_feature_that_leads_to_no_post_is_told_as_one(ada):
    feature, made = put(ada)
    _feature, changed = put_again(ada, feature)
    down = featuring.take_down(by=ada, feature=feature)
    assert [told(made), told(changed), told(down)] == [
        "ada put up a feature",
        "ada changed a feature",
        "ada took a feature down",
    ]


def put_again(ada, feature, *posts):
    content = FeatureContent(headline="Strike on", posts=posts)
    return featuring.put_feature(by=ada, content=content, feature=feature)


def test_only_what_works_is_offered_to_be_taken_back(client, ada):
    client.force_login(ada)
    post = a_post()
    feature, made = put(ada, post)
    assert offered(client, post) == [made.number]
    put_again(ada, feature, post)
    assert offered(client, post) == []
    down = featuring.take_down(by=ada, feature=feature)
    assert offered(client, post) == [down.number]


def offered(client, post):
    """The decisions that its history offers to take back."""
    page = Page(client.get(f"/desk/posts/{post.pk}/").content)
    found = [button["text"] for button in page.all("button", value="undo")]
    return [int(text.split()[-1]) for text in found if text.startswith("Take back")]
