from datetime import date

from commonwire.calls.tree import Link, reached, upward
from commonwire.calls.tree import circle as found_circle

A, B, C, D = 1, 2, 3, 4
SPRING, SUMMER, AUTUMN = date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)


def circle(links, new):
    return found_circle(upward(links), new)


def test_nothing_stands_under_what_stands_under_it():
    assert circle([Link(B, A), Link(C, B)], Link(A, C)) == [C, B, A]


def test_two_ways_up_are_no_circle():
    assert circle([Link(B, A), Link(C, A), Link(D, B)], Link(D, C)) == []


def test_bodies_may_have_changed_places():
    was = Link(B, A, None, SPRING)
    assert circle([was], Link(A, B, SPRING)) == []
    assert circle([was], Link(A, B, date(2026, 2, 28))) == [B, A]


def test_a_way_counts_only_if_it_stood_all_at_once():
    up = [Link(B, A, SPRING, SUMMER), Link(C, B, SUMMER, AUTUMN)]
    assert circle(up, Link(A, C)) == []


def test_the_nearest_are_reached_first_and_each_once():
    down = {A: [B, C], B: [D], C: [D], D: []}
    assert reached(A, down) == [B, C, D]
