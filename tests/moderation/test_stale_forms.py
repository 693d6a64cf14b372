"""A steward's form that is older than what another saved undoes nothing of it."""

import pytest

from commonwire.moderation.actions import governing, rulebook
from commonwire.moderation.actions.screening_rules import save_screening_rule
from commonwire.moderation.models import Rule, ScreeningRule
from commonwire.publishing.models import Section, Site
from commonwire.publishing.queries import the_site
from tests.factories import a_rule, a_section, a_site, a_steward
from tests.page import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    a_site()
    client.force_login(a_steward("ada"))
    return client


@pytest.fixture
def cora():
    return a_steward("cora")


def filled(desk, address, **typed):
    """Its form as it was opened, with something else typed into it."""
    fields = Page(desk.get(address).content).fields
    return {**{k: v for k, v in fields.items() if v != [""]}, **typed}


def of_a_rule(cora):
    rule = a_rule("false")
    rule.title = "Theirs"
    rulebook.save_rule(by=cora, rule=rule)


def of_the_settings(cora):
    site = the_site()
    site.name = "Theirs"
    governing.save_settings(by=cora, site=site, changed=["name"])


def of_a_page(cora):
    governing.save_page(by=cora, name="about", text="Theirs")


def of_a_section(cora):
    section = Section.objects.get()
    section.name = "Theirs"
    governing.save_section(by=cora, section=section)


def of_a_screening_rule(cora):
    rule = ScreeningRule.objects.get()
    rule.pattern = "Theirs"
    save_screening_rule(by=cora, rule=rule)


FORMS = {
    "rule": (of_a_rule, "title", lambda: f"rules/{a_rule('false').pk}/"),
    "settings": (of_the_settings, "name", lambda: "settings/"),
    "page": (of_a_page, "text", lambda: "settings/pages/about/"),
    "section": (
        of_a_section,
        "name",
        lambda: f"settings/sections/{a_section().pk}/",
    ),
    "screening": (
        of_a_screening_rule,
        "pattern",
        lambda: f"screening/{ScreeningRule.objects.create(pattern='casino').pk}/",
    ),
}


def stands():
    """All that these forms change, in words."""
    told = [*Rule.objects.values_list("title"), *Section.objects.values_list("name")]
    told += [*Site.objects.values_list("name", "about")]
    return str([*told, *ScreeningRule.objects.values_list("pattern")])


@pytest.mark.parametrize("kind", FORMS)
def test_it_is_refused_with_the_difference_and_keeps_what_was_typed(desk, cora, kind):
    change, field, made = FORMS[kind]
    address = f"/desk/{made()}"
    do = "off" if kind == "screening" else "save"
    form = filled(desk, address, do=do, **{field: "Mine"})
    change(cora)
    answer = desk.post(address, form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert ("Theirs" in stands(), "Mine" in stands()) == (True, False)
    assert ("<del>Theirs</del>" in page, "<ins>Mine</ins>" in page) == (True, True)
    assert Page(answer.content).fields[field] == ["Mine"]


@pytest.mark.parametrize("kind", FORMS)
def test_who_has_seen_the_difference_saves_over_it(desk, cora, kind):
    change, field, made = FORMS[kind]
    address = f"/desk/{made()}"
    do = "off" if kind == "screening" else "save"
    form = filled(desk, address, do=do, **{field: "Mine"})
    change(cora)
    (mark,) = Page(desk.post(address, form).content).all("input", name="seen")
    again = desk.post(address, {**form, "seen": mark["attributes"]["value"]})
    assert (again.status_code, "Mine" in stands()) == (
        302 + (kind == "screening"),
        True,
    )


def test_settings_leave_the_words_of_pages_that_were_published_meanwhile(desk, cora):
    form = filled(desk, "/desk/settings/", name="Mine")
    of_a_page(cora)
    assert desk.post("/desk/settings/", form).status_code == 302
    assert (the_site().name, the_site().about) == ("Mine", "Theirs")


def test_what_is_chosen_and_ticked_is_told_in_words(desk, cora):
    form = filled(desk, "/desk/settings/")
    site = the_site()
    site.languages, site.hides_lapse = ["es"], True
    governing.save_settings(by=cora, site=site, changed=["languages", "hides_lapse"])
    text = Page(desk.post("/desk/settings/", form).content).text
    assert "Languages español" in text
    assert "yes" in text
