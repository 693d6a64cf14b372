"""Days and hours in words, in the language that is active."""

from datetime import date, time

from django.utils import formats


def day_words(day: date) -> str:
    """“Saturday, January 16, 2027”."""
    return f"{formats.date_format(day, 'l')}, {formats.date_format(day, 'DATE_FORMAT')}"


def hour_words(at: time) -> str:
    """“6:00 AM”."""
    return str(formats.time_format(at, "TIME_FORMAT"))
