import pytest
pytestmark = pytest.mark.django_db(transaction=True)


def test_front_page(client):
    assert client.get("/").status_code == 200
