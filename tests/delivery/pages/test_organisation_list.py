import pytest

from commonwire.calls.actions.organisations import affiliate
from commonwire.delivery.pages.organisations import OrganisationList
from tests.delivery.pages import NOTHING, reaction
from tests.factories import an_organisation
from tests.page import Page


@pytest.mark.django_db(transaction=True)
def test_changes_of_other_things_leave_it_alone(any_change):
    assert reaction(OrganisationList(), any_change) == NOTHING


@pytest.mark.django_db
def test_it_names_who_stands_under_nobody():
    federation, local = an_organisation("Federation"), an_organisation("Local 4")
    affiliate(organisation=local, parent=federation)
    shown = Page(OrganisationList().render(feed=None)).text
    assert "Federation" in shown
    assert "1 body under it" in shown
    assert "Local 4" not in shown
