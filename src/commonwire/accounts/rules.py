"""Pure questions about editors' names."""

from django.utils.translation import gettext as _

from commonwire.kit import looks
from commonwire.kit.typed_text import clean_line, is_blank

NAME_LENGTH = 80
# Who else signs decisions in the log.
_NOBODY_S = (
    "screening",
    "by screening, a program",
    "decided by screening",
    "operator",
    "nobody",
    "the author",
    "a reader",
)


def cleaned(name: str) -> str:
    return clean_line(name).text


def same(one: str, other: str) -> bool:
    """Whether two names would be taken for each other."""
    return _looks(one) == _looks(other)


def _looks(name: str) -> str:
    """Without spaces, of which nobody counts how many there are."""
    return "".join(looks.fold(name).split())


def fault_in_names(name: str, pseudonym: str) -> str:
    """Why an editor cannot be called so; empty when they can."""
    if same(name, pseudonym):
        return _(
            "Choose two different names: who knows the public one should not know "
            "half of what opens the desk."
        )
    if is_blank(pseudonym) or any(same(pseudonym, name) for name in _NOBODY_S):
        return _("Nobody can sign decisions with this name. Choose another one.")
    return ""
