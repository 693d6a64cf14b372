from django.urls import include, path, re_path

from commonwire.delivery.views import public_page
from commonwire.publishing.api import api
from commonwire.web import views

urlpatterns = [
    path("", include("commonwire.moderation.public_urls")),
    path("", include("commonwire.publishing.urls")),
    path("api/v1/", api.urls),
    path("desk/", include("commonwire.accounts.urls")),
    path("desk/", include("commonwire.moderation.urls")),
    re_path(r"^desk/", views.nothing_at_the_desk),
    path("healthz", views.healthz),
    re_path(r"", public_page),
]
handler404 = "commonwire.delivery.views.not_found"
handler500 = "commonwire.web.views.server_error"
