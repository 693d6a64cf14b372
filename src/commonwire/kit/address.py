from django.conf import settings
from django.utils.encoding import iri_to_uri


def absolute(path: str) -> str:
    """An address that headers can carry too: slugs may be in any script."""
    return str(iri_to_uri(settings.SITE_URL + path))
