"""Who may do what, address by address. A new address without a row here fails.

To add one: ``Row(pattern, address, answers)``, with the pattern as `urls.py` has it,
an address of that pattern with the names from ``World.names`` in braces, and who gets
what: one of the sets of answers below, or ``SET | {Who.…: answer}``. ``methods`` are GET
and POST unless said otherwise.
"""

from dataclasses import dataclass
from enum import StrEnum, auto


class Who(StrEnum):
    NOBODY = auto()
    # Somebody with the key of a post, and the secret addresses that come with it.
    AUTHOR = auto()
    # Somebody with the key of another post.
    OTHER_AUTHOR = auto()
    EDITOR = auto()
    STEWARD = auto()
    # Signed in, with a token, until a steward removed them a moment ago.
    REMOVED = auto()


# The view was reached: it may still have found fault with an empty form.
IN = "in"
SIGN_IN = "sent to sign in"

Answers = dict[Who, str | int]


def _answers(*of_each: str | int) -> Answers:
    return dict(zip(Who, of_each, strict=True))


ANYONE = _answers(IN, IN, IN, IN, IN, IN)
EDITORS = _answers(SIGN_IN, SIGN_IN, SIGN_IN, IN, IN, SIGN_IN)
STEWARDS = _answers(SIGN_IN, SIGN_IN, SIGN_IN, 403, IN, SIGN_IN)
# Where they are afterwards.
OUT = _answers(SIGN_IN, SIGN_IN, SIGN_IN, SIGN_IN, SIGN_IN, SIGN_IN)
# Of an app, which these two have not set up.
NONE_YET = _answers(SIGN_IN, SIGN_IN, SIGN_IN, 404, 404, SIGN_IN)
# Nobody opens these; they are here so that nobody wonders.
NOT_THERE = _answers(404, 404, 404, 404, 404, 404)
# The address is the secret; who has none makes one up.
DRAFT = _answers(404, IN, 404, 404, 404, 404)
DRAFT_FORM = _answers(303, IN, 303, 303, 303, 303)
# Another author comes with a room of their own, where this post is not.
ROOM = _answers(403, IN, 404, 403, 403, 403)
# A pass that nobody here has; `test_organisations.py` has stewards who have one.
CLOSED = _answers(403, 403, 403, 403, 403, 403)
# Of the API. A token that is no good any more is refused even where none is needed.
PROGRAMS = _answers(IN, 401, 401, IN, IN, 401)
EDITORS_PROGRAMS = _answers(401, 401, 401, IN, IN, 401)
ORGANISATIONS_PROGRAMS = _answers(401, 401, 401, 403, 403, 401)
WITH_KEY = _answers(401, IN, 403, 403, 403, 401)
WITH_KEY_OR_EDITORS = _answers(401, IN, 403, IN, IN, 401)

GET, POST = "GET", "POST"


@dataclass(frozen=True)
class Row:
    pattern: str
    address: str
    answers: Answers
    methods: tuple[str, ...] = (GET, POST)


SITE = [
    Row("healthz", "/healthz", ANYONE, (GET,)),
    Row("healthz/ready", "/healthz/ready", ANYONE, (GET,)),
    # Unless the operator says for whom it is: tests/web/test_metrics.py.
    Row("metrics", "/metrics", NOT_THERE, (GET,)),
    # Nobody's page is asked for.
    Row("oembed", "/oembed", NOT_THERE, (GET,)),
    Row("search/", "/search/?q=vote", ANYONE, (GET,)),
    Row("^search/(?P<name>feed\\.(?:atom|rss|json))$", "/search/feed.atom?q=vote", ANYONE, (GET,)),
    Row("publish/", "/publish/", ANYONE),
    # Who has no draft's address is sent to the empty form; what they sent is a new one.
    Row("publish/comment/<int:post_id>/", "/publish/comment/{post}/", ANYONE),
    Row("publish/comment/<int:post_id>/<token>/", "/publish/comment/{post}/{draft}/", ANYONE),
    # Of a call; this post is none.
    Row("calls/<int:post_id>/endorse/", "/calls/{post}/endorse/", NOT_THERE),
    Row("calls/<int:post_id>/event/", "/calls/{post}/event/", NOT_THERE),
    Row("key/<token>/<int:post_id>/call/", "/key/{room}/{post}/call/", ROOM | {Who.AUTHOR: 404}),
    Row("pledge/<int:post_id>/", "/pledge/{post}/", NOT_THERE),
    Row("pledge/<int:post_id>/<token>/", "/pledge/{post}/made-up/", NOT_THERE),
    Row("key/<token>/<int:post_id>/pledges/", "/key/{room}/{post}/pledges/", ROOM | {Who.AUTHOR: 404}),
    # Whoever has no room is told that it has closed.
    Row("organisations/room/<token>/pledges/<int:post_id>/", "/organisations/room/made-up/pledges/{post}/", _answers(403, 403, 403, 403, 403, 403)),
    # The address is the secret, and comes by mail.
    Row("confirm/<token>/", "/confirm/made-up/", NOT_THERE),
    Row("flag/<int:post_id>/", "/flag/{post}/", ANYONE),
    Row("appeal/<int:post_id>/", "/appeal/{post}/", ANYONE),
    # Of a release that has such contacts; this post is none.
    Row("press/<int:post_id>/", "/press/{post}/", NOT_THERE),
    Row("publish/<token>/", "/publish/{draft}/", DRAFT, (GET,)),
    # What was typed into a draft that is gone becomes a new one.
    Row("publish/<token>/", "/publish/{draft}/", DRAFT_FORM, (POST,)),
    # Who has no draft is sent to where one begins.
    Row("publish/<token>/wait/<room>/", "/publish/{draft}/wait/made-up/", DRAFT_FORM),
    Row("publish/<token>/published/", "/publish/{published}/published/", DRAFT, (GET,)),
    Row("publish/<token>/pictures/<public_id>/<name>", "/publish/{draft}/pictures/{picture}/{rendition}", DRAFT, (GET,)),
    Row("publish/<token>/pictures/<public_id>/cover/", "/publish/{draft}/pictures/{picture}/cover/", DRAFT),
    Row("publish/<token>/pictures/<public_id>/cover/<name>", "/publish/{draft}/pictures/{picture}/cover/{sketch}", DRAFT, (GET,)),
    Row("publish/<token>/files.json", "/publish/{draft}/files.json", DRAFT, (GET,)),
    Row("publish/<token>/files/", "/publish/{draft}/files/", DRAFT, (POST,)),
    Row("publish/<token>/files/<public_id>", "/publish/{draft}/files/{upload}", DRAFT, ("HEAD", "PATCH", "DELETE")),
    Row("key/", "/key/", ANYONE),
    Row("key/<token>/", "/key/{room}/", ROOM | {Who.OTHER_AUTHOR: IN}, (GET,)),
    Row("key/<token>/<int:post_id>/correct/", "/key/{room}/{post}/correct/", ROOM),
    Row("key/<token>/<int:post_id>/correct/<int:addendum_id>/", "/key/{room}/{post}/correct/{addendum}/", ROOM),
    Row("key/<token>/<int:post_id>/withdraw/", "/key/{room}/{post}/withdraw/", ROOM),
    Row("key/<token>/<int:post_id>/sources/", "/key/{room}/{post}/sources/", ROOM),
    # Of an event; this post is none.
    Row("key/<token>/<int:post_id>/dates/", "/key/{room}/{post}/dates/", ROOM | {Who.AUTHOR: 404}),
    Row("key/<token>/<int:post_id>/of-call/", "/key/{room}/{post}/of-call/", ROOM | {Who.AUTHOR: 404}),
    Row("key/<token>/<int:post_id>/under-call/", "/key/{room}/{post}/under-call/", ROOM | {Who.AUTHOR: 404}),
    Row("key/<token>/<int:post_id>/organisers/", "/key/{room}/{post}/organisers/", ROOM | {Who.AUTHOR: 404}),
    Row("desk/calendars/", "/desk/calendars/", EDITORS),
    # None is there; editors are told so.
    Row("desk/calendars/<int:pk>/", "/desk/calendars/1/", EDITORS | {Who.EDITOR: 404, Who.STEWARD: 404}, (POST,)),
    Row("calendar/sign-up/<int:post_id>/", "/calendar/sign-up/{post}/", NOT_THERE),
    Row("key/<token>/<int:post_id>/appeal/", "/key/{room}/{post}/appeal/", ROOM),
    Row("key/<token>/<int:post_id>/messages/", "/key/{room}/{post}/messages/", ROOM),
    Row("key/<token>/<int:post_id>/files/", "/key/{room}/{post}/files/", ROOM),
    Row("key/<token>/<int:post_id>/files/<public_id>/", "/key/{room}/{post}/files/{published_picture}/", ROOM),
    Row("key/<token>/<int:post_id>/files/<public_id>/<name>", "/key/{room}/{post}/files/{published_picture}/{sketch}", ROOM, (GET,)),
    Row("key/<token>/<int:post_id>/add/", "/key/{room}/{post}/add/", ROOM),
    Row("key/<token>/<int:post_id>/add/<draft_token>/", "/key/{room}/{post}/add/{addition}/", ROOM),
]  # fmt: skip

ORGANISATIONS = [
    Row("organisations/room/", "/organisations/room/", ANYONE),
    Row("organisations/join/<token>/", "/organisations/join/made-up/", CLOSED),
    # Of an organisation that has such a contact; there is none.
    Row("organisations/press/<str:slug>/", "/organisations/press/nobody/", NOT_THERE),
    Row("organisations/room/<token>/…", "/organisations/room/made-up/", CLOSED),
]  # fmt: skip

API = [
    Row("api/v1/openapi.json", "/api/v1/openapi.json", ANYONE, (GET,)),
    Row("api/v1/challenge", "/api/v1/challenge", ANYONE, (GET,)),
    Row("api/v1/posts", "/api/v1/posts", ANYONE, (GET,)),
    Row("api/v1/posts", "/api/v1/posts", PROGRAMS, (POST,)),
    Row("api/v1/posts/<int:post_id>", "/api/v1/posts/{post}", ANYONE, (GET,)),
    Row("api/v1/posts/<int:post_id>", "/api/v1/posts/{post}", WITH_KEY_OR_EDITORS, ("PATCH",)),
    Row("api/v1/posts/<int:post_id>", "/api/v1/posts/{post}", WITH_KEY, ("DELETE",)),
    Row("api/v1/posts/<int:post_id>/addenda", "/api/v1/posts/{post}/addenda", WITH_KEY, (POST,)),
    # Of a call; this post is none.
    Row("api/v1/posts/<int:post_id>/pledges", "/api/v1/posts/{post}/pledges", _answers(401, 404, 403, 403, 403, 401), (GET,)),
    # A token that acts for an organisation; this post is no call.
    *(
        Row(f"api/v1/posts/<int:post_id>/{what}", f"/api/v1/posts/{{post}}/{what}", ORGANISATIONS_PROGRAMS, methods)
        for what, methods in (("endorsement", (GET, POST, "DELETE")), ("events", (POST,)))
    ),
    Row("api/v1/search", "/api/v1/search?q=vote", ANYONE, (GET,)),
    Row("api/v1/rules", "/api/v1/rules", EDITORS_PROGRAMS, (GET,)),
    Row("api/v1/decisions", "/api/v1/decisions", EDITORS_PROGRAMS, (POST,)),
    Row("api/v1/media", "/api/v1/media", PROGRAMS, (POST,)),
    Row("api/v1/", "/api/v1/", NOT_THERE),
    Row("api/v1/<path:rest>", "/api/v1/anything/else", NOT_THERE),
]  # fmt: skip

SIGNING_IN = [
    Row("desk/sign-in/<token>/", "/desk/sign-in/{invitation}/", ANYONE),
    Row("desk/login/", "/desk/login/", ANYONE),
    Row("desk/login/code/", "/desk/login/code/", EDITORS),
    Row("desk/login/passkey/", "/desk/login/passkey/", EDITORS),
    Row("desk/login/removed/", "/desk/login/removed/", ANYONE, (GET,)),
    Row("desk/logout/", "/desk/logout/", EDITORS, (GET,)),
    Row("desk/logout/", "/desk/logout/", OUT, (POST,)),
    Row("desk/setup/", "/desk/setup/", EDITORS, (GET,)),
    Row("desk/setup/password/", "/desk/setup/password/", EDITORS),
    Row("desk/security/", "/desk/security/", EDITORS, (GET,)),
    Row("desk/security/sign-out/", "/desk/security/sign-out/", OUT, (POST,)),
    Row("desk/security/password/", "/desk/security/password/", EDITORS),
    Row("desk/security/password/set/", "/desk/security/password/set/", EDITORS),
    Row("desk/security/app/", "/desk/security/app/", EDITORS),
    Row("desk/security/app/picture.svg", "/desk/security/app/picture.svg", NONE_YET, (GET,)),
    Row("desk/security/app/remove/", "/desk/security/app/remove/", NONE_YET),
    Row("desk/security/passkeys/", "/desk/security/passkeys/", EDITORS, (GET,)),
    Row("desk/security/passkeys/add/", "/desk/security/passkeys/add/", EDITORS),
    Row("desk/security/passkeys/<int:pk>/name/", "/desk/security/passkeys/{passkey}/name/", EDITORS),
    Row("desk/security/passkeys/<int:pk>/remove/", "/desk/security/passkeys/{passkey}/remove/", EDITORS),
    Row("desk/security/codes/", "/desk/security/codes/", NONE_YET, (GET,)),
    Row("desk/security/codes/new/", "/desk/security/codes/new/", EDITORS),
    Row("desk/security/confirm/", "/desk/security/confirm/", EDITORS),
    Row("desk/security/confirm/code/", "/desk/security/confirm/code/", EDITORS),
    Row("desk/security/confirm/passkey/", "/desk/security/confirm/passkey/", EDITORS),
]  # fmt: skip

DESK = [
    Row("desk/", "/desk/", EDITORS, (GET,)),
    Row("desk/appeals/", "/desk/appeals/", EDITORS, (GET,)),
    Row("desk/flags/", "/desk/flags/", EDITORS, (GET,)),
    Row("desk/waiting/", "/desk/waiting/", EDITORS, (GET,)),
    Row("desk/comments/", "/desk/comments/", EDITORS, (GET,)),
    Row("desk/act/", "/desk/act/", EDITORS, (POST,)),
    Row("desk/looking/", "/desk/looking/", EDITORS, (POST,)),
    Row("desk/flood/", "/desk/flood/", EDITORS, (POST,)),
    Row("desk/heaps/<int:number>/", "/desk/heaps/{heap}/", EDITORS, (POST,)),
    Row("desk/posts/<int:number>/", "/desk/posts/{post}/", EDITORS, (GET,)),
    Row("desk/posts/<int:number>/say/", "/desk/posts/{post}/say/", EDITORS, (POST,)),
    Row("desk/posts/<int:number>/correct/", "/desk/posts/{post}/correct/", EDITORS),
    Row("desk/posts/<int:number>/correct/<int:part>/", "/desk/posts/{post}/correct/{addendum}/", EDITORS),
    Row("desk/posts/<int:number>/withdraw/", "/desk/posts/{post}/withdraw/", EDITORS),
    Row("desk/posts/<int:number>/withdraw/<int:part>/", "/desk/posts/{post}/withdraw/{addendum}/", EDITORS),
    Row("desk/editors/", "/desk/editors/", EDITORS, (GET,)),
    Row("desk/editors/invite/", "/desk/editors/invite/", EDITORS, (POST,)),
    Row("desk/editors/invitations/<int:number>/cancel/", "/desk/editors/invitations/{open_invitation}/cancel/", STEWARDS, (POST,)),
    Row("desk/editors/<int:number>/remove/", "/desk/editors/{colleague}/remove/", STEWARDS),
    Row("desk/editors/<int:number>/role/", "/desk/editors/{colleague}/role/", STEWARDS),
    Row("desk/editors/<int:number>/let-in/", "/desk/editors/{colleague}/let-in/", STEWARDS),
    Row("desk/features/", "/desk/features/", EDITORS, (GET,)),
    Row("desk/features/new/", "/desk/features/new/", EDITORS),
    Row("desk/features/<int:pk>/", "/desk/features/{feature}/", EDITORS),
    Row("desk/features/<int:pk>/move/", "/desk/features/{feature}/move/", EDITORS, (POST,)),
    Row("desk/features/<int:pk>/switch/", "/desk/features/{feature}/switch/", EDITORS, (POST,)),
    Row("desk/calls/", "/desk/calls/", EDITORS),
    Row("desk/organisations/", "/desk/organisations/", EDITORS, (GET,)),
    Row("desk/organisations/new/", "/desk/organisations/new/", EDITORS),
    Row("desk/organisations/import/", "/desk/organisations/import/", EDITORS),
    Row("desk/organisations/<int:pk>/", "/desk/organisations/{organisation}/", EDITORS),
    Row("desk/organisations/<int:pk>/<word>/", "/desk/organisations/{organisation}/verify/", EDITORS, (POST,)),
    Row("desk/screening/", "/desk/screening/", EDITORS, (GET,)),
    Row("desk/screening/new/", "/desk/screening/new/", EDITORS),
    Row("desk/screening/<int:pk>/", "/desk/screening/{screening}/", EDITORS),
    Row("desk/rules/", "/desk/rules/", EDITORS, (GET,)),
    Row("desk/rules/new/", "/desk/rules/new/", STEWARDS),
    Row("desk/rules/<int:pk>/", "/desk/rules/{rule}/", STEWARDS),
    Row("desk/settings/", "/desk/settings/", STEWARDS),
    Row("desk/settings/sections/new/", "/desk/settings/sections/new/", STEWARDS),
    Row("desk/settings/sections/<int:pk>/", "/desk/settings/sections/{section}/", STEWARDS),
    Row("desk/settings/pages/about/", "/desk/settings/pages/about/", STEWARDS),
    Row("desk/settings/pages/policy/", "/desk/settings/pages/policy/", STEWARDS),
    Row("desk/settings/pages/privacy/", "/desk/settings/pages/privacy/", STEWARDS),
    Row("^desk/", "/desk/nothing/here/", NOT_THERE),
]  # fmt: skip

TABLE = [*SITE, *ORGANISATIONS, *API, *SIGNING_IN, *DESK]
