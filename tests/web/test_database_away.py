"""The database does not answer, or let somebody else go first."""

import pytest
from django.db import OperationalError

from commonwire.publishing.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def away(monkeypatch):
    """For as long as the test wants."""

    def is_away(_draft):
        raise OperationalError("server closed the connection unexpectedly")

    with monkeypatch.context() as patched:
        patched.setattr("commonwire.publishing.actions.publish.lock_draft", is_away)
        yield patched


def test_who_publishes_meanwhile_is_told_to_send_it_again(contributor, away):
    contributor.preview(title="A", body="Text.")
    contributor.send(do="publish")
    assert contributor.answer.status_code == 503
    assert "nothing was saved" in contributor.page.text
    away.undo()
    contributor.get(contributor.where).publish()
    assert Post.objects.get().title == "A"


def test_a_program_is_told_so_as_a_problem(client, monkeypatch):
    def is_away(*_asked, **_more):
        raise OperationalError("deadlock detected")

    monkeypatch.setattr("commonwire.publishing.api.posting._publish", is_away)
    body = {"title": "A", "body": "Text."}
    answer = client.post("/api/v1/posts", body, content_type="application/json")
    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/problem+json"
