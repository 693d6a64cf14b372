"""To who pledges, in the language of the call: see `calls.mails`."""

from typing import Final

WORDS: Final = {
    "en": {
        "pledge": (
            "Confirm your pledge: %(title)s",
            "Somebody, probably you, gave this address with a pledge on the call",
            "    %(title)s",
            (
                "Open this page within seven days and press its button, and the "
                "pledge counts as confirmed:"
            ),
            "    {link}",
            "If it was not you, do nothing: the address is not kept.",
        ),
        "met": (
            "As many as you wait for: %(title)s",
            "You pledged on the call",
            "    %(title)s",
            "if %(others)s others do. They have pledged: your pledge stands.",
            "    %(address)s",
            "This was the only mail about it. Your address is deleted here now.",
        ),
    },
    "es": {
        "pledge": (
            "Confirma tu compromiso: %(title)s",
            (
                "Alguien, probablemente tú, dio esta dirección con un compromiso en "
                "la convocatoria"
            ),
            "    %(title)s",
            (
                "Abre esta página antes de siete días y pulsa su botón, y el "
                "compromiso contará como confirmado:"
            ),
            "    {link}",
            "Si no fuiste tú, no hagas nada: la dirección no se guarda.",
        ),
        "met": (
            "Ya son tantas personas como esperabas: %(title)s",
            "Te comprometiste en la convocatoria",
            "    %(title)s",
            "si otras %(others)s personas lo hacían. Lo han hecho: tu compromiso vale.",
            "    %(address)s",
            "Este era el único correo sobre ello. Tu dirección queda borrada aquí.",
        ),
    },
    "de": {
        "pledge": (
            "Bitte bestätigen: %(title)s",
            (
                "Jemand, wohl Sie selbst, hat diese Adresse mit einem Versprechen zu "
                "diesem Aufruf angegeben:"
            ),
            "    %(title)s",
            (
                "Öffnen Sie binnen sieben Tagen diese Seite und drücken Sie ihren "
                "Knopf, dann zählt das Versprechen als bestätigt:"
            ),
            "    {link}",
            (
                "Wenn Sie es nicht waren, tun Sie nichts: Die Adresse wird nicht "
                "aufbewahrt."
            ),
        ),
        "met": (
            "So viele, wie Sie wollten: %(title)s",
            "Sie haben zu diesem Aufruf versprochen mitzumachen:",
            "    %(title)s",
            "wenn %(others)s andere es tun. Sie tun es: Ihr Versprechen gilt.",
            "    %(address)s",
            "Das war die einzige Mail dazu. Ihre Adresse ist hier nun gelöscht.",
        ),
    },
    "fr": {
        "pledge": (
            "Confirmez votre engagement : %(title)s",
            (
                "Quelqu’un, sans doute vous, a donné cette adresse avec un "
                "engagement pour l’appel"
            ),
            "    %(title)s",
            (
                "Ouvrez cette page dans les sept jours et appuyez sur son bouton : "
                "l’engagement comptera comme confirmé :"
            ),
            "    {link}",
            "Si ce n’était pas vous, ne faites rien : l’adresse n’est pas conservée.",
        ),
        "met": (
            "Le nombre que vous attendiez est atteint : %(title)s",
            "Vous vous êtes engagé pour l’appel",
            "    %(title)s",
            "si %(others)s autres le faisaient. C’est fait : votre engagement tient.",
            "    %(address)s",
            (
                "C’était le seul message à ce sujet. Votre adresse est maintenant "
                "effacée ici."
            ),
        ),
    },
    "it": {
        "pledge": (
            "Conferma il tuo impegno: %(title)s",
            (
                "Qualcuno, probabilmente tu, ha dato questo indirizzo con un impegno "
                "per l’appello"
            ),
            "    %(title)s",
            (
                "Apri questa pagina entro sette giorni e premi il suo pulsante, e "
                "l’impegno varrà come confermato:"
            ),
            "    {link}",
            "Se non eri tu, non fare nulla: l’indirizzo non viene conservato.",
        ),
        "met": (
            "Siete quanti aspettavi: %(title)s",
            "Ti sei impegnato per l’appello",
            "    %(title)s",
            (
                "se lo fanno altre %(others)s persone. Lo hanno fatto: il tuo "
                "impegno vale."
            ),
            "    %(address)s",
            (
                "Questo era l’unico messaggio in proposito. Il tuo indirizzo qui è "
                "ora cancellato."
            ),
        ),
    },
    "pt": {
        "pledge": (
            "Confirme o seu compromisso: %(title)s",
            (
                "Alguém, provavelmente você, deu este endereço com um compromisso na "
                "convocatória"
            ),
            "    %(title)s",
            (
                "Abra esta página dentro de sete dias e carregue no botão, e o "
                "compromisso conta como confirmado:"
            ),
            "    {link}",
            "Se não foi você, não faça nada: o endereço não é guardado.",
        ),
        "met": (
            "Já são tantos quantos esperava: %(title)s",
            "Comprometeu-se na convocatória",
            "    %(title)s",
            "se outras %(others)s pessoas o fizessem. Fizeram: o seu compromisso vale.",
            "    %(address)s",
            (
                "Esta foi a única mensagem sobre isso. O seu endereço fica agora "
                "apagado aqui."
            ),
        ),
    },
}
