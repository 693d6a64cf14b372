"""What the Domain Name System says, within a time limit."""

import dns.exception
import dns.resolver

# Longer than any healthy resolver takes; somebody waits for the answer.
SECONDS = 5.0


class Unknown(ValueError):
    """There is no such name, or nobody answered for it in time."""


def addresses(name: str) -> list[str]:
    """Every address of a host. Nothing on this machine has a say in it: no file of
    hosts, no domain to search in."""
    try:
        found = dns.resolver.Resolver().resolve_name(
            f"{name}.", lifetime=SECONDS, search=False
        )
    except (dns.exception.DNSException, UnicodeError, OSError) as error:
        raise Unknown(name) from error
    return list(found.addresses())


def texts(name: str) -> list[str]:
    """The TXT records of a domain, their parts joined; none when it has none."""
    try:
        found = dns.resolver.resolve(f"{name}.", "TXT", lifetime=SECONDS, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, UnicodeError, OSError) as error:
        raise Unknown(name) from error
    return [b"".join(row.strings).decode("utf-8", "replace") for row in found]
