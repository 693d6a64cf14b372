"""The desk's pages, under /desk/. Each view says with ``needs`` who may open it, and
tests/authorisation/table.py has a row for each address."""

from django.urls import path

from commonwire.moderation.views import editors, joining, stream

urlpatterns = [
    path("", stream.stream),
    path("sign-in/<token>/", joining.sign_in),
    path("editors/", editors.editors),
    path("editors/invite/", editors.invite),
    path("editors/invitations/<int:number>/cancel/", editors.cancel),
    path("editors/<int:number>/remove/", editors.remove),
    path("editors/<int:number>/role/", editors.change_role),
    path("editors/<int:number>/let-in/", editors.let_in_again),
]
