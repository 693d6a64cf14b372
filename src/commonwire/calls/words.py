"""The few words that outputs of a call add to what it says, in its own language."""

from datetime import date

from django.utils import formats, translation

_WORDS = {
    "en": {
        "call": "Call to action",
        "when": "When",
        "asks": "What we ask",
        "demands": "What we demand",
        "of": "of %s",
        "know": "What to bring, what to know",
        "ask": "Who to ask",
        "contact": "Contact",
        "press": "Further contacts for the press",
        "links": "Links",
        "issued": "Called by",
        "translations": "In other languages",
        "events": "Where",
        "endorsed": "Endorsed by",
        "one body": "1 organisation",
        "bodies": "%s organisations",
        "members": "with %s members, each counted once",
        "today": "It is today.",
        "now": "It is going on.",
        "tomorrow": "It is tomorrow.",
        "days": "In %s days.",
        "ended": "It is over.",
        "called-off": "Called off on %s.",
        "above-is-off": "Its call was called off on %s.",
        "page": "Page",
        "attend": "Come",
        "strike": "Strike",
        "dont-shop": "Don’t shop",
        "stay-home": "Stay home from school",
        "pledge": "Pledge",
        "display": "Display",
        "donate": "Donate",
        "write": "Write or call",
        "share": "Share",
        "other": "Also",
        "open": "open",
        "partly": "partly met",
        "won": "won",
        "dropped": "dropped",
        "since": "%s since %s",
        "version": "for the version of %s",
    },
    "es": {
        "call": "Convocatoria",
        "when": "Cuándo",
        "asks": "Qué pedimos",
        "demands": "Qué exigimos",
        "of": "a %s",
        "know": "Qué llevar, qué saber",
        "ask": "A quién preguntar",
        "contact": "Contacto",
        "press": "Más contactos para la prensa",
        "links": "Enlaces",
        "issued": "Convoca",
        "translations": "En otros idiomas",
        "events": "Dónde",
        "endorsed": "Con el apoyo de",
        "one body": "1 organización",
        "bodies": "%s organizaciones",
        "members": "con %s miembros, cada uno contado una vez",
        "today": "Es hoy.",
        "now": "Está en marcha.",
        "tomorrow": "Es mañana.",
        "days": "Faltan %s días.",
        "ended": "Ya pasó.",
        "called-off": "Desconvocada el %s.",
        "above-is-off": "Su convocatoria se desconvocó el %s.",
        "page": "Página",
        "attend": "Ven",
        "strike": "Huelga",
        "dont-shop": "No compres",
        "stay-home": "No vayas a clase",
        "pledge": "Comprométete",
        "display": "Muestra",
        "donate": "Dona",
        "write": "Escribe o llama",
        "share": "Comparte",
        "other": "Además",
        "open": "pendiente",
        "partly": "cumplida en parte",
        "won": "ganada",
        "dropped": "retirada",
        "since": "%s desde el %s",
        "version": "a la versión del %s",
    },
}
# An ask's kind whose name is another word's already.
_ASKS = {"contact": "write"}


def word(language: str, name: str) -> str:
    return _WORDS.get(language.partition("-")[0], _WORDS["en"])[name]


def ask_label(language: str, kind: str) -> str:
    return word(language, _ASKS.get(kind, kind))


def day_in(language: str, day: date) -> str:
    with translation.override(language):
        return str(formats.date_format(day, "DATE_FORMAT"))
