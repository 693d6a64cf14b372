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
    "de": {
        "kicker": "Mitmachen",
        "intro": "Kreuzt an, was ihr versprecht. Der Name kann wegbleiben.",
        "name": "Name",
        "place": "Ort",
        "sum": "Kreuze",
        "sheet": "Blatt",
        "people": "Menschen auf diesem Blatt",
        "after": "Nur Zahlen werden eingetragen, unter %s. Bewahrt das Blatt "
        "sicher auf und vernichtet es 60 Tage nach dem Tag.",
    },
    "fr": {
        "kicker": "Participez",
        "intro": "Cochez ce à quoi vous vous engagez. Le nom peut être omis.",
        "name": "Nom",
        "place": "Lieu",
        "sum": "Coches",
        "sheet": "Feuille",
        "people": "Personnes sur cette feuille",
        "after": "Seuls des nombres sont saisis, sur %s. Gardez cette feuille en "
        "lieu sûr et détruisez-la 60 jours après le jour.",
    },
    "it": {
        "kicker": "Partecipa",
        "intro": "Segna ciò a cui ti impegni. Il nome si può omettere.",
        "name": "Nome",
        "place": "Luogo",
        "sum": "Segni",
        "sheet": "Foglio",
        "people": "Persone su questo foglio",
        "after": "Si inseriscono solo numeri, su %s. Conserva il foglio al sicuro "
        "e distruggilo 60 giorni dopo il giorno.",
    },
    "pt": {
        "kicker": "Participe",
        "intro": "Marque aquilo com que se compromete. O nome pode ficar de fora.",
        "name": "Nome",
        "place": "Local",
        "sum": "Marcas",
        "sheet": "Folha",
        "people": "Pessoas nesta folha",
        "after": "Só se registam números, em %s. Guarde esta folha em segurança e "
        "destrua-a 60 dias depois do dia.",
    },
}


def words(language: str) -> dict[str, str]:
    return _WORDS.get(language.partition("-")[0], _WORDS["en"])
