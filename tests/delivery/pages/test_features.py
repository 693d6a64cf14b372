import pytest

from commonwire.delivery.pages.plain import Features
from commonwire.delivery.printing import print_stale
from commonwire.publishing.actions import corrections
from tests.delivery.pages import NOTHING, reaction, stale, with_feeds
from tests.factories import a_feature, a_picture, a_post

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = with_feeds("/features/")


def test_a_feature_makes_the_features_stale(change):
    assert reaction(Features(), change("feature.saved")) == stale(*PAGES)


@pytest.mark.parametrize(
    "kind", ["corrected", "withdrawn", "sorted", "hidden", "released"]
)
def test_what_changes_a_post_s_title_or_place_makes_them_stale(change, kind):
    assert reaction(Features(), change(f"post.{kind}")) == stale(*PAGES)


@pytest.mark.parametrize("kind", ["post.published", "post.added_to", "site.changed"])
def test_other_changes_leave_them_alone(change, kind):
    assert reaction(Features(), change(kind)) == NOTHING


def test_a_withdrawn_post_leaves_its_feature(client):
    post = a_post("Withdrawn title", attachments=(a_picture(),))
    a_feature(a_post("Other"), post, headline="Two posts")
    assert b"Withdrawn title" in client.get("/features/").content
    corrections.withdraw(post=post)
    print_stale()
    telling = [path for path in ["/", *PAGES] if b"title" in client.get(path).content]
    assert b"Withdrawn title" not in b"".join(client.get(p).content for p in telling)


def test_a_post_of_two_features_is_in_each_once(client):
    shared, others = a_post("Shared"), [a_post("A"), a_post("B")]
    for other in others:
        a_feature(other, shared, headline=f"With {other.title}")
    for path in ("/", "/features/"):
        page = client.get(path).content.decode()
        features = page.split("Just published")[0]
        assert features.count(">Shared<") == 2
