"""What other editors look at, and what they have decided while this page was open."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commonwire.accounts.middleware import editor_of
from commonwire.accounts.permissions import Permission, needs
from commonwire.kit.numbers import row_numbers
from commonwire.moderation import queries
from commonwire.moderation.actions.looking import look_at
from commonwire.moderation.sentences import teller
from commonwire.publishing.models import Post

MOST_SHOWN = 200


@needs(Permission.READ)
@require_POST
def looking(request: HttpRequest) -> JsonResponse:
    """``post``: what is looked at now, if anything; ``shown``: what the page shows;
    ``since``: the newest decision that it knows."""
    editor = editor_of(request)
    post = Post.objects.filter(
        pk__in=row_numbers([request.POST.get("post", "")])
    ).first()
    if post is not None:
        look_at(post=post, by=editor)
    shown = row_numbers(request.POST.getlist("shown"))[:MOST_SHOWN]
    since = row_numbers([request.POST.get("since", "")])
    watched = queries.present(shown, but=editor)
    decided = queries.decided_since(shown, since[0] if since else -1, but=editor)
    tell = teller()
    return JsonResponse(
        {
            "looking": {pk: _looking(names) for pk, names in watched.items()},
            "decided": {pk: tell.plain(made) for pk, made in decided.items()},
        }
    )


def _looking(names: list[str]) -> str:
    return _("%(names)s is looking at this") % {"names": ", ".join(names)}
