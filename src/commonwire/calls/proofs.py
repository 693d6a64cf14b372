"""How an organisation proves by itself that it is who it says: a line in the DNS or on
the website that it names, which only who holds the domain can put there."""

import codecs
import hmac
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from commonwire.calls.actions.organisations import domain_of
from commonwire.calls.models import Organisation
from commonwire.calls.states import Proof
from commonwire.kit import fetching, names
from commonwire.kit.buckets import Buckets, Network

FILE = "/.well-known/commonwire.txt"
_MOST_BYTES = 20_000
_DIGITS = 32
# Each try makes this server ask another one.
_tries = Buckets("calls.proofs.tries", capacity=10, seconds=360)


class NotProved(ValueError):
    """``words``: what was looked for, what was found, and what to do."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def line_of(organisation: Organisation) -> str:
    """The same one every time, for this site, this organisation and this domain."""
    seed = f"proof:{organisation.pk}:{domain_of(organisation.website)}"
    digest = hmac.digest(settings.SECRET_KEY.encode(), seed.encode(), "sha256")
    return f"commonwire-verify={digest.hex()[:_DIGITS]}"


def check(organisation: Organisation, by: Proof) -> str:
    """The domain that proves it. Raises NotProved."""
    domain = domain_of(organisation.website)
    if not domain:
        raise NotProved(
            _("Give the organisation’s website first: it is what proves it.")
        )
    if not _tries.take(Network(f"organisation {organisation.pk}", shared=False)):
        raise NotProved(_("That were many tries. Wait some minutes."))
    lines = _in_dns(domain) if by is Proof.DNS else _in_file(organisation)
    if line_of(organisation) not in lines:
        raise NotProved(_missing(by, domain))
    return domain


def _in_dns(domain: str) -> set[str]:
    bare = domain.removeprefix("www.")
    try:
        found = [text for name in {domain, bare} for text in names.texts(name)]
    except names.Unknown:
        words = _("Nobody answers for the domain %(domain)s. Try again later.")
        raise NotProved(words % {"domain": domain}) from None
    return {text.strip() for text in found}


def _in_file(organisation: Organisation) -> set[str]:
    """At the domain's usual port, and nowhere else: others may have another port of it,
    and a redirect may be anybody's."""
    domain = domain_of(organisation.website)
    scheme = urlsplit(organisation.website).scheme
    host = f"[{domain}]" if ":" in domain else domain
    address = f"{scheme}://{host}{FILE}"
    try:
        found = fetching.fetch(address, most_bytes=_MOST_BYTES)
    except fetching.Unfetched as unfetched:
        words = _("%(address)s could not be read: %(why)s")
        told = {"address": address, "why": unfetched.words}
        raise NotProved(words % told) from unfetched
    end = domain_of(found.url)
    if end.removeprefix("www.") != domain.removeprefix("www."):
        words = _(
            "%(address)s leads to %(end)s, which is another site and proves nothing of "
            "this one. Put the file on %(domain)s itself."
        )
        told = {"address": address, "end": end, "domain": domain}
        raise NotProved(words % told)
    return {line.strip() for line in _text(found.body).split("\n")}


def _text(body: bytes) -> str:
    """Editors of text write it in more than one way."""
    wide = body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return body.decode("utf-16" if wide else "utf-8-sig", "replace")


def _missing(by: Proof, domain: str) -> str:
    if by is Proof.DNS:
        words = _(
            "The line is in no TXT record of %(domain)s. What was put there can take "
            "some hours to be seen; then try again."
        )
    else:
        words = _("The file on %(domain)s is there, and the line is not in it.")
    return words % {"domain": domain}
