"""What the kinds of post have of their own, as programs send and get it: a field under
the name of each kind that `publishing.parts` knows."""

from typing import Annotated, Any

from pydantic import BaseModel, Field, create_model

from commonwire.publishing import parts
from commonwire.publishing.sent import Sent, not_null


def _given(part: parts.Part) -> tuple[Any, Any]:
    given: Any = part.sent
    return Annotated[given | None, not_null], Field(None, description=part.description)


def _shown(part: parts.Part) -> tuple[Any, Any]:
    shape: Any = part.shape
    description = f"Of a post of the kind `{part.kind}`."
    return shape | None, Field(description=description)


_given_fields: Any = {part.kind: _given(part) for part in parts.every()}
_shown_fields: Any = {part.kind: _shown(part) for part in parts.every()}
PartsSent: type[Sent] = create_model("PartsSent", __base__=Sent, **_given_fields)
PartsShown: type[BaseModel] = create_model("PartsShown", **_shown_fields)


def given(sent: Sent) -> dict[str, Sent]:
    """What was sent of them, by kind."""
    found = {part.kind: getattr(sent, part.kind, None) for part in parts.every()}
    return {kind: told for kind, told in found.items() if told is not None}
