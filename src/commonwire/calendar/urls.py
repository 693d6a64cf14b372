from django.urls import path

from commonwire.calendar.views import calendars, dates, sign_up

urlpatterns = [
    path("desk/calendars/", calendars.calendars),
    path("desk/calendars/<int:pk>/", calendars.calendar_page),
    path("key/<token>/<int:post_id>/dates/", dates.event_dates),
    path("calendar/sign-up/<int:post_id>/", sign_up.sign_up_page),
]
