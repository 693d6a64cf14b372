"""To who endorses, in the language of the call: see `calls.mails`."""

from typing import Final

WORDS: Final = {
    "en": {
        "endorsement": (
            "Please confirm an endorsement",
            (
                "Somebody filled in a form that says that an organisation endorses a "
                "call, and gave this address. If it was you, open this page and "
                "press its button:"
            ),
            "{link}",
            "If it was not, do nothing.",
        ),
        "off": (
            "A call that you endorsed was called off",
            "This call, which your organisation endorsed, was called off:",
            "    %(title)s",
            "Its page says why:",
            "    %(address)s",
            (
                "There is nothing for you to do. If it takes place after all, you "
                "are told."
            ),
        ),
        "on again": (
            "A call that you endorsed takes place after all",
            (
                "This call, which your organisation endorsed and which was called "
                "off, takes place after all:"
            ),
            "    %(title)s",
            "    %(address)s",
            "There is nothing for you to do: your endorsement stands.",
        ),
        "changed": (
            "A call that you endorsed has changed",
            (
                "This call, which your organisation endorsed, has another day or "
                "other demands now:"
            ),
            "    %(title)s",
            "Read it first:",
            "    %(address)s",
            "Then say here whether your organisation stands by it, or withdraws:",
            "{link}",
            (
                "If you do nothing, your endorsement stays as given for the call as "
                "it was."
            ),
        ),
    },
    "es": {
        "endorsement": (
            "Confirma un apoyo, por favor",
            (
                "Alguien rellenó un formulario que dice que una organización apoya "
                "una convocatoria, y dio esta dirección. Si fuiste tú, abre esta "
                "página y pulsa su botón:"
            ),
            "{link}",
            "Si no, no hagas nada.",
        ),
        "off": (
            "Se ha desconvocado una convocatoria que apoyaste",
            "Esta convocatoria, que tu organización apoyó, se ha desconvocado:",
            "    %(title)s",
            "Su página dice por qué:",
            "    %(address)s",
            "No tienes que hacer nada. Si al final se celebra, se te avisará.",
        ),
        "on again": (
            "Una convocatoria que apoyaste se celebra al final",
            (
                "Esta convocatoria, que tu organización apoyó y que se había "
                "desconvocado, se celebra al final:"
            ),
            "    %(title)s",
            "    %(address)s",
            "No tienes que hacer nada: vuestro apoyo sigue en pie.",
        ),
        "changed": (
            "Ha cambiado una convocatoria que apoyaste",
            (
                "Esta convocatoria, que tu organización apoyó, tiene ahora otro día "
                "u otras exigencias:"
            ),
            "    %(title)s",
            "Léela primero:",
            "    %(address)s",
            "Después di aquí si tu organización la sigue apoyando o se retira:",
            "{link}",
            (
                "Si no haces nada, vuestro apoyo queda como dado a la convocatoria "
                "tal como era."
            ),
        ),
    },
    "de": {
        "endorsement": (
            "Bitte bestätigen Sie eine Unterstützung",
            (
                "Jemand hat in einem Formular angegeben, dass eine Organisation "
                "einen Aufruf unterstützt, und diese Adresse genannt. Wenn Sie es "
                "waren, öffnen Sie diese Seite und drücken ihren Knopf:"
            ),
            "{link}",
            "Wenn nicht, tun Sie nichts.",
        ),
        "off": (
            "Ein Aufruf, den Sie unterstützen, ist abgesagt",
            "Dieser Aufruf, den Ihre Organisation unterstützt, ist abgesagt:",
            "    %(title)s",
            "Warum, steht auf seiner Seite:",
            "    %(address)s",
            "Sie müssen nichts tun. Findet er doch statt, wird es Ihnen gesagt.",
        ),
        "on again": (
            "Ein Aufruf, den Sie unterstützen, gilt wieder",
            (
                "Dieser Aufruf, den Ihre Organisation unterstützt und der abgesagt "
                "war, gilt wieder:"
            ),
            "    %(title)s",
            "    %(address)s",
            "Sie müssen nichts tun: Ihre Unterstützung gilt weiter.",
        ),
        "changed": (
            "Ein Aufruf, den Sie unterstützen, ist geändert",
            (
                "Dieser Aufruf, den Ihre Organisation unterstützt, hat nun einen "
                "anderen Tag oder andere Forderungen:"
            ),
            "    %(title)s",
            "Lesen Sie ihn zuerst:",
            "    %(address)s",
            (
                "Sagen Sie dann hier, ob Ihre Organisation ihn weiter unterstützt "
                "oder zurückzieht:"
            ),
            "{link}",
            "Wenn Sie nichts tun, gilt Ihre Unterstützung für den Aufruf, wie er war.",
        ),
    },
    "fr": {
        "endorsement": (
            "Merci de confirmer un soutien",
            (
                "Quelqu’un a rempli un formulaire disant qu’une organisation "
                "soutient un appel, et a donné cette adresse. Si c’était vous, "
                "ouvrez cette page et appuyez sur son bouton :"
            ),
            "{link}",
            "Sinon, ne faites rien.",
        ),
        "off": (
            "Un appel que vous souteniez est annulé",
            "Cet appel, que votre organisation soutenait, est annulé :",
            "    %(title)s",
            "Sa page dit pourquoi :",
            "    %(address)s",
            "Vous n’avez rien à faire. S’il a lieu malgré tout, vous serez prévenu.",
        ),
        "on again": (
            "Un appel que vous soutenez est maintenu",
            (
                "Cet appel, que votre organisation soutient et qui avait été annulé, "
                "est maintenu :"
            ),
            "    %(title)s",
            "    %(address)s",
            "Vous n’avez rien à faire : votre soutien tient.",
        ),
        "changed": (
            "Un appel que vous soutenez a changé",
            (
                "Cet appel, que votre organisation soutient, a maintenant un autre "
                "jour ou d’autres revendications :"
            ),
            "    %(title)s",
            "Lisez-le d’abord :",
            "    %(address)s",
            "Puis dites ici si votre organisation le soutient toujours, ou se retire :",
            "{link}",
            (
                "Si vous ne faites rien, votre soutien reste donné à l’appel tel "
                "qu’il était."
            ),
        ),
    },
    "it": {
        "endorsement": (
            "Conferma un’adesione, per favore",
            (
                "Qualcuno ha compilato un modulo che dice che un’organizzazione "
                "aderisce a un appello, e ha dato questo indirizzo. Se eri tu, apri "
                "questa pagina e premi il suo pulsante:"
            ),
            "{link}",
            "Altrimenti non fare nulla.",
        ),
        "off": (
            "Un appello a cui avete aderito è annullato",
            "Questo appello, a cui la tua organizzazione ha aderito, è annullato:",
            "    %(title)s",
            "La sua pagina dice perché:",
            "    %(address)s",
            "Non devi fare nulla. Se alla fine si tiene, sarai avvisato.",
        ),
        "on again": (
            "Un appello a cui avete aderito è confermato",
            (
                "Questo appello, a cui la tua organizzazione ha aderito e che era "
                "stato annullato, è confermato:"
            ),
            "    %(title)s",
            "    %(address)s",
            "Non devi fare nulla: la vostra adesione vale.",
        ),
        "changed": (
            "Un appello a cui avete aderito è cambiato",
            (
                "Questo appello, a cui la tua organizzazione ha aderito, ha ora un "
                "altro giorno o altre rivendicazioni:"
            ),
            "    %(title)s",
            "Prima leggilo:",
            "    %(address)s",
            "Poi di’ qui se la tua organizzazione aderisce ancora o si ritira:",
            "{link}",
            "Se non fai nulla, la vostra adesione resta data all’appello com’era.",
        ),
    },
    "pt": {
        "endorsement": (
            "Confirme um apoio, por favor",
            (
                "Alguém preencheu um formulário que diz que uma organização apoia "
                "uma convocatória, e deu este endereço. Se foi você, abra esta "
                "página e carregue no botão:"
            ),
            "{link}",
            "Se não foi, não faça nada.",
        ),
        "off": (
            "Uma convocatória que apoiou foi cancelada",
            "Esta convocatória, que a sua organização apoiou, foi cancelada:",
            "    %(title)s",
            "A página diz porquê:",
            "    %(address)s",
            "Não tem de fazer nada. Se afinal se realizar, será avisado.",
        ),
        "on again": (
            "Uma convocatória que apoiou mantém-se",
            (
                "Esta convocatória, que a sua organização apoiou e que tinha sido "
                "cancelada, mantém-se:"
            ),
            "    %(title)s",
            "    %(address)s",
            "Não tem de fazer nada: o vosso apoio mantém-se.",
        ),
        "changed": (
            "Uma convocatória que apoiou mudou",
            (
                "Esta convocatória, que a sua organização apoiou, tem agora outro "
                "dia ou outras exigências:"
            ),
            "    %(title)s",
            "Leia-a primeiro:",
            "    %(address)s",
            "Depois diga aqui se a sua organização continua a apoiá-la ou se retira:",
            "{link}",
            "Se não fizer nada, o vosso apoio fica dado à convocatória tal como era.",
        ),
    },
}
