"""Rows that say what a text is, when it may be used, whom to ask: labels."""

import re
from dataclasses import dataclass

from commonwire.kit.typed_lines import is_end_mark
from commonwire.publishing.reading import dates, embargoes
from commonwire.publishing.reading.dates import Moment
from commonwire.publishing.reading.embargoes import Says

_KINDS = (
    (
        "correction",
        (
            r"corrected\s+(?:press\s+|news\s+)?release|correction|retraction"
            r"|correcci[óo]n|rectificaci[óo]n|fe\s+de\s+erratas"
        ),
    ),
    (
        "advisory",
        (
            r"(?:media|press|news)\s+(?:advisory|alert)|photo\s+opportunity"
            r"|convocatoria\s+(?:de|a)\s+(?:la\s+)?(?:prensa|medios)"
            r"|aviso\s+a\s+(?:los\s+)?medios"
        ),
    ),
    (
        "release",
        (
            r"(?:press|news|media)\s+release"
            r"|nota\s+(?:de\s+prensa|informativa)(?:\s+a\s+los\s+medios)?"
            r"|comunicado\s+de\s+prensa|bolet[íi]n\s+de\s+prensa|convocatoria"
            r"|call\s+to\s+action|llamamiento"
        ),
    ),
    ("statement", r"(?:press\s+|media\s+)?statement|comunicado|declaraci[óo]n"),
)
_KIND = re.compile(
    "|".join(rf"(?P<{name}>{pattern})\b" for name, pattern in _KINDS), re.IGNORECASE
)
_IMMEDIATE = re.compile(
    r"(?:for\s+)?immediate\s+(?:release|use|publication)\b"
    r"|(?:for\s+)?release:?\s+(?:immediate(?:ly)?|(?:up)?on\s+receipt)\b"
    r"|(?:para\s+(?:su\s+)?)?(?:publicaci[óo]n|difusi[óo]n)\s+inmediata\b"
    r"|para\s+(?:publicar|difundir)\s+(?:(?:desde|a\s+partir\s+de)\s+)?(?:hoy|ya|ahora)\b",
    re.IGNORECASE,
)
_BEFORE = r"(?:until|till|to|for(?:\s+release)?|before|hasta|antes\s+del?)\b"
_EMBARGO = re.compile(
    r"(?:strictly\s+)?(?:under\s+|bajo\s+)?(?:embargo(?:ed)?|embargad[oa])\b"
    rf"(?P<to>[\s:*]*{_BEFORE})?"
    rf"|hold\s+for\s+release\b(?P<to2>\s+{_BEFORE})?"
    r"|for\s+use\s+(?:on\s+or\s+)?after\b"
    rf"|not\s+(?:for|to\s+be)\s+\w+\s+(?P<to3>{_BEFORE})"
    rf"|no\s+(?:publicar|difundir)\s+(?P<to4>{_BEFORE})"
    rf"|prohibid[ao]\s+su\s+(?:publicaci[óo]n|difusi[óo]n)\s+(?P<to5>{_BEFORE})",
    re.IGNORECASE,
)
_RELEASED = re.compile(
    r"for\s+release\b|release\s+(?:date|time)(?:\s+and\s+time)?\b|para\s+(?:su\s+)?(?:publicar|publicaci[óo]n|difusi[óo]n)\b",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"(?:(?:release\s+|issue\s+)?date|issued|fecha|for\s+release(?:\s+on)?"
    r"|(?P<of>for|para))(?::\s*|\s+)",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?:from|(?:issued\s+)?by:?)\s+(?:the\s+)?(?P<issuer>[^,.:;]{3,60})\Z",
    re.IGNORECASE,
)
_STATUS = re.compile(r"(?:release\s+)?status\s*:|estado\s*:", re.IGNORECASE)
_ASIDE = re.compile(
    r"please\s+(?:use|replace|disregard)\s[^.:]{0,50}|replaces\s[^.:]{0,50}"
    r"|(?:sustituye|reemplaza)\s[^.:]{0,50}",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[\s!¡*#_|:;,.()\[\]–—=-]+")
_FIELD = re.compile(
    r"(?P<name>headline|title|titular|t[íi]tulo|sub-?head(?:line)?|subt[íi]tulo"
    r"|dateline)\s*:\s*(?P<value>\S.*)",
    re.IGNORECASE,
)
_FIELDS = {"headline": "hea tit tít", "subheadline": "sub", "dateline": "dat"}
_CONTACT = re.compile(
    r"(?:(?:(?:press|media|news)\s+)?contacts?(?:\s+for\s+(?:the\s+)?(?:press|media))?"
    r"(?:\s+persons?)?|(?:press|media)(?:\s+(?:enquiries|inquiries))?"
    r"|for\s+(?:more|further)\s+information(?:,?\s+please)?(?:\s+contact)?"
    r"|(?:for\s+)?interviews|out\s+of\s+hours|entrevistas"
    r"|(?:para\s+)?m[áa]s\s+informaci[óo]n(?:\s+y\s+entrevistas)?"
    r"|contactos?(?:\s+(?:de|para)\s+(?:la\s+|los\s+)?(?:prensa|medios))?|prensa)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:About|ABOUT|Acerca\s+de(?:l|\s+las?|\s+los)?|Sobre(?:\s+(?:el|las?|los))?"
    r"|ACERCA\s+DE(?:L|\s+LAS?|\s+LOS)?|SOBRE\s+(?:EL|LAS?|LOS))\s+"
    r"(?:the\s+)?(?P<body>[A-ZÁÉÍÓÚÑ][^:.]{1,70}?)"
    r"(?:\s*\Z|[*_]*:[*_]*\s*(?P<text>.*))"
)
# After the end mark: a body that says what it is.
_IS = re.compile(
    r"[*_]*(?P<body>[A-ZÁÉÍÓÚÑ][\w’'&.-]*(?:\s+(?:(?:of|the|for|and|de|del|la|y)\s+)*"
    r"[A-ZÁÉÍÓÚÑ0-9][\w’'&.-]*){1,7})[*_]*\s+(?:is|are|represents|unites|has|es|son"
    r"|re[úu]ne|agrupa|representa)\s"
)
_CLOSING = re.compile(
    r"(?:best|kind|warm|many)?\s*(?:wishes|regards|thanks)|yours(?:\s+\w+)?"
    r"|(?:un\s+)?(?:cordial\s+)?saludos?(?:\s+cordial(?:es)?)?|atentamente",
    re.IGNORECASE,
)
_SENT_FROM = re.compile(
    r"(?:sent\s+from|enviado\s+desde|get\s+outlook)\s.{2,40}", re.IGNORECASE
)
_GREETING = re.compile(
    r"(?:hi|hello|dear|good\s+(?:morning|afternoon|day)|hola|buen[oa]s\s+\w+"
    r"|estimad[oa]s?|querid[oa]s?)\b[^.:;]{0,50}[,:!]",
    re.IGNORECASE,
)
_PRESS_WORDS = re.compile(r"press|media|news|prensa|medios", re.IGNORECASE)
_ENDS = re.compile(
    r"\(\s*(?:ends?|fin)\s*\)|/\s*ends?\s*/?|x\s?x\s?x|fin\s+del\s+comunicado",
    re.IGNORECASE,
)
ADVISORY = re.compile(
    r"(?:what|who|when|where|why|how|visuals|qu[ée]|qui[ée]n(?:es)?|cu[áa]ndo"
    r"|d[óo]nde|por\s+qu[ée]|c[óo]mo)\s*:",
    re.IGNORECASE,
)
WHEN = re.compile(r"(?:when|cu[áa]ndo)\s*:", re.IGNORECASE)


@dataclass
class Label:
    kind: str = ""
    status: str = ""
    until: Moment | None = None
    issued: str = ""
    day: str = ""
    issuer: str = ""
    # Whether no known label says so, but words that may be a text's, too.
    loose: bool = False

    @property
    def wants_moment(self) -> bool:
        return self.status == "embargoed" and self.until is None


def label(text: str) -> Label | None:
    """What a row says that says nothing else; None when it says anything else."""
    found, rest = Label(), _after_signs(text, 0)
    if not rest:
        return None
    while rest:
        # No label is longer than that, but what forbids something may be.
        used = _consume(found, rest) if len(text) <= 160 else 0  # noqa: PLR2004
        if not used:
            return _of_embargo(found, text, rest)
        rest = _after_signs(rest, used)
    return found


def _of_embargo(found: Label, text: str, rest: str) -> Label | None:
    """Said in words of its own, or that there is none."""
    said = embargoes.says(rest)
    if said not in {Says.HELD, Says.NONE}:
        return None
    held = said is Says.HELD
    found.status = "embargoed" if held else "immediate"
    found.until = embargoes.until(text) if held else None
    found.loose = True
    return found


def _after_signs(text: str, start: int) -> str:
    match = _SIGNS.match(text, start)
    return text[match.end() if match else start :]


def _consume(found: Label, rest: str) -> int:
    """Read one label at the beginning; how long it was."""
    aside = _ASIDE.fullmatch(rest) if found.kind else None
    if match := aside or _STATUS.match(rest):
        return match.end()
    if used := _consume_embargo(found, rest):
        return used
    if match := _IMMEDIATE.match(rest):
        found.status = "immediate"
        return match.end()
    if (match := _KIND.match(rest)) and _is_alone(rest, match.end()):
        found.kind = found.kind or str(match.lastgroup)
        return match.end()
    issued = found.kind or rest.lower().startswith("issued by")
    if issued and (match := _FROM.match(rest)) and " on " not in rest:
        found.issuer = match["issuer"].strip()
        return match.end()
    return _consume_date(found, rest)


def _consume_embargo(found: Label, rest: str) -> int:
    """Who says that something may not be used yet is heard, even when we cannot read
    until when: the form asks for it."""
    match = _EMBARGO.match(rest) or _RELEASED.match(rest)
    if match is None:
        return 0
    after = rest[match.end() :]
    if again := _again(after):
        return match.end() + again + _consume_embargo(found, after[again:])
    until, plain = dates.moment(after), dates.is_only_time(after)
    held = match.re is _EMBARGO
    sure = held and until and any(match.groups())
    if not plain and not (sure and embargoes.says(rest) is Says.HELD):
        return 0
    if until or held:
        found.status, found.until = "embargoed", until
        return len(rest)
    return 0


def _again(after: str) -> int:
    """``EMBARGOED: not for publication before …``: where it is said once more."""
    signs = _SIGNS.match(after)
    said = _EMBARGO.match(after, signs.end()) if signs else None
    return said.start() if said else 0


def _is_alone(rest: str, end: int) -> bool:
    """Whether a word for a kind is a label there, and not how a headline begins."""
    after = rest[end:].strip(" ([")
    begins = (_DATED, _FROM, _IMMEDIATE, _EMBARGO)
    return (
        not after
        or bool(re.match(r"[–—|*!-]|:\s*\Z", after))
        or any(pattern.match(after) for pattern in begins)
    )


def _consume_date(found: Label, rest: str) -> int:
    prefix = _DATED.match(rest)
    start = prefix.end() if prefix else 0
    day = next((d for d in dates.dates(rest[start:]) if d.start == 0 and d.day), None)
    if day is None or day.day is None:
        return 0
    if prefix and prefix["of"]:
        found.day = day.day.isoformat()
    else:
        found.issued = day.day.isoformat()
    return start + day.end


def named_field(text: str) -> tuple[str, str] | None:
    """``Headline: …`` and the like."""
    match = _FIELD.fullmatch(text)
    if match is None:
        return None
    begins = match["name"].lower()[:3]
    name = next(name for name, heads in _FIELDS.items() if begins in heads.split())
    return name, match["value"].strip()


def contact(text: str) -> str | None:
    """What follows a contact's label; None when it is none."""
    text = text.strip(" \t*_")
    if is_closing(text):
        return ""
    match = _CONTACT.match(text)
    if match is None:
        return None
    rest = text[match.end() :]
    marks = re.match(r"[*_]*\s*:[*_]*\s*", rest)
    if marks:
        return rest[marks.end() :].strip()
    if not rest.strip("*_ "):
        return ""
    sentence = match[0].lower().endswith("contact") and rest.startswith(" ")
    return rest.strip() if sentence and match[0].lower() != "contact" else None


def is_for_press(text: str) -> bool:
    """Whether a contact's label says that it is the press's."""
    match = _CONTACT.match(text.strip(" \t*_"))
    return bool(match and _PRESS_WORDS.search(match[0]))


def about(text: str) -> tuple[str, str] | None:
    """The body that boilerplate is about, and what the row already says of it."""
    match = _ABOUT.match(text.strip().lstrip("*_"))
    if match is None:
        return None
    return match["body"].strip(" *_"), (match["text"] or "").strip()


def says_what_it_is(text: str) -> str:
    """The body of which a paragraph after the end mark says what it is."""
    match = _IS.match(text)
    return match["body"] if match else ""


def is_closing(text: str) -> bool:
    """How a mail ends, above who signs it."""
    return text == "--" or bool(_CLOSING.fullmatch(text.strip(" ,.!*_")))


def is_mail_program(text: str) -> bool:
    """What it puts below a text."""
    return bool(_SENT_FROM.fullmatch(text.strip(" .")))


def is_greeting(text: str) -> bool:
    """How a mail begins."""
    return bool(_GREETING.fullmatch(text.strip()))


def is_end(text: str) -> bool:
    # In capitals, as the English one: “Fin” may be a heading.
    shouted = text.strip(" .*_") == "FIN"
    return shouted or is_end_mark(text) or bool(_ENDS.fullmatch(text))
