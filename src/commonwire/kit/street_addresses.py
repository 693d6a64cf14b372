"""Postal addresses in a text, in English, Spanish, French, German, Portuguese, Italian and
Dutch: a house number beside a street. For texts that must not tell where somebody lives.

Words that mean much else ("place", "way", "Platz") count only where they are written as
names are; a number that counts, dates or cites something is no house number.
"""

import re

LONGEST = 20_000
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w'’.-]*"
_HOUSE = r"(?<![\w.,:/§#€$£-])(?P<number>\d{1,5})(?:(?:\s?[a-dA-D]|\s?bis|\s?ter|[/-]\d{1,4})\b)?"
# Of a number behind the name, what may follow: not what it counts.
_ENDS = (
    r"(?:\s?[a-hA-H])?\b(?=\s*(?:$|[.,;:!?)\]\"”»\n]|[-–—]\s)"
    r"|\s+(?:in|at|on|and|en|y|et|à|und|bei|im"
    # Of one house is told so; "are" and "were" would be of many things.
    r"|is|was|has|where|ist|war|hat|wohnt|lebt|wo|es|está|era|vive|donde|est|était"
    r"|habite|où)\b)(?!\s*[.,:]\d)"
)

_ENGLISH = (
    rf"{_HOUSE},?\s+(?P<between>(?:[\w'’-]+\.?\s+){{1,3}}?)"
    r"(?:(?i:street|avenue|boulevard|crescent|terrace)|(?i:road|lane)"
    r"|(?:St|Ave|Rd|Blvd|Ln|Dr|Ct|Pl|Sq|Hwy|Pkwy)\b\.?"
    r"|Drive|Court|Place|Square|Close|Way|Row|Quay|Parkway|Highway|Alley|Gardens|Grove"
    r"|Hill|Mews|Walk|Circle|Trail|Wharf|Yard|Embankment)\b"
)
_ENGLISH_BEHIND = (
    rf"\b(?:{_CAPITAL}\s+){{1,3}}(?:Street|Road|Avenue|Lane|Terrace|Crescent),?\s+"
    rf"(?:(?:no\.?|number|nr\.?|#)\s?)?(?P<number>\d{{1,4}}){_ENDS}"
)
_OF = r"(?:(?:de la|des|du|de)\s+|(?:de l|d)['’]\s*)?"
_FRENCH = (
    rf"{_HOUSE},?\s+(?:(?i:rue|boulevard|bd\.?|impasse|allée|allee|faubourg|venelle)\s+"
    rf"{_OF}(?:[\w'’-]+)"
    rf"|(?i:avenue|av\.|place|quai|cours|route|chemin|passage|square|sentier|villa|cité)\s+"
    rf"{_OF}{_CAPITAL})"
)
# As it is written in Belgium and Switzerland, in Italy and in Portuguese.
_BEHIND = (
    r"(?:(?i:\b(?:rue|boulevard|bd\.?|avenue|av\.|place|quai|chemin|impasse|allée"
    r"|rua|travessa|praça|largo|alameda|viale|corso|piazza|vicolo))"
    r"|\bVia|\b(?:in|a|di) via)\s+"
    r"(?:(?:de la|des|du|de|della|delle|dei|degli|del|das|da|dos|do)\s+"
    rf"|(?:de l|dell|d)['’]\s*)?(?:{_CAPITAL}[\s,]+){{1,3}}"
    rf"(?:n\.?\s?[º°o]?\.?\s?)?(?P<number>\d{{1,4}}){_ENDS}"
)
_DUTCH = (
    r"\b[A-Z][\w-]+(?:straat|laan|gracht|plein|kade|steeg)\s(?P<number>\d{1,4})"
    rf"{_ENDS}"
)
_SPANISH = (
    r"(?i:\b(?:calle|c/|avenida|avda\.?|av\.|plaza|paseo|camino|carretera|ctra\.?|ronda"
    r"|travesía|callejón|pasaje|glorieta|rambla|carrer|calzada|bulevar)\s*)"
    rf"(?:(?:(?:de la|de los|de las|del|de)\s+)?{_CAPITAL}[\s,]+){{1,4}}"
    r"(?:(?i:n\.?\s?[º°o]\.?|núm\.?|número|numero|#)\s*(?P<marked>\d{1,4})\b"
    rf"|(?P<number>\d{{1,4}}){_ENDS})"
)
_GERMAN = (
    r"\b(?:(?P<street>[\w-]+(?i:straße|strasse|str\.|gasse|allee|ufer|steig|chaussee)),?\s?"
    rf"|(?:{_CAPITAL}\s)(?:Straße|Strasse|Str\.|Gasse|Allee|Ufer|Chaussee)\s"
    r"|(?P<perhaps>[A-ZÄÖÜ][\w-]+(?:platz|weg|ring|damm|markt|hof|graben|brücke|stieg))\s"
    rf"|(?P<lead>{_CAPITAL})\s(?:Platz|Weg|Ring|Damm|Markt|Graben)\s"
    r"|Am\s(?P<at>[A-ZÄÖÜ]\w+)\s|Unter\sden\sLinden\s)"
    rf"(?:(?i:nr\.?|nummer)\s?)?(?P<number>\d{{1,4}}){_ENDS}"
)
_BOXES = (
    r"\b(?:P\.?\s?O\.?\s?Box|Postfach|Apartado(?: de correos)?|Boîte postale|BP)\s\d{1,6}\b"
    r"|\b[A-Z]{1,2}\d[A-Z\d]?\s\d(?!AM\b|PM\b)[A-Z]{2}\b"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        _ENGLISH,
        _ENGLISH_BEHIND,
        _FRENCH,
        _BEHIND,
        _SPANISH,
        _GERMAN,
        _DUTCH,
        _BOXES,
    )
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What stands between a number and a street when the number counts something.
_NO_NAMES = _words(
    """
    a an the in on of at to and or for from by with was were is are across down up
    along into off near people cars buses stalls houses shops meters metres miles km
    mile lane year years day days hours hour minutes minute min pm am p.m a.m uhr
    o'clock closed blocked more other their our this that every per each through
    over january february march april may june july august september october
    november december monday tuesday wednesday thursday friday saturday sunday st nd
    rd th percent
    """
)
# Written small they say what kind of street, and are no name of one.
_ADJECTIVES = frozenset(
    ["old", "new", "main", "side", "wide", "empty", "whole", "long", "busy", "dark"]
)
# Before a number that cites or dates something.
_CITES = _words(
    """
    section sections article articles rule rules page pages line lines paragraph
    chapter bus buses tram route point points part parts version item figure clause
    paragraphs level zone district ward decision decisions post posts comment day
    regel artikel seite absatz punkt linie linien página artículo regla línea norma
    ligne article règle page point décision decisión entscheidung
    """
)
_DATES = _words(
    """
    the in since of from until by for before after im seit bis en desde hasta depuis
    jusqu'en
    """
)
_YEARS = range(1900, 2100)
_NO_STREETS = _words(
    """
    parkplatz sitzplatz arbeitsplatz stellplatz startplatz tabellenplatz listenplatz
    stehplatz ausbildungsplatz kitaplatz spielplatz sportplatz umweg rückweg heimweg
    radweg fahrradweg gehweg hinweg schulweg supermarkt flohmarkt wochenmarkt
    arbeitsmarkt bahnhof hauptbahnhof innenhof friedhof lehrling boxring
    """
)
_NO_PLACES = _words(
    """
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar
    februar märz april mai juni juli august september oktober november dezember
    morgen abend mittag vormittag nachmittag tag ende anfang start punkt
    """
)
_ARTICLES = _words(
    """
    der die das dem den des ein eine einem einen auf von vom beim zum zur kein jeder
    dieser diesem diesen unser auch
    """
)
_WORD_BEFORE = re.compile(r"([\w'’.-]+)[\s(“\"„]*$")


def first_address(text: str) -> str:
    """The first address in a text; empty when there is none."""
    text = text[:LONGEST]
    found = [match for pattern in _PATTERNS if (match := _first(pattern, text))]
    first = min(found, key=lambda match: match.start(), default=None)
    return " ".join(first[0].split()).rstrip(".,") if first else ""


def _first(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    match = pattern.search(text)
    while match and not _is_address(match, text):
        match = pattern.search(text, match.start() + 1)
    return match


def _is_address(match: re.Match[str], text: str) -> bool:
    parts = {name: said for name, said in match.groupdict().items() if said}
    before = _word_before(text, match.start())
    if "between" in parts:
        names = parts["between"].casefold().replace(".", "").split()
        counted = _ADJECTIVES.intersection(parts["between"].split())
        if counted or not _NO_NAMES.isdisjoint(names) or before in _CITES:
            return False
    if parts.get("perhaps", "").casefold() in _NO_STREETS:
        return False
    if parts.get("at", "").casefold() in _NO_PLACES:
        return False
    if parts.get("lead", "").casefold() in _ARTICLES:
        return False
    return not _is_year(parts, before)


def _is_year(parts: dict[str, str], before: str) -> bool:
    """A year is a house number only where a street begins with it."""
    number = int(parts.get("number", "0"))
    return number in _YEARS and ("between" not in parts or before in _DATES)


def _word_before(text: str, start: int) -> str:
    found = _WORD_BEFORE.search(text[max(start - 40, 0) : start])
    return found[1].casefold().rstrip(".") if found else ""
