import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from commonwire.calls.actions.organisations import affiliate
from commonwire.calls.models import Organisation
from commonwire.delivery.printing import on_demand
from commonwire.moderation.models import Decision
from commonwire.moderation.sentences import teller
from tests.factories import an_editor, an_organisation
from tests.page import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(an_editor("ada"))
    return client


def act(desk, organisation, word, **typed):
    return desk.post(f"/desk/organisations/{organisation.pk}/{word}/", typed)


def told():
    """The last decision, as the public log says it."""
    return teller().plain(Decision.objects.order_by("number").last())


def form(**typed):
    return {"name": "Local 4", "kind": "union", **typed}


def test_an_editor_adds_one_and_the_log_says_so(desk):
    reply = desk.post("/desk/organisations/new/", form(area="Riverton"))
    made = Organisation.objects.get()
    assert reply["Location"] == f"/desk/organisations/{made.pk}/"
    assert (made.name, made.area) == ("Local 4", "Riverton")
    assert told() == "ada added “Local 4”"


def test_the_log_s_page_leads_to_the_organisation(desk):
    desk.post("/desk/organisations/new/", form())
    assert b'<a href="/organisations/local-4/"><bdi>Local 4</bdi></a>' in on_demand(
        "/log/0/"
    )


def test_one_without_a_name_is_not_added(desk):
    reply = desk.post("/desk/organisations/new/", form(name=""))
    assert reply.status_code == 422
    assert not Organisation.objects.exists()


def test_it_is_changed_where_nobody_changed_it_meanwhile(desk):
    local = an_organisation("Local 4")
    address = f"/desk/organisations/{local.pk}/"
    assert desk.post(address, form(area="North", seen="1")).status_code == 302
    reply = desk.post(address, form(area="South", seen="1"))
    assert "Somebody else saved a change meanwhile" in Page(reply.content).text
    local.refresh_from_db()
    assert local.area == "North"


def test_an_editor_verifies_and_takes_it_back_with_a_reason(desk):
    local = an_organisation("Local 4")
    act(desk, local, "verify", reason="Their site links here.")
    local.refresh_from_db()
    assert local.verified_by == "editor"
    assert told() == "ada verified that “Local 4” is real"
    assert act(desk, local, "doubt", reason="").status_code == 422
    act(desk, local, "doubt", reason="The site is gone.")
    local.refresh_from_db()
    assert local.verified_by == ""


def test_it_is_put_under_another_and_a_circle_is_refused(desk):
    local, region = an_organisation("Local 4"), an_organisation("Region")
    act(desk, local, "place", other="region", since="2020-01-31")
    assert told() == "ada put “Local 4” under “Region”"
    reply = act(desk, region, "place", other=local.path)
    assert reply.status_code == 422
    assert "cannot stand under Local 4" in Page(reply.content).text
    assert region.affiliations.count() == 0


def test_an_unknown_body_is_named(desk):
    reply = act(desk, an_organisation("Local 4"), "place", other="nobody")
    assert "no organisation at “nobody”" in Page(reply.content).text


def test_it_leaves_merges_and_is_dissolved(desk):
    local, region = an_organisation("Local 4"), an_organisation("Region")
    place = affiliate(organisation=local, parent=region)
    act(desk, local, "leave", place=place.pk, on="2026-01-31")
    assert told() == "ada wrote that “Local 4” left “Region”"
    act(desk, local, "merge", other="region", on="2026-02-28")
    assert told() == "ada wrote that “Local 4” went into “Region”"
    act(desk, region, "dissolve", on="")
    assert told() == "ada wrote that “Region” was dissolved"


def test_an_editor_gives_a_steward_a_link_and_takes_it_back(desk):
    local = an_organisation("Local 4")
    reply = act(desk, local, "invite", label="Press officer")
    (link,) = Page(reply.content).said("p", id="link")
    assert "/organisations/join/" in link
    assert told() == "ada invited a steward of “Local 4”"
    act(desk, local, "end-steward", steward=local.stewards.get().pk)
    assert local.stewards.get().ended_at is not None


def test_the_steward_of_another_is_not_taken_back(desk):
    local, other = an_organisation("Local 4"), an_organisation("Local 5")
    act(desk, other, "invite", label="Press officer")
    reply = act(desk, local, "end-steward", steward=other.stewards.get().pk)
    assert reply.status_code == 404


def test_a_table_is_shown_first_and_imported_then(desk):
    an_organisation("Federation", kind="federation")
    table = "name;area\nSüd 1;Fluß\n".encode("latin-1")
    typed = {"root": "federation", "do": "look"}
    typed["file"] = SimpleUploadedFile("members.csv", table)
    page = Page(desk.post("/desk/organisations/import/", typed).content)
    assert "Süd 1 is added under Federation" in page.text
    assert Organisation.objects.count() == 1
    typed = {"root": "federation", "text": page.fields["text"][0], "do": "import"}
    assert desk.post("/desk/organisations/import/", typed).status_code == 302
    assert Organisation.objects.get(name="Süd 1").area == "Fluß"
    assert told() == "ada imported 1 organisation under “Federation”"


def test_a_bad_line_is_named_and_nothing_is_imported(desk):
    an_organisation("Federation")
    typed = {"root": "federation", "text": "name,members\nA,x\nB,1\n", "do": "import"}
    reply = desk.post("/desk/organisations/import/", typed)
    assert reply.status_code == 422
    assert "Line 2: Members represented" in Page(reply.content).text
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize("text", ["", "a,b\n"])
def test_what_is_no_table_is_said_at_the_field(desk, text):
    an_organisation("Federation")
    typed = {"root": "federation", "text": text, "do": "look"}
    reply = desk.post("/desk/organisations/import/", typed)
    assert reply.status_code == 422
    assert "name the columns" in Page(reply.content).text


def test_the_list_is_searched(desk):
    for name in ("Local 4", "Transit Federation"):
        an_organisation(name)
    shown = Page(desk.get("/desk/organisations/?q=transit").content).text
    assert "Transit Federation" in shown
    assert "Local 4" not in shown
