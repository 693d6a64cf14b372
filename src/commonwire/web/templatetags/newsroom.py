"""Tags that every template may use."""

import json
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.template.context import Context
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.encoding import iri_to_uri
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from commonwire.kit import difference as differences
from commonwire.kit import embeds
from commonwire.kit.languages import is_leftwards
from commonwire.kit.mail_mask import mask
from commonwire.moderation.models import Appeal
from commonwire.moderation.queries import newest_own_appeal, unanswered
from commonwire.publishing.comments import page_path
from commonwire.publishing.forms import TooLong
from commonwire.publishing.models import Post
from commonwire.publishing.notices import Notice
from commonwire.publishing.queries import class_name, the_site
from commonwire.publishing.states import Kind, WireClass

register = template.Library()
# A post's time stands on its page, in its line and on its card.
MOST_TIMES = 500


@register.simple_tag(takes_context=True)
def wire_time(context: Context, moment: datetime, decided: int | None = None) -> str:
    """“Fri, Jan 16, 2026, 8:21 PM” in the site's zone, with the exact time for programs.
    ``decided``: the number of the decision that was made then."""
    return _wire_time(moment, context["site"].zone, get_language(), decided)


@lru_cache(MOST_TIMES)
def _wire_time(
    moment: datetime, zone: tzinfo, _language: str | None, decided: int | None
) -> SafeString:
    local = timezone.localtime(moment, zone)
    return format_html(
        '<time datetime="{}"{}>{}</time>',
        local.isoformat(timespec="seconds"),
        "" if decided is None else format_html(' data-at="{}"', decided),
        format_date(local, "D, M j, Y, g:i A"),
    )


@register.simple_tag(takes_context=True)
def name_of_class(context: Context, wire_class: str) -> str:
    return class_name(context["site"], WireClass(wire_class))


@register.filter
def name_of_kind(kind: str) -> str:
    return str(Kind(kind).label)


@register.simple_tag
def absolute(path: str) -> str:
    return settings.SITE_URL + iri_to_uri(path)


@register.filter
def direction(language: str) -> str:
    """“rtl” or “ltr”, for the `dir` of a text."""
    return "rtl" if is_leftwards(language) else "ltr"


@register.filter
def masked(text: str) -> str:
    """A line of a contributor's, with mail addresses that robots do not see."""
    return mask(text)


@register.filter
def embed(link: str) -> SafeString:
    """A click-to-load player for a link to a video; nothing for other links."""
    return mark_safe(embeds.embed_figure(link))  # noqa: S308 - escaped by the kit


@register.filter
def link_text(link: str) -> str:
    """What a related link is called: by name where it is a video without a player."""
    return embeds.link_name(link) or link


@register.filter
def html(clean: str) -> SafeString:
    """HTML that `kit.markup` made."""
    return mark_safe(clean)  # noqa: S308 - cleaned by the kit


@register.filter
def begun_with(clean: str, part: Any) -> SafeString:
    """HTML that `kit.markup` made, its first paragraph after a release's dateline."""
    release = getattr(part, "as_release", None)
    if release is None or not release.dateline:
        return html(clean)
    lead = format_html('<span class="dateline">{} —</span> ', release.dateline)
    head, paragraph, rest = clean.partition("<p>")
    if head or not paragraph:
        return html(format_html("<p>{}</p>", lead) + clean)
    return html(f"<p>{lead}{rest}")


@register.filter
def embargo_moment(post: Post) -> datetime | None:
    """When it will be public: in the zone that its author said it in, or the site's."""
    if post.as_release:
        return post.as_release.embargoed_until
    zone = the_site().zone
    return timezone.localtime(post.embargo_until, zone) if post.embargo_until else None


@register.filter
def in_own_zone(moment: datetime) -> str:
    """“Tuesday, March 3, 2026, 6:00 AM EST”, in the zone that the moment carries."""
    shown = format_date(moment, "l, F j, Y, g:i A")
    return f"{shown} {moment:%Z}"


@register.filter
def dialled(phone: str) -> str:
    """A telephone number as a `tel:` address wants it."""
    return "".join(letter for letter in phone if letter.isdigit() or letter == "+")


@register.simple_tag
def difference(before: str, after: str) -> SafeString:
    return mark_safe(differences.difference(before, after))  # noqa: S308 - escaped by the kit


@register.filter
def json_ld(data: dict[str, Any]) -> SafeString:
    """Data for a script element; nothing in it can close the element."""
    text = json.dumps(data, ensure_ascii=False)
    for letter in "<>&":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return mark_safe(text)  # noqa: S308 - escaped above


@register.simple_tag
def unanswered_messages(post: Post) -> int:
    """How many messages of editors its author has not answered yet."""
    return unanswered(post)


@register.simple_tag
def own_appeal(post: Post) -> Appeal | None:
    """Its author's last appeal, to say in their room what became of it."""
    return newest_own_appeal(post)


@register.filter
def at(found: dict[Any, Any] | None, key: Any) -> Any:
    """What stands under a key; nothing where there is no table, as in previews."""
    return found.get(key) if found else None


@register.filter
def comments_page(post: Any, number: int) -> str:
    """The address of a page of a post's comments."""
    return page_path(post.path, number)


@register.filter
def concat(first: Any, second: Any) -> str:
    return f"{first}{second}"


@register.filter
def about(notices: list[Notice] | None, field: str) -> list[Notice]:
    """Those of a draft's notices that stand beside an element, by its id."""
    return [notice for notice in notices or () if notice.about == field]


@register.filter
def control(field: BoundField, prefix: str) -> SafeString:
    """A field's input, named with a prefix and tied to its help and error."""
    attributes: dict[str, Any] = {}
    described = [
        f"{field.auto_id}-{what}"
        for what, there in (("help", field.help_text), ("error", field.errors))
        if there
    ]
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if field.errors:
        attributes["aria-invalid"] = "true"
    for validator in field.field.validators:
        if isinstance(validator, TooLong):
            attributes["data-limit"] = validator.limit
    attributes["id"] = field.auto_id
    widget = field.field.widget
    name = f"{prefix}{field.name}"
    rendered = widget.render(name, field.value(), attributes, field.form.renderer)
    return SafeString(rendered)
