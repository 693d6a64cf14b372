from commonwire.publishing.models.correction import Correction
from commonwire.publishing.models.draft import Draft
from commonwire.publishing.models.feature import Feature, FeatureLink, FeatureVersion
from commonwire.publishing.models.key import Key
from commonwire.publishing.models.placement import Placement
from commonwire.publishing.models.post import Addendum, Post
from commonwire.publishing.models.section import PostSection, Section
from commonwire.publishing.models.site import Site
from commonwire.publishing.models.source import Source, SourceDay
from commonwire.publishing.models.spent_nonce import SpentNonce
from commonwire.publishing.models.upload import Upload

__all__ = [
    "Addendum",
    "Correction",
    "Draft",
    "Feature",
    "FeatureLink",
    "FeatureVersion",
    "Key",
    "Placement",
    "Post",
    "PostSection",
    "Section",
    "Site",
    "Source",
    "SourceDay",
    "SpentNonce",
    "Upload",
]
