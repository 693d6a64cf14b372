import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html

from commonwire.calls.call_forms import ROW_FORMS, CallForm
from commonwire.publishing.forms import AddendumForm, PostForm
from commonwire.publishing.release_forms import ReleaseForm
from commonwire.web.form_renderer import Renderer

pytestmark = pytest.mark.django_db

HOSTILE = "\"'><script>alert(1)</script>&amp;\n{{ x }}"


class Grouped(forms.Form):
    kind = forms.ChoiceField(choices=[("Plain", [("a", "A")]), ("Other", [("b", "B")])])


def made():
    yield PostForm({"title": HOSTILE, "body": HOSTILE, "kind": "release"})
    yield PostForm(initial={"language": "es"})
    yield AddendumForm({"byline": HOSTILE})
    yield ReleaseForm({"kind": HOSTILE, "embargo_at": HOSTILE})
    yield CallForm({"first_day": "2027-01-16", "from_time": HOSTILE}, post=None)
    yield Grouped({"kind": "b"})
    for form in ROW_FORMS.values():
        yield form({"text": HOSTILE, "press_only": "on", "number": HOSTILE})


def test_controls_are_those_that_django_draws():
    for form in made():
        for field in form:
            ours, django = (
                field.as_widget(attrs={"data-limit": 3, "required": True})
                for form.renderer in (Renderer(), DjangoTemplates())
            )
            assert parse_html(ours) == parse_html(django)


def test_each_choice_is_the_one_that_django_draws():
    for form in made():
        for choice, same in zip(
            choices(form, Renderer()), choices(form, DjangoTemplates()), strict=True
        ):
            assert parse_html(choice) == parse_html(same)


def choices(form, renderer):
    form.renderer = renderer
    for field in form:
        if isinstance(field.field.widget, forms.RadioSelect):
            yield from (choice.tag() for choice in field)
            yield from (choice.tag(wrap_label=True) for choice in field)


def test_a_text_that_begins_with_a_line_break_keeps_it():
    form = AddendumForm({"body": "\nfirst"})
    assert str(form["body"]).partition(">")[2].startswith("\n\nfirst")
