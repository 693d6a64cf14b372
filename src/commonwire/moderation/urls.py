"""The desk's pages, under /desk/. Each view says with ``needs`` who may open it, and
tests/authorisation/table.py has a row for each address."""

from django.urls import path

from commonwire.moderation.forms.settings import PAGES
from commonwire.moderation.views import (
    acts,
    body,
    calls,
    correcting,
    editors,
    features,
    floods,
    history,
    importing,
    joining,
    organisations,
    presence,
    screening,
    settings,
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
    path("flood/", floods.flood),
    path("heaps/<int:number>/", floods.clear),
    path("posts/<int:number>/", history.history),
    path("posts/<int:number>/say/", history.say),
    path("posts/<int:number>/correct/", correcting.correct),
    path("posts/<int:number>/correct/<int:part>/", correcting.correct),
    path("posts/<int:number>/withdraw/", withdrawing.withdraw),
    path("posts/<int:number>/withdraw/<int:part>/", withdrawing.withdraw),
    path("sign-in/<token>/", joining.sign_in),
    path("features/", features.feature_list),
    path("features/new/", features.new_feature),
    path("features/<int:pk>/", features.edit_feature),
    path("features/<int:pk>/move/", features.move_feature),
    path("features/<int:pk>/switch/", features.switch_feature),
    path("calls/", calls.calls_page),
    path("organisations/", organisations.organisation_list),
    path("organisations/new/", organisations.new_organisation),
    path("organisations/import/", importing.import_page),
    path("organisations/<int:pk>/", organisations.edit_organisation),
    path("organisations/<int:pk>/<word>/", body.act_on_organisation),
    path("rules/", settings.rule_list),
    path("rules/new/", settings.rule_page),
    path("rules/<int:pk>/", settings.rule_page),
    path("screening/", screening.screening_list),
    path("screening/new/", screening.screening_page),
    path("screening/<int:pk>/", screening.screening_page),
    path("settings/", settings.settings_page),
    path("settings/sections/new/", settings.section_page),
    path("settings/sections/<int:pk>/", settings.section_page),
    *[
        path(f"settings/pages/{name}/", settings.words_page, {"name": name})
        for name in PAGES
    ],
    path("editors/", editors.editors),
    path("editors/invite/", editors.invite),
    path("editors/invitations/<int:number>/cancel/", editors.cancel),
    path("editors/<int:number>/remove/", editors.remove),
    path("editors/<int:number>/role/", editors.change_role),
    path("editors/<int:number>/let-in/", editors.let_in_again),
]
