"""The desk's first page: what there is to do, most urgent first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonwire.accounts.middleware import editor_of
from commonwire.accounts.permissions import Permission, needs
from commonwire.moderation.views.sheets import page_of, sheet_at


@needs(Permission.READ)
@require_safe
def stream(request: HttpRequest) -> HttpResponse:
    sheet = sheet_at(request.get_full_path(), editor_of(request))
    return render(request, "desk/stream.html", page_of(sheet))
