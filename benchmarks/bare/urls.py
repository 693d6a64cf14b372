from benchmarks.bare import views
from django.urls import path

urlpatterns = [
    path("", views.front),
    path("publish/", views.publish),
    path("<int:pk>/", views.article),
]
