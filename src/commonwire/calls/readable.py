"""What a call says, by name, as corrections show it."""

from django.utils.translation import gettext_lazy as _

from commonwire.calls.content import CallContent
from commonwire.calls.states import AskKind, DemandStatus

CALLED_OFF = "call.called_off"
NAMES = {
    CALLED_OFF: _("called off, and taken up again"),
    "call.when": _("day and hours"),
    "call.asks": _("what is asked"),
    "call.demands": _("demands"),
    "call.know": _("what to bring and to know"),
    "call.ask_whom": _("who to ask"),
    "call.links": _("links"),
    "call.contacts": _("contacts"),
}


def readable(content: CallContent) -> dict[str, str]:
    return {
        "call.when": content.when.words(),
        "call.asks": "\n".join(
            f"{AskKind(ask.kind).label}: {ask.text}" for ask in content.asks
        ),
        "call.demands": "\n".join(
            " — ".join(
                filter(None, (d.text, d.addressee, str(DemandStatus(d.status).label)))
            )
            for d in content.demands
        ),
        "call.know": content.know,
        "call.ask_whom": content.ask_whom,
        "call.links": "\n".join(f"{e.url} {e.words}".strip() for e in content.links),
        "call.contacts": "\n".join(each.line for each in content.contacts),
    }
