"""What a command says of a PostgreSQL that cannot be used: one line, and nothing is
destroyed."""

import psycopg
import pytest

from tests.live import POSTGRES, command, copy_tables, database_of, free_port

HOST = POSTGRES.rpartition("@")[2].rpartition("/")[0]
KEY = "k" * 40
LATER = "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, now())"


def said(tmp_path, url):
    done = command("print", data=tmp_path, DATABASE_URL=url, SECRET_KEY=KEY)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    return done.stderr


def test_a_server_that_is_not_there(tmp_path):
    port = free_port()
    told = said(tmp_path, f"postgresql://wire:secret@127.0.0.1:{port}/wire")
    assert f"'wire' at 127.0.0.1:{port}" in told
    assert "Connection refused; see that PostgreSQL runs" in told
    assert "secret" not in told


@pytest.mark.parametrize(
    ("who", "name", "mend"),
    [
        ("commonwire:wrong", "postgres", "set the right name and password"),
        ("nobody:wrong", "postgres", "set the right name and password"),
        ("commonwire:only-for-tests", "none", "make the database first: createdb"),
    ],
)
def test_a_database_that_is_closed_to_us(tmp_path, who, name, mend):
    told = said(tmp_path, f"postgresql://{who}@{HOST}/{name}")
    assert mend in told
    assert who.partition(":")[2] not in told


def test_a_database_of_a_newer_version_is_left_alone(tmp_path):
    site = copy_tables(tmp_path / "site")
    with psycopg.connect(database_of(site)["DATABASE_URL"]) as connection:
        connection.execute(LATER, ["changes", "0999_later"])
    done = command("prepare", data=site, SECRET_KEY=KEY)
    assert done.returncode == 1
    assert "was made by a newer version (changes.0999_later" in done.stderr
    assert "Traceback" not in done.stderr
