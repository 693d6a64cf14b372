"""The database that COMMONWIRE_DATABASE_URL names, and what is said when it cannot be
used. Reads variables only, as env.py does; a PostgreSQL is asked when a command begins,
so that what is wrong is one line and not a trace.
"""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from commonwire import env

_SQLITE = "sqlite:///"
_POSTGRESQL = {"postgresql", "postgres"}
# Of a URL's query: what goes on to PostgreSQL's own client, and how many connections a
# process may have.
_PASSED_ON = {"sslmode", "sslrootcert", "sslcert", "sslkey", "application_name"}
_POOL = "pool"
MOST_CONNECTIONS = 20
_PATIENCE_SECONDS = 10
# What PostgreSQL's own words are about, and what to do then.
_MENDS = (
    ("password", "set the right name and password in it"),
    ("role", "set the right name and password in it"),
    ("pg_hba", "let this machine in: pg_hba.conf on the server says who may come"),
    ("does not exist", "make the database first: createdb"),
)
_NOT_THERE = "see that PostgreSQL runs and can be reached from here"


def settings(data: Path) -> dict[str, Any]:
    """Django's settings of the database; raises WrongSetting. A wrong value is shown
    without its password."""
    url = env.text("DATABASE_URL")
    if not url or (url.startswith(_SQLITE) and url != _SQLITE):
        name = url.removeprefix(_SQLITE)
        return _sqlite(Path(name) if name else data / "commonwire.sqlite3")
    try:
        parts = urlsplit(url)
        port = parts.port or 5432
        told = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    except ValueError:
        raise _wrong("it is no address") from None
    if parts.scheme not in _POSTGRESQL:
        raise _wrong("it is neither of SQLite nor of PostgreSQL")
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name:
        raise _wrong("it does not end in the name of a database")
    host = told.pop("host", "") or unquote(parts.hostname or "")
    most = _pool(told.pop(_POOL, str(MOST_CONNECTIONS)))
    if unknown := sorted(told.keys() - _PASSED_ON):
        raise _wrong(f"{unknown[0]!r} in it is not known")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        # A pool's connection goes back after each request; one that the server has cut
        # meanwhile is found out before it is used.
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": _options(told, most),
    }


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            # FULL: a commit is on the disk before it is answered. secure_delete: what is
            # wiped is overwritten, not only unlinked. Each thread has a cache of its own,
            # and there are hundreds: the system's does for all of them.
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
                "PRAGMA trusted_schema=OFF;PRAGMA secure_delete=ON;"
                "PRAGMA cache_size=-2000"
            ),
        },
    }


def _options(told: dict[str, str], most: int) -> dict[str, Any]:
    return {
        **told,
        "connect_timeout": _PATIENCE_SECONDS,
        # The server finds out soon that a machine is gone, and lets its locks go.
        "options": "-c tcp_keepalives_idle=20 -c tcp_keepalives_interval=5 "
        "-c tcp_keepalives_count=3",
        "pool": {
            "min_size": 1,
            "max_size": most,
            "timeout": _PATIENCE_SECONDS,
            "max_idle": 60,
        },
    }


def _pool(value: str) -> int:
    if not value.isdecimal() or int(value) < 2:  # noqa: PLR2004 - a claim beside the work
        raise _wrong(f"pool={value} is no number of connections; a process needs 2")
    return int(value)


def _wrong(why: str) -> env.WrongSetting:
    return env.WrongSetting(
        f"{env.PREFIX}DATABASE_URL cannot be used: {why}; write "
        "sqlite:////absolute/path.sqlite3 or postgresql://NAME:PASSWORD@host:5432/database "
        "(%40 for an @ in a name or password)"
    )


def examine(database: dict[str, Any]) -> None:
    """Whether PostgreSQL lets us in; raises WrongSetting with what it says."""
    if not database["ENGINE"].endswith("postgresql"):
        return
    import psycopg  # noqa: PLC0415 - who uses SQLite goes without

    options = {k: v for k, v in database["OPTIONS"].items() if k != "pool"}
    keys = {"dbname": "NAME", "user": "USER", "password": "PASSWORD"}
    keys |= {"host": "HOST", "port": "PORT"}
    told = {key: database[name] for key, name in keys.items() if database[name]}
    try:
        with psycopg.connect(**told, **options) as connection:
            encoding = connection.info.parameter_status("server_encoding")
    except psycopg.Error as error:
        raise _closed(database, str(error)) from None
    if encoding != "UTF8":
        why = f"its texts are {encoding}; make one with createdb --encoding=UTF8"
        raise _unusable(database, why)


def _closed(database: dict[str, Any], said: str) -> env.WrongSetting:
    """The last of PostgreSQL's words: it tries each address of a host in turn, and asks
    whether the server runs."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    last = [line for line in lines if not line.endswith("?")][-1]
    words = last.rpartition("FATAL:")[2].rpartition("failed: ")[2].strip()
    mend = next((mend for word, mend in _MENDS if word in words), _NOT_THERE)
    return _unusable(database, f"{words}; {mend}")


def failed(database: dict[str, Any], error: Exception) -> env.WrongSetting:
    """Of a command that the database failed: it is full, locked, cut off, or no
    database."""
    said = (str(error).strip().splitlines() or ["no reason given"])[0]
    if database["ENGINE"].endswith("postgresql"):
        return _unusable(database, f"{said}; see the server's own log")
    return env.WrongSetting(
        f"the database {str(database['NAME'])!r} cannot be used: {said}; see that the "
        "file is there, is ours to write, and that the disk is not full"
    )


def _unusable(database: dict[str, Any], why: str) -> env.WrongSetting:
    place = f"{database['HOST'] or 'this machine'}:{database['PORT']}"
    return env.WrongSetting(
        f"the database {database['NAME']!r} at {place} of {env.PREFIX}DATABASE_URL "
        f"cannot be used: {why}"
    )
