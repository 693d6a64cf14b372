from django.urls import path, re_path

from commonwire.search import views

urlpatterns = [
    path("search/", views.search),
    re_path(r"^search/(?P<name>feed\.(?:atom|rss|json))$", views.feed),
]
