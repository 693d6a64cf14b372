from django.apps import AppConfig
from django.conf import settings
from django.core.checks import register

from commonwire.mail.checks import DEPLOYMENT


class DeliveryConfig(AppConfig):
    name = "commonwire.delivery"

    def ready(self) -> None:
        """A wrong name of the hook is said at the start, not at the first removal."""
        from commonwire.delivery import (  # noqa: PLC0415 - when apps are there
            checks,
            purging,
        )

        purging.hook(settings.PURGE_HOOK)
        register(checks.store_is_reachable, DEPLOYMENT, deploy=True)
