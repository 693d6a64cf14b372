from django.utils import timezone

from commonwire.accounts.models import ApiToken, Editor, SignInLink, token_hash


def editor_for_link(token: str) -> Editor | None:
    """Whom a sign-in link is for, while it is good."""
    link = (
        SignInLink.objects.select_related("editor")
        .filter(token_hash=token_hash(token), expires_at__gt=timezone.now())
        .first()
    )
    return link.editor if link and link.editor.is_active else None


def api_token(token: str) -> ApiToken | None:
    found = (
        ApiToken.objects.select_related("editor")
        .filter(token_hash=token_hash(token))
        .first()
    )
    if found and found.editor and not found.editor.is_active:
        return None
    return found
