import pytest

from commonwire.accounts.actions import add_editor, make_sign_in_link
from tests.accounts.editor_browser import EditorBrowser


@pytest.fixture
def browser(client):
    return EditorBrowser(client)


@pytest.fixture
def first_link(db):
    """What the operator gets for the first editor."""
    return make_sign_in_link(editor=add_editor(name="editor", steward=True))


@pytest.fixture
def joined(browser, first_link):
    """An editor who has set up a password and an app, and is signed in."""
    return browser.join(first_link).set_up_password()
