"""What the desk's buttons say: which act, about what, with which words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from commonwire.kit.numbers import row_number, row_numbers
from commonwire.moderation import queries
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.actions.orders import Order, Target
from commonwire.moderation.models import Appeal, Decision, Flag, Rule
from commonwire.moderation.states import Act
from commonwire.publishing.models import Addendum, Correction, Post, Section
from commonwire.publishing.states import PUBLIC_CLASSES

# In one go; who has more ticks again.
MOST_AT_ONCE = 200
# Not a decision: an editor has looked at the flags and found nothing.
SEEN = "seen"
UNDO = "undo"
# Topics and regions, the class as it is.
PLACE = "place"
UPHOLD, DENY = "uphold", "deny"
_ACTS: dict[str, Act] = {
    **dict.fromkeys(PUBLIC_CLASSES, Act.CLASSIFY),
    PLACE: Act.CLASSIFY,
    UPHOLD: Act.ANSWER_APPEAL,
    DENY: Act.ANSWER_APPEAL,
    # Which act is undone stands in the decision.
    UNDO: Act.CLASSIFY,
    **{act.value: act for act in Act if act != Act.CLASSIFY},
}


@dataclass(frozen=True)
class Typed:
    """What came, to be shown again when it cannot be done, and what is wrong with it."""

    do: str = ""
    rule: str = ""
    reason: str = ""
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def fault_elsewhere(self) -> str:
        """What is wrong with no field that the form has."""
        words = (w for name, w in self.faults.items() if name not in _FIELDS)
        return " ".join(words)

    @property
    def all_faults(self) -> str:
        """Where there is no form left to say them beside."""
        return " ".join(self.faults.values())

    @property
    def beside_fields(self) -> "Typed":
        """For a thing's other forms: what was typed into this one is none of theirs."""
        rest = {name: w for name, w in self.faults.items() if name not in _FIELDS}
        return Typed(faults=rest)


_FIELDS = ("rule", "reason")


def typed_of(data: Any, refused: Refused | None = None) -> Typed:
    return Typed(
        do=data.get("do", ""),
        rule=data.get("rule", ""),
        reason=data.get("reason", ""),
        faults={refused.field: refused.words} if refused else {},
    )


def order_of(data: Any) -> Order:
    """Raises Refused for what no button says."""
    do = data.get("do", "")
    if do not in _ACTS:
        raise Refused("do", _("Choose what to do."))
    return Order(
        act=_ACTS[do],
        wire_class=do if do in PUBLIC_CLASSES else "",
        sections=_sections(data) if do == PLACE else None,
        rule=rule_of(data.get("rule", "")),
        reason=data.get("reason", ""),
        upheld=do == UPHOLD,
        undo=do == UNDO,
    )


def rule_of(slug: str) -> Rule | None:
    """A rule that is gone is told from none."""
    if not slug:
        return None
    found = Rule.objects.filter(slug=slug).first()
    if found is None:
        raise Refused("rule", _("There is no such rule any more. Choose another one."))
    return found


def _sections(data: Any) -> tuple[Section, ...]:
    """By number: those that stay ticked, and one to add."""
    told = [text for text in data.getlist("section") if text][:100]
    found = tuple(Section.objects.filter(pk__in=row_numbers(told)))
    if len(found) < len(set(told)):
        words = _("One of the sections is not there any more. Look at them again.")
        raise Refused("section", words)
    return found


def targets_of(names: list[str]) -> list[Target]:
    """“post:12”, “comment:3”; raises Refused for what is not there."""
    names = list(dict.fromkeys(names))
    if not names:
        raise Refused("target", _("Tick something first."))
    if len(names) > MOST_AT_ONCE:
        words = _("This is about %(here)s things; %(most)s can be done in one go.")
        raise Refused("target", words % {"here": len(names), "most": MOST_AT_ONCE})
    return [target_of(name) for name in names]


def target_of(name: str) -> Target:
    kind, _colon, text = name.partition(":")
    find, number = _FIND.get(kind), row_number(text)
    found: Target | None = find(number) if find and number is not None else None
    if found is None:
        raise Refused("target", _("There is nothing here by the name of “%s”.") % name)
    return found


def _post(pk: int) -> Target | None:
    post = Post.objects.filter(pk=pk).first()
    return Target(post=post) if post else None


def _comment(pk: int) -> Target | None:
    part = Addendum.objects.select_related("post").filter(pk=pk).first()
    return Target(post=part.post, comment=part) if part else None


def _appeal(pk: int) -> Target | None:
    found = Appeal.objects.select_related("post").filter(pk=pk).first()
    return Target(post=found.post, appeal=found) if found else None


def _correction(pk: int) -> Target | None:
    found = Correction.objects.select_related("post").filter(pk=pk).first()
    return Target(post=found.post, correction=found) if found else None


def _flag(pk: int) -> Target | None:
    found = Flag.objects.select_related("post", "addendum").filter(pk=pk).first()
    return (
        Target(post=found.post, comment=found.addendum, flag=found) if found else None
    )


def _decision(number: int) -> Target | None:
    found: Decision | None = queries.decisions().filter(number=number).first()
    return Target(post=found.post, decision=found) if found else None


_FIND: Mapping[str, Any] = {
    "post": _post,
    "comment": _comment,
    "appeal": _appeal,
    "correction": _correction,
    "flag": _flag,
    "decision": _decision,
}
