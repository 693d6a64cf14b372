"""What is wrong with a request's types, in words for who wrote the program."""

from typing import Any

from django.utils.translation import gettext as _

from commonwire.publishing.api.problems import Fault


def fault_of(error: Any) -> Fault:
    """One of pydantic's errors, as ninja located it: where it looked, in a body the
    name of the view's argument, and the way to the field."""
    steps = error["loc"]
    return Fault(
        _path(steps[2:] if steps[0] == "body" else steps[1:]), _sentence(error)
    )


def _path(location: tuple[str | int, ...]) -> str:
    """("addenda", 1, "body") as addenda[1].body."""
    path = ""
    for step in location:
        path += f"[{step}]" if isinstance(step, int) else f".{step}"
    return path.removeprefix(".")


def _sentence(error: Any) -> str:
    kind = error["type"]
    if kind == "extra_forbidden":
        return _("There is no field of this name here.")
    if kind == "too_long":
        return _too_many(error)
    if kind == "missing" and error["loc"][0] == "file":
        # What came with such a name is not read at all.
        return _(
            "Send a file, with a name such as photo.jpg: a name that is not UTF-8, or "
            "“..”, hides it."
        )
    if kind == "value_error":
        return str(error["ctx"]["error"])
    if error.get("input", "") is None:
        return _("This is null; leave the field out when there is nothing to say.")
    sentences = {
        "missing": _("Send a JSON object here."),
        "model_type": _("Write a JSON object here, in braces."),
        "model_attributes_type": _("Write a JSON object here, in braces."),
        "dict_type": _("Write a JSON object here, in braces."),
        "list_type": _("Write a list here, in square brackets."),
        "string_type": _("Write a text here, in quotation marks."),
        "string_unicode": _("A name in here has half a character (a lone surrogate)."),
        "int_parsing": _("Write a whole number here."),
        "bool_parsing": _("Write true or false here."),
        "greater_than_equal": _("The least here is %(ge)s."),
        "less_than_equal": _("The most here is %(le)s."),
        "string_too_long": _("This is too long; %(max_length)s characters fit."),
    }
    sentence = sentences.get(kind)
    return sentence % error.get("ctx", {}) if sentence else str(error["msg"])


def _too_many(error: Any) -> str:
    """In the words of the form where it has them."""
    facts = {
        "here": error["ctx"]["actual_length"],
        "most": error["ctx"]["max_length"],
    }
    sentences = {
        "addenda": _("There are %(here)s addenda; %(most)s fit."),
        "media": _("There are %(here)s files; %(most)s fit. Remove some."),
    }
    chosen = _("You chose %(here)s; choose at most %(most)s.")
    return sentences.get(str(error["loc"][-1]), chosen) % facts
