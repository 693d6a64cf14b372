from django.urls import path

from commonwire.calls.views import pledging

urlpatterns = [
    path("pledge/<int:post_id>/", pledging.pledge_form),
    path("pledge/<int:post_id>/<token>/", pledging.own_pledge),
]
