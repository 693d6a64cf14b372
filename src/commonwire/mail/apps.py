from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from commonwire.mail.checks import DEPLOYMENT, mail_is_set_up


class MailConfig(AppConfig):
    name = "commonwire.mail"
    label = "mail"
    verbose_name = _("mail")

    def ready(self) -> None:
        register(mail_is_set_up, DEPLOYMENT, deploy=True)
