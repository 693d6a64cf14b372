"""The one command. `serve` starts light, so that the process that watches the others
costs little; everything else is one of Django's management commands."""

import argparse
import logging
import os
import sys
from importlib.metadata import version
from pathlib import Path

from commonwire import databases, env
from commonwire.web.logs import PLAIN, Json

COMMANDS = {
    "serve": "run the site: everything in one command",
    "worker": "print stale pages and sweep, without serving",
    "demo": "fill an empty site with a small fictional town's newswire",
    "editor": "add an editor, or make a sign-in link",
    "token": "add an API token",
    "organisations": "add one, import a federation's members, invite a steward",
    "media": "check that files and rows agree; make renditions again",
    "check": "say what the deployment lacks, and what to do about it",
    "backup": "put the site into one file, while it runs",
    "restore": "make the site from a backup, on an empty machine",
    "export": "put the whole public site into a folder that opens from a disk",
    "manifest": "make or renew the signed manifest that mirrors follow",
    "verify": "prove that an export, a mirror or a bundle is what its site signed",
    "bundle": "put one post with its files and hashes into one zip file",
    "mirror": "make a copy of a site from its manifest, or bring one up to date",
    "log": "verify the public log, of this site or of any; show its key",
    "search": "make the index of search anew, or to its end",
    "print": "print what is stale, or --all pages",
    "version": "say which version this is",
}
_DATA = (
    "Every command takes --data DIR: the data directory, instead of COMMONWIRE_DATA."
)
_OURS = {*COMMANDS, "prepare"}  # `serve` asks for it
USAGE = 2
FAILED = 1


def main() -> None:
    """Exit codes: 0 done, 1 failed with one line why, 2 wrong usage."""
    try:
        try:
            _run()
        finally:
            sys.stdout.flush()
    except BrokenPipeError:  # whoever reads what we say has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)


def _run() -> None:
    arguments = sys.argv[1:]
    name = arguments[0] if arguments else ""
    if name in {"", "-h", "--help", "help"}:
        _say_usage()
        sys.exit(0 if name else USAGE)
    if name in {"version", "--version"}:
        sys.stdout.write(f"commonwire {version('commonwire')}\n")
        return
    os.umask(0o077)  # what we write is ours; the public tree says otherwise itself
    arguments = _without_data(arguments)
    try:
        if name == "serve":
            _serve(arguments[1:])
        else:
            _manage(arguments)
    except env.WrongSetting as error:
        if not _is_command(name):
            _refuse(name)
        sys.stderr.write(f"commonwire: {error}\n")
        sys.exit(FAILED)


def _say_usage() -> None:
    lines = "\n".join(f"  {name:15}{what}" for name, what in COMMANDS.items())
    sys.stdout.write(
        f"usage: commonwire COMMAND … [--data DIR]\n\n{lines}\n\n{_DATA}\n"
        "`commonwire COMMAND --help` says more; Django's commands work too.\n"
    )


def _without_data(arguments: list[str]) -> list[str]:
    """Every command takes `--data`; it has to be known before the settings are read."""
    parser = argparse.ArgumentParser(
        prog=f"commonwire {arguments[0]}", add_help=False, allow_abbrev=False
    )
    parser.add_argument("--data", type=_directory)
    told, others = parser.parse_known_args(arguments)
    if told.data:
        os.environ["COMMONWIRE_DATA"] = str(told.data)
    return others


def _directory(text: str) -> Path:
    path = Path(text).expanduser().resolve()
    if not text or (path.exists() and not path.is_dir()):
        raise argparse.ArgumentTypeError(f"{text!r} is no directory")
    return path


def _is_command(name: str) -> bool:
    """Ours or Django's own; for a machine whose settings cannot be read."""
    from django.core import management  # noqa: PLC0415 - `serve` goes without

    return name in _OURS or name in management.find_commands(management.__path__[0])


def _refuse(name: str) -> None:
    sys.stderr.write(f"commonwire: there is no command {name!r}\n\n")
    _say_usage()
    sys.exit(USAGE)


def _manage(arguments: list[str]) -> None:
    import django  # noqa: PLC0415 - `serve` goes without
    from django.core.management import get_commands  # noqa: PLC0415

    os.environ["DJANGO_SETTINGS_MODULE"] = "commonwire.settings"
    helps = bool({"-h", "--help"} & set(arguments))
    if helps or _needs_no_site(arguments):
        os.environ.setdefault("COMMONWIRE_SECRET_KEY", "without a site, no secret" * 2)
    elif arguments[0] == "demo":
        env.make_data_directory(env.data_directory())
    django.setup()
    if arguments[0] not in get_commands():
        _refuse(arguments[0])
    try:
        _execute(arguments, asks=not helps and not _needs_no_site(arguments))
    finally:
        if helps:
            sys.stdout.write(f"\n{_DATA}\n")


def _execute(arguments: list[str], *, asks: bool) -> None:
    """``asks``: the database, which is looked for first."""
    from django.conf import settings  # noqa: PLC0415 - `serve` goes without
    from django.core.management import execute_from_command_line  # noqa: PLC0415
    from django.db import DatabaseError, OperationalError  # noqa: PLC0415

    database = settings.DATABASES["default"]
    if asks:
        databases.examine(database)
    try:
        execute_from_command_line(["commonwire", *_unchecked(arguments)])
    except OperationalError as error:
        raise databases.failed(database, error) from error
    except DatabaseError as error:
        if type(error) is not DatabaseError:
            raise  # a fault of ours, whose trace is wanted
        raise databases.failed(database, error) from error


def _unchecked(arguments: list[str]) -> list[str]:
    """Declarations were checked when they were written. To read all addresses for it at
    each start costs half a second, and in the worker 35 MB for good."""
    name, *rest = arguments
    ours = name in _OURS and name != "check"
    return [name, "--skip-checks", *rest] if ours else arguments


def _needs_no_site(arguments: list[str]) -> bool:
    """Who verifies or mirrors has a copy, and no site; who restores has none yet."""
    has_site = (env.data_directory() / "secret_key").is_file()
    return arguments[0] in {"log", "restore", "verify", "mirror"} and not has_site


def _serve(arguments: list[str]) -> None:
    from commonwire.web.serve import serve  # noqa: PLC0415 - Granian is for this command

    parser = argparse.ArgumentParser(prog="commonwire serve", epilog=_DATA)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=_port, default=8000)
    parser.add_argument(
        "--without-worker",
        action="store_true",
        help="only serve; `commonwire worker` runs beside it, once or more often",
    )
    options = parser.parse_args(arguments)
    os.environ.setdefault(
        "COMMONWIRE_SITE_URL", f"http://{_shown(options.host)}:{options.port}"
    )
    env.site_url()
    lines = logging.StreamHandler()
    is_json = env.log_form() == "json"
    lines.setFormatter(Json() if is_json else logging.Formatter(PLAIN))
    logging.basicConfig(level=logging.INFO, handlers=[lines])
    sys.exit(serve(options.host, options.port, works=not options.without_worker))


def _port(text: str) -> int:
    number = int(text)
    if not 0 < number < 2**16:
        raise argparse.ArgumentTypeError(f"{number} is no port; write one below 65536")
    return number


def _shown(host: str) -> str:
    """How the address that is listened on is written in a link."""
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
