from tests.accounts.conftest import browser, first_link  # noqa: F401
