"""The mails about a call, in its own language: of each a subject, then the paragraphs of
its body. What stands in `{link}` is put in when it is sent."""

from typing import Any

from commonwire.calls import mails_of_endorsers, mails_of_pledges

_WORDS = {
    language: {**words, **mails_of_endorsers.WORDS[language]}
    for language, words in mails_of_pledges.WORDS.items()
}


def mail_words(language: str, name: str, **told: Any) -> tuple[str, str]:
    """Subject and body; in English for a language that outputs do not have."""
    words = _WORDS.get(language.partition("-")[0], _WORDS["en"])
    subject, *paragraphs = words[name]
    return subject % told, "\n\n".join(paragraphs) % told
