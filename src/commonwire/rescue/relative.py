"""Pages whose links work from a disk: from `/wire/` to `../wire/index.html`."""

import posixpath
import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import unquote

_ONE = re.compile(
    rb'(?<=\s)((?:href|src|poster|action|formaction)=")(/(?!/)[^"]*)(?=")'
)
_SEVERAL = re.compile(rb'(?<=\s)(srcset=")([^"]*)(?=")')
_IN_STYLE = re.compile(rb"(url\([\"']?)(/(?!/)[^\"')]*)")

IsThere = Callable[[str], bool]


class Relative:
    """``is_there``: whether an address without its slash is in the export. What is not
    is at the site itself, such as its form."""

    def __init__(self, site: str, is_there: IsThere) -> None:
        self.site, self.is_there = site, is_there

    def page(self, name: str, body: bytes) -> bytes:
        def several(found: re.Match[bytes]) -> bytes:
            offers = found[2].decode().split(",")
            told = ", ".join(self._offer(name, offer.strip()) for offer in offers)
            return found[1] + told.encode()

        body = _ONE.sub(lambda found: found[1] + self._link(name, found[2]), body)
        return _SEVERAL.sub(several, body)

    def style(self, name: str, body: bytes) -> bytes:
        return _IN_STYLE.sub(lambda found: found[1] + self._link(name, found[2]), body)

    def _offer(self, name: str, offer: str) -> str:
        address, space, size = offer.partition(" ")
        if address.startswith("/") and not address.startswith("//"):
            address = self._link(name, address.encode()).decode()
        return f"{address}{space}{size}"

    def _link(self, name: str, link: bytes) -> bytes:
        address = unescape(link.decode())
        path, hash_sign, fragment = address.partition("#")
        path, question, _query = path.partition("?")
        target = unquote(path[1:])
        if not target or target.endswith("/"):
            target += "index.html"
        if question or not self.is_there(target):
            return escape(f"{self.site}{address}").encode()
        start = posixpath.dirname(name) or "."
        # As it was written: letters beyond ASCII stay escaped.
        written = path[1:] + (
            "index.html" if target.endswith("index.html") and path.endswith("/") else ""
        )
        told = posixpath.relpath(written, start)
        return escape(f"{told}{hash_sign}{fragment}").encode()
