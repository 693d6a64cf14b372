"""Members represented by several bodies together, each member counted once however
the bodies stand under one another.

The rule, for bodies that endorse something:

1. Only numbers that bodies state are counted; nothing is guessed. Who did not endorse
   adds nothing, though it may stand under a body that did.
2. Who stands, at whatever distance and by whichever of its parents, under a body that
   endorsed and states a number is within that number, and adds nothing: a federation
   and its local do not add up, and the federation's number counts even where those of
   its locals come to more.
3. A body that states no number adds nothing itself. Bodies under it that endorsed are
   counted as if it were not there.
4. A body that stands under several counted ones (it has several parents) is in the
   number of each. What its number says twice is taken off again, whether or not it
   endorsed. Of bodies within such a body only what it does not hold already is taken
   off.
5. At least the largest of the counted numbers remains: stated numbers have dates and
   may not fit one another.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.formats import number_format
from django.utils.translation import ngettext


@dataclass(frozen=True)
class Count:
    """``counted``: whose number is in the total. ``within``: who is in the number of one
    above them. ``silent``: the rest, who state none. ``twice``: how many members were
    taken off because they are in several of the numbers."""

    total: int
    counted: frozenset[int] = frozenset()
    within: frozenset[int] = frozenset()
    silent: frozenset[int] = frozenset()
    twice: int = 0

    @property
    def how(self) -> str:
        """For the page, in sentences."""
        told = [
            _several(
                len(self.counted),
                "The number that %s organisation states is counted.",
                "The numbers that %s organisations state are added up.",
            ),
            _several(
                len(self.within),
                "%s is not added, because its members are in the number of a body that it "
                "belongs to.",
                "%s are not added, because their members are in the number of a body that "
                "they belong to.",
            ),
            _several(len(self.silent), "%s states no number.", "%s state no number."),
            _several(
                self.twice,
                "%s member was taken off, being in more than one of the numbers.",
                "%s members were taken off, being in more than one of the numbers.",
            ),
        ]
        return " ".join(filter(None, told))


def count(
    endorsers: Iterable[int],
    parents: Mapping[int, Iterable[int]],
    stated: Mapping[int, int],
) -> Count:
    """``parents``: whom each body stands under on the day; ``stated``: what bodies, not
    only those that endorsed, say of their members."""
    who = frozenset(endorsers)
    tree = _Tree.of(parents)
    inside = tree.under(body for body in who if body in stated)
    within = who & inside
    counted = frozenset(body for body in who - inside if body in stated)
    added = sum(stated[body] for body in counted)
    largest = max((stated[body] for body in counted), default=0)
    total = max(largest, added - _said_twice(tree, counted, stated))
    return Count(total, counted, within, who - within - counted, added - total)


@dataclass
class _Tree:
    """``order``: parents before their children."""

    children: dict[int, list[int]] = field(default_factory=dict)
    order: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, parents: Mapping[int, Iterable[int]]) -> "_Tree":
        children: defaultdict[int, list[int]] = defaultdict(list)
        above: dict[int, int] = {}
        for body, its in parents.items():
            own = set(its)
            above[body] = len(own)
            for parent in own:
                children[parent].append(body)
        order = [body for body in children if not above.get(body)]
        for body in order:
            for child in children.get(body, ()):
                above[child] -= 1
                if not above[child]:
                    order.append(child)
        return cls(dict(children), order)

    def under(self, bodies: Iterable[int]) -> set[int]:
        """Everything below any of them."""
        found: set[int] = set()
        near = set(bodies)
        while near:
            near = set().union(*(self.children.get(body, ()) for body in near)) - found
            found |= near
        return found


def _said_twice(tree: _Tree, counted: frozenset[int], stated: Mapping[int, int]) -> int:
    """How many members stand in more than one counted number, once for each number
    beyond the first."""
    times = _times_counted(tree, counted)
    shared = [body for body in reversed(tree.order) if times.get(body, 0) > 1]
    alone = _alone(tree, shared, stated)
    return sum((times[body] - 1) * alone[body] for body in shared)


def _times_counted(tree: _Tree, counted: frozenset[int]) -> dict[int, int]:
    """Under how many counted bodies each body stands. Sets of them are bits of one
    number each: joining thousands is a matter of microseconds."""
    above = {body: 1 << place for place, body in enumerate(counted)}
    for body in tree.order:
        mine = above.get(body, 0)
        if mine:
            for child in tree.children.get(body, ()):
                above[child] = above.get(child, 0) | mine
    return {body: bits.bit_count() for body, bits in above.items()}


def _alone(
    tree: _Tree, shared: Sequence[int], stated: Mapping[int, int]
) -> dict[int, int]:
    """Of each shared body, the members who are in none of those below it. Children come
    before their parents here; all below a shared body is shared, too."""
    joints = _joints(tree, shared)
    alone: dict[int, int] = {}
    whole: dict[int, int] = {}
    tangled: set[int] = set()
    for body in shared:
        children = tree.children.get(body, ())
        if any(child in joints or child in tangled for child in children):
            # Two ways may lead to one of those below: each is looked at once.
            tangled.add(body)
            below = sum(alone[each] for each in tree.under([body]))
        else:
            below = sum(whole[child] for child in children)
        alone[body] = max(0, stated.get(body, 0) - below)
        whole[body] = below + alone[body]
    return alone


def _joints(tree: _Tree, shared: Sequence[int]) -> set[int]:
    """Bodies with several parents among these."""
    seen: set[int] = set()
    joints: set[int] = set()
    for body in shared:
        for child in tree.children.get(body, ()):
            (joints if child in seen else seen).add(child)
    return joints


def _several(number: int, one: str, many: str) -> str:
    if not number:
        return ""
    words = ngettext(one, many, number)
    return words % number_format(number, force_grouping=True)
