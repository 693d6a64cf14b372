from django import forms

from commonwire.publishing.zones import ZoneSelect, zones
from tests.page import Page


def drawn(value):
    select = ZoneSelect(choices=zones())
    return str(select.render("zone", value))


def test_zones_of_today_are_offered_by_their_names():
    assert "<option>Europe/Oslo</option>" in drawn("")
    assert '<option value="America/New_York">America/New York</option>' in drawn("")
    assert "US/Eastern" not in drawn("")


def test_a_former_name_is_valid_and_stays_chosen():
    field = forms.ChoiceField(choices=zones(), widget=ZoneSelect)
    assert field.clean("US/Eastern") == "US/Eastern"
    assert "<option selected>US/Eastern</option>" in drawn("US/Eastern")


def test_a_name_is_sent_as_it_was_chosen():
    page = Page(f"<form>{drawn('America/New_York')}</form>".encode())
    assert page.fields["zone"] == ["America/New_York"]
