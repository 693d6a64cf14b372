"""The log's own key: made on the first run, in the data directory, and never shown."""

import base64

from django.conf import settings

from commonwire import env
from commonwire.moderation.log.notes import Signer


def origin() -> str:
    """The log's name: its address without the scheme."""
    return str(settings.SITE_URL).partition("://")[2] + "/log"


def the_signer() -> Signer:
    told = env.log_key(settings.DATA_DIR)
    return Signer(origin(), base64.b64decode(told))
