"""The tree of those who endorse a call. Two thousand of them through a template each
would take longer than the rest of the page ten times over."""

from collections.abc import Iterable

from django import template
from django.utils.dateformat import format as format_date
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from commonwire.calls.endorsers import Endorser, Node
from commonwire.calls.local import LocalEvent
from commonwire.kit.mail_mask import mask

register = template.Library()


@register.filter
def endorser_tree(roots: Iterable[Node]) -> SafeString:
    return _list(roots)


@register.filter
def event_lines(events: Iterable[LocalEvent]) -> SafeString:
    words = {
        True: format_html(' <strong class="off">{}</strong>', _("cancelled")),
        False: "",
    }
    return format_html_join(
        "\n",
        '<li{}><a href="{}" lang="{}">{}</a>{}<br><time datetime="{}">{}</time>{}</li>',
        (
            (
                format_html(' class="{}"', "over") if event.is_over else "",
                event.path,
                event.language,
                event.title,
                words[event.cancelled],
                event.starts,
                event.when,
                f" · {mask(event.place)}" if event.place else "",
            )
            for event in events
        ),
    )


def _list(nodes: Iterable[Node]) -> SafeString:
    lines = format_html_join("\n", "<li{}>{}{}</li>", (_parts(node) for node in nodes))
    return format_html("<ul>{}</ul>", lines)


def _parts(node: Node) -> tuple[SafeString | str, SafeString, SafeString | str]:
    below = _list(node.below) if node.below else ""
    if node.endorser is None:
        name = format_html('<a href="{}">{}</a>', node.path, node.name)
        return format_html(' class="{}"', "above"), name, below
    return "", endorser_line(node.endorser, node.also_under), below


@register.filter
def endorser_line(endorser: Endorser, also_under: tuple[str, ...] = ()) -> SafeString:
    """Its name, and beneath it in what capacity, since when, for which version."""
    said = [endorser.area, endorser.authority, format_date(endorser.day, "F j, Y")]
    said += [_("also under %s") % name for name in also_under]
    version = ""
    if endorser.version_of:
        day = format_date(endorser.version_of, "F j, Y")
        words = _("for the version of %s") % day
        version = format_html(' <span class="older">{}</span>', words)
    note = format_html(" <q>{}</q>", mask(endorser.note)) if endorser.note else ""
    return format_html(
        '<a href="{}">{}</a> <span class="how">{}</span>{}{}',
        endorser.path,
        endorser.name,
        " · ".join(filter(None, said)),
        version,
        note,
    )
