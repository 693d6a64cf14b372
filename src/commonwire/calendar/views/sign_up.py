"""`/calendar/sign-up/<post>/`: who says that they come is told the address. A proof of
work or a moment's wait stands before it, as before the contacts for the press."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commonwire.calendar import queries
from commonwire.calendar.actions import sign_ups
from commonwire.calendar.sign_up_forms import SignUpForm
from commonwire.publishing import patience
from commonwire.publishing.models import Post
from commonwire.publishing.queries import the_site
from commonwire.publishing.views.press import refusal


@csrf_exempt  # no cookie stands behind this form: there is nothing to forge
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up_page(request: HttpRequest, post_id: int) -> HttpResponse:
    post = Post.objects.filter(pk=post_id).first()
    event = queries.event_of(post) if post and (post.listed or post.raw) else None
    if post is None or event is None or not event.private_address:
        raise Http404
    form = SignUpForm(request.POST if request.method == "POST" else None)
    page: dict[str, Any] = {"post": post, "form": form, "site": the_site()}
    page["over"] = queries.is_over(event)
    if request.method == "POST" and form.is_valid() and not page["over"]:
        page["said"] = refusal(request)
        if not page["said"]:
            sign_ups.sign_up(event=event, **form.cleaned_data)
            page["address"] = event.private_address
            page["place"] = event.place
    page["opened"] = patience.form_token(timezone.now())
    wrong = request.method == "POST" and "address" not in page
    status = 422 if wrong else 200
    response = render(request, "calendar/sign_up.html", page, status=status)
    response["Cache-Control"] = "no-store"
    return response
