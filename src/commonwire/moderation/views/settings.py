"""`/desk/settings/`: the site, its sections, its rules and the words of its pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from commonwire.accounts.permissions import Permission, needs
from commonwire.kit import markup
from commonwire.moderation.actions import governing, rulebook
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.forms.settings import (
    PAGES,
    PageForm,
    RuleForm,
    SectionForm,
    SiteForm,
)
from commonwire.moderation.models import PageVersion, Rule
from commonwire.publishing import queries
from commonwire.publishing.models import Section


@needs(Permission.CHANGE_SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """What the site is called, where it is, and its switches."""
    form = SiteForm(request.POST or None, instance=queries.the_site())
    if request.method == "POST" and form.is_valid():
        site = form.save(commit=False)
        governing.save_settings(by=_editor(request), site=site, changed=_changed(form))
        return HttpResponseRedirect("/desk/settings/?said=saved")
    topics, regions = queries.sections()
    page = {"form": form, "topics": topics, "regions": regions, "pages": PAGES}
    page["saved"] = request.GET.get("said") == "saved"
    return render(request, "desk/settings.html", page, status=_status(form))


def _changed(form: SiteForm) -> list[str]:
    names = {"class_names" if n.startswith("class_") else n for n in form.changed_data}
    return sorted(names)


@needs(Permission.CHANGE_SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def section_page(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """A new section, or one to rename, move or remove."""
    section = get_object_or_404(Section, pk=pk) if pk else None
    form = SectionForm(request.POST or None, instance=section)
    refused = None
    if request.method == "POST" and section and request.POST.get("do") == "remove":
        try:
            governing.remove_section(by=_editor(request), section=section)
            return HttpResponseRedirect("/desk/settings/#sections")
        except Refused as why:
            refused = why
    elif request.method == "POST" and form.is_valid():
        made = form.save(commit=False)
        governing.save_section(by=_editor(request), section=made)
        return HttpResponseRedirect("/desk/settings/#sections")
    page = {"form": form, "section": section, "refused": refused}
    status = 422 if refused else _status(form)
    return render(request, "desk/section.html", page, status=status)


@needs(Permission.READ)
@require_http_methods(["GET", "HEAD"])
def rule_list(request: HttpRequest) -> HttpResponse:
    rulebook.begin()
    page = {
        "rules": Rule.objects.filter(retired_at=None),
        "retired": Rule.objects.exclude(retired_at=None),
    }
    return render(request, "desk/rules.html", page)


@needs(Permission.CHANGE_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def rule_page(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """A new rule, or one to change or retire. That of a retired one keeps what was typed
    while somebody else retired it."""
    rule = get_object_or_404(Rule, pk=pk) if pk else None
    form = RuleForm(request.POST or None, instance=rule)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            if rule and request.POST.get("do") == "retire":
                rule.refresh_from_db()
                rulebook.retire_rule(by=_editor(request), rule=rule, reason=reason)
            else:
                made = form.save(commit=False)
                rulebook.save_rule(by=_editor(request), rule=made, reason=reason)
            return HttpResponseRedirect("/desk/rules/")
        except Refused as refused:
            form.add_error(_field(form, refused), refused.words)
    page = {"form": form, "rule": rule}
    return render(request, "desk/rule.html", page, status=_status(form))


@needs(Permission.CHANGE_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def words_page(request: HttpRequest, name: str) -> HttpResponse:
    """The words of `/about/`, `/policy/` or `/privacy/`, with a look at them first."""
    site = queries.the_site()
    form = PageForm(request.POST or None, initial={"text": getattr(site, name)})
    preview = ""
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        if request.POST.get("do") == "save":
            try:
                reason = form.cleaned_data["reason"]
                governing.save_page(
                    by=_editor(request), name=name, text=text, reason=reason
                )
                return HttpResponseRedirect("/desk/settings/#pages")
            except Refused as refused:
                form.add_error(_field(form, refused), refused.words)
        else:
            preview = markup.render(text)
    versions = PageVersion.objects.filter(name=name).select_related("decision")
    page = {"form": form, "name": name, "preview": preview, "versions": versions[:20]}
    return render(request, "desk/words.html", page, status=_status(form))


def _field(form: Any, refused: Refused) -> str | None:
    return refused.field if refused.field in form.fields else None


def _status(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200


def _editor(request: HttpRequest) -> Any:
    return request.user
