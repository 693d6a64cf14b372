from django.urls import path

from commonwire.calls.views import (
    calendars,
    endorsing,
    following,
    leading,
    organising,
    pledge_counts,
    pledging,
    press,
    room,
    taking_part,
    verifying,
)

urlpatterns = [
    path("pledge/<int:post_id>/", pledging.pledge_form),
    path("pledge/<int:post_id>/<token>/", pledging.own_pledge),
    path("calls/<int:post_id>/endorse/", taking_part.endorse),
    path("calls/<int:post_id>/event/", taking_part.add_event),
    path("key/<token>/<int:post_id>/call/", leading.lead),
    path("key/<token>/<int:post_id>/of-call/", following.follow),
    path("key/<token>/<int:post_id>/organisers/", organising.organisers),
    path("organisations/room/<token>/calls/", endorsing.calls),
    path("organisations/room/<token>/calls/<int:post_id>/", endorsing.endorse),
    path("key/<token>/<int:post_id>/pledges/", pledge_counts.authors_counts),
    path(
        "organisations/room/<token>/pledges/<int:post_id>/",
        pledge_counts.organisations_counts,
    ),
    path("organisations/room/", room.door),
    path("organisations/join/<token>/", room.join),
    path("organisations/press/<str:slug>/", press.press_contact),
    path("organisations/room/<token>/", room.room),
    path("organisations/room/<token>/change/", room.change),
    path("organisations/room/<token>/publish/", room.publish),
    path("organisations/room/<token>/calendar/", calendars.calendar_page),
    path("organisations/room/<token>/sources/", room.sources_page),
    path("organisations/room/<token>/verify/", verifying.verify_page),
    path("organisations/room/<token>/stewards/", room.stewards_page),
    path("organisations/room/<token>/stewards/<int:number>/", room.take_back),
    path("organisations/room/<token>/places/<int:number>/", room.leave),
]
