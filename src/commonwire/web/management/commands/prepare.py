import contextlib
import fcntl
import functools
import hashlib
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.management.commands import collectstatic
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from commonwire.accounts.actions import add_editor, make_sign_in_link
from commonwire.accounts.models import Editor
from commonwire.changes import home, locks
from commonwire.delivery import pages, shelf
from commonwire.delivery.printing import print_page
from commonwire.delivery.tree import Tree, the_tree
from commonwire.moderation.actions import rulebook
from commonwire.publishing.queries import the_site
from commonwire.web.assets import compress_assets
from commonwire.web.deployment.database import unknown

FIRST_EDITOR = "editor"


class Command(BaseCommand):
    help = "Bring the database and the public tree up to this version; make what is missing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--new-home",
            action="store_true",
            help="the data directory of this database is lost: go on with this one",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with alone(settings.DATA_DIR):
            self._prepare(new_home=options["new_home"])

    def _prepare(self, *, new_home: bool) -> None:
        if newer := unknown():
            raise CommandError(
                f"this database was made by a newer version ({', '.join(newer[:3])} is "
                "not known here); install that version again, or restore the backup "
                "from before it"
            )
        if bucket := shelf.the_bucket():
            bucket.examine()
        call_command("migrate", verbosity=0, interactive=False)
        try:
            home.settle(settings.DATA_DIR, anew=new_home)
        except home.AnotherHome as error:
            raise CommandError(str(error)) from error
        the_site()
        rulebook.begin()
        the_tree().prepare()
        self._forget_old_pages()
        if not Editor.objects.exists():
            editor = add_editor(name=FIRST_EDITOR, steward=True)
            link = settings.SITE_URL + make_sign_in_link(editor=editor)
            self.stdout.write(
                f"The first editor signs in once, within two days, at\n  {link}"
            )

    def _forget_old_pages(self) -> None:
        """After an upgrade no page of the old templates may stay."""
        stamp = settings.DATA_DIR / "printed-by"
        wanted = _fingerprint()
        if stamp.exists() and stamp.read_text() == wanted:
            return
        self._collect_assets()
        shelf.put_assets(Path(settings.STATIC_ROOT))
        shelf.note_all()
        the_tree().forget_pages()
        if settings.BUCKET:  # and those on the disk, from before the site moved there
            Tree(settings.PUBLIC_DIR, the_tree().locks).forget_pages()
        for family in pages.CATALOGUE:
            if type(family).__name__ in {"Front", "Errors", "Robots", "Checkpoint"}:
                for path in family.every():
                    print_page(path)
        stamp.write_text(wanted)

    def _collect_assets(self) -> None:
        """Once a version: to compress them takes seconds."""
        stamp, root = settings.DATA_DIR / "assets-of", Path(settings.STATIC_ROOT)
        wanted = f"{_fingerprint_of_code()} {os.path.relpath(root, settings.DATA_DIR)}"
        are_there = (root / ManifestStaticFilesStorage.manifest_name).exists()
        if are_there and stamp.exists() and stamp.read_text() == wanted:
            return
        call_command(
            collectstatic.Command(),
            verbosity=0,
            interactive=False,
            stdout=io.StringIO(),
        )
        compress_assets(root)
        stamp.write_text(wanted)


@contextlib.contextmanager
def alone(directory: Path) -> Iterator[None]:
    """Whoever else prepares the same site waits, here or on another machine: two who
    migrate at once would make tables again that the first has changed since."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        with locks.held(locks.PREPARING):
            yield
    finally:
        os.close(descriptor)


def _fingerprint() -> str:
    """Of everything that decides how pages look, of the address they name, and of where
    they are."""
    store = settings.BUCKET or settings.PUBLIC_DIR
    told = f"{settings.SITE_URL} {store} {_fingerprint_of_code()}"
    return hashlib.sha256(told.encode()).hexdigest()


@functools.cache
def _fingerprint_of_code() -> str:
    digest = hashlib.sha256()
    root = Path(apps.get_app_config("web").path).parent
    for file in sorted(root.rglob("*")):
        if file.suffix in {".py", ".html", ".css", ".js", ".txt", ".svg"}:
            digest.update(file.read_bytes())
    return digest.hexdigest()
