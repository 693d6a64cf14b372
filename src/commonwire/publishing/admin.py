from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from commonwire.accounts.models import Editor
from commonwire.publishing.actions import sorting
from commonwire.publishing.models import Feature, FeatureLink, Section, Site

admin.site.unregister(Group)
def _editor(request: HttpRequest) -> Editor:
    assert isinstance(request.user, Editor)  # noqa: S101 - the admin lets no others in
    return request.user


class FeatureLinks(admin.TabularInline):
    model = FeatureLink
    raw_id_fields = ("post",)
    extra = 1


@admin.register(Feature)
class FeatureAdmin(admin.ModelAdmin):
    list_display = ("headline", "featured_at", "retired_at")
    fields = ("headline", "blurb", "picture", "featured_at", "retired_at")
    raw_id_fields = ("picture",)
    inlines = (FeatureLinks,)

    def save_model(
        self, request: HttpRequest, obj: Feature, form: Any, change: Any
    ) -> None:
        sorting.save_feature(by=_editor(request), feature=obj)

    def has_delete_permission(
        self, request: HttpRequest, obj: Feature | None = None
    ) -> bool:
        return False


@admin.register(Section)
class SectionAdmin(admin.ModelAdmin):
    list_display = ("name", "kind", "slug", "position")
    prepopulated_fields: ClassVar[dict[str, Any]] = {"slug": ("name",)}

    def save_model(
        self, request: HttpRequest, obj: Section, form: Any, change: Any
    ) -> None:
        sorting.save_section(section=obj)

    def has_delete_permission(
        self, request: HttpRequest, obj: Section | None = None
    ) -> bool:
        return False


@admin.register(Site)
class SiteAdmin(admin.ModelAdmin):
    def save_model(
        self, request: HttpRequest, obj: Site, form: Any, change: Any
    ) -> None:
        sorting.save_site(site=obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Site | None = None
    ) -> bool:
        return False
