import pytest

from commonwire.calls import proofs, stewardship
from commonwire.calls.actions.organisations import change_organisation
from commonwire.calls.states import Proof
from commonwire.kit import fetching, names
from commonwire.kit.fetching import Fetched, NotAllowed
from tests.factories import a_key_to, an_organisation
from tests.page import Page

pytestmark = pytest.mark.django_db
ADDRESS = "https://www.local4.example/.well-known/commonwire.txt"


@pytest.fixture
def local():
    return an_organisation("Local 4", website="https://www.local4.example/about/")


@pytest.fixture
def says(monkeypatch):
    """Lets the domain and its website say something."""

    def say(*, dns=(), file=b"", at=ADDRESS, meanwhile=lambda: None):
        records = {"local4.example": list(dns)}
        monkeypatch.setattr(names, "texts", lambda name: records.get(name, []))

        def fetch(address, **_limits):
            assert address == ADDRESS
            meanwhile()
            return Fetched(at, 200, {}, file)

        monkeypatch.setattr(fetching, "fetch", fetch)

    return say


@pytest.fixture
def room(client, local):
    pass_ = stewardship.room_pass(stewardship.by_phrase(a_key_to(local)))
    return f"/organisations/room/{pass_}/"


def test_a_record_of_the_domain_verifies(client, local, room, says):
    says(dns=["v=spf1 -all", proofs.line_of(local)])
    assert client.post(room + "verify/", {"by": "dns"}).status_code == 303
    local.refresh_from_db()
    assert (local.verified_by, local.verified_domain) == ("dns", "www.local4.example")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_on_the_website_verifies(client, local, room, says, encoding):
    says(file=f"# ours\r\n{proofs.line_of(local)}\r\n".encode(encoding))
    assert client.post(room + "verify/", {"by": "file"}).status_code == 303
    local.refresh_from_db()
    assert local.verified_by == "file"


@pytest.mark.parametrize("by", ["dns", "file"])
def test_the_line_of_another_organisation_does_not(client, local, room, says, by):
    other = proofs.line_of(an_organisation("Other", website=local.website))
    says(dns=[other], file=other.encode())
    reply = client.post(room + "verify/", {"by": by})
    local.refresh_from_db()
    assert (reply.status_code, local.verified_by) == (422, "")


@pytest.mark.parametrize("rest", ["?next=https://evil.example/?", "#x", ":8080/", "/a"])
def test_only_the_file_of_the_domain_itself_is_read(says, rest):
    body = an_organisation("Bakers", website=f"https://www.local4.example{rest}")
    says(file=proofs.line_of(body).encode())
    assert proofs.check(body, Proof.FILE) == "www.local4.example"


@pytest.mark.parametrize(
    ("at", "proves"),
    [("https://local4.example/file.txt", True), ("https://evil.example/", False)],
)
def test_a_redirect_proves_its_own_domain_alone(client, local, room, says, at, proves):
    says(file=proofs.line_of(local).encode(), at=at)
    client.post(room + "verify/", {"by": "file"})
    local.refresh_from_db()
    assert bool(local.verified_by) == proves


def test_a_website_that_is_changed_meanwhile_is_not_verified(client, local, room, says):
    def change():
        change_organisation(organisation=local, seen=1, website="https://x.example")

    says(file=proofs.line_of(local).encode(), meanwhile=change)
    reply = client.post(room + "verify/", {"by": "file"})
    local.refresh_from_db()
    assert (reply.status_code, local.verified_by) == (422, "")
    assert "was changed meanwhile" in Page(reply.content).text


def test_what_the_door_refuses_is_said(local, monkeypatch):
    def fetch(_address, **_limits):
        raise NotAllowed("local4.example is not on the public internet.")

    monkeypatch.setattr(fetching, "fetch", fetch)
    with pytest.raises(proofs.NotProved, match="not on the public internet"):
        proofs.check(local, Proof.FILE)


def test_without_a_website_it_says_what_is_missing(client):
    bare = an_organisation("Bare")
    pass_ = stewardship.room_pass(stewardship.by_phrase(a_key_to(bare)))
    address = f"/organisations/room/{pass_}/verify/"
    assert "website first" in Page(client.get(address).content).text
    assert client.post(address, {"by": "dns"}).status_code == 422


def test_another_website_has_another_line(local):
    before = proofs.line_of(local)
    moved = change_organisation(organisation=local, seen=1, website="https://x.example")
    assert proofs.line_of(moved) != before


def test_nobody_has_the_site_ask_others_without_end(local, says):
    says()
    for _time in range(10):
        with pytest.raises(proofs.NotProved, match="in no TXT record"):
            proofs.check(local, Proof.DNS)
    with pytest.raises(proofs.NotProved, match="many tries"):
        proofs.check(local, Proof.DNS)
