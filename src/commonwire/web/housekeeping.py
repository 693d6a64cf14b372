"""What is to be forgotten, and when: run by the worker."""

from django.db import connection
from django.utils import timezone

from commonwire.accounts.actions import sweep_links, sweep_sessions
from commonwire.calendar.actions import sign_ups
from commonwire.calls.actions import endorsing, pledging, stewards
from commonwire.calls.actions.telling import tell_met
from commonwire.calls.actions.telling_endorsers import tell_endorsers
from commonwire.changes import cursors, running
from commonwire.delivery.printing import print_due
from commonwire.delivery.tree import the_tree
from commonwire.mail.actions import sweep_mail
from commonwire.media import actions as media
from commonwire.media.models import Attachment
from commonwire.moderation.actions import floods, heaps
from commonwire.moderation.actions.arrivals import forget_old
from commonwire.moderation.actions.flagging import wipe_notes
from commonwire.moderation.actions.lapsing import lapse_hidings
from commonwire.moderation.actions.looking import forget_presences
from commonwire.moderation.actions.talking import wipe_lines
from commonwire.publishing.actions.drafts import sweep_drafts
from commonwire.publishing.actions.nonces import sweep_nonces
from commonwire.publishing.actions.sources import wipe_counts
from commonwire.publishing.actions.uploads import sweep_uploads
from commonwire.publishing.actions.wiping import wipe_contacts


def keep_house() -> None:
    sweep_drafts()
    sweep_uploads()
    sweep_nonces()
    sweep_mail()
    pledging.wipe_pledges()
    endorsing.wipe_addresses()
    wipe_contacts()
    wipe_counts()
    sign_ups.wipe_old()
    sweep_links()
    stewards.sweep_links()
    sweep_sessions()
    wipe_lines()
    wipe_notes()
    forget_presences()
    lapse_hidings()
    forget_old()
    unplaced = Attachment.objects.filter(placement=None, logo_of=None)
    media.sweep(now=timezone.now(), unplaced=unplaced)
    print_due(timezone.now())
    the_tree().sweep()
    cursors.prune()
    running.forget_old()
    empty_the_log()


def tend() -> None:
    """What is looked after every few seconds."""
    floods.end_when_over()
    heaps.tend()
    tell_met()
    tell_endorsers()


def empty_the_log() -> None:
    """SQLite's write-ahead log keeps old pages, wiped words among them, until they are
    overwritten."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
