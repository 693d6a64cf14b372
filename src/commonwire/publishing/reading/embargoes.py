"""Whether a line says that a text is under embargo. Nobody can list the phrases that
say it; so it goes by what is in such a line beside the words of embargoes: nothing."""

import re
from enum import Enum, auto
from functools import lru_cache

from commonwire.publishing.reading import dates
from commonwire.publishing.reading.dates import Moment

_LONGEST = 300
# A row is asked about from several sides, one after the other.
_KEPT = 256
# So many words of something else, a line with a time may have beside its embargo.
_FEW = 3
_WORD = re.compile(
    r"\bembarg\w*(?:['’]d)?|\be[ -]m[ -]b[ -]a[ -]r[ -]g[ -]o(?:[ -]e[ -]d)?\b"
    r"|\bsperrfrist\b",
    re.IGNORECASE,
)
_UNTIL = r"(?:until|till?|before|prior|ahead|antes|hasta)\b"
_USE = (
    r"(?:publi|releas|us(?:e|ed|age)\b|broadcast|distribut|distribu|print|shar(?:e|ing)"
    r"|post(?:ed|ing)?\b|circulat|report|quot|disclos|difun|difusi|divulg|usar|utiliz"
    r"|emit|compart|reproduc)\w*"
)
# “Do not … publish … before”: each so near to the one before.
_NOT = re.compile(r"\b(?:not|no|don['’]?t|cannot|prohibid[ao])\b", re.IGNORECASE)
_ANY_UNTIL = re.compile(rf"\b{_UNTIL}", re.IGNORECASE)
_CHAIN = (
    (re.compile(rf"[^.]*?\b{_USE}", re.IGNORECASE), 60),
    (re.compile(rf".*?\b{_UNTIL}", re.IGNORECASE), 90),
)
# These say it only when nothing else is in the line.
_PERHAPS = re.compile(
    rf"\bhold\b|\bnot\s+(?:for|to\s+be)\s+{_USE}|\bnot\s+before\b"
    rf"|\b(?:private|confidential(?:ly)?|confidencial)\b.{{0,30}}?\b{_UNTIL}"
    rf"|\b(?:for|para)\s+(?:su\s+)?{_USE}.{{0,40}}?\b(?:after|from)\b"
    rf"|\b{_USE}\s+(?:\w+\s+){{0,3}}?a\s+partir\s+del?\b"
    rf"|\bto\s+be\s+{_USE}|\b{_USE}.{{0,60}}?\b(?:earlier|{_UNTIL})",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"\b(?:no|not|without|free|sin|ning[úu]n)\s+(?:(?:longer|under|subject|to|an|any|of"
    r"|press|news|hay|est[áa]|bajo|tiene)\s+){0,3}embarg\w*|\bembargo[-\s]free\b"
    r"|\bembargo\W*(?:none|no|n/?a|nil|ninguno|no\s+hay|no\s+aplica"
    r"|not\s+applicable)\W*\Z|\bembargo\s+(?:is\s+)?(?:now\s+)?lifted\b(?=.*\bimmediate)",
    re.IGNORECASE,
)
# Where a text may begin after its status in the same line.
_RUN_IN = re.compile(r"\s[–—-]+\s|:\s|[\])]\s")
_LONGEST_RUN_IN = 160
_NOW = re.compile(
    r"\b(?:today|now|receipt|hoy|ya|ahora|immediate(?:ly)?)\b", re.IGNORECASE
)
# What countries, courts and banks do.
_OF_GOODS = re.compile(
    r"\b(?:arms|weapons?|oil|fuel|gas|energy|grain|food|wheat|trade|economic|exports?"
    r"|imports?|military|academic|cultural|medical|coal|steel|timber|fish|fruit|us|u\.s"
    r"|eu|un|cuba|cuban|gaza|russian?|iran(?:ian)?|israeli?)\W{1,2}embargo(?:es)?\b"
    r"|\bembargo\w*\s+(?:against|contra|comercial|econ[óo]mico|petrolero|judicial"
    r"|preventivo|militar|(?:of|on|over|to|a|sobre)\s+(?!(?:this|these|the|all|any|until"
    r"|publication|publishing|release|use|be|las?|los|el|partir|medios|prensa)\b)"
    rf"(?!{dates.WHEN})[^\W\d_])"
    r"|\bembarg\w+\s+(?:de\s+|del\s+|el\s+|las?\s+|los\s+|una?\s+|sus?\s+)*(?:armas"
    r"|petr[óo]leo|cuentas?|bienes|viviendas?|casas?|pisos?|n[óo]minas?|salarios?"
    r"|sueldos?|tierras?|local(?:es)?|pensi[óo]n(?:es)?)\b"
    r"|\bembarg(?:an|a|aron|[óo]|ar[áa]n?|ar)\b(?<!embargo)",
    re.IGNORECASE,
)
_FOUGHT = re.compile(
    r"\b(?:end(?:s|ed|ing)?|lift(?:s|ed|ing)?|stop\w*|break(?:s|ing)?|broke|def(?:y|ies"
    r"|ied|ying)|demand\w*|call\w*|urg\w+|protest\w*|oppos\w+|against|despite|renew\w*"
    r"|extend\w*|impos\w+|fight\w*|condemn\w*|vot(?:e|es|ed)|amid|want\w*|levant(?:a|an"
    r"|ar|aron|[óo])|exig\w+|denunci\w+|contra|rechaz\w+|piden?|fren(?:a|an|ar)"
    r"|paraliz\w+|conden\w+|romp\w+)\b[^:(]{0,40}\bembargo(?:es)?\b"
    r"|\bembargo\s+(?:has|had|costs?|hits|hurts|starves|kills|means|leaves|threatens"
    r"|keeps|forces|breakers?|busters?|deja|cuesta|ahoga|golpea|asfixia)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:please|do\s+not|don['’]?t|por\s+favor|rogamos)\b", re.IGNORECASE
)
_OF_A_ZONE = re.compile(
    r"\b(?:[A-Z][a-z]+\s+){1,2}(?:local\s+)?time\b|\bhora\s+(?:de\s+)?[A-Z]\w+"
    r"|(?<=\d)\s*[A-Z]{3,4}\b|\b[A-Z]{3,4}(?=\W*\Z)"
)
# What such lines are made of, in English and Spanish.
_WORDS = """
    a an and any apply applies are as at available be been before but by can cannot
    check content contents copy date dates day delivery do document don't don’t early
    earlier editor editors effect effective end ends ended ending exclusive expire
    expires expired expiry finish finishes for force free form forms from full further here hold
    honor honour hour hours hrs if important in information into is it its journalists
    lift lifts lifted lifting local made material materials may media midnight must nor
    morning afternoon evening news next no not note notice noted observe observed of on
    only or our out outlets over place please press pr print printed prior private
    confidential public publicly publish published publication publishing quote quoted
    re fw fwd reads release releases released remain remains report reported reporting
    reproduce reproduced respect respected sharp share shared sharing circulate
    circulated circulation disclose disclosed distribute distributed distribution
    broadcast broadcasting broadcasts post posted posting set shall should since
    social online web website site start starts status stay stays story strict strictly
    subject text that the then this til till time times to today tomorrow tonight under
    until up use used usage warning attention we week which will with without you your
    lapses lapse over after below attached find see valid immediate immediately receipt
    ahead noon advance advanced reminder agreed conditions condition all
    against asked blackout conference contain contains copy meeting part there
    kindly refrain prohibited forbidden than onward onwards allowed permitted
    attn article articles item items picture pictures photo photos images version
    al ante antes así atención aviso bajo comunicado compartir con confidencial contenido
    contenidos cuando de del desde después difundir difundirse difusión distribuir
    distribución divulgar divulgación dia día días e el ella emitir emisión en es está
    esta este estricto estricta estrictamente expira fecha favor fin final finaliza hasta
    hora horas hoy importante informativa información inmediata la las le levanta
    levantan levantará levantamiento lo los mañana medios mediodía mismo ni no nota o
    partir para pedimos permite podrá por prensa prohibida prohibido publicar publicarse
    publicación publicado publique publiquen puede pueden queda que redes reproducir
    reproducción respetar respete respeten rogamos ruega se según ser será siguiente sin
    sobre social sociales solo sólo su sujeta sujeto texto termina total un una usar uso
    publicable difundible nueva nuevo orden inclusive antelación abstenerse
    utilizar vence vigente vigor y ya
"""
_COMMON = frozenset(_WORDS.split())


class Says(Enum):
    NOTHING = auto()
    NONE = auto()  # that there is no embargo
    MAYBE = auto()  # it is a headline as well as it is a status
    HELD = auto()


@lru_cache(_KEPT)
def says(text: str) -> Says:
    """What a line outside the body says of an embargo."""
    if len(text) > _LONGEST or not _speaks(text):
        return Says.NOTHING
    rest = _NONE.sub(" ", text)
    if rest != text and not _speaks(rest):
        goes_on = text.rstrip().endswith((",", ":", "…", "..."))
        return Says.NOTHING if _others(rest) or goes_on else Says.NONE
    if _OF_GOODS.search(rest):
        return Says.NOTHING
    return _weighed(rest)


def is_plain(text: str) -> bool:
    """Whether nothing but an embargo is in it."""
    return not _others(text) and says(text) is Says.HELD


def is_mostly(text: str) -> bool:
    """Whether a whole paragraph is about its embargo."""
    return says(text) in {Says.HELD, Says.MAYBE} and len(_others(text)) <= _FEW


def begins_with_one(text: str) -> bool:
    """Whether nothing is before its embargo that is not of it."""
    found = [match for match in (_WORD.search(text), _not_yet(text)) if match]
    return bool(found) and not _others(text[: min(m.start() for m in found)])


def run_in(text: str) -> str:
    """The status that a text begins with in the same line."""
    begins = text[:_LONGEST_RUN_IN]
    heads = [begins[: match.start()] for match in _RUN_IN.finditer(begins)]
    return next((head for head in reversed(heads) if is_plain(head)), "")


def until(text: str) -> Moment | None:
    """When it ends, if that is plain: one day, and one time or one in each zone."""
    begins = min(match.start() for match in _speakers(text))
    after = text[begins:]
    for words in (after, "" if dates.says_when(after) else text):
        days = {found.day for found in dates.dates(words)}
        if len(days) == 1 and dates.is_one_time(words):
            return dates.moment(words)
    return None


def _speakers(text: str) -> list[re.Match[str]]:
    found = [_WORD.search(text), _not_yet(text), _PERHAPS.search(text)]
    return [match for match in found if match]


def _not_yet(text: str) -> re.Match[str] | None:
    if not _ANY_UNTIL.search(text):
        return None
    for said in _NOT.finditer(text):
        at = said.end()
        for pattern, reach in _CHAIN:
            match = pattern.match(text, at, at + reach)
            if match is None:
                break
            at = match.end()
        else:
            return said
    return None


def _speaks(text: str) -> bool:
    return bool(_speakers(text))


def _weighed(text: str) -> Says:
    others, timed = _others(text), dates.says_when(text)
    named, unsaid = _WORD.search(text), _not_yet(text)
    if not named and not unsaid:
        # “For use from today” is no embargo, “hold” alone is no line.
        plain = not others and not _NOW.search(text) and len(text.split()) > 1
        return Says.HELD if plain else Says.NOTHING
    fought = _FOUGHT.search(text) and not unsaid and not _ASKED.search(text)
    if not others and (timed or not fought):
        return Says.HELD
    if fought:
        return Says.NOTHING
    leads = begins_with_one(text)
    few = timed and dates.says_time(text) and len(others) <= _FEW
    if len(others) > 1 and run_in(text):  # a headline comes after it
        return Says.MAYBE
    return Says.HELD if leads and few else Says.MAYBE


@lru_cache(_KEPT)
def _others(text: str) -> tuple[str, ...]:
    """The words that are neither an embargo's nor a time's."""
    rest = dates.without(_OF_A_ZONE.sub(" ", _WORD.sub(" ", text)))
    words = re.findall(r"[^\W\d_][^\W\d_'’]*(?:['’][^\W\d_]+)?", rest.lower())
    return tuple(word for word in words if word not in _COMMON)
