"""Machine-readable data of a post (schema.org, JSON-LD)."""

from typing import Any

from django.conf import settings
from django.utils.encoding import iri_to_uri

from commonwire.kit.markup import to_plain
from commonwire.publishing.models import Post, Site
from commonwire.publishing.states import Kind


def article(post: Post, site: Site) -> dict[str, Any]:
    """A post that `queries.full` read, as an Article."""
    if post.withdrawn_at:
        return {}
    address = settings.SITE_URL + iri_to_uri(post.path)
    pictures = post.pictures
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": address,
        "url": address,
        "headline": post.title,
        "description": description(post),
        "datePublished": post.published_at.isoformat(timespec="seconds"),
        "dateModified": post.updated_at.isoformat(timespec="seconds"),
        "inLanguage": post.language,
        "isAccessibleForFree": True,
        "publisher": {
            "@type": "Organization",
            "name": site.name,
            "url": f"{settings.SITE_URL}/",
        },
        "articleSection": [place.section.name for place in post.places.all()],
    }
    if post.byline:
        # Nobody asked which it is; releases are signed by bodies.
        body = "Organization" if post.kind == Kind.RELEASE else "Person"
        data["author"] = {"@type": body, "name": post.byline}
    if pictures:
        data["image"] = [settings.SITE_URL + picture.src for picture in pictures]
    return data


def description(post: Post) -> str:
    """The summary, or how the text begins."""
    return post.summary or _beginning(to_plain(post.body))


def _beginning(text: str, length: int = 200) -> str:
    if len(text) <= length:
        return text
    return text[:length].rpartition(" ")[0] + " …"
