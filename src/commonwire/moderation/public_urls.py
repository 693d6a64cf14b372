"""What readers and authors have to do with the editors; the desk is in ``urls``."""

from django.urls import path

from commonwire.moderation.views import appealing, flagging, line

urlpatterns = [
    path("flag/<int:post_id>/", flagging.flag),
    path("appeal/<int:post_id>/", appealing.by_reader),
    path("key/<token>/<int:post_id>/appeal/", appealing.by_author),
    path("key/<token>/<int:post_id>/messages/", line.messages),
]
