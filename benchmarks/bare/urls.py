from django.urls import path

from benchmarks.bare import views

urlpatterns = [
    path("", views.front),
    path("publish/", views.publish),
    path("<int:pk>/", views.article),
]
