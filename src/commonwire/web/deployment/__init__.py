"""What `commonwire check` looks at: each part of the deployment in a file of its own."""

from commonwire.web.deployment import (
    address,
    database,
    editors,
    keys,
    media,
    places,
    processes,
)

CHECKS = (
    *places.CHECKS,
    *keys.CHECKS,
    *address.CHECKS,
    *database.CHECKS,
    *processes.CHECKS,
    *editors.CHECKS,
    *media.CHECKS,
)
