"""The words that a sign-up sheet adds to what its call says, in the call's language."""

from typing import Final

_WORDS: Final = {
    "en": {
        "kicker": "Sign up",
        "intro": "Tick what you pledge. Your name may be left out.",
        "name": "Name",
        "place": "Area",
        "sum": "Ticks",
        "sheet": "Sheet",
        "people": "People on this sheet",
        "after": "Only numbers are entered, at %s. Keep this sheet safe, and destroy it "
        "60 days after the day.",
    },
    "es": {
        "kicker": "Apúntate",
        "intro": "Marca lo que te comprometes a hacer. No hace falta poner el nombre.",
        "name": "Nombre",
        "place": "Lugar",
        "sum": "Marcas",
        "sheet": "Hoja",
        "people": "Personas en esta hoja",
        "after": "Solo se anotan números, en %s. Guarda bien esta hoja y destrúyela 60 "
        "días después del día.",
    },
}


def words(language: str) -> dict[str, str]:
    return _WORDS.get(language.partition("-")[0], _WORDS["en"])
