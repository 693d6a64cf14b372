from commonwire.search.actions import fill, follow


def indexed():
    """As the worker does."""
    while follow().changes or fill(limit=50):
        pass


def items(client, query):
    answer = client.get(f"/api/v1/search?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()["items"]


def found(client, query):
    """The titles of what a search finds, in their order."""
    return [item["title"] for item in items(client, query)]
