"""Members counted once over random overlapping trees: the time for one count, and
whether it equals people counted one by one."""

import random
import time
from itertools import pairwise

from commonwire.calls.members import count

BODIES = 5_000
MOST_MS = 100


def main(*, quick: bool) -> bool:
    worst, right = 0.0, True
    for seed in range(3 if quick else 20):
        parents, people, who = _world(random.Random(seed))
        stated = {body: len(members) for body, members in people.items()}
        begun = time.process_time()
        found = count(who, parents, stated)
        worst = max(worst, time.process_time() - begun)
        right = right and found.total == len(set().union(*(people[b] for b in who)))
    print(
        f"members: {BODIES:,} bodies in four levels, up to three parents each, half of"
    )
    print(f"them endorse: {worst * 1e3:.0f} ms at most (target {MOST_MS} ms)")
    print(f"equal to people counted one by one: {'yes' if right else 'NO'}")
    return right and worst * 1e3 <= MOST_MS


def _world(
    chance: random.Random,
) -> tuple[dict[int, list[int]], dict[int, set[int]], list[int]]:
    """Five federations, fifty regional bodies, five hundred districts, and locals."""
    starts = (0, 5, 55, 555, BODIES)
    parents, levels = {}, list(pairwise(starts))
    for above, level in pairwise(levels):
        for body in range(*level):
            parents[body] = chance.sample(range(*above), chance.choice((1, 1, 1, 2, 3)))
    people = {
        body: {body * 100 + n for n in range(chance.randrange(100))}
        for body in range(BODIES)
    }
    for body in reversed(range(BODIES)):
        for parent in parents.get(body, ()):
            people[parent] |= people[body]
    return parents, people, [b for b in range(BODIES) if chance.random() < 0.5]
