"""What `commonwire check` says of the store."""

from typing import Any

from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Finding

from commonwire.delivery import shelf
from commonwire.env import WrongSetting


def store_is_reachable(**_asked: Any) -> list[CheckMessage]:
    bucket = shelf.the_bucket()
    if bucket is None:
        return []
    try:
        careful = bucket.examine()
    except WrongSetting as wrong:
        return [
            Error(
                str(wrong),
                hint="Pages and pictures wait until it can be written: "
                "docs/operating.md, “A bucket”.",
                id="delivery.E001",
            )
        ]
    if careful:
        return []
    return [
        Finding(
            "The server of COMMONWIRE_STORE ignores If-Match and If-None-Match.",
            hint="Let all machines share one data directory, whose locks then keep an "
            "older page from a newer one; or take a server that knows conditional "
            "writes.",
            id="delivery.W001",
        )
    ]
