from django.urls import path

from commonwire.calls.views import pledge_counts, pledging

urlpatterns = [
    path("pledge/<int:post_id>/", pledging.pledge_form),
    path("pledge/<int:post_id>/<token>/", pledging.own_pledge),
    path("key/<token>/<int:post_id>/pledges/", pledge_counts.authors_counts),
    path(
        "organisations/room/<token>/pledges/<int:post_id>/",
        pledge_counts.organisations_counts,
    ),
]
