"""`{% kept %}`: a part rendered once for each set of the values it names."""

from django.template import Context, Template


def test_it_shows_the_values_it_is_given():
    template = Template("{% load kept %}{% kept name %}<b>{{ name }}</b>{% endkept %}")

    assert template.render(Context({"name": "<a>"})) == "<b>&lt;a&gt;</b>"
    assert template.render(Context({"name": "b"})) == "<b>b</b>"
    assert template.render(Context({"name": "<a>"})) == "<b>&lt;a&gt;</b>"


def test_a_part_is_rendered_once_for_the_same_values():
    template = Template("{% kept name %}{{ other }}{% endkept %}")
    template.render(Context({"name": "a", "other": "first"}))

    assert template.render(Context({"name": "a", "other": "second"})) == "first"


def test_a_value_that_is_missing_is_a_value():
    template = Template(
        "{% kept name %}{% if name %}{{ name }}{% endif %}.{% endkept %}"
    )

    assert template.render(Context()) == "."
    assert template.render(Context({"name": "a"})) == "a."
