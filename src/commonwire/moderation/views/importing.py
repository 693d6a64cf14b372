"""`/desk/organisations/import/`: a federation's members from a table. First what would
happen, line by line; a second button does it."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from commonwire.accounts.permissions import Permission, needs
from commonwire.calls.actions.importing import Faulty
from commonwire.calls.forms import importing
from commonwire.calls.models import Organisation
from commonwire.media.messages import Refused
from commonwire.moderation.actions import organisations as acts
from commonwire.moderation.forms.organisations import ImportForm


@needs(Permission.ORGANISE)
@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, ImportForm())
    try:
        form = ImportForm(_typed(request))
        return _answer(request, form) if form.is_valid() else _page(request, form)
    except importing.Unreadable as unreadable:
        words = unreadable.words
    except Refused as refused:  # the file, before anybody looked into it
        words = str(refused)
    form = ImportForm(request.POST)
    form.add_error("text", words)
    return _page(request, form)


def _answer(request: HttpRequest, form: ImportForm) -> HttpResponse:
    root, text = form.cleaned_data["root"], form.cleaned_data["text"]
    read = partial(importing.plan, text, root)
    if request.POST.get("do") != "import":
        return _page(request, form, plan=read())
    try:
        acts.import_under(by=_editor(request), root=root, read=read)
    except Faulty as faulty:
        return _page(request, form, plan=faulty.plan)
    return HttpResponseRedirect(f"/desk/organisations/{root.pk}/?said=changed")


def _typed(request: HttpRequest) -> dict[str, Any]:
    """The form, with what the file holds as if it had been pasted."""
    typed = request.POST.dict()
    file: Any = request.FILES.get("file")
    if file and file.size:
        path = file.keep()
        try:
            typed["text"] = importing.decoded(path.read_bytes())
        finally:
            path.unlink(missing_ok=True)
    return typed


def _page(request: HttpRequest, form: ImportForm, **page: Any) -> HttpResponse:
    plan = page.get("plan")
    status = 422 if form.errors or (plan and plan.faults) else 200
    page = {
        "form": form,
        "plan": None,
        "columns": ", ".join(importing.COLUMNS),
        "known": Organisation.objects.filter(kind="federation").order_by("name"),
        **page,
    }
    return render(request, "desk/import.html", page, status=status)


def _editor(request: HttpRequest) -> Any:
    return request.user
