"""How the controls of forms are drawn."""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape


class Renderer(DjangoTemplates):
    """Django's own, but for the controls that the form of a post has a hundred of: those
    are put together here, for each went through five templates, which took longer than
    everything else on the page."""

    def render(
        self,
        template_name: str,
        context: dict[str, Any],
        request: Any = None,
    ) -> str:
        draw, widget = _DRAWN.get(template_name), context["widget"]
        groups = any(name for name, *_ in widget.get("optgroups", ()))
        if draw is None or widget.get("wrap_label") or (groups and draw is _select):
            return str(super().render(template_name, context, request))
        return draw(widget)


def _input(widget: Mapping[str, Any]) -> str:
    value = {} if widget["value"] is None else {"value": widget["value"]}
    named = {"type": widget["type"], "name": widget["name"], **value}
    return f"<input{_attributes(named)}{_attributes(widget['attrs'])}>"


def _textarea(widget: Mapping[str, Any]) -> str:
    attributes = _attributes({"name": widget["name"], **widget["attrs"]})
    # A browser takes the first line break away.
    return f"<textarea{attributes}>\n{conditional_escape(widget['value'] or '')}</textarea>"


def _select(widget: Mapping[str, Any]) -> str:
    attributes = _attributes({"name": widget["name"], **widget["attrs"]})
    options = "\n".join(
        f"<option{_attributes({'value': option['value'], **option['attrs']})}>"
        f"{conditional_escape(option['label'])}</option>"
        for _name, group, _index in widget["optgroups"]
        for option in group
    )
    return f"<select{attributes}>\n{options}\n</select>"


def _attributes(given: Mapping[str, Any]) -> str:
    return "".join(
        f" {name}" if value is True else f' {name}="{conditional_escape(str(value))}"'
        for name, value in given.items()
        if value is not False
    )


_OF_INPUTS = (
    "text",
    "url",
    "email",
    "number",
    "date",
    "time",
    "datetime",
    "hidden",
    "checkbox",
    "checkbox_option",
    "radio_option",
)
_DRAWN: dict[str, Callable[[Mapping[str, Any]], str]] = {
    **{f"django/forms/widgets/{name}.html": _input for name in _OF_INPUTS},
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
}
