"""The fields that a kind of post has of its own, for the form that publishes."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from commonwire.publishing.parts import PartForms
from commonwire.publishing.queries import the_site
from commonwire.publishing.release_forms import ReleaseForms

register = template.Library()
# By template, language and the site's time zone. Nothing that anybody typed is in it.
_blank: dict[tuple[str, str | None, str], SafeString] = {}


@register.simple_tag
def fields_of_release(forms: ReleaseForms) -> SafeString:
    return _drawn("publishing/_release.html", {"release": forms}, blank=forms.is_blank)


@register.simple_tag
def fields_of(forms: PartForms) -> SafeString:
    return _drawn(forms.part.fields_template, {"own": forms}, blank=forms.is_blank)


def _drawn(name: str, context: dict[str, Any], *, blank: bool) -> SafeString:
    """Where nothing was typed they are the same for everybody: most people publish
    reports, and the hundred fields of the other kinds took most of their preview."""
    if not blank:
        return render_to_string(name, context)
    key = name, get_language(), the_site().time_zone
    if key not in _blank:
        _blank[key] = render_to_string(name, context)
    return _blank[key]
