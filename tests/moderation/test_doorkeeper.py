"""What a flood can write is bounded: the rest is asked to come back later."""

import pytest

from commonwire.kit.buckets import Network
from commonwire.moderation import doorkeeper
from commonwire.publishing.models import Draft, Post
from tests.contributor import Contributor, a_file
from tests.factories import a_site, jpeg
from tests.publishing.program import Program
from tests.work import work

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = {"title": "A vote", "body": "Text.", "byline": "Ada"}


def emptied(bucket, network="everybody"):
    while bucket.take(Network(network, shared=False)):
        pass


@pytest.fixture
def crowded(monkeypatch):
    """All networks together have sent more than the site takes."""
    monkeypatch.setattr(doorkeeper.EVERYBODY, "seconds", 1e6)
    emptied(doorkeeper.EVERYBODY)


def test_the_thirty_first_draft_of_a_network_is_asked_to_come_back(contributor):
    for _ in range(30):
        contributor.open().preview(**TEXT)
    contributor.open().preview(**TEXT)
    assert (contributor.status, Draft.objects.count()) == (429, 30)
    assert 1 <= int(contributor.answer["Retry-After"]) <= 60


def test_what_was_typed_stands_in_the_form_and_is_stored_nowhere(contributor, crowded):
    part = {"addendum-0-title": "More", "addendum-0-body": "Words."}
    contributor.open(minutes_ago=0).preview(**TEXT, **part)
    held = {name: contributor.typed[name] for name in (*TEXT, *part)}
    assert (held, Draft.objects.count()) == ({**TEXT, **part}, 0)


def test_a_flood_of_others_keeps_nobody_out(client):
    for _ in range(31):
        Contributor(client).open().preview(**TEXT)
    other = Contributor(client, "198.51.100.8").open().preview(**TEXT)
    assert other.status == 200


def test_who_has_waited_comes_in_where_all_together_send_too_much(contributor, crowded):
    assert contributor.open(minutes_ago=1).preview(**TEXT).status == 200


def test_who_has_worked_comes_in_where_all_together_send_too_much(contributor, crowded):
    contributor.open(minutes_ago=0).preview(**TEXT, altcha=work())
    assert contributor.status == 200


def test_a_form_that_comes_back_goes_on_growing_old(contributor, crowded):
    before = contributor.open(minutes_ago=0).typed["opened"]
    assert contributor.preview(**TEXT).typed["opened"] == before


def test_a_proof_of_work_lets_one_draft_in(contributor, crowded):
    done = work()
    contributor.open(minutes_ago=0).preview(**TEXT, altcha=done)
    contributor.open(minutes_ago=0).preview(**TEXT, altcha=done)
    assert (contributor.status, Draft.objects.count()) == (429, 1)


def test_drafts_with_files_have_a_bucket_of_their_own(contributor):
    for _ in range(15):
        contributor.open().preview(**TEXT, files=[a_file(jpeg())])
    contributor.open().preview(**TEXT, files=[a_file(jpeg())])
    assert contributor.status == 429
    assert contributor.open().preview(**TEXT).status == 200


def test_drafts_with_links_have_a_bucket_of_their_own(contributor):
    for _ in range(16):
        contributor.open().preview(title="A", body="https://example.org/a")
    assert contributor.status == 429
    assert contributor.open().preview(**TEXT).status == 200


def test_programs_are_asked_to_come_back_too(client, crowded):
    answer = Program(client).publish()
    assert (answer.status_code, Post.objects.count()) == (429, 0)
    assert int(answer["Retry-After"]) >= 1


def test_programs_that_worked_come_in(client, crowded):
    assert Program(client).worked().status_code == 201


def test_the_sentence_says_when_to_come_back(contributor, crowded):
    contributor.open(minutes_ago=0).preview(**TEXT)
    (said,) = contributor.page.said("p", class_="notice")
    assert said.startswith("Very much is coming in just now. Come back in ")


def test_a_site_that_calls_nothing_a_flood_lets_all_in(contributor, crowded):
    a_site(flood_rate=None)
    assert contributor.open(minutes_ago=0).preview(**TEXT).status == 200
