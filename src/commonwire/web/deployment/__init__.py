"""What `commonwire check` looks at: each part of the deployment in a file of its own."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import DatabaseError

from commonwire.web.deployment import (
    address,
    backups,
    database,
    editors,
    keys,
    media,
    places,
    processes,
)
from commonwire.web.deployment.findings import Findings, mend

Check = Callable[..., Findings]


def _without_database(check: Check) -> Check:
    """The same, for a database that is not there or has no tables yet: that is said
    once, and what else there is to mend is said all the same."""

    @wraps(check)
    def asked(**named: Any) -> Findings:
        try:
            return check(**named)
        except DatabaseError as error:
            if check is not database.migrations:
                return []
            what = f"The database does not answer: {error}."
            do = "See COMMONWIRE_DATABASE_URL and COMMONWIRE_DATA, then: commonwire prepare"
            return [mend("database.W009", what, do)]

    return asked


CHECKS = tuple(
    _without_database(check)
    for check in (
        *places.CHECKS,
        *keys.CHECKS,
        *address.CHECKS,
        *database.CHECKS,
        *processes.CHECKS,
        *editors.CHECKS,
        *media.CHECKS,
        *backups.CHECKS,
    )
)
