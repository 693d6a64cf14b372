"""The desk's pages, under /desk/. Each view says with ``needs`` who may open it."""

from django.urls import path

from commonwire.moderation.views import (
    acts,
    correcting,
    history,
    presence,
    stream,
    withdrawing,
)

urlpatterns = [
    path("", stream.stream),
    path("appeals/", stream.stream),
    path("flags/", stream.stream),
    path("waiting/", stream.stream),
    path("comments/", stream.stream),
    path("act/", acts.act),
    path("looking/", presence.looking),
    path("posts/<int:number>/", history.history),
    path("posts/<int:number>/say/", history.say),
    path("posts/<int:number>/correct/", correcting.correct),
    path("posts/<int:number>/correct/<int:part>/", correcting.correct),
    path("posts/<int:number>/withdraw/", withdrawing.withdraw),
    path("posts/<int:number>/withdraw/<int:part>/", withdrawing.withdraw),
]
