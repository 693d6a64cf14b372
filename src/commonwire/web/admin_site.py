from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.db.models.base import ModelBase
from django.utils.translation import gettext_lazy as _


class DeskSite(AdminSite):
    """Django's admin, for editors, until the desk is built."""

    site_header = _("Desk")
    site_title = _("Desk")
    index_title = _("Sort, feature and hide")

    def register(
        self, model_or_iterable: Any, admin_class: Any = None, **options: Any
    ) -> None:
        """Tables of the newswire only: a library's own would open the credentials of
        all editors to each of them."""
        if isinstance(model_or_iterable, ModelBase):
            model_or_iterable = [model_or_iterable]
        ours = [m for m in model_or_iterable if m.__module__.startswith("commonwire.")]
        super().register(ours, admin_class, **options)


class DeskAdminConfig(AdminConfig):
    default_site = "commonwire.web.admin_site.DeskSite"
