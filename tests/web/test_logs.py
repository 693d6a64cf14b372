"""What a log line tells, and how."""

import json
import logging

import pytest

from commonwire.web.logs import Discreet, Json


@pytest.fixture
def told():
    """An event as a line of JSON."""

    def tell(message, *args, **more):
        record = logging.LogRecord("a.part", logging.ERROR, "", 1, message, args, None)
        vars(record).update(more)
        Discreet().filter(record)
        line = Json().format(record)
        assert "\n" not in line
        return json.loads(line)

    return tell


def test_an_event_is_one_line(told):
    line = told("a page\ndid not %s", "print")
    assert (line["level"], line["logger"]) == ("error", "a.part")
    assert line["message"] == "a page\ndid not print"


def test_secret_parts_of_addresses_are_left_out(told):
    assert told("answered /key/abcdef/1/")["message"] == "answered /key/…/1/"


def test_what_libraries_hang_on_an_event_is_not_told(told):
    request = "GET / from 198.51.100.7"
    assert "198.51" not in json.dumps(told("failed", request=request, status_code=500))


def test_a_fault_is_told_with_where_it_was(told):
    try:
        int("no")
    except ValueError as error:
        line = told("failed", exc_info=(ValueError, error, error.__traceback__))
    assert line["traceback"].endswith("with base 10: 'no'")
