"""Pure questions about editors' names."""

from django.utils.translation import gettext as _

from commonwire.kit.typed_text import clean_line, is_blank

NAME_LENGTH = 80
# Who else signs decisions in the log.
_NOBODY_S = frozenset({"screening", "operator", "nobody", "the author", "a reader"})


def cleaned(name: str) -> str:
    return clean_line(name).text


def same(one: str, other: str) -> bool:
    """Whether two names would be taken for each other."""
    return one.casefold() == other.casefold()


def fault_in_names(name: str, pseudonym: str) -> str:
    """Why an editor cannot be called so; empty when they can."""
    if same(name, pseudonym):
        return _(
            "Choose two different names: who knows the public one should not know "
            "half of what opens the desk."
        )
    if is_blank(pseudonym) or pseudonym.casefold() in _NOBODY_S:
        return _("Nobody can sign decisions with this name. Choose another one.")
    return ""
