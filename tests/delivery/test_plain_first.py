"""What somebody waits for is printed plain, and compressed by the worker."""

import gzip

import brotli
import pytest

from commonwire.delivery.printing import print_stale
from commonwire.delivery.tree import the_tree
from tests.factories import a_post

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_page_that_is_waited_for_has_no_old_form_beside_it():
    a_post("First")
    print_stale()
    front = the_tree().root / "index.html.gz"
    assert front.exists()

    a_post("Second")

    assert not front.exists()
    assert b"Second" in the_tree().read("/")


def test_the_worker_compresses_what_was_printed_plain():
    a_post("First")
    print_stale()
    a_post("Second")
    plain = the_tree().read("/")

    print_stale()

    root = the_tree().root
    assert gzip.decompress((root / "index.html.gz").read_bytes()) == plain
    assert brotli.decompress((root / "index.html.br").read_bytes()) == plain
