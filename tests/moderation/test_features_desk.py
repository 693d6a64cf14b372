"""The desk's pages for features, rules, settings and words."""

import pytest
from django import forms

from commonwire.moderation import rules
from commonwire.moderation.actions import rulebook
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.forms.settings import SiteForm
from commonwire.moderation.models import Decision, Rule
from commonwire.publishing.models import Feature, Section
from commonwire.publishing.queries import the_site
from tests.factories import a_feature, a_post, a_rule, a_section, a_site, a_steward
from tests.page import Page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(client):
    client.force_login(a_steward())
    return client


def typed(*posts, **words):
    paths = "\n".join(post.path for post in posts)
    return {"headline": "Strike", "on_front": "on", "posts": paths, **words}


def test_a_feature_begins_with_the_words_of_its_post(desk):
    post = a_post("The vote", summary="Drivers vote.")
    page = desk.get(f"/desk/features/new/?post={post.pk}").content.decode()
    assert ('value="The vote"' in page, ">\nDrivers vote.<" in page) == (True, True)


def test_a_feature_is_looked_at_first(desk):
    page = desk.post("/desk/features/new/", typed(a_post())).content
    assert (b"As it will look" in page, Feature.objects.count()) == (True, 0)


def test_a_saved_feature_is_on_the_front_at_once(desk, client):
    answer = desk.post("/desk/features/new/", typed(a_post(), do="save"))
    assert (answer.status_code, answer["Location"]) == (302, "/desk/features/")
    assert b"Strike" in client.get("/").content


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(desk):
    form = typed(blurb="Long words.", posts="/2020/01/01/none/", do="save")
    answer = desk.post("/desk/features/new/", form)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "No listed post is at “/2020/01/01/none/”" in page
    assert ("Long words." in page, 'value="Strike"' in page) == (True, True)


def test_features_change_places(desk):
    older, newer = a_feature(headline="Older"), a_feature(headline="Newer")
    desk.post(f"/desk/features/{older.pk}/move/", {"to": "up"})
    page = desk.get("/desk/features/").content
    assert page.index(b"Older") < page.index(b"Newer")
    assert newer.pk != older.pk
    made = Decision.objects.get()
    assert (made.act, made.facts) == ("feature", {"what": "moved", "moved": older.pk})
    assert not rules.can_be_taken_back(made)


def test_what_is_first_already_is_no_decision(desk):
    only = a_feature(headline="Only")
    desk.post(f"/desk/features/{only.pk}/move/", {"to": "up"})
    assert not Decision.objects.exists()


def test_a_feature_is_taken_down_once(desk):
    address = f"/desk/features/{a_feature().pk}/switch/"
    answers = [desk.post(address, {"do": "down"}).status_code for _ in range(2)]
    assert (answers, Decision.objects.count()) == ([302, 422], 1)


@pytest.mark.parametrize(
    "path",
    [
        "features/",
        "features/new/",
        "features/{feature}/",
        "rules/",
        "rules/new/",
        "rules/{rule}/",
        "settings/",
        "settings/sections/new/",
        "settings/sections/{section}/",
        "settings/pages/about/",
        "settings/pages/policy/",
        "settings/pages/privacy/",
    ],
)
def test_every_page_opens(desk, path):
    found = {
        "feature": a_feature(a_post()).pk,
        "rule": a_rule().pk,
        "section": a_section().pk,
    }
    assert desk.get(f"/desk/{path.format(**found)}").status_code == 200


def settings_form(**changed):
    return {
        "name": "Commonwire",
        "tagline": "An open newswire",
        "time_zone": "UTC",
        "comments_open": "on",
        "appeal_hours": "72",
        "flood_rate": "100",
        "classifier_holds": "on",
        "languages": [],
        **changed,
    }


def test_a_new_name_is_on_the_front_at_once(desk, client):
    answer = desk.post("/desk/settings/", settings_form(name="Riverton Wire"))
    assert answer.status_code == 302
    assert b"Riverton Wire" in client.get("/").content
    assert Decision.objects.get().facts == {"fields": ["name"]}


def test_classes_get_names(desk, client):
    desk.post("/desk/settings/", settings_form(class_local="Riverton"))
    assert the_site().class_names == {"local": "Riverton"}


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("time_zone", "Mars/Base"), ("languages", ["en", "klingon"]), ("name", "")],
)
def test_wrong_settings_name_the_field(desk, field, wrong):
    answer = desk.post("/desk/settings/", settings_form(**{field: wrong}))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert the_site().name == "Commonwire"


def settings_page(desk, **changed):
    answer = desk.post("/desk/settings/", settings_form(name="", **changed))
    return Page(answer.content)


def test_the_help_of_the_settings_begins_alike(desk):
    helps = [
        each["text"].strip() for each in settings_page(desk).all("p", class_="help")
    ]
    assert len(helps) > len(ENDS)
    assert [text for text in helps if text[0] != text[0].upper()] == []


def test_time_zones_are_offered(desk):
    page = settings_page(desk)
    offered = [each["attributes"].get("value") for each in page.all("option")]
    field = page.one("input", name="time_zone")["attributes"]
    assert page.one("datalist", id=field["list"])
    assert {"America/Chicago", "Europe/Berlin", "UTC"} <= set(offered)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("chicago", "America/Chicago"),
        ("New York", "America/New_York"),
        ("europe/berlin", "Europe/Berlin"),
        ("Mars/Base", "America/Chicago"),
    ],
)
def test_a_wrong_time_zone_is_told_the_one_that_was_meant(desk, typed, meant):
    words = f"“{typed}” is no time zone. Write one such as {meant}."
    assert words in settings_page(desk, time_zone=typed).text


def test_languages_are_ticked_by_their_names_and_keep_their_order(desk):
    a_site(languages=["es", "en"])
    ticked = settings_page(desk, languages=["es", "en", "fr"])
    assert ticked.fields["languages"] == ["es", "en", "fr"]
    assert "Français" in ticked.text or "français" in ticked.text
    desk.post("/desk/settings/", settings_form(languages=["es", "en", "fr"]))
    assert the_site().languages == ["es", "en", "fr"]


def test_a_language_that_nobody_knows_is_refused_with_what_to_do(desk):
    words = "“klingon” is no language that this site knows. Tick some of the list."
    assert words in settings_page(desk, languages=["klingon"]).text


def test_topics_and_regions_stand_apart(desk):
    a_section(slug="rent", name="Rent")
    a_section(slug="north", name="North", kind="region")
    text = settings_page(desk).text
    places = [text.index(word) for word in ("Topics Rent", "Regions North")]
    assert places == sorted(places)


ENDS = {
    "appeal_hours": (1, 8_760),
    "flood_rate": (5, 1_000_000),
    "room_for_files": (0, 1_000_000),
}


def numbers_of_the_form():
    fields = SiteForm().fields.items()
    return {name for name, field in fields if isinstance(field, forms.IntegerField)}


def test_every_number_of_the_settings_has_two_ends(db):
    assert numbers_of_the_form() == set(ENDS)


@pytest.mark.parametrize(("field", "ends"), ENDS.items())
def test_a_number_past_its_ends_is_refused(desk, field, ends):
    least, most = ends
    form = {number: settings_form(**{field: str(number)}) for number in ends}
    assert [desk.post("/desk/settings/", form[n]).status_code for n in ends] == [
        302
    ] * 2
    for wrong in (least - 1, most + 1, 10**14, 10**25):
        answer = desk.post("/desk/settings/", settings_form(**{field: str(wrong)}))
        assert list(answer.context["form"].errors) == [field]
    assert getattr(the_site(), field) == most


@pytest.mark.parametrize(("field", "ends"), ENDS.items())
def test_the_desk_and_the_log_open_with_a_number_at_its_ends(desk, client, field, ends):
    for number in ends:
        a_site(**{field: number})
        pages = [desk.get("/desk/"), desk.get("/desk/appeals/"), client.get("/log/")]
        assert [page.status_code for page in pages] == [200] * 3


def test_a_section_gets_its_address_from_its_name(desk):
    form = {"kind": "topic", "name": "Housing & Rent", "slug": "", "position": "0"}
    desk.post("/desk/settings/sections/new/", form)
    assert Section.objects.get().path == "/topics/housing-rent/"


def test_two_sections_do_not_share_an_address(desk):
    a_section(slug="housing", name="Housing")
    form = {"kind": "topic", "name": "Homes", "slug": "housing", "position": "0"}
    answer = desk.post("/desk/settings/sections/new/", form)
    assert (answer.status_code, Section.objects.count()) == (422, 1)


def test_a_new_rule_is_made_with_an_address(desk):
    form = {"title": "No chain letters", "text": "Or so.", "position": "3"}
    desk.post("/desk/rules/new/", form)
    assert Rule.objects.get(slug="no-chain-letters").title == "No chain letters"


def test_two_rules_in_force_have_two_titles(desk):
    form = {"title": f"{a_rule().title.upper()}", "text": "Again.", "position": 9}
    answer = desk.post("/desk/rules/new/", {**form, "do": "save"})
    assert (answer.status_code, Rule.objects.filter(text="Again.").count()) == (422, 0)
    assert "There is a rule of this title already." in answer.content.decode()


def test_a_rule_is_retired(desk):
    rule = a_rule("false")
    form = {"title": rule.title, "text": rule.text, "position": "7", "do": "retire"}
    desk.post(f"/desk/rules/{rule.pk}/", form)
    rule.refresh_from_db()
    assert rule.retired_at


@pytest.mark.parametrize("do", ["save", "retire"])
def test_a_rule_that_was_retired_meanwhile_keeps_what_was_typed(desk, do):
    rule = a_rule("false")
    rulebook.retire_rule(by=a_steward("cora"), rule=rule)
    form = {"title": "Lies", "text": "Long words.", "position": "7", "do": do}
    answer = desk.post(f"/desk/rules/{rule.pk}/", form)
    page = Page(answer.content)
    assert answer.status_code == 422
    assert "This rule is out of force" in page.text
    assert page.fields["text"] == ["Long words."]
    assert Rule.objects.get(pk=rule.pk).retired_at


def test_words_for_a_retired_rule_become_a_new_one_by_one_button(desk):
    rule = a_rule("false")
    rulebook.retire_rule(by=a_steward("cora"), rule=rule)
    page = desk.get(f"/desk/rules/{rule.pk}/").content.decode()
    assert 'formaction="/desk/rules/new/"' in page
    assert 'value="retire"' not in page


def test_a_rule_that_is_retired_while_its_form_is_read_stays_retired():
    read, steward = a_rule("false"), a_steward("cora")
    rulebook.retire_rule(by=steward, rule=Rule.objects.get(pk=read.pk))
    with pytest.raises(Refused):
        rulebook.save_rule(by=steward, rule=read)
    assert Rule.objects.get(pk=read.pk).retired_at


def test_a_reason_with_a_telephone_number_is_refused_with_the_words_kept(desk):
    form = {"text": "New words.", "reason": "Call 612-555-0134", "do": "save"}
    answer = desk.post("/desk/settings/pages/policy/", form)
    assert answer.status_code == 422
    assert (b"612-555-0134" in answer.content, the_site().policy) == (True, "")


def test_the_words_of_a_page_are_published(desk, client):
    form = {"text": "We are **open**.", "do": "save"}
    desk.post("/desk/settings/pages/about/", form)
    assert b"<strong>open</strong>" in client.get("/about/").content


def opened(desk, address):
    """The mark that its form came with."""
    (mark,) = Page(desk.get(address).content).all("input", name="seen")
    return mark["attributes"]["value"]


def test_a_form_that_is_older_than_the_feature_undoes_nothing(desk):
    post = a_post()
    feature = a_feature(post, headline="Strike")
    address = f"/desk/features/{feature.pk}/"
    seen = opened(desk, address)
    desk.post(address, typed(post, headline="Vote", seen=seen, do="save"))
    mine = typed(post, headline="Strike on", blurb="Mine.", seen=seen, do="save")
    answer = desk.post(address, mine)
    feature.refresh_from_db()
    assert (answer.status_code, feature.headline) == (422, "Vote")
    page = answer.content.decode()
    assert "<del>Vote</del>" in page
    assert ("<ins>Strike on</ins>" in page, 'value="Strike on"' in page) == (True, True)


def test_whoever_has_seen_the_other_s_change_saves_over_it(desk):
    post = a_post()
    feature = a_feature(post, headline="Strike")
    address = f"/desk/features/{feature.pk}/"
    desk.post(address, typed(post, headline="Vote", do="save"))
    answer = desk.post(address, typed(post, seen="older", do="save"))
    (mark,) = Page(answer.content).all("input", name="seen")
    again = typed(post, seen=mark["attributes"]["value"], do="save")
    assert desk.post(address, again).status_code == 302
    feature.refresh_from_db()
    assert feature.headline == "Strike"


def test_another_order_makes_no_form_old(desk):
    post = a_post()
    feature, _other = a_feature(post), a_feature(headline="Other")
    address = f"/desk/features/{feature.pk}/"
    seen = opened(desk, address)
    desk.post(f"{address}move/", {"to": "up"})
    answer = desk.post(address, typed(post, seen=seen, do="save"))
    assert answer.status_code == 302


def test_a_section_that_no_row_can_be_is_told_beside_its_field(desk):
    form = typed(a_post(), sections=["9" * 30], do="save")
    answer = desk.post("/desk/features/new/", form)
    assert (answer.status_code, Feature.objects.count()) == (422, 0)
