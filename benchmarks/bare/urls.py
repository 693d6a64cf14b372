from benchmarks.bare import views
from django.urls import path

urlpatterns = [
    path("", views.front, name="front"),
    path("publish/", views.publish, name="publish"),
    path("<int:pk>/", views.article, name="article"),
]
