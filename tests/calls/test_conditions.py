from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from commonwire.calls.conditions import Promise, bound, merged

PROMISES = st.lists(
    st.builds(
        Promise,
        people=st.just(1),
        place=st.sampled_from(["", "north", "south"]),
        others=st.none() | st.integers(1, 5),
        in_place=st.booleans(),
    ),
    max_size=7,
)


def stands(one, among):
    near = [each for each in among if each.place == one.place or not one.in_place]
    return one.others is None or len(near) - 1 >= one.others


@settings(max_examples=60, deadline=None)
@given(PROMISES)
def test_as_many_are_bound_as_in_the_largest_group_that_agrees(promises):
    groups = (
        [promises[i] for i in chosen]
        for size in range(len(promises), -1, -1)
        for chosen in combinations(range(len(promises)), size)
    )
    largest = next(g for g in groups if all(stands(each, g) for each in g))
    assert sum(each.people for each in bound(merged(promises))) == len(largest)


def test_people_who_wait_for_each_other_are_bound():
    fifty = [Promise(50, others=49)]
    assert bound(fifty) == set(fifty)
    assert bound([Promise(49, others=49)]) == set()
