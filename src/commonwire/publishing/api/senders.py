"""Who sends a request, and what they may do: an API token, an author's key, or nobody."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import NoReturn

from django.http import HttpRequest
from django.utils.translation import gettext as _

from commonwire.accounts import queries as accounts
from commonwire.accounts.models import ApiToken, Editor
from commonwire.kit.buckets import Network, network_of
from commonwire.publishing import keys
from commonwire.publishing.api.problems import Problem, not_found
from commonwire.publishing.models import Post
from commonwire.publishing.states import Author

# In step with the bucket behind `keys.may_try`.
KEY_WAIT_SECONDS = 360


@dataclass(frozen=True)
class Sender:
    network: Network
    token: ApiToken | None = None

    @property
    def editor(self) -> Editor | None:
        return self.token.editor if self.token else None


@dataclass(frozen=True)
class Right:
    """To change this post, as its author or as an editor."""

    post: Post
    by: Author
    editor: Editor | None = None


def contributor(request: HttpRequest) -> Sender:
    """Anybody; a token that is given has to be good."""
    network = network_of(request.META)
    scheme, secret = _authorization(request)
    if not scheme:
        return Sender(network)
    if scheme != "bearer":
        _unauthorised(
            "Bearer", _("Here goes “Authorization: Bearer TOKEN”, or no such header.")
        )
    return Sender(network, _token(secret))


def author(request: HttpRequest) -> Right:
    """Who has the key of the post that the address names."""
    scheme, secret = _authorization(request)
    if scheme == "bearer":
        _token(secret)
        raise Problem(
            HTTPStatus.FORBIDDEN,
            _("Only the post's author may do this, with the post's key."),
        )
    return _by_key(request, scheme, secret)


def author_or_editor(request: HttpRequest) -> Right:
    scheme, secret = _authorization(request)
    if scheme != "bearer":
        return _by_key(request, scheme, secret)
    editor = _token(secret).editor
    if editor is None:
        raise Problem(
            HTTPStatus.FORBIDDEN,
            _("This needs the post's key or an editor's token."),
        )
    post = Post.objects.filter(pk=_post_id(request)).first()
    if post is None:
        raise not_found(_("There is no post of this number."))
    return Right(post, Author.EDITOR, editor)


def editors_token(request: HttpRequest) -> ApiToken:
    """An editor's program, and nobody else's."""
    scheme, secret = _authorization(request)
    if scheme != "bearer":
        _unauthorised("Bearer", _("Send an editor's token: “Authorization: Bearer …”."))
    found = _token(secret)
    if found.editor is None:
        raise Problem(HTTPStatus.FORBIDDEN, _("This needs an editor's token."))
    return found


def _by_key(request: HttpRequest, scheme: str, phrase: str) -> Right:
    """A wrong phrase and a phrase of other posts get the same answer."""
    if scheme != "key" or not phrase:
        _unauthorised(
            "Key", _("Send the post's key: “Authorization: Key six words …”.")
        )
    if not keys.may_try(network_of(request.META)):
        raise Problem(
            HTTPStatus.TOO_MANY_REQUESTS,
            _("Too many tries came from your network. Try again in some minutes."),
            headers={"Retry-After": str(KEY_WAIT_SECONDS)},
        )
    key = keys.find(phrase)
    own = Post.everything.filter(key=key) if key else Post.everything.none()
    post = own.filter(pk=_post_id(request)).first()
    if post is None:
        raise Problem(
            HTTPStatus.FORBIDDEN, _("This post is not kept under these words.")
        )
    return Right(post, Author.AUTHOR)


def _token(secret: str) -> ApiToken:
    found = accounts.api_token(secret) if secret else None
    if found is None:
        _unauthorised("Bearer", _("This token is not known here, or not any more."))
    return found


def _authorization(request: HttpRequest) -> tuple[str, str]:
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    return scheme.lower(), secret.strip()


def _post_id(request: HttpRequest) -> int:
    match = request.resolver_match
    return int(match.kwargs["post_id"]) if match else 0


def _unauthorised(scheme: str, detail: str) -> NoReturn:
    raise Problem(HTTPStatus.UNAUTHORIZED, detail, headers={"WWW-Authenticate": scheme})
