from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commonwire.accounts.models import Editor
from commonwire.publishing.actions import sorting
from commonwire.publishing.models import Feature, FeatureLink, Post, Section, Site
from commonwire.publishing.screening import words_of
from commonwire.publishing.states import WireClass

admin.site.unregister(Group)
# What an editor may see of a post, and nothing of it may they rewrite here.
_SHOWN = (
    "title",
    "byline",
    "kind",
    "summary",
    "body",
    "related_url",
    "contact",
    "language",
    "published_at",
    "wire_class",
    "waiting_since",
    "waiting_because",
    "withdrawn_at",
)


def _editor(request: HttpRequest) -> Editor:
    assert isinstance(request.user, Editor)  # noqa: S101 - the admin lets no others in
    return request.user


def _sorting(wire_class: WireClass, words: Any) -> Any:
    @admin.action(description=words)
    def act(model_admin: Any, request: HttpRequest, posts: QuerySet[Post]) -> None:
        for post in posts:
            sorting.sort(post=post, wire_class=wire_class)
        _tell(request, posts.count())

    act.__name__ = f"sort_{wire_class}"
    return act


def _tell(request: HttpRequest, count: int) -> None:
    words = ngettext("%(count)s post changed.", "%(count)s posts changed.", count)
    messages.success(request, words % {"count": count})


@admin.action(description=gettext_lazy("List what was waiting"))
def release(model_admin: Any, request: HttpRequest, posts: QuerySet[Post]) -> None:
    for post in posts:
        sorting.release(post=post)
    _tell(request, posts.count())


@admin.action(description=gettext_lazy("Feature on the front page"))
def feature(model_admin: Any, request: HttpRequest, posts: QuerySet[Post]) -> None:
    for post in posts.filter(listed=True):
        sorting.feature(
            by=_editor(request), headline=post.title, blurb=post.summary, posts=[post]
        )
    _tell(request, posts.count())


@admin.register(Post)
class PostAdmin(admin.ModelAdmin):
    list_display = ("title", "byline", "wire_class", "state", "published_at", "page")
    list_filter = ("wire_class", "kind", "listed")
    search_fields = ("title", "byline")
    show_full_result_count = False
    fields = _SHOWN
    readonly_fields = _SHOWN
    ordering = ("-published_at",)
    actions = [
        _sorting(WireClass.LOCAL, gettext_lazy("Sort as local")),
        _sorting(WireClass.GLOBAL, gettext_lazy("Sort as global")),
        _sorting(WireClass.OTHER, gettext_lazy("Sort as other")),
        _sorting(WireClass.UNSORTED, gettext_lazy("Back to the new ones (unhides)")),
        _sorting(WireClass.HIDDEN, gettext_lazy("Hide")),
        release,
        feature,
    ]

    @admin.display(description=gettext_lazy("state"))
    def state(self, post: Post) -> str:
        if post.withdrawn_at:
            return _("withdrawn")
        if post.waiting_since:
            return _("waiting: %s") % ", ".join(words_of(post.waiting_because))
        return _("listed") if post.listed else _("hidden")

    @admin.display(description=gettext_lazy("page"))
    def page(self, post: Post) -> str:
        return format_html('<a href="{}">{}</a>', post.path, _("read"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Post | None = None
    ) -> bool:
        return False


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
