"""`/desk/screening/`: what editors want to look at before it is listed."""

from typing import Any

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from commonwire.accounts.middleware import editor_of
from commonwire.accounts.permissions import Permission, needs
from commonwire.kit.seen import Overtaken
from commonwire.moderation import queries, trying
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.actions.screening_rules import mark_of, save_screening_rule
from commonwire.moderation.forms.screening import ScreeningRuleForm
from commonwire.moderation.forms.standing import differences
from commonwire.moderation.models import Decision, Heap, ScreeningRule
from commonwire.moderation.sentences import teller
from commonwire.moderation.states import Act
from commonwire.moderation.views.sheets import done_of
from commonwire.publishing.views.see_other import SeeOther

TRY, ON, OFF = "try", "on", "off"
MOST_TOLD = 20


@needs(Permission.SCREEN)
@require_safe
def screening_list(request: HttpRequest) -> HttpResponse:
    rules = list(ScreeningRule.objects.select_related("rule").order_by("-active", "pk"))
    held = _held(rules)
    page = {
        "screening_rules": [(rule, held.get(rule.code, 0)) for rule in rules],
        "done": done_of(request.GET.get("done", ""), editor_of(request)),
        "tell": teller(),
    }
    return render(request, "desk/screening.html", page)


def _held(rules: list[ScreeningRule]) -> dict[str, int]:
    """How many posts each has let wait, by its code."""
    heaps = Heap.objects.filter(code__in=[rule.code for rule in rules])
    return dict(heaps.values_list("code").annotate(Sum("posts")))


@needs(Permission.SCREEN)
@require_http_methods(["GET", "HEAD", "POST"])
def screening_page(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """A new rule, or one to change: tried first, then switched on."""
    rule = get_object_or_404(ScreeningRule, pk=pk) if pk else None
    page = _standing(rule)
    if request.method == "POST":
        page["seen"] = request.POST.get("seen", "")
    form = ScreeningRuleForm(
        request.POST or None, instance=rule, initial={"was_on": page["was_on"]}
    )
    trial = None
    if request.method == "POST" and form.is_valid():
        do = request.POST.get("do", "")
        if do == OFF or (do == ON and form.is_tried):
            try:
                return _save(request, form, on=do == ON)
            except Refused as refused:
                field = refused.field if refused.field in form.fields else None
                form.add_error(field, refused.words)
            except Overtaken:
                page = _standing(get_object_or_404(ScreeningRule, pk=pk))
                page["theirs"] = differences(form, page["standing"])
        else:
            trial = trying.try_on(form.instance)
            form.data = {**request.POST.dict(), "tried": form.digest}
    page |= {
        "form": form,
        "trial": trial,
        "untried": trial and request.POST.get("do") == ON,
        "last": trying.LAST,
        "decisions": _decisions(pk),
        "tell": teller(),
    }
    wrong = (form.is_bound and form.errors) or page["theirs"] is not None
    status = 422 if wrong else 200
    return render(request, "desk/screening_rule.html", page, status=status)


def _standing(rule: ScreeningRule | None) -> dict[str, Any]:
    """What there is of a rule now. ``theirs``: for what another editor has saved since
    the form was opened."""
    return {
        "rule": rule,
        "was_on": bool(rule and rule.active),
        "seen": mark_of(rule) if rule else "",
        "standing": ScreeningRuleForm(instance=rule),
        "theirs": None,
    }


def _save(request: HttpRequest, form: ScreeningRuleForm, *, on: bool) -> HttpResponse:
    made = form.save(commit=False)
    made.active = on
    decision = save_screening_rule(
        by=editor_of(request),
        rule=made,
        reason=form.cleaned_data["reason"],
        seen=request.POST.get("seen", ""),
    )
    said = f"?done={decision.number}" if decision else ""
    return SeeOther(f"/desk/screening/{said}")


def _decisions(pk: int) -> list[Decision]:
    """The newest about a rule."""
    if not pk:
        return []
    found = queries.decisions().filter(act=Act.CHANGE_SCREENING, facts__screening=pk)
    return list(found[:MOST_TOLD])
