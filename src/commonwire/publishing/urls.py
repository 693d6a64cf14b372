from django.urls import path

from commonwire.publishing.views import (
    comment,
    correcting,
    cover,
    press,
    publish,
    room,
    uploads,
    waiting,
)

urlpatterns = [
    path("publish/", publish.publish_form),
    path("publish/comment/<int:post_id>/", comment.comment_form),
    path("publish/comment/<int:post_id>/<token>/", comment.comment_page),
    path("publish/<token>/", publish.draft_page),
    path("publish/<token>/published/", publish.published_page),
    path("publish/<token>/wait/<room>/", waiting.waiting_room),
    path("publish/<token>/pictures/<public_id>/<name>", publish.draft_picture),
    path("publish/<token>/pictures/<public_id>/cover/", cover.cover_in_draft),
    path("publish/<token>/pictures/<public_id>/cover/<name>", cover.sketch_in_draft),
    path("publish/<token>/files.json", uploads.status),
    path("publish/<token>/files/", uploads.begin),
    path("publish/<token>/files/<public_id>", uploads.go_on),
    path("press/<int:post_id>/", press.press_contacts),
    path("key/", room.door),
    path("key/<token>/", room.room),
    path("key/<token>/<int:post_id>/correct/", correcting.correct),
    path("key/<token>/<int:post_id>/correct/<int:addendum_id>/", correcting.correct),
    path("key/<token>/<int:post_id>/withdraw/", room.withdraw),
    path("key/<token>/<int:post_id>/files/", room.post_files),
    path("key/<token>/<int:post_id>/files/<public_id>/", cover.cover_published),
    path("key/<token>/<int:post_id>/files/<public_id>/<name>", cover.sketch_published),
    path("key/<token>/<int:post_id>/add/", room.new_addendum),
    path("key/<token>/<int:post_id>/add/<draft_token>/", room.addendum),
]
