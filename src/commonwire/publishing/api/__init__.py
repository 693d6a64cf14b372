"""The API, version 1: `/api/v1/…`. Stable names; the contract is in docs/api.md."""

from django.conf import settings
from django.http import HttpRequest
from ninja import Router

from commonwire.publishing.api import changing, posting, reading, uploading
from commonwire.publishing.api.application import Api
from commonwire.publishing.api.describing import DESCRIPTION
from commonwire.publishing.api.problems import not_found, nothing_at_all

api = Api(
    title="Commonwire",
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    servers=[{"url": settings.SITE_URL}],
)
anything_else = Router()
for router in (
    uploading.router,
    posting.router,
    reading.router,
    changing.router,
    anything_else,
):
    api.add_router("", router)


@anything_else.api_operation(
    ["GET", "POST", "PUT", "PATCH", "DELETE"], "{path:rest}", include_in_schema=False
)
def nothing_here(request: HttpRequest, rest: str) -> None:
    raise not_found(nothing_at_all())
