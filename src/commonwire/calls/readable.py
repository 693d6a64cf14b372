"""What a call says, by name, as corrections show it."""

from django.utils.translation import gettext_lazy as _

from commonwire.calls.models import Call

NAMES = {
    "call.when": _("day and hours"),
    "call.asks": _("what is asked"),
    "call.demands": _("demands"),
    "call.know": _("what to know"),
    "call.ask_whom": _("who to ask"),
    "call.links": _("links"),
    "call.contacts": _("contacts"),
}


def readable(call: Call) -> dict[str, str]:
    asks = call.asks.filter(dropped=False)
    demands = call.demands.all()
    return {
        "call.when": call.when.words(),
        "call.asks": "\n".join(str(ask) for ask in asks),
        "call.demands": "\n".join(
            " — ".join(filter(None, (d.text, d.addressee, d.get_status_display())))
            for d in demands
        ),
        "call.know": call.know,
        "call.ask_whom": call.ask_whom,
        "call.links": "\n".join(f"{e['url']} {e['words']}".strip() for e in call.links),
        "call.contacts": "\n".join(each.line for each in call.shown_contacts),
    }
