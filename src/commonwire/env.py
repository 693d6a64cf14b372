"""Settings from the environment, prefix COMMONWIRE_, refused with a clear line when wrong.

Reads variables only; nothing here needs Django, so the command line can ask before it
starts anything.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

PREFIX = "COMMONWIRE_"


class WrongSetting(ValueError):
    """A variable's value cannot be used; the message names it and the mend."""


def text(name: str, default: str = "") -> str:
    return os.environ.get(PREFIX + name, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    value = text(name).lower()
    if value in {"", "0", "no", "false", "off"}:
        return default if value == "" else False
    if value in {"1", "yes", "true", "on"}:
        return True
    raise WrongSetting(f"{PREFIX}{name} is {value!r}; write 1 or 0.")


def data_directory() -> Path:
    return Path(text("DATA", "data")).expanduser().resolve()


def site_url() -> str:
    value = text("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise WrongSetting(
            f"{PREFIX}SITE_URL is {value!r}; write the site's address without a path, "
            "such as https://news.example.org"
        )
    return value


def time_zone() -> str:
    value = text("TIME_ZONE", "UTC")
    if value not in available_timezones():
        raise WrongSetting(
            f"{PREFIX}TIME_ZONE is {value!r}; write a name such as America/Chicago"
        )
    return ZoneInfo(value).key


def database_path(data: Path) -> Path:
    """The SQLite file; PostgreSQL comes with a later version."""
    url = text("DATABASE_URL")
    if not url:
        return data / "commonwire.sqlite3"
    parts = urlsplit(url)
    if parts.scheme != "sqlite" or not parts.path:
        raise WrongSetting(
            f"{PREFIX}DATABASE_URL is {url!r}; this version knows sqlite:////a/path only"
        )
    return Path(parts.path.removeprefix("/") if parts.netloc == "" and parts.path.startswith("//") else parts.path)
