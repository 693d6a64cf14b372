from hypothesis import given, settings
from hypothesis import strategies as st

from commonwire.calls.members import Count, count

F, R, L, M = 1, 2, 3, 4
UNDER = {R: [F], L: [R], M: [R]}


def total(endorsers, parents, stated):
    return count(endorsers, parents, stated).total


def test_a_federation_and_its_local_do_not_add_up():
    found = count([F, L], UNDER, {F: 1_000, L: 40})
    assert found == Count(1_000, frozenset({F}), frozenset({L}))


def test_locals_beside_one_another_add_up():
    assert total([L, M], UNDER, {F: 1_000, L: 40, M: 30}) == 70


def test_who_states_no_number_hides_nobody_under_it():
    found = count([F, L, M], UNDER, {L: 40, M: 30})
    assert found == Count(70, frozenset({L, M}), silent=frozenset({F}))


def test_a_body_between_that_did_not_endorse_changes_nothing():
    assert total([F, L], UNDER, {F: 1_000, R: 9, L: 40}) == 1_000


def test_the_number_of_the_body_above_counts_even_where_it_is_smaller():
    assert total([F, L], UNDER, {F: 10, L: 40}) == 10


def test_one_of_two_parents_is_enough():
    assert total([F, L], {L: [R, F]}, {F: 1_000, R: 9, L: 40}) == 1_000


def test_members_of_a_body_with_two_counted_parents_count_once():
    found = count([F, R], {L: [F, R]}, {F: 100, R: 50, L: 40})
    assert (found.total, found.twice) == (110, 40)


def test_numbers_that_do_not_fit_leave_the_largest():
    assert total([F, R], {L: [F, R]}, {F: 100, R: 50, L: 999}) == 100


def test_the_page_says_how_it_was_counted():
    parents = {L: [F, R], M: [F]}
    said = count([F, R, M, 9], parents, {F: 9_000, R: 50, L: 40}).how
    assert said == (
        "The numbers that 2 organisations state are added up. 1 is not added, because "
        "its members are in the number of a body that it belongs to. 1 states no "
        "number. 40 members were taken off, being in more than one of the numbers."
    )


@st.composite
def trees(draw):
    """Bodies under one or several of those before them, with members of their own."""
    size = draw(st.integers(1, 12))
    parents = {
        body: draw(st.lists(st.integers(0, body - 1), max_size=3, unique=True))
        for body in range(1, size)
    }
    own = draw(st.lists(st.integers(0, 9), min_size=size, max_size=size))
    who = draw(st.sets(st.integers(0, size - 1)))
    return parents, own, who


def below(body, parents):
    """The body and all under it."""
    found = {body}
    for child, its in sorted(parents.items()):
        if found.intersection(its):
            found.add(child)
    return found


@settings(max_examples=50, deadline=None)
@given(trees())
def test_it_is_as_many_as_people_who_are_counted_one_by_one(tree):
    parents, own, who = tree
    people = {
        body: {(b, n) for b in below(body, parents) for n in range(own[b])}
        for body in range(len(own))
    }
    stated = {body: len(members) for body, members in people.items()}
    one_by_one = set().union(*(people[body] for body in who))
    assert total(who, parents, stated) == len(one_by_one)


@settings(max_examples=50, deadline=None)
@given(trees(), st.sets(st.integers(0, 11)))
def test_numbers_that_do_not_fit_count_as_the_rule_says(tree, silent):
    """The rule again, word by word."""
    parents, numbers, who = tree
    stated = {b: n for b, n in enumerate(numbers) if b not in silent}
    under = {b: below(b, parents) - {b} for b in range(len(numbers))}
    counted = [
        body
        for body in who & stated.keys()
        if not any(body in under[other] for other in who & stated.keys())
    ]
    times = [sum(b in {c, *under[c]} for c in counted) for b in range(len(numbers))]
    alone = {}
    for body in reversed(range(len(numbers))):
        rest = stated.get(body, 0) - sum(alone[each] for each in under[body])
        alone[body] = max(0, rest)
    twice = sum((n - 1) * alone[b] for b, n in enumerate(times) if n > 1)
    largest = max((stated[body] for body in counted), default=0)
    added = sum(stated[body] for body in counted)
    assert total(who, parents, stated) == max(largest, added - twice)
