"""What all that programs send is made of."""

import re
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def _storable(text: str) -> str:
    """JSON can spell what no text holds."""
    if "\0" in text:
        raise ValueError(_("This text has a NUL character in it."))
    if _LONE_SURROGATE.search(text):
        raise ValueError(_("This text has half a character in it (a lone surrogate)."))
    return text


Text = Annotated[str, AfterValidator(_storable)]


def text(description: str, limit: int | None = None, **kwargs: Any) -> Any:
    """An optional text; the forms refuse what is too long, with better words."""
    extra: Any = {"maxLength": limit} if limit else None
    return Field("", description=description, json_schema_extra=extra, **kwargs)


class Sent(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


def _not_null(value: Any) -> Any:
    if value is None:
        raise ValueError(_("This is null; leave the field out if there is nothing."))
    return value


# Of a part that may be left out: what is left out is None, what is sent never is.
not_null = BeforeValidator(_not_null)
