from commonwire.calls.models.call import (
    Ask,
    Call,
    CallEvent,
    CallVersion,
    Demand,
    DemandChange,
)
from commonwire.calls.models.endorsement import Endorsement
from commonwire.calls.models.organisation import (
    Affiliation,
    Issuer,
    Organisation,
    OrganisationToken,
    Steward,
)
from commonwire.calls.models.pledge import Pledge, PledgeGoal
from commonwire.calls.models.release import CallRelease

__all__ = [
    "Affiliation",
    "Ask",
    "Call",
    "CallEvent",
    "CallRelease",
    "CallVersion",
    "Demand",
    "DemandChange",
    "Endorsement",
    "Issuer",
    "Organisation",
    "OrganisationToken",
    "Pledge",
    "PledgeGoal",
    "Steward",
]
