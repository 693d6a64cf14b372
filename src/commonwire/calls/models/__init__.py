from commonwire.calls.models.call import (
    Ask,
    Call,
    CallEvent,
    CallVersion,
    Demand,
    DemandChange,
)
from commonwire.calls.models.organisation import (
    Affiliation,
    Issuer,
    Organisation,
    OrganisationToken,
    Steward,
)

__all__ = [
    "Affiliation",
    "Ask",
    "Call",
    "CallEvent",
    "CallVersion",
    "Demand",
    "DemandChange",
    "Issuer",
    "Organisation",
    "OrganisationToken",
    "Steward",
]
