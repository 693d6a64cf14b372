"""What templates ask when they tell decisions."""

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from commonwire.delivery.pages.log_paths import bundle_path
from commonwire.moderation import rules
from commonwire.moderation.archive import Line
from commonwire.moderation.log.pages import PER_BUNDLE
from commonwire.moderation.models import Decision

register = template.Library()


@register.simple_tag(takes_context=True)
def told(context: Context, line: Line) -> SafeString:
    """A decision's sentence, or that of a heap."""
    sentence: SafeString = context["tell"].html(line.decision, line.count)
    return sentence


@register.simple_tag(takes_context=True)
def told_of(context: Context, decision: Decision) -> SafeString:
    """A decision's sentence."""
    sentence: SafeString = context["tell"].html(decision)
    return sentence


@register.filter
def undoable(done: list[Decision]) -> list[Decision]:
    """Those that can be taken back."""
    return [made for made in done if rules.can_be_taken_back(made)]


@register.simple_tag
def log_bundle(number: int) -> str:
    """Where a decision stands among its neighbours."""
    return bundle_path(number // PER_BUNDLE)
