"""What no linter says about the repository."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.core.management import call_command

from commonwire.delivery.pages import CATALOGUE
from commonwire.delivery.privacy import fates_of, fields_of, stored_models
from commonwire.kit.fates import Fate

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "commonwire"
MODELS = sorted(stored_models(), key=lambda model: model._meta.label)
# Where HTML is said to be safe, each with a reason beside it: text that the kit cleaned
# or escaped a line before.
MAY_MARK_SAFE = {"web/templatetags/newsroom.py", "delivery/pages/fragments.py"}


def tracked():
    """Files that git knows and that are there; nothing outside a checkout."""
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False
    )
    names = [name for name in done.stdout.decode().split("\0") if name]
    return [ROOT / name for name in names if (ROOT / name).is_file()]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_has_a_fate_and_no_fate_is_of_nothing(model):
    fates = {n: v for n, v in vars(fates_of(model)).items() if not n.startswith("__")}
    assert fates.keys() == {field.name for field in fields_of(model)}
    assert all(isinstance(fate, Fate) for fate in fates.values())


def test_what_is_wiped_says_when():
    wiped = [
        f
        for m in MODELS
        for f in vars(fates_of(m)).values()
        if getattr(f, "kind", "") == "wiped"
    ]
    assert wiped
    assert all(fate.when for fate in wiped)


def settings_read():
    """The names that env.py and databases.py ask the environment for."""
    trees = [
        ast.parse((SOURCE / name).read_text()) for name in ("env.py", "databases.py")
    ]
    return {
        node.args[0].value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in {"text", "flag"}
        and isinstance(node.args[0], ast.Constant)
    }


def test_every_setting_is_explained_to_operators():
    assert {"DATA", "SITE_URL", "SECRET_KEY"} <= settings_read()
    explained = (ROOT / "docs" / "operating.md").read_text()
    missing = {
        name for name in settings_read() if f"`COMMONWIRE_{name}`" not in explained
    }
    assert missing == set()


def test_no_template_says_that_something_is_safe():
    templates = SOURCE.rglob("*.html")
    said = [
        path
        for path in templates
        if re.search(r"\|\s*safe\b|autoescape\s+off", path.read_text())
    ]
    assert said == []


def test_html_is_marked_safe_in_few_places():
    found = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if re.search(
            r"\b(mark_safe|SafeString\(|SafeData|safestring\.)", path.read_text()
        )
    }
    assert found <= MAY_MARK_SAFE


@pytest.mark.parametrize("family", CATALOGUE, ids=lambda family: type(family).__name__)
def test_every_family_of_pages_has_a_test_of_its_staleness(family):
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", type(family).__name__).lower()
    test = ROOT / "tests" / "delivery" / "pages" / f"test_{name}.py"
    assert f"reaction({type(family).__name__}()" in test.read_text()


def dependencies():
    """Each dependency of pyproject.toml with the line above it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    names = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    for name in names:
        (number,) = [n for n, line in enumerate(lines) if line.strip() == f'"{name}",']
        yield name, lines[number - 1].strip()


@pytest.mark.parametrize(("name", "above"), list(dependencies()))
def test_every_dependency_says_why_it_is_there(name, above):
    assert above.startswith("# ")
    assert above.endswith(".")


def lines_of(pattern):
    """Where tracked text says something, as file and line."""
    found = []
    for path in tracked():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        if path == Path(__file__):
            continue
        found += [
            f"{path.relative_to(ROOT)}: {line}"
            for line in text.splitlines()
            if pattern.search(line)
        ]
    return found


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a checkout")
def test_the_search_below_finds_what_is_there():
    assert Path(__file__) in tracked()
    assert lines_of(re.compile("^What no linter says")) == []
    assert lines_of(re.compile("^# Commonwire")) != []


def test_no_file_names_the_machine_it_was_made_on():
    assert lines_of(re.compile(r"(?<![\w.])/(work|home|root|Users)/\w")) == []


def test_no_file_names_where_packages_were_downloaded():
    locks = [ROOT / "requirements.lock", ROOT / "requirements-dev.lock"]
    said = [line for lock in locks for line in lock.read_text().splitlines()]
    assert not [
        line for line in said if re.search(r"https?://|--index|--find-links", line)
    ]
    assert all(
        "--hash=" in line or "==" in line or line.strip().startswith("#")
        for line in said
        if line.strip()
    )


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_nothing_is_skipped_without_a_reason():
    bare = re.compile(r"@pytest\.mark\.skip\b(?!if)|pytest\.skip\(\)")
    assert [line for line in lines_of(bare) if line.startswith("tests/")] == []
