"""deploy/systemd and the containers: what they name is there, and they hold what they start
as tightly as they say."""

import os
import re
import shutil
import subprocess

import pytest
import yaml

from benchmarks import servers
from commonwire import cli
from tests.test_repository import settings_read

DEPLOY = servers.ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
COMPOSE = (DEPLOY / "compose.yaml").read_text()
SCALED = (DEPLOY / "compose.scaled.yaml").read_text()
# systemd's own scale: from 10, nothing is held, to 0.
MOST_EXPOSED = 3.0
with_systemd = pytest.mark.skipif(
    not shutil.which("systemd-analyze") and not os.environ.get("CI"),
    reason="systemd is not installed",
)


def named(unit):
    return unit.name


@with_systemd
@pytest.mark.parametrize("unit", UNITS, ids=named)
def test_systemd_finds_no_fault(unit, tmp_path):
    """But for the program, which is not installed where tests are."""
    for each in UNITS:
        text = re.sub(r"/opt/commonwire/\S+/commonwire", "/bin/true", each.read_text())
        (tmp_path / each.name).write_text(text)
    name = unit.name.replace("@", "@8000")
    shutil.copy(tmp_path / unit.name, tmp_path / name) if "@" in unit.name else None
    words = ["systemd-analyze", "verify", "--man=no", str(tmp_path / name)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert [line for line in done.stderr.splitlines() if "commonwire" in line] == []


@with_systemd
@pytest.mark.parametrize("unit", SERVICES, ids=named)
def test_a_unit_lets_its_processes_do_little(unit):
    words = ["systemd-analyze", "security", "--offline=true", str(unit)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    level = re.search(r"exposure level for \S+: ([\d.]+)", done.stdout)[1]
    assert float(level) <= MOST_EXPOSED


@pytest.mark.parametrize("unit", SERVICES, ids=named)
def test_a_unit_starts_a_command_that_there_is(unit):
    command = re.search(r"bin/commonwire (\w+)", unit.read_text())[1]
    assert command in cli.COMMANDS


@pytest.mark.parametrize("unit", SERVICES, ids=named)
def test_a_file_can_be_made_confined_under_it(unit):
    """What media/confinement.py asks the system for."""
    text = unit.read_text()
    assert "RestrictNamespaces=user net" in text
    assert "landlock_restrict_self" in text


def test_every_timer_has_its_service():
    timers = [unit for unit in UNITS if unit.suffix == ".timer"]
    assert len(timers) == 3
    assert all(unit.with_suffix(".service") in SERVICES for unit in timers)


@pytest.mark.parametrize("text", [COMPOSE, SCALED, (DEPLOY / "Containerfile").read_text(),
    *(unit.read_text() for unit in SERVICES)])  # fmt: skip
def test_every_setting_that_is_named_is_one(text):
    known = settings_read() | {"BACKUP_PASSPHRASE", "NAME"}
    assert set(re.findall(r"COMMONWIRE_([A-Z_]+)", text)) <= known


def test_containers_write_nowhere_but_where_they_are_told():
    services = yaml.safe_load(COMPOSE)["services"]
    assert set(services) == {"web-1", "web-2", "worker-1", "worker-2", "nginx"}
    assert all(service["read_only"] for service in services.values())
    ours = [service for name, service in services.items() if name != "nginx"]
    assert all((each["user"], each["cap_drop"]) == ("900", ["ALL"]) for each in ours)


class Overriding(yaml.SafeLoader):
    """Knows the word by which compose leaves what another file says aside."""


Overriding.add_constructor(
    "!override", lambda loader, node: loader.construct_sequence(node, deep=True)
)


def scaled():
    return yaml.load(SCALED, Overriding)["services"]


def test_containers_beside_ours_write_nowhere_but_where_they_are_told():
    ours = set(yaml.safe_load(COMPOSE)["services"])
    others = {name: found for name, found in scaled().items() if name not in ours}
    assert set(others) == {"postgres", "valkey", "store", "store-set-up"}
    assert all(found["read_only"] for found in others.values())


def test_all_our_processes_get_the_same_addresses():
    ours = [found for name, found in scaled().items() if name[-2:] in {"-1", "-2"}]
    assert len(ours) == 4
    assert all(found["environment"] == ours[0]["environment"] for found in ours)


def test_what_the_scaled_nginx_changes_in_its_file_is_there():
    (script,) = [word for word in scaled()["nginx"]["command"] if "sed" in word]
    text = (DEPLOY / "nginx-s3.conf").read_text()
    found = re.findall(r"s\|([^|]+)\|", script)
    assert [text.count(each) for each in found] == [1, 1, 1, 1]


def test_containers_start_commands_that_there_are():
    services = yaml.safe_load(COMPOSE)["services"]
    started = {s["command"][0] for name, s in services.items() if name != "nginx"}
    assert started == {"serve", "worker"}


def test_what_nginx_s_container_changes_in_its_file_is_there():
    (script,) = [
        w for w in yaml.safe_load(COMPOSE)["services"]["nginx"]["command"] if "sed" in w
    ]
    found = re.findall(r"s\|([^|]+)\|", script)
    text = (DEPLOY / "nginx.conf").read_text()
    assert [text.count(each) for each in found] == [1, 1, 1]


def test_the_image_has_what_its_build_takes():
    text = (DEPLOY / "Containerfile").read_text()
    taken = re.findall(r"(?m)^COPY (?!--from)(.+)$", text)
    names = [name for line in taken for name in line.split()[:-1]]
    assert names
    assert all((servers.ROOT / name).exists() for name in names)
    assert "\nUSER 900\n" in text
