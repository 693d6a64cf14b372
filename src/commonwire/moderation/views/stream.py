"""The desk's first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonwire.accounts.permissions import Permission, needs


@needs(Permission.READ)
@require_safe
def stream(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/stream.html")
