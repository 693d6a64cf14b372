"""Whether what is here could be lost."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from commonwire.publishing.models import Post
from commonwire.rescue import known
from commonwire.web.deployment.findings import Findings, mend

OLDEST = timedelta(days=7)
_DO = (
    "Run: commonwire backup FILE, and keep the file on another machine; "
    "deploy/systemd/commonwire-backup.timer does it each night."
)


def backup(**_asked: Any) -> Findings:
    """A site without a post has nothing to lose yet."""
    last = known.last_kept(Path(settings.DATA_DIR) / known.FOLDER)
    if last is None:
        if not Post.everything.exists():
            return []
        what = "There has never been a backup of this site on this machine."
        return [mend("backups.W001", what, _DO)]
    age = timezone.now() - last
    if age <= OLDEST:
        return []
    what = f"The last backup is {age.days} days old: of {last:%Y-%m-%d %H:%M} UTC."
    return [mend("backups.W002", what, _DO)]


CHECKS = (backup,)
