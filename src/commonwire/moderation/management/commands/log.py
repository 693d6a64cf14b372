import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from commonwire import env
from commonwire.kit.bucket import Bucket
from commonwire.moderation.log import notes, stored, verifying
from commonwire.moderation.log.checkpoints import Checkpoint
from commonwire.moderation.log.keys import the_signer
from commonwire.moderation.log.notes import BadNote, Verifier
from commonwire.moderation.log.sources import Directory, First, Source, Stored, Web
from commonwire.moderation.log.verifying import Unverifiable, Verdict

MOST_SAID = 20
USAGE = 2


class Command(BaseCommand):
    help = "Verify the public log, or show the key that it is signed with."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verify = verbs.add_parser(
            "verify", help="prove that nothing in a log was changed or removed"
        )
        verify.add_argument(
            "place",
            nargs="?",
            metavar="URL|DIR",
            help="a site or a copy of its public files (default: this site)",
        )
        verify.add_argument(
            "--since",
            metavar="CHECKPOINT",
            help="a checkpoint that was kept: what it was signed for is still there",
        )
        verify.add_argument(
            "--key",
            metavar="KEY",
            help="the log's key, from somewhere else (default: its own /log/key)",
        )
        verify.add_argument(
            "--entries-only",
            action="store_true",
            help="do not look at decisions' own files, nor at pages and feeds",
        )
        verbs.add_parser("key", help="show the key of this site's log")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "key":
            _check_site()
            self.stdout.write(str(the_signer().verifier))
            return
        try:
            self._verify(options)
        except Unverifiable as error:
            raise CommandError(str(error)) from error

    def _verify(self, options: dict[str, Any]) -> None:
        given = _key(options["key"]) if options["key"] else None
        if options["place"] is None:
            _check_site()
            source: Source = First(_printed(), stored.Database())
            verifier = given or the_signer().verifier
        else:
            source = _source(options["place"])
            verifier = given or verifying.published_key(source)
        since = _earlier(options["since"], verifier) if options["since"] else None
        faults = [] if options["place"] else self._database_faults(verifier)
        verdict = self._run(
            source, verifier, since=since, decisions=not options["entries_only"]
        )
        self._conclude(verdict, [*faults, *verdict.faults])
        self._say_what_holds(verdict, since)
        if options["place"] and not given:
            self.stdout.write(
                "its key is the one it names itself; compare it with the one you know, "
                f"or say --key:\n  {verifier}"
            )

    def _database_faults(self, verifier: Verifier) -> list[str]:
        """Where the database is not what the printed checkpoint was signed for."""
        try:
            printed = verifying.current(_printed(), verifier)
        except (BadNote, Unverifiable):
            printed = None  # nothing is printed; or what is, is verified next
        verdict = self._run(
            stored.Database(), the_signer().verifier, since=printed, decisions=False
        )
        faults = [*verdict.faults, *stored.decision_faults()]
        return [f"in the database: {fault}" for fault in faults]

    def _run(
        self,
        source: Source,
        verifier: Verifier,
        *,
        since: Checkpoint | None,
        decisions: bool,
    ) -> Verdict:
        with tqdm(unit="entry", disable=None, file=sys.stderr) as bar:
            return verifying.verify(
                source,
                verifier,
                since=since,
                decisions=decisions,
                total=bar.reset,
                beat=bar.update,
            )

    def _conclude(self, verdict: Verdict, faults: list[str]) -> None:
        for fault in faults[:MOST_SAID]:
            self.stdout.write(fault)
        if len(faults) > MOST_SAID:
            self.stdout.write(f"and {len(faults) - MOST_SAID:,} more")
        if faults:
            raise CommandError(f"this log is wrong: {_count(len(faults), 'fault')}")

    def _say_what_holds(self, verdict: Verdict, since: Checkpoint | None) -> None:
        head = verdict.checkpoint
        if head is None:
            return
        self.stdout.write(
            f"{head.origin}: {verdict.entries:,} entries, all in the signed tree"
        )
        if since:
            self.stdout.write(f"the first {since.size:,} are those of {since.origin}")
        if verdict.decisions:
            self.stdout.write(
                f"the files of {_count(verdict.decisions, 'decision')} agree with it, "
                f"their reasons too; removed: {_count(verdict.removed, 'reason')}"
            )
        if verdict.decisions and verdict.absent:
            self.stdout.write(_not_here(verdict.absent))
        if verdict.pages:
            self.stdout.write(
                f"{_count(verdict.pages, 'page')}, lists and feeds show what it says"
            )


def _not_here(numbers: list[int]) -> str:
    """A site prints a decision's file when it is asked for: a copy need not have all, but
    a reason that somebody took away is not passed over."""
    named = ", ".join(map(str, numbers[:MOST_SAID]))
    more = len(numbers) - MOST_SAID
    named += f" and {more:,} more" if more > 0 else ""
    return f"not printed here, and not compared: decision.json of {named}"


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _check_site() -> None:
    if not env.has_log_key(settings.DATA_DIR):
        raise CommandError(
            f"there is no site in {settings.DATA_DIR}; name the log to verify: an "
            "address or a directory",
            returncode=USAGE,
        )


def _key(line: str) -> Verifier:
    try:
        return notes.parse_verifier(line)
    except BadNote as error:
        raise CommandError(f"--key: {error}", returncode=USAGE) from error


def _source(place: str) -> Source:
    if "://" in place:
        try:
            return Web(place)
        except ValueError as error:
            raise CommandError(str(error), returncode=USAGE) from error
    if not Path(place).is_dir():
        raise CommandError(f"{place} is no directory", returncode=USAGE)
    return Directory.at(Path(place))


def _earlier(file: str, verifier: Verifier) -> Checkpoint:
    try:
        note = Path(file).read_bytes()
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}", returncode=USAGE) from error
    try:
        return verifying.read_earlier(note, verifier)
    except BadNote as error:
        raise CommandError(f"{file}: {error}") from error


def _printed() -> Source:
    """This site's own tree."""
    if settings.BUCKET:
        return Stored(Bucket(settings.BUCKET))
    return Directory(settings.PUBLIC_DIR)
