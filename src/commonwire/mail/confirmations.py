"""What a link in a mail does when somebody says yes: the setting CONFIRMATIONS names a
class for each purpose."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Question:
    """What the page behind a link says. ``path``: the public page that it is about.
    ``instead``: the words of a second button, for the other answer there is."""

    title: str
    words: str
    button: str
    path: str
    instead: str = ""


@dataclass(frozen=True)
class Done:
    """What is said after the button; ``path``: where to go on."""

    words: str
    path: str


class Confirmation(Protocol):
    def question(self, about: int) -> Question | None:
        """None when what it was about is not there any more."""

    def confirm(self, about: int) -> Done:
        """In the transaction that uses the link up, once."""


@runtime_checkable
class Either(Confirmation, Protocol):
    """One whose question has a second button."""

    def instead(self, about: int) -> Done:
        """What that one does; in the same transaction."""


def confirmation_for(purpose: str) -> Confirmation:
    found: type[Confirmation] = import_string(settings.CONFIRMATIONS[purpose])
    return found()
