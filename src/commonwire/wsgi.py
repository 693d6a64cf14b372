"""The application that a WSGI server runs: printed pages first, then Django."""

import gc
import multiprocessing
import os
import threading

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonwire.settings")

from django.core.wsgi import get_wsgi_application

from commonwire.delivery.bucket_front import BucketFront, Files
from commonwire.delivery.bucket_tree import BucketTree
from commonwire.delivery.serving import Application, Front
from commonwire.delivery.tree import the_tree
from commonwire.web.turnstile import Turnstile


def _end_with_parent() -> None:
    """Whoever watches this process may die without a word: then nobody is left to end
    it, and it would hold the port. Other servers start it in other ways."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


_end_with_parent()
_django = get_wsgi_application()
# Needs Django's models, which are loaded now.
from commonwire.changes.running import WEB, Heart  # noqa: E402
from commonwire.delivery.openings import the_openings  # noqa: E402


def _front() -> Front:
    tree, inner = the_tree(), Turnstile(_django)
    if isinstance(tree, BucketTree):
        # Files that pages show lie here as well; pages do not.
        pages: Application = BucketFront(tree, inner)
        return Front(Files(tree.root, tree.locks), pages, the_openings().see)
    return Front(tree, inner, the_openings().see)


application = _front()
Heart(WEB).start()
# What is here now stays: the collector need not look through it again and again, which
# takes as long as five publishings.
gc.collect()
gc.freeze()
