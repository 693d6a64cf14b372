from django.http import HttpResponse, HttpResponseRedirect


class SeeOther(HttpResponseRedirect):
    """After a form: look there, with GET (RFC 9110, 15.4.4)."""

    status_code = 303


# What a script asks for (`do`) that goes on with the page it is on.
SAVE = "save"


class Saved(HttpResponse):
    """A draft is at this address."""

    def __init__(self, address: str) -> None:
        super().__init__(status=201, headers={"Location": address})
