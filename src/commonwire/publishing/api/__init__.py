"""The API, version 1: `/api/v1/…`. Stable names; the contract is in docs/api.md."""

from django.conf import settings
from django.http import HttpRequest
from ninja import Router

# Imported for their operations.
from commonwire.publishing.api import changing, posting, reading, uploading  # noqa: F401
from commonwire.publishing.api.application import Api
from commonwire.publishing.api.describing import DESCRIPTION
from commonwire.publishing.api.problems import not_found, nothing_at_all
from commonwire.publishing.api.routes import router

api = Api(
    title="Commonwire",
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    servers=[{"url": settings.SITE_URL}],
)
anything_else = Router()
api.add_router("", router)


# Last, so that it takes what nobody else does: see urls.py, where other packages add
# their operations before it.
@anything_else.api_operation(
    ["GET", "POST", "PUT", "PATCH", "DELETE"], "{path:rest}", include_in_schema=False
)
def nothing_here(request: HttpRequest, rest: str) -> None:
    raise not_found(nothing_at_all())
