from django.contrib import admin
from django.urls import include, path, re_path

from commonwire.delivery.views import public_page
from commonwire.publishing.api import api
from commonwire.web import views

urlpatterns = [
    path("", include("commonwire.moderation.public_urls")),
    path("", include("commonwire.publishing.urls")),
    path("api/v1/", api.urls),
    path("desk/sign-in/<token>/", views.sign_in),
    path("desk/", admin.site.urls),
    path("healthz", views.healthz),
    re_path(r"", public_page),
]
handler404 = "commonwire.delivery.views.not_found"
handler500 = "commonwire.web.views.server_error"
