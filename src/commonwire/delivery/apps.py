from django.apps import AppConfig
from django.conf import settings


class DeliveryConfig(AppConfig):
    name = "commonwire.delivery"

    def ready(self) -> None:
        """A wrong name of the hook is said at the start, not at the first removal."""
        from commonwire.delivery import purging  # noqa: PLC0415 - when apps are there

        purging.hook(settings.PURGE_HOOK)
