"""`/log/files/`: whoever follows links has the whole proof."""

import re

import pytest

from commonwire.delivery.pages.log_tree import LogFiles
from commonwire.moderation.log import keys, verifying
from commonwire.moderation.log.sources import Directory
from tests.delivery.pages import reaction

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mirror(client, tmp_path):
    """What a program gets that follows the log's links from page to page."""

    def lay(address):
        data = client.get(address).content
        name = f"{address}index.html" if address.endswith("/") else address
        file = tmp_path / name.removeprefix("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        links = re.findall(r'href="(/log/[^"#]*)"', data.decode(errors="replace"))
        for link in links:
            if link not in seen:
                seen.add(link)
                lay(link)

    seen = {"/log/"}
    lay("/log/")
    return tmp_path


def test_a_mirror_made_by_following_links_can_be_verified(decided, mirror):
    verdict = verifying.verify(Directory(mirror), keys.the_signer().verifier)
    assert (verdict.faults, verdict.entries, verdict.absent) == ([], 1, [])


def test_it_is_taken_away_when_something_is_decided(decided):
    assert reaction(LogFiles(), decided).forgotten == {"/log/files/"}


def test_the_log_leads_to_it(client, decided):
    assert b'href="/log/files/"' in client.get("/log/").content
