import pytest
from django.core.management import CommandError, call_command

from commonwire.calls.models import Organisation
from tests.factories import an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "members.csv"
    path.write_bytes("name;area\nSüd 1;Fluß\n".encode("latin-1"))
    return str(path)


def test_a_table_is_shown_and_with_do_imported(capsys, table):
    an_organisation("Federation")
    call_command("organisations", "import", "federation", table)
    assert "line 2: Süd 1 is added under Federation" in capsys.readouterr().out
    assert Organisation.objects.count() == 1
    call_command("organisations", "import", "federation", table, "--do")
    assert Organisation.objects.get(name="Süd 1").area == "Fluß"


def test_bad_lines_are_named_and_fail(capsys, tmp_path):
    an_organisation("Federation")
    path = tmp_path / "members.csv"
    path.write_text("name,members\nA,x\n")
    with pytest.raises(CommandError, match="1 bad lines; nothing was imported"):
        call_command("organisations", "import", "federation", str(path), "--do")
    assert "line 2: Members represented" in capsys.readouterr().err


def test_one_is_added_and_has_a_steward_invited(capsys):
    call_command("organisations", "add", "Federation")
    call_command("organisations", "steward", "federation", "Press officer")
    added, link = capsys.readouterr().out.split()
    assert added.endswith("/organisations/federation/")
    assert "/organisations/join/" in link


def test_nobody_has_no_steward():
    with pytest.raises(CommandError, match="no organisation at 'nobody'"):
        call_command("organisations", "steward", "nobody", "x")
