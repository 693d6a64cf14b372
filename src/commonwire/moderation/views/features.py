"""`/desk/features/`: the editors' items on the front page and on those of sections."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from commonwire.accounts.permissions import Permission, needs
from commonwire.kit.numbers import row_numbers
from commonwire.kit.seen import Overtaken
from commonwire.moderation.actions import featuring
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.forms.features import FeatureForm, typed_for, typed_of
from commonwire.publishing import queries
from commonwire.publishing.actions.featuring import mark_of
from commonwire.publishing.models import Feature, Post
from commonwire.publishing.preview import FeaturePreview

_PAST_SHOWN = 30


@needs(Permission.FEATURE)
@require_http_methods(["GET", "HEAD"])
def feature_list(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    page = {
        "live": list(queries.live_features(now)),
        "coming": Feature.objects.filter(featured_at__gt=now).order_by("featured_at"),
        "past": Feature.objects.filter(retired_at__lte=now)[:_PAST_SHOWN],
    }
    return render(request, "desk/features.html", page)


@needs(Permission.FEATURE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_feature(request: HttpRequest) -> HttpResponse:
    return _form(request, None, _begun(request))


@needs(Permission.FEATURE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_feature(request: HttpRequest, pk: int) -> HttpResponse:
    feature = get_object_or_404(Feature, pk=pk)
    return _form(request, feature, typed_of(feature))


@needs(Permission.FEATURE)
@require_POST
def move_feature(request: HttpRequest, pk: int) -> HttpResponse:
    """Up or down by one, among those that are shown."""
    feature = get_object_or_404(Feature, pk=pk)
    down = request.POST.get("to") == "down"
    featuring.move(by=_editor(request), feature=feature, down=down)
    return HttpResponseRedirect(f"/desk/features/#feature-{pk}")


@needs(Permission.FEATURE)
@require_POST
def switch_feature(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a feature down, or put it back."""
    feature = get_object_or_404(Feature, pk=pk)
    reason = request.POST.get("reason", "")
    act = (
        featuring.put_back if request.POST.get("do") == "back" else featuring.take_down
    )
    try:
        act(by=_editor(request), feature=feature, reason=reason)
    except Refused as refused:
        page = {"refused": refused, "feature": feature, "reason": reason}
        return render(request, "desk/feature_refused.html", page, status=422)
    return HttpResponseRedirect("/desk/features/")


def _form(
    request: HttpRequest, feature: Feature | None, typed: dict[str, Any]
) -> HttpResponse:
    """Look at it first, or save it."""
    if request.method != "POST":
        seen = mark_of(feature) if feature else ""
        return _page(request, FeatureForm(initial=typed), feature, seen=seen)
    form = FeatureForm(request.POST)
    if not form.is_valid():
        return _page(request, form, feature, status=422)
    if request.POST.get("do") != "save":
        return _page(request, form, feature, preview=FeaturePreview(form.content))
    try:
        featuring.put_feature(
            by=_editor(request),
            content=form.content,
            feature=feature,
            reason=form.cleaned_data["reason"],
            seen=request.POST.get("seen", ""),
        )
    except Overtaken:
        return _overtaken(
            request, form, get_object_or_404(Feature, pk=feature and feature.pk)
        )
    except Refused as refused:
        form.add_error(refused.field, refused.words)
        return _page(request, form, feature, status=422)
    return HttpResponseRedirect("/desk/features/")


def _overtaken(
    request: HttpRequest, form: FeatureForm, feature: Feature
) -> HttpResponse:
    """Another editor was faster: what they saved beside what was typed, which is kept."""
    theirs = form.differences_from(typed_of(feature))
    seen = mark_of(feature)
    return _page(request, form, feature, theirs=theirs, seen=seen, status=422)


def _begun(request: HttpRequest) -> dict[str, Any]:
    asked = row_numbers([request.GET.get("post", "")])
    post = Post.objects.filter(pk__in=asked).first()
    return typed_for(post) if post else {"on_front": True}


def _page(
    request: HttpRequest,
    form: FeatureForm,
    feature: Feature | None,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    page: dict[str, Any] = {
        "form": form,
        "feature": feature,
        "preview": None,
        "theirs": None,
        **more,
    }
    page.setdefault("seen", request.POST.get("seen", ""))
    return render(request, "desk/feature.html", page, status=status)


def _editor(request: HttpRequest) -> Any:
    return request.user
