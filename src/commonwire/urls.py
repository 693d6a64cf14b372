from django.urls import include, path, re_path

from commonwire.calls.api import router as calls
from commonwire.delivery.views import oembed, public_page
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.api import on_refused
from commonwire.moderation.api import router as decisions
from commonwire.publishing.api import anything_else, api
from commonwire.search.api import router as search
from commonwire.web import views

api.add_exception_handler(Refused, on_refused)
api.add_router("", decisions)
api.add_router("", calls)
api.add_router("", search)
api.add_router("", anything_else)
urlpatterns = [
    path("", include("commonwire.moderation.public_urls")),
    path("", include("commonwire.calendar.urls")),
    path("", include("commonwire.publishing.urls")),
    path("", include("commonwire.mail.urls")),
    path("", include("commonwire.calls.urls")),
    path("", include("commonwire.search.urls")),
    path("api/v1/", api.urls),
    path("desk/", include("commonwire.accounts.urls")),
    path("desk/", include("commonwire.moderation.urls")),
    re_path(r"^desk/", views.nothing_at_the_desk),
    path("healthz", views.healthz),
    path("healthz/ready", views.ready),
    path("metrics", views.metrics),
    path("oembed", oembed),
    re_path(r"", public_page),
]
handler404 = "commonwire.delivery.views.not_found"
handler500 = "commonwire.web.views.server_error"
