"""A contact that becomes one for the press alone leaves the differences."""

import pytest

from commonwire.publishing.actions import corrections
from commonwire.publishing.content import Revision
from commonwire.publishing.models import Post
from commonwire.publishing.release import Contact, Release, ReleaseContent
from tests.factories import a_release, an_addendum

pytestmark = pytest.mark.django_db
PIA = Contact(name="Pia Vale", phone="555-010-0101", email="pia@union.example")
BO = Contact(name="Bo Li", phone="555-010-0102")
NOW_PRIVATE = "Who was taken out is for the press alone from now on."


def correct(post, *public, press=(), note="", **fields):
    release = Release.of({**post.release, "contacts": [vars(each) for each in public]})
    made = corrections.correct(
        post=post,
        revision=Revision(fields, note, ReleaseContent(release, tuple(press))),
    )
    post.refresh_from_db()
    return made


def kept(post):
    return [(each.before, each.after) for each in post.corrections.all()]


def told(post, client):
    """What is said of Pia."""
    pages = (post.path, f"/api/v1/posts/{post.pk}")
    text = "".join(client.get(page).content.decode() for page in pages)
    return [word for word in ("Pia", "0101", "0109", "pia") if word in text]


@pytest.fixture
def post():
    return a_release(contacts=[vars(PIA), vars(BO)])


def test_its_correction_says_that_it_did_and_no_more(post, client):
    correct(post, BO, press=[PIA])
    line = {"release.contacts": f"{BO.line}\n{NOW_PRIVATE}"}
    assert kept(post) == [({"release.contacts": BO.line}, line)]
    assert told(post, client) == []
    assert NOW_PRIVATE in client.get(post.path).content.decode()


def test_an_earlier_correction_loses_it(post, client):
    correct(post, Contact(name="Pia Vale", phone="555-010-0109"), BO)
    assert PIA.line in kept(post)[0][0]["release.contacts"]
    correct(post, BO, press=[PIA])
    earlier = post.corrections.first()
    assert (earlier.before, earlier.after) == (
        {"release.contacts": BO.line},
        {"release.contacts": BO.line},
    )
    assert told(post, client) == []
    page = client.get(post.path).content.decode()
    assert "What stood here is not public any more, and not kept." in page


def test_so_does_the_one_that_took_it_out_before(post, client):
    correct(post, BO)
    correct(post, BO, press=[PIA])
    assert told(post, client) == []


def test_a_telephone_leaves_the_text_and_the_notes_of_corrections(client):
    post = a_release(contacts=[vars(PIA)], body="Ring 555-010-0101 or come.")
    correct(post, PIA, body="Ring 555-010-0101.", note="Only 555-010-0101 now.")
    correct(post, press=[PIA], body="Come.", note="Not 555-010-0101.")
    assert told(post, client) == []
    first, second = post.corrections.all()
    assert (first.before["body"], first.note) == ("Ring … or come.", "Only … now.")
    assert (second.before["body"], second.note) == ("Ring ….", "Not ….")


def test_a_telephone_leaves_the_text_later_without_a_trace(client):
    post = a_release(press_contacts=[PIA], body="Ring 555-010-0101.")
    editors = Revision({"body": "Come."})
    corrections.correct(post=post, revision=editors, by="editor")
    assert kept(post) == [({"body": "Ring …."}, {"body": "Come."})]


def test_so_it_leaves_an_addendum():
    post = a_release(press_contacts=[PIA])
    part = corrections.add_addendum(
        post=post, content=an_addendum("Part", body="Ring 555-010-0101.")
    )
    new = Revision({"body": "Come."})
    corrections.correct(post=post, revision=new, addendum=part)
    assert kept(post) == [({"body": "Ring …."}, {"body": "Come."})]


def test_what_the_post_goes_on_telling_is_not_taken_out():
    post = a_release(contacts=[vars(PIA)], body="Ring 555-010-0101 or come.")
    correct(post, press=[PIA], body="Ring 555-010-0101.")
    assert kept(post)[0][0]["body"] == "Ring 555-010-0101 or come."


def test_who_is_a_contact_for_everybody_too_stays(post):
    desk = Contact(name="Pia Vale", phone="555-010-0177")
    correct(post, PIA, press=[desk])
    correct(post, PIA, BO, press=[desk])
    both = f"{PIA.line}\n{BO.line}"
    assert kept(post)[0][0] == {"release.contacts": both}


def test_a_contact_that_becomes_public_has_no_old_value(post):
    correct(post, BO, press=[PIA])
    correct(post, BO, PIA)
    assert kept(post)[-1] == (
        {"release.contacts": BO.line},
        {"release.contacts": f"{BO.line}\n{PIA.line}"},
    )
    assert Post.objects.get().press_contacts == []
