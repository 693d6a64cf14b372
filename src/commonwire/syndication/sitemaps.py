from collections.abc import Iterable
from datetime import date, datetime
from xml.sax.saxutils import escape

from django.conf import settings
from django.utils.encoding import iri_to_uri

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def index(months: Iterable[date]) -> bytes:
    """One map a month: a new post changes only its own."""
    maps = "".join(
        f"<sitemap><loc>{settings.SITE_URL}/sitemap-{month:%Y-%m}.xml</loc></sitemap>\n"
        for month in months
    )
    return f"{_HEAD}<sitemapindex {_SPACE}>\n{maps}</sitemapindex>\n".encode()


def month(posts: Iterable[tuple[date, str, datetime]]) -> bytes:
    """The posts of a month: day, slug and time of the last change of each."""
    lines = "".join(
        f"<url><loc>{_address(day, slug)}</loc>"
        f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod></url>\n"
        for day, slug, changed in posts
    )
    return f"{_HEAD}<urlset {_SPACE}>\n{lines}</urlset>\n".encode()


def _address(day: date, slug: str) -> str:
    return escape(iri_to_uri(f"{settings.SITE_URL}/{day:%Y/%m/%d}/{slug}/"))
