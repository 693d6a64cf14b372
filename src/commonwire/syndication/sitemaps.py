from collections.abc import Iterable
from datetime import date, datetime
from xml.sax.saxutils import escape

from django.conf import settings
from django.utils.encoding import iri_to_uri

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def index(names: Iterable[str], months: Iterable[date]) -> bytes:
    """Those that have a name, and one map a month: a new post changes only its own."""
    maps = "".join(
        f"<sitemap><loc>{settings.SITE_URL}/sitemap-{name}.xml</loc></sitemap>\n"
        for name in (*names, *(f"{month:%Y-%m}" for month in months))
    )
    return f"{_HEAD}<sitemapindex {_SPACE}>\n{maps}</sitemapindex>\n".encode()


def month(posts: Iterable[tuple[date, str, datetime]]) -> bytes:
    """The posts of a month: day, slug and time of the last change of each."""
    return pages((f"/{day:%Y/%m/%d}/{slug}/", changed) for day, slug, changed in posts)


def pages(found: Iterable[tuple[str, datetime | None]]) -> bytes:
    """Paths, and when each changed, if that can be said."""
    lines = "".join(
        f"<url><loc>{escape(iri_to_uri(settings.SITE_URL + path))}</loc>"
        f"{_changed(at)}</url>\n"
        for path, at in found
    )
    return f"{_HEAD}<urlset {_SPACE}>\n{lines}</urlset>\n".encode()


def _changed(at: datetime | None) -> str:
    return f"<lastmod>{at.isoformat(timespec='seconds')}</lastmod>" if at else ""
