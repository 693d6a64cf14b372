"""What every answer says to browsers, whoever gives it."""

import os
import re
from pathlib import Path
from urllib.parse import quote

from django.conf import settings

# Players are made by a script after a click, only from the hosts that the page names
# itself in a narrower policy; nothing else may come from elsewhere. The one policy that
# a script may make (static/work.js) lets through the address of our own worker.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' blob:; media-src 'self' blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; frame-src https:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types work"
)
SECURITY: tuple[tuple[str, str], ...] = (
    ("Content-Security-Policy", POLICY),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"),
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
)
# Media and feeds may be shown on other sites. Chromium opens PDFs sandboxed like this;
# its reader is no part of the document.
OPEN: tuple[tuple[str, str], ...] = (
    ("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'self'"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
)
# Pages for frames on other sites, and nothing else, may stand in frames. They have no
# origin of their own there: no cookie, no storage, nothing of the site's to read.
EMBEDDED: tuple[tuple[str, str], ...] = (
    (
        "Content-Security-Policy",
        (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            "base-uri 'none'; form-action 'none'; frame-ancestors *; "
            "require-trusted-types-for 'script'; trusted-types 'none'; "
            "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox"
        ),
    ),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"),
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
)
_EMBEDDED = re.compile(r"/embed(?:-(?:counter|endorsers|events))?\.html$")
# What a printed page must not take away: pictures, the files of the program, and what
# mirrors follow.
NOT_PAGES = {"media", "assets", "manifest"}
# What no template and no setting changes: a copy of the tree proves the log with it.
LASTING_PAGES = Path("log", "tile")
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".rss": "application/rss+xml; charset=utf-8",
    ".json": "application/feed+json; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".opus": "audio/ogg",
    ".mp3": "audio/mpeg",
    ".vtt": "text/vtt; charset=utf-8",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
}
# Those of the public log have no suffix; their standard names their addresses.
_PLAIN_TEXT = {"/log/checkpoint", "/log/key"}
# JSON that is no feed.
_DATA = ("/decision.json", "/decisions.json", "/ninjs.json", "/oembed.json")
_LASTING = ("/media/", "/assets/", "/log/tile/")
PAGE_CACHE = "no-cache"
FILE_CACHE = "public, max-age=31536000, immutable"


def said_of(path: str) -> tuple[tuple[str, str], ...]:
    """What the answer with a file of the tree says, beside what it is."""
    if _EMBEDDED.search(path):
        return EMBEDDED
    own = path.endswith((".html", "/")) or path.startswith("/assets/")
    return SECURITY if own else OPEN


def kind_of(path: str) -> str:
    """The type of what lies at a public address."""
    if path.endswith("/"):
        return TYPES[".html"]
    if path in _PLAIN_TEXT:
        return TYPES[".txt"]
    if path.endswith(_DATA):
        return "application/json; charset=utf-8"
    suffix = os.path.splitext(path)[1]  # noqa: PTH122 - an address is no file
    return TYPES.get(suffix, "application/octet-stream")


def is_lasting(path: str) -> bool:
    """Whether what lies there is never another."""
    return path.startswith(_LASTING)


def cache_of(path: str) -> str:
    return FILE_CACHE if is_lasting(path) else PAGE_CACHE


def onion_of(path: str) -> tuple[tuple[str, str], ...]:
    """Where Tor Browser finds the same page as an onion service, if there is one. What
    is in the query is nobody's business there."""
    if not settings.ONION_URL:
        return ()
    return (("Onion-Location", settings.ONION_URL + quote(path)),)
