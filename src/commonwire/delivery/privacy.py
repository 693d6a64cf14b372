"""What is stored, from the declarations beside the fields; `/privacy/` prints it."""

from dataclasses import dataclass
from typing import Any, cast

from django.apps import apps

from commonwire.accounts.fates import OF_OTHERS
from commonwire.kit.fates import Fate

# What readers and contributors ask of first; then the rest of ours, from what is nearest
# to them to what keeps the site going; what libraries brought is last.
_FIRST = (
    "publishing.post",
    "publishing.draft",
    "media.attachment",
    "publishing.upload",
    "publishing.key",
    "publishing.addendum",
    "calls.pledge",
    "mail.outgoingmail",
    "publishing.correction",
    "moderation.flag",
    "moderation.appeal",
    "moderation.message",
)
_OURS = (
    "publishing",
    "calendar",
    "calls",
    "mail",
    "media",
    "moderation",
    "syndication",
    "delivery",
    "changes",
    "accounts",
)


@dataclass(frozen=True)
class StoredField:
    model: str
    field: str
    fate: Fate


def stored_models() -> list[Any]:
    """Every model there is, the libraries' too; a new one without fates is an error."""
    return [model for config in apps.get_app_configs() for model in config.get_models()]


def fates_of(model: Any) -> type:
    """The declaration beside a model of ours, or the one made for a library's."""
    found = getattr(model, "Fates", None) or OF_OTHERS[model._meta.label_lower]  # noqa: SLF001 - Django's documented API
    return cast("type", found)


def stored_fields() -> list[StoredField]:
    return [
        StoredField(
            str(model._meta.verbose_name),  # noqa: SLF001 - Django's documented API
            field.name.replace("_", " "),
            getattr(fates_of(model), field.name),
        )
        for model in sorted(stored_models(), key=_place)
        for field in fields_of(model)
    ]


def _place(model: Any) -> tuple[int, int]:
    meta = model._meta  # noqa: SLF001 - Django's documented API
    named = (
        _FIRST.index(meta.label_lower) if meta.label_lower in _FIRST else len(_FIRST)
    )
    label = meta.app_label
    return named, _OURS.index(label) if label in _OURS else len(_OURS)


def fields_of(model: Any) -> list[Any]:
    meta = model._meta  # noqa: SLF001 - Django's documented API
    return [*meta.concrete_fields, *meta.many_to_many]
