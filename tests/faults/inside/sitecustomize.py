"""Lies in PYTHONPATH of the site's processes during a run of faults: Python reads it when
a process begins. A file says what is wrong with the machine just now: how far the clock
is off, and whether writing fails, and how often."""

import errno
import json
import os
import random
import stat
import threading
import time
from pathlib import Path

import time_machine

CONTROL = Path(os.environ["FAULTS_CONTROL"])
LOOKS_EVERY = 0.05
_now = {"clock": 0, "error": "", "often": 0.0}
_travels = []


def _look():
    try:
        wanted = json.loads(CONTROL.read_text("ascii"))
    except (OSError, ValueError):
        return
    if wanted["clock"] != _now["clock"]:
        while _travels:
            _travels.pop().stop()
        if wanted["clock"]:
            there = time.time() + wanted["clock"]
            _travels.append(time_machine.travel(there, tick=True))
            _travels[0].start()
    _now.update(wanted)


def _watch():
    while True:
        _look()
        time.sleep(LOOKS_EVERY)


def _begin():
    threading.Thread(target=_watch, daemon=True).start()


def _strike(what):
    """Raise, as often as it is said, what the system would."""
    if _now["error"] and random.random() < _now["often"]:
        number = getattr(errno, _now["error"])
        raise OSError(number, os.strerror(number), str(what))


def _on_files(function):
    """Pipes and sockets go on: it is the disk that fails."""

    def wrapped(descriptor, *rest, **named):
        if _now["error"] and stat.S_ISREG(os.fstat(descriptor).st_mode):
            _strike(descriptor)
        return function(descriptor, *rest, **named)

    return wrapped


def _on_names(function):
    def wrapped(source, target, *rest, **named):
        _strike(target)
        if _now["clock"] and function is _replace:
            os.utime(source, (time.time(), time.time()))  # its own is the kernel's
        return function(source, target, *rest, **named)

    return wrapped


_replace = os.replace
os.write, os.fsync = _on_files(os.write), _on_files(os.fsync)
os.replace, os.rename, os.link = map(_on_names, (os.replace, os.rename, os.link))
_look()
_begin()
os.register_at_fork(after_in_child=_begin)
