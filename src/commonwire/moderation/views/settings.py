"""`/desk/settings/`: the site, its sections, its rules and the words of its pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from commonwire.accounts.permissions import Permission, needs
from commonwire.kit import markup
from commonwire.kit.seen import Overtaken
from commonwire.moderation.actions import governing, rulebook
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.forms.settings import (
    PAGES,
    PageForm,
    RuleForm,
    SectionForm,
    SiteForm,
)
from commonwire.moderation.forms.standing import differences
from commonwire.moderation.models import PageVersion, Rule
from commonwire.publishing import queries
from commonwire.publishing.models import Section, Site


@needs(Permission.CHANGE_SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """What the site is called, where it is, and its switches."""
    site = queries.the_site()
    page = _opened(request, governing.mark_of_settings(site))
    form = SiteForm(request.POST or None, instance=site)
    if request.method == "POST" and form.is_valid():
        try:
            governing.save_settings(
                by=_editor(request),
                site=form.save(commit=False),
                changed=_changed(form),
                seen=page["seen"],
            )
            return HttpResponseRedirect("/desk/settings/?said=saved")
        except Overtaken:
            now = Site.objects.get(pk=site.pk)
            mark = governing.mark_of_settings(now)
            page |= _overtaken(form, SiteForm(instance=now), mark)
    topics, regions = queries.sections()
    page |= {"form": form, "topics": topics, "regions": regions, "pages": PAGES}
    page["saved"] = request.GET.get("said") == "saved"
    return render(request, "desk/settings.html", page, status=_status(form, page))


def _opened(request: HttpRequest, mark: str) -> dict[str, Any]:
    """On which state of a thing its form was opened."""
    sent = request.method == "POST"
    return {"seen": request.POST.get("seen", "") if sent else mark, "theirs": None}


def _overtaken(form: Any, standing: Any, mark: str) -> dict[str, Any]:
    """Another steward was faster: what they saved beside what was typed, which is kept;
    who sends it again has seen it."""
    return {"seen": mark, "theirs": differences(form, standing)}


def _changed(form: SiteForm) -> list[str]:
    names = {"class_names" if n.startswith("class_") else n for n in form.changed_data}
    return sorted(names)


@needs(Permission.CHANGE_SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def section_page(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """A new section, or one to rename, move or remove."""
    section = get_object_or_404(Section, pk=pk) if pk else None
    page = _opened(request, governing.mark_of_section(section) if section else "")
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
        try:
            governing.save_section(by=_editor(request), section=made, seen=page["seen"])
            return HttpResponseRedirect("/desk/settings/#sections")
        except Overtaken:
            now = get_object_or_404(Section, pk=pk)
            mark = governing.mark_of_section(now)
            page |= _overtaken(form, SectionForm(instance=now), mark)
    page |= {"form": form, "section": section, "refused": refused}
    status = 422 if refused else _status(form, page)
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
    page = _opened(request, rulebook.mark_of(rule) if rule else "")
    form = RuleForm(request.POST or None, instance=rule)
    if request.method == "POST" and form.is_valid():
        try:
            _change_rule(request, form, rule, page["seen"])
            return HttpResponseRedirect("/desk/rules/")
        except Refused as refused:
            form.add_error(_field(form, refused), refused.words)
        except Overtaken:
            rule = get_object_or_404(Rule, pk=pk)
            page |= _overtaken(form, RuleForm(instance=rule), rulebook.mark_of(rule))
    page |= {"form": form, "rule": rule}
    return render(request, "desk/rule.html", page, status=_status(form, page))


def _change_rule(
    request: HttpRequest, form: RuleForm, rule: Rule | None, seen: str
) -> None:
    by, reason = _editor(request), form.cleaned_data["reason"]
    if rule and request.POST.get("do") == "retire":
        rule.refresh_from_db()
        rulebook.retire_rule(by=by, rule=rule, reason=reason)
    else:
        made = form.save(commit=False)
        rulebook.save_rule(by=by, rule=made, reason=reason, seen=seen)


@needs(Permission.CHANGE_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def words_page(request: HttpRequest, name: str) -> HttpResponse:
    """The words of `/about/`, `/policy/` or `/privacy/`, with a look at them first."""
    site = queries.the_site()
    page = _opened(request, governing.mark_of_page(site, name))
    form = PageForm(request.POST or None, initial={"text": getattr(site, name)})
    page |= {"form": form, "name": name, "preview": ""}
    if request.method == "POST" and form.is_valid():
        if request.POST.get("do") != "save":
            page["preview"] = markup.render(form.cleaned_data["text"])
        elif _save_words(request, form, page):
            return HttpResponseRedirect("/desk/settings/#pages")
    versions = PageVersion.objects.filter(name=name).select_related("decision")
    page["versions"] = versions[:20]
    return render(request, "desk/words.html", page, status=_status(form, page))


def _save_words(request: HttpRequest, form: PageForm, page: dict[str, Any]) -> bool:
    """False when it cannot be done; the page says why."""
    try:
        governing.save_page(
            by=_editor(request),
            name=page["name"],
            seen=page["seen"],
            **form.cleaned_data,
        )
    except Refused as refused:
        form.add_error(_field(form, refused), refused.words)
    except Overtaken:
        now = Site.objects.get()
        standing = PageForm(initial={"text": getattr(now, page["name"])})
        page |= _overtaken(form, standing, governing.mark_of_page(now, page["name"]))
    else:
        return True
    return False


def _field(form: Any, refused: Refused) -> str | None:
    return refused.field if refused.field in form.fields else None


def _status(form: Any, page: dict[str, Any]) -> int:
    wrong = (form.is_bound and form.errors) or page["theirs"] is not None
    return 422 if wrong else 200


def _editor(request: HttpRequest) -> Any:
    return request.user
