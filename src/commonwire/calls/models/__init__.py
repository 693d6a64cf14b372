from commonwire.calls.models.organisation import (
    Affiliation,
    Issuer,
    Organisation,
    OrganisationToken,
    Steward,
)

__all__ = ["Affiliation", "Issuer", "Organisation", "OrganisationToken", "Steward"]
