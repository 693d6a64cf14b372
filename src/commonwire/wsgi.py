"""The application that a WSGI server runs: printed pages first, then Django."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonwire.settings")

from django.core.wsgi import get_wsgi_application

from commonwire.delivery.serving import Front
from commonwire.delivery.tree import the_tree

_django = get_wsgi_application()
application = Front(the_tree(), _django)
