"""Videos and sound elsewhere, recognised by their address alone.

Nothing is fetched, and a reader's browser asks nobody before a click: the figure holds
a plain link, and the address of a frame that a script may build in its place.
"""

import re
from collections.abc import Iterable
from html import escape
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qs, urlsplit

from django.utils.translation import gettext

MAX_ADDRESS = 2_000
MAX_SHOWN = 40
REL = "nofollow ugc noopener"


class Embed(NamedTuple):
    provider: str
    frame: str
    frame_host: str
    plain: str

    @property
    def video(self) -> str:
        """The same wherever it starts."""
        return self.plain.partition("?")[0]


_YOUTUBE_HOSTS = {"youtube.com", "m.youtube.com", "music.youtube.com", "youtu.be"}
_YOUTUBE_HOSTS |= {"youtube-nocookie.com"}
_YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_YOUTUBE_PATH = re.compile(r"/(?:shorts|live|embed|v)/([A-Za-z0-9_-]{11})/?")
_VIMEO_PATH = re.compile(
    r"(?:/channels/[\w-]+|/groups/[\w-]+/videos|/video)?/([0-9]{5,12})(?:/([0-9a-f]{8,20}))?/?",
    re.ASCII,
)
_VIMEO_HASH = re.compile(r"[0-9a-f]{8,20}")
_ARCHIVE_PATH = re.compile(r"/(?:details|embed)/([A-Za-z0-9][A-Za-z0-9._-]{1,99})/?")
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_SHORT_UUID = r"[1-9A-HJ-NP-Za-km-z]{22}"
_PEERTUBE_PATH = re.compile(
    rf"/(?:w|videos/watch|videos/embed)/({_UUID}|{_SHORT_UUID})/?"
)
_SECONDS = re.compile(r"(?:(\d{1,2})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?", re.ASCII)
_HOST = re.compile(
    r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})"
)
# Names that lead into the reader's own network, or nowhere without Tor.
_INNER = ("local", "localhost", "internal", "lan", "home", "arpa", "onion")

_FACEBOOK_HOSTS = {"facebook.com", "m.facebook.com", "web.facebook.com", "fb.com"}
_FACEBOOK_REEL = re.compile(r"/(?:reel|share/r)/")
_FACEBOOK_VIDEO = re.compile(r"/watch/?$|/watch/|/share/v/|/[^/]+/videos/")
_FRAMES = re.compile(
    r'<figure class="embed" data-frame="https://([a-z0-9.-]+)/[^"<>]*"'
)


def find(url: str) -> Embed | None:
    """What to play for this address, or nothing when it is just a link."""
    parts = _split(url)
    if parts is None:
        return None
    host = parts.netloc.removeprefix("www.")
    if host in _YOUTUBE_HOSTS:
        return _youtube(host, parts)
    if host in {"vimeo.com", "player.vimeo.com"}:
        return _vimeo(parts)
    if host == "archive.org":
        return _archive(parts)
    return _peertube(parts)


def embed_figure(url: str, *, label: str = "") -> str:
    """The figure for an address, or nothing."""
    embed = find(url)
    return figure(embed, label=label) if embed else ""


def figure(embed: Embed, *, label: str = "") -> str:
    watch = label or gettext("Watch on %(provider)s") % {"provider": embed.provider}
    title = gettext("Video on %(provider)s") % {"provider": embed.provider}
    text = f"{watch}: {_shown(embed.plain)}"
    return (
        f'<figure class="embed" data-frame="{escape(embed.frame)}"'
        f' data-title="{escape(title)}"><a href="{escape(embed.plain)}"'
        f' rel="{REL}">{escape(text, quote=False)}</a></figure>'
    )


def frame_hosts(html_fragments: Iterable[str]) -> set[str]:
    """The hosts whose frames these fragments may open, for the page's policy.

    Only figures that ``figure`` wrote count: in typed text the "<" is escaped.
    """
    found = {host for html in html_fragments for host in _FRAMES.findall(html)}
    return {host for host in found if _HOST.fullmatch(host)}


def link_name(url: str) -> str:
    """A plain name for a video that cannot be embedded, or nothing."""
    parts = _split(url)
    if parts is None:
        return ""
    host = parts.netloc.removeprefix("www.")
    if host == "fb.watch":
        name = gettext("Facebook video")
    elif host not in _FACEBOOK_HOSTS:
        return ""
    elif _FACEBOOK_REEL.match(parts.path):
        name = gettext("Facebook reel")
    elif _FACEBOOK_VIDEO.match(parts.path):
        name = gettext("Facebook video")
    else:
        return ""
    return f"{name} ({_shown(url)})"


def _split(url: str) -> SplitResult | None:
    """The parts of a web address with a real host name: no port, user or number."""
    if len(url) > MAX_ADDRESS:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    parts = parts._replace(netloc=parts.netloc.lower())
    named = _HOST.fullmatch(parts.netloc)
    if parts.scheme not in {"http", "https"} or not named:
        return None
    return None if parts.netloc.rpartition(".")[2] in _INNER else parts


def _youtube(host: str, parts: SplitResult) -> Embed | None:
    query = parse_qs(parts.query)
    if host == "youtu.be":
        video = parts.path.strip("/")
    elif parts.path.rstrip("/") == "/watch":
        video = query.get("v", [""])[0]
    else:
        match = _YOUTUBE_PATH.fullmatch(parts.path)
        video = match[1] if match else ""
    if not _YOUTUBE_ID.fullmatch(video):
        return None
    start = _start(query, parts.fragment)
    host = "www.youtube-nocookie.com"
    frame = f"https://{host}/embed/{video}" + (f"?start={start}" if start else "")
    plain = f"https://youtu.be/{video}" + (f"?t={start}" if start else "")
    return Embed("YouTube", frame, host, plain)


def _vimeo(parts: SplitResult) -> Embed | None:
    match = _VIMEO_PATH.fullmatch(parts.path)
    if not match:
        return None
    secret = match[2] or parse_qs(parts.query).get("h", [""])[0]
    if secret and not _VIMEO_HASH.fullmatch(secret):
        return None
    host = "player.vimeo.com"
    # An unlisted video plays only with its hash.
    frame = f"https://{host}/video/{match[1]}?dnt=1" + (
        f"&h={secret}" if secret else ""
    )
    plain = f"https://vimeo.com/{match[1]}" + (f"/{secret}" if secret else "")
    return Embed("Vimeo", frame, host, plain)


def _archive(parts: SplitResult) -> Embed | None:
    match = _ARCHIVE_PATH.fullmatch(parts.path)
    if not match:
        return None
    item = match[1]
    plain = f"https://archive.org/details/{item}"
    return Embed(
        "Internet Archive", f"https://archive.org/embed/{item}", "archive.org", plain
    )


def _peertube(parts: SplitResult) -> Embed | None:
    match = _PEERTUBE_PATH.fullmatch(parts.path)
    if not match or parts.scheme != "https":
        return None
    start = _start(parse_qs(parts.query), "")
    host, video = parts.netloc, match[1]
    frame = f"https://{host}/videos/embed/{video}?p2p=0"
    if start:
        frame += f"&start={start}"
    plain = f"https://{host}/w/{video}" + (f"?start={start}" if start else "")
    return Embed("PeerTube", frame, host, plain)


def _start(query: dict[str, list[str]], fragment: str) -> int:
    given = query.get("t") or query.get("start") or [fragment.removeprefix("t=")]
    match = _SECONDS.fullmatch(given[0])
    if not match:
        return 0
    hours, minutes, seconds = (int(group or 0) for group in match.groups())
    return hours * 3600 + minutes * 60 + seconds


def _shown(url: str) -> str:
    """An address as people say it, cut when it is long."""
    parts = urlsplit(url)
    said = parts.netloc.removeprefix("www.") + parts.path.rstrip("/")
    return said if len(said) <= MAX_SHOWN else said[: MAX_SHOWN - 1] + "…"
