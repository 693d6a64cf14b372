import pytest

from commonwire.calls.actions import calling
from commonwire.calls.content import AskContent
from commonwire.changes.models import Change
from commonwire.delivery.pages.sign_up_sheets import NAMES, SignUpSheets
from commonwire.delivery.printing import on_demand, print_stale
from tests.calls.factories import a_call, told
from tests.delivery.pages import NOTHING, forgotten, reaction
from tests.factories import a_post
from tests.syndication.pdfs import pages_of, words_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def call():
    return a_call()


@pytest.mark.parametrize(
    ("name", "size"), [(NAMES[0], (792, 612)), (NAMES[1], (842, 595))]
)
def test_it_has_a_column_for_each_ask_on_one_page(call, name, size):
    pdf = on_demand(call.post.path + name)
    words, found = words_of(pdf)
    assert (found, pages_of(pdf)) == (size, 1)
    assert call.post.title in words
    assert "Come: Stand with us at the depot" in words


def test_whatever_is_asked_it_is_one_page():
    asks = tuple(
        AskContent("other", f"{n} {'Stand at the depot ' * 20}") for n in range(9)
    )
    call = a_call("Night buses " * 15, content=told(asks=asks))
    for name in NAMES:
        assert pages_of(on_demand(call.post.path + name)) == 1


def test_it_is_forgotten_when_the_call_changes(call):
    path = f"{call.post.path}sign-up-a4.pdf"
    on_demand(path)
    calling.call_off(call=call, because="The ice is too thin.")
    change = Change.objects.latest("pk")
    assert reaction(SignUpSheets(), change) == forgotten(path)
    print_stale()
    assert "The ice is too thin." in words_of(on_demand(path))[0]


def test_what_is_no_call_has_none(call):
    assert on_demand(f"{a_post().path}sign-up-a4.pdf") is None


def test_a_mirror_has_every_one(call):
    expected = {call.post.path + name for name in NAMES}
    assert set(SignUpSheets().every()) == expected


def test_other_changes_leave_them_alone(any_change):
    assert reaction(SignUpSheets(), any_change) == NOTHING
