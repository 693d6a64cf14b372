"""What must stay secret, and be there."""

from pathlib import Path
from typing import Any

from django.conf import settings

from commonwire import env
from commonwire.web.deployment.findings import Findings, mend

# Fewer different letters than this are no chance but somebody's typing.
_DIFFERENT = 12


def secret_key(**_asked: Any) -> Findings:
    key = settings.SECRET_KEY
    if len(set(key)) >= _DIFFERENT and "insecure" not in key:
        return []
    return [
        mend(
            "keys.W001",
            "The secret key can be guessed.",
            "Take COMMONWIRE_SECRET_KEY out, and one is made in the data directory. "
            "Authors' keys and editors' codes made with the old one end with it.",
        )
    ]


def debug(**_asked: Any) -> Findings:
    if not settings.DEBUG:
        return []
    return [
        mend(
            "keys.W002",
            "Errors are shown with everything that a request held.",
            "Set DEBUG to False.",
        )
    ]


def log_key(**_asked: Any) -> Findings:
    path = Path(settings.DATA_DIR) / "log_key"
    try:
        if len(path.read_text(encoding="ascii").strip()) > 0:
            return []
        why = "it is empty"
    except FileNotFoundError:
        why = "it is not there"
    except (OSError, UnicodeDecodeError) as error:
        why = str(error)
    return [
        mend(
            "keys.W003",
            f"The public log cannot be signed with {path}: {why}.",
            "Bring it back from a backup: with another key, who verifies the log sees a "
            "break.",
        )
    ]


def metrics(**_asked: Any) -> Findings:
    shared = settings.METRICS == settings.SECRET_KEY
    if not settings.METRICS or settings.METRICS == env.LOOPBACK or not shared:
        return []
    return [
        mend(
            "keys.W004",
            "The token of /metrics is the site's secret key.",
            "Give COMMONWIRE_METRICS a token of its own.",
        )
    ]


CHECKS = (secret_key, debug, log_key, metrics)
