"""What others copy to embed something: the frame, the script, and both as oEmbed."""

import json
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

# The frame may tell its height and open pages; of its neighbours it sees nothing.
SANDBOX: Final = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
WIDTH: Final = 600
# By what the frame shows; the script knows better.
HEIGHTS: Final = {"": 340, "counter": 170, "endorsers": 420, "events": 420, "list": 480}
NAMES: Final = {
    "": _("Card"),
    "counter": _("Counter"),
    "endorsers": _("Who endorses it"),
    "events": _("Local events"),
}
CACHE_SECONDS: Final = 3_600


@dataclass(frozen=True)
class Embed:
    """Something at ``path`` that can be embedded; ``show``: which view of it."""

    path: str
    title: str
    by: str = ""
    show: str = ""
    is_list: bool = False

    @property
    def name(self) -> str:
        return str(NAMES[self.show])

    @property
    def address(self) -> str:
        return _absolute(self.path)

    @property
    def frame_address(self) -> str:
        return self.address + file_of(self.show)

    @property
    def height(self) -> int:
        return HEIGHTS["list" if self.is_list else self.show]

    @property
    def frame(self) -> str:
        return self.framed("100%")

    def framed(self, width: str) -> str:
        return format_html(
            '<iframe src="{}" title="{}" width="{}" height="{}" sandbox="{}" '
            'loading="lazy" frameborder="0"></iframe>',
            *(self.frame_address, self.title, width, self.height, SANDBOX),
        )

    @property
    def script(self) -> str:
        show = format_html(' data-show="{}"', self.show) if self.show else ""
        return format_html(
            '<script async src="{}" data-address="{}"{}></script>',
            *(_absolute("/embed.js"), self.address, show),
        )

    def oembed(self, site: str) -> dict[str, object]:
        said = {
            "version": "1.0",
            "type": "rich",
            "title": self.title,
            "author_name": self.by,
            "provider_name": site,
            "provider_url": _absolute("/"),
            "cache_age": CACHE_SECONDS,
            "html": self.framed(str(WIDTH)),
            "width": WIDTH,
            "height": self.height,
        }
        return {name: value for name, value in said.items() if value}


def show_of(name: str) -> str:
    return name.removesuffix(".html").removeprefix("embed").removeprefix("-")


def file_of(show: str) -> str:
    return f"embed-{show}.html" if show else "embed.html"


def fit(said: bytes, *, width: int = 0, height: int = 0) -> bytes:
    """oEmbed within a page's own bounds; none where they are 0."""
    data = json.loads(said)
    for name, most in (("width", width), ("height", height)):
        if 0 < most < data[name]:
            old, data[name] = f'{name}="{data[name]}"', most
            data["html"] = data["html"].replace(old, f'{name}="{most}"')
    return as_json(data)


def as_json(said: dict[str, object]) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode()


def _absolute(path: str) -> str:
    return settings.SITE_URL + str(iri_to_uri(path))
