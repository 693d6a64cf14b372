"""PostgreSQL keeps no text with a zero byte; an address with one leads nowhere."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/2026/11/30/a%00b/", 404),
        ("/publish/draft/a%00b/", 404),
        ("/organisations/a%00b/", 404),
        ("/api/v1/posts?topic=a%00b", 422),
        ("/search/?q=a%00b", 422),
    ],
)
def test_an_address_with_one_is_no_fault_of_ours(client, path, status):
    assert client.get(path).status_code == status
