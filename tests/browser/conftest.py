"""Chromium at phone size, in front of the real server with the demo town in it."""

import itertools
import os
import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.site import posts_in, running_site

PHONE = {"width": 360, "height": 740}
# For each window it would start two pages of its own for the line of addresses, which
# nobody sees here: more than half of what a page costs. The others are what Playwright
# turns off, for only the last such list counts.
_WITHOUT = [
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
]
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=" + ",".join(_WITHOUT),
    # Nobody else is there to be asked; what is tried is seen all the same.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
_networks = itertools.count(1)


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(autouse=True)
def data_directory():
    """The server has its own; nothing of this process's is used."""


def needed(program):
    """A program's path; without it the test is skipped, in CI it fails."""
    found = shutil.which(program)
    if found is None:
        why = f"{program} is not installed; tests/programs.sh says how"
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)
    return found


@pytest.fixture(scope="session")
def chromium():
    path = needed("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    with running_site(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture
def browse(chromium, site):
    """Opens a browser of its own; `asked` on it are the hosts of all its requests."""
    contexts = []

    def open_context(**options):
        # Everybody has a network, so that nobody is taken for a flood.
        number = next(_networks)
        network = f"203.{os.getpid() % 250}.{number // 250}.{number % 250}"
        context = chromium.new_context(
            base_url=site.url,
            viewport=options.pop("viewport", PHONE),
            extra_http_headers={"X-Forwarded-For": network},
            **options,
        )
        contexts.append(context)
        context.asked = set()

        def remember(request):
            if request.url.startswith("http"):
                context.asked.add(urlsplit(request.url).hostname)

        context.on("request", remember)
        return context

    yield open_context
    for context in contexts:
        context.close()


@pytest.fixture
def phone(browse):
    return browse().new_page()


@pytest.fixture(scope="session")
def post_paths(chromium, site):
    """Posts that no list shows included; each has something on it that none before had."""
    context = chromium.new_context(base_url=site.url)
    page = context.new_page()
    enter(page, site.key)
    seen, found = set(), []
    for path in posts_in(page.content()):
        parts = parts_of(context.request.get(path).text())
        if not parts <= seen:
            seen |= parts
            found.append(path)
    context.close()
    return found


def parts_of(html):
    """What it is made of: each element and each of its classes, but no dates and names."""
    return set(re.findall(r"<\w+", html)) | {
        name for names in re.findall(r'class="([^"]*)"', html) for name in names.split()
    }


def enter(page, key):
    page.goto("/key/")
    page.get_by_label("Your key").fill(key)
    page.get_by_role("button", name="Open").click()
    page.wait_for_url("**/key/*/")
