"""What programs do about calls: operations of `/api/v1/posts/<call>/…`."""

# Imported for their operations.
from commonwire.calls.api import endorsements, events, pledges  # noqa: F401
from commonwire.calls.api.routes import router

__all__ = ["router"]
