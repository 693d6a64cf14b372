from django.apps import AppConfig
from django.core.checks import register


class WebConfig(AppConfig):
    name = "commonwire.web"

    def ready(self) -> None:
        """What `commonwire check` looks at, beside what other packages register."""
        # The checks read models of other packages.
        from commonwire.mail.checks import DEPLOYMENT  # noqa: PLC0415
        from commonwire.web import deployment  # noqa: PLC0415

        for check in deployment.CHECKS:
            register(check, DEPLOYMENT, deploy=True)
