"""Commonwire's settings with a data directory and a secret for tests."""

import os
import tempfile

# python -m tests.postgres says where its server is.
if url := os.environ.get("COMMONWIRE_TESTS_ON"):
    os.environ["COMMONWIRE_DATABASE_URL"] = url
os.environ["COMMONWIRE_DATA"] = tempfile.gettempdir()
os.environ["COMMONWIRE_SECRET_KEY"] = "a secret of forty characters for the tests"
os.environ["COMMONWIRE_SITE_URL"] = "http://testserver"
# Playwright keeps an event loop in the process that later tests run in; none of them is
# asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

from commonwire.settings import *  # noqa: F403

if url:
    DATABASES["default"]["TEST"] = {"TEMPLATE": "tables"}  # noqa: F405
# A good hash takes half a second, and every password in tests is known.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
