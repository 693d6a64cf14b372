"""Where the site says that it is, and whose word it takes for where others are."""

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from commonwire.web.deployment.findings import Findings, mend, note


def site_url(**_asked: Any) -> Findings:
    parts = urlsplit(settings.SITE_URL)
    host = parts.hostname or ""
    if is_here(host):
        return [
            note(
                "address.I001",
                f"The site's address is {settings.SITE_URL}, this machine or its "
                "neighbours.",
                "Before others read it, set COMMONWIRE_SITE_URL to the address that "
                "they use.",
            )
        ]
    if parts.scheme == "http" and not host.endswith(".onion"):
        return [
            mend(
                "address.W001",
                f"{settings.SITE_URL} is not encrypted: everybody in between reads who "
                "publishes what.",
                "Put nginx or Caddy with a certificate in front (deploy/), and set "
                "COMMONWIRE_SITE_URL to the https:// address.",
            )
        ]
    return []


def is_here(host: str) -> bool:
    """A name or number of this machine, or of a network that is nobody else's."""
    if host == "localhost" or host.endswith((".localhost", ".local", ".test")):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host


def proxies(**_asked: Any) -> Findings:
    wide = [str(each) for each in settings.PROXIES if not _is_close(each)]
    if not wide:
        return []
    return [
        mend(
            "address.W002",
            f"Anybody in {', '.join(wide)} may say that they are somebody else.",
            "Name in COMMONWIRE_PROXIES only the networks of your own proxies.",
        )
    ]


def _is_close(network: ipaddress.IPv4Network | ipaddress.IPv6Network) -> bool:
    return not network.is_global and network.num_addresses > 0 and network.prefixlen > 0


CHECKS = (site_url, proxies)
