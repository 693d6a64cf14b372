from django.http import HttpResponseRedirect


class SeeOther(HttpResponseRedirect):
    """After a form: look there, with GET (RFC 9110, 15.4.4)."""

    status_code = 303
