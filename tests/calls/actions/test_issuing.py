import pytest
from django.core.management import CommandError, call_command

from commonwire.calls import stewardship
from commonwire.calls.actions import issuing, stewards
from commonwire.calls.stewardship import NotYours
from commonwire.changes.models import Change
from commonwire.publishing.models import Draft, Post
from tests.contributor import Contributor
from tests.factories import a_key_to, a_post, an_organisation
from tests.page import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def local():
    return an_organisation("Local 4", boilerplate="We drive the buses.")


@pytest.fixture
def steward(local):
    return stewardship.by_phrase(a_key_to(local))


def issuers(post):
    return [each.organisation.name for each in post.issuers.all()]


def begun(client, steward):
    """The address of the form that the room's button leads to."""
    room = f"/organisations/room/{stewardship.room_pass(steward)}/"
    return client.post(f"{room}publish/")["Location"]


def finish(client, address):
    fields = Page(client.get(address).content).fields
    form = {name: values[0] for name, values in fields.items()} | {"kind": "release"}
    form |= {"title": "A strike vote", "body": "We voted.", "do": "publish"}
    Draft.objects.update(created_at="2020-01-01T00:00Z")  # nobody waits
    return client.post(address, form)


def test_what_a_steward_publishes_from_the_room_is_issued(client, steward):
    address = begun(client, steward)
    shown = Page(client.get(address).content)
    assert "It will be issued by Local 4" in shown.text
    assert "We drive the buses." in shown.text
    assert not shown.errors
    finish(client, address)
    assert issuers(Post.objects.get()) == ["Local 4"]


def test_a_key_taken_back_meanwhile_issues_nothing(client, steward):
    address = begun(client, steward)
    stewards.take_back(by=stewardship.as_acting(steward), steward=steward)
    finish(client, address)
    assert not Post.objects.exists()  # first its author is told
    finish(client, address)
    assert issuers(Post.objects.get()) == []


def test_a_form_cannot_say_whose_it_is(client, steward):
    author = Contributor(client)
    author.publish(title="A vote", body="A text.", steward=str(steward.pk))
    assert issuers(Post.objects.get()) == []


def test_what_its_program_sends_is_issued(client, local, capsys):
    call_command("token", "add", "bot", "--organisation", "local-4")
    token = capsys.readouterr().out.strip()
    sent = {"kind": "report", "title": "A vote", "body": "A text."}
    headers = {"Authorization": f"Bearer {token}"}
    reply = client.post(
        "/api/v1/posts", sent, content_type="application/json", headers=headers
    )
    assert reply.status_code == 201
    assert issuers(Post.objects.get()) == ["Local 4"]


def test_issuing_twice_is_issuing_once(steward):
    post = a_post()
    for _time in range(2):
        issuing.issue(post=post, by=stewardship.as_acting(steward))
    assert issuers(post) == ["Local 4"]


def test_another_organisation_stands_beside_it_when_it_accepts(steward):
    post, other = a_post(), an_organisation("Local 5")
    acting = stewardship.as_acting(steward)
    issuing.issue(post=post, by=acting)
    invited = issuing.invite_issuer(post=post, by=acting, organisation=other)
    assert invited.accepted_at is None
    with pytest.raises(NotYours):
        issuing.decline(issuer=invited, by=acting)
    issuing.issue(post=post, by=stewardship.Acting(other))
    invited.refresh_from_db()
    assert invited.accepted_at is not None


def test_who_issues_it_no_longer_has_the_pages_printed(steward):
    post, acting = a_post(), stewardship.as_acting(steward)
    issuer = issuing.issue(post=post, by=acting)
    issuing.decline(issuer=issuer, by=acting)
    assert issuers(post) == []
    assert Change.objects.latest("pk").facts["organisations"] == ["local-4"]


def test_there_is_no_token_for_nobody(local):
    with pytest.raises(CommandError, match="there is no organisation at 'local-9'"):
        call_command("token", "add", "bot", "--organisation", "local-9")
