"""What every answer says to browsers, whoever gives it."""

import re

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
PAGE_CACHE = "no-cache"
FILE_CACHE = "public, max-age=31536000, immutable"


def said_of(path: str) -> tuple[tuple[str, str], ...]:
    """What the answer with a file of the tree says, beside what it is."""
    if _EMBEDDED.search(path):
        return EMBEDDED
    own = path.endswith((".html", "/")) or path.startswith("/assets/")
    return SECURITY if own else OPEN
