from django.urls import path

from commonwire.mail import views

urlpatterns = [
    path("confirm/<token>/", views.confirm),
]
