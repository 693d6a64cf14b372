from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class DeskSite(AdminSite):
    """Django's admin, for editors, until the desk is built."""

    site_header = _("Desk")
    site_title = _("Desk")
    index_title = _("Sort, feature and hide")


class DeskAdminConfig(AdminConfig):
    default_site = "commonwire.web.admin_site.DeskSite"
