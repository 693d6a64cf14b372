"""What is stored, from the declarations beside the fields; `/privacy/` prints it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from commonwire.kit.fates import Fate


@dataclass(frozen=True)
class StoredField:
    model: str
    field: str
    fate: Fate


def own_models() -> Iterator[Any]:
    for config in apps.get_app_configs():
        if config.name.startswith("commonwire."):
            yield from config.get_models()


def stored_fields() -> list[StoredField]:
    return [
        StoredField(
            str(model._meta.verbose_name),  # noqa: SLF001 - Django's documented API
            field.name.replace("_", " "),
            getattr(model.Fates, field.name),
        )
        for model in own_models()
        for field in fields_of(model)
    ]


def fields_of(model: Any) -> list[Any]:
    meta = model._meta  # noqa: SLF001 - Django's documented API
    return [*meta.concrete_fields, *meta.many_to_many]
