from datetime import date, timedelta

import pytest

from commonwire.calls.actions import calling
from commonwire.calls.facts import facts_of
from commonwire.calls.queries import with_call
from commonwire.calls.states import DemandStatus
from commonwire.publishing.models import Post
from tests.calls.factories import a_call, told

pytestmark = pytest.mark.django_db


def facts(call, now=None):
    post = Post.objects.get(pk=call.post_id)
    return facts_of(with_call(post), now)


@pytest.mark.parametrize(
    ("days", "words"),
    [(12, "In 12 days."), (1, "It is tomorrow."), (-0.5, "It is going on.")],
)
def test_the_days_until_a_call_are_counted(days, words):
    call = a_call()

    assert facts(call, call.starts_at - timedelta(days=days)).standing == words


def test_a_call_that_is_over_says_so():
    call = a_call()

    assert facts(call, call.ends_at).standing == "It is over."


def test_a_call_that_is_called_off_says_so_first_and_even_when_it_is_over():
    call = a_call()
    calling.call_off(call=call, because="The ice is too thin.")

    said = facts(call, call.ends_at + timedelta(days=1))

    assert said.is_off
    assert said.standing.startswith("Called off on ")
    assert said.standing.endswith(" The ice is too thin.")


def test_demands_say_whom_they_are_addressed_to_and_what_became_of_them():
    call = a_call()
    demand = call.demands.get(number=1)
    calling.set_status(demand=demand, status=DemandStatus.WON, day=date(2027, 1, 3))

    assert [d.line for d in facts(call).demands] == [
        "Night buses until two (of the transit board) — won since January 3, 2027",
        "No fare rise this winter (of the city council)",
        "Shelters at every stop",
    ]


def test_the_words_are_those_of_the_language_of_the_call():
    call = a_call(language="es")

    assert facts(call).asks[0].label == "Ven"


def test_a_translation_is_named_on_both_when_it_is_agreed():
    call = a_call()
    other = a_call(language="es", content=told(asks=(), demands=(), translates=call.pk))

    assert facts(call).translations == ()
    calling.agree_translation(translation=other, agrees=True)

    assert [t.language for t in facts(call).translations] == ["es"]
    assert [t.language for t in facts(other).translations] == ["en"]
