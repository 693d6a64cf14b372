"""Calls in a list."""

from django import template
from django.utils import timezone

from commonwire.calls import facts
from commonwire.calls.models import Call

register = template.Library()


@register.filter
def standing(call: Call) -> str:
    return facts.standing(call, "en", timezone.now())


@register.filter
def issuer_names(call: Call) -> str:
    return ", ".join(name for name, _path in facts.bodies_of(call.post))
