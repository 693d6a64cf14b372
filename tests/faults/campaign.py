"""A run: people publish, decide, endorse and pledge while faults happen; then what must
hold is looked at."""

import contextlib
import http.client
import json
import random
import subprocess
import threading
import time
from collections import Counter

from tests.faults import injections, verdict
from tests.faults.people import PEOPLE

# Of a machine that has much else to do: no fault is waited for in vain.
PATIENCE = 600
SETTING_UP = """
import json, random
from commonwire.accounts.actions import add_token
from commonwire.kit.phrases import words
from commonwire.moderation.actions import rulebook
from tests.calls.factories import a_call
from tests.factories import a_key_to, a_section, a_site, an_editor, an_organisation
a_site(flood_rate=None)
rulebook.begin()
for slug in ("labor", "housing"):
    a_section("topic", slug, slug.title())
bodies = [an_organisation() for _ in range(12)]
# Of words of their own, or they would be too much alike to be listed.
calls = [
    a_call(" ".join(some), body=" ".join(random.choices(words(), k=40)))
    for some in (random.sample(words(), 5) for _ in range(3))
]
assert all(call.post.listed for call in calls)
print("WORLD" + json.dumps({
    "editor": add_token(name="sorting", editor=an_editor()),
    "contributor": add_token(name="publishing", editor=None),
    "organisations": {body.slug: a_key_to(body) for body in bodies},
    "calls": [[c.post_id, [a.pk for a in c.asks.all()]] for c in calls],
}))
"""


class Campaign:
    """``faults``: how many happen; ``pause``: seconds between two, at most."""

    def __init__(self, machine, *, seed, faults, pause=1.0, tell=lambda _line: None):
        self.machine, self.faults, self.pause, self.tell = machine, faults, pause, tell
        self.seed, self.random = seed, random.Random(seed)
        self.is_over, self.is_given_up = threading.Event(), threading.Event()
        self.done = Counter()
        self.posts, self.people, self.world, self.pairs = [], [], {}, []
        self.to_print, self.printers = [], []

    def run(self):
        """What was wrong at the end, in sentences; none is good."""
        try:
            self._set_up()
            self._begin()
            self._let_things_happen()
            return self._end()
        finally:
            self.is_over.set()
            self.is_given_up.set()
            self.machine.end()

    def _set_up(self):
        self.machine.data.mkdir(mode=0o711, exist_ok=True)
        prepared = self.machine.command("prepare")
        if prepared.returncode:
            raise AssertionError(prepared.stderr)
        said = self.machine.program(SETTING_UP)
        self.world = json.loads(said.partition("WORLD")[2])
        self.pairs = [
            (slug, call)
            for slug in self.world["organisations"]
            for call, _asks in self.world["calls"]
        ]
        self.random.shuffle(self.pairs)

    def _begin(self):
        self.machine.start()
        self._wait(self._answers)
        self.people = [
            kind(self, f"{self.seed} {number}") for number, kind in enumerate(PEOPLE)
        ]
        for person in self.people:
            person.start()

    def _let_things_happen(self):
        faults = injections.possible(self.machine)
        kinds, often = list(faults), list(faults.values())
        # Each once at least, when there are so many; then by chance.
        first = self.random.sample(kinds, min(len(kinds), self.faults))
        more = self.random.choices(kinds, often, k=self.faults - len(first))
        for number, fault in enumerate([*first, *more], start=1):
            time.sleep(self.random.uniform(0, self.pause))
            fault(self)
            self.done[fault.__name__] += 1
            self._restart_the_dead()
            self._print_what_was_spoilt()
            # Or nothing would ever be answered that a fault could lose.
            self._wait(self._answers)
            self.tell(f"{number} {fault.__name__}")

    def _restart_the_dead(self):
        """As whoever supervises them does."""
        for process in self.machine.processes:
            if not process.is_alive:
                process.start()

    def _answers(self):
        self._restart_the_dead()
        return any(is_well(port) for port in self.machine.ports)

    def print_later(self, page):
        self.to_print.append(page)

    def _print_what_was_spoilt(self):
        """Beside everything else that goes on; at the end, whatever did not succeed."""
        self.printers = [each for each in self.printers if each.poll() is None]
        if self.to_print and not self.printers:
            self.printers.append(self.machine.printing(set(self.to_print)))

    def pages(self):
        """Some of what is printed."""
        root = self.machine.data / "public"
        found = [file for file in root.rglob("index.html") if file.is_file()]
        return [
            f"/{file.parent.relative_to(root)}/".replace("/./", "/") for file in found
        ]

    def _end(self):
        self.machine.heal()
        self._wait(lambda: all(is_well(port) for port in self.machine.ports))
        self.is_over.set()
        deadline = time.monotonic() + PATIENCE
        for person in self.people:
            person.join(max(0.1, deadline - time.monotonic()))
        wrong = [f"{person.wrong}" for person in self.people if person.wrong]
        wrong += [
            f"{type(person).__name__} got no answer in {PATIENCE} seconds: {person.said}"
            for person in self.people
            if person.is_alive()
        ]
        for printer in self.printers:
            with contextlib.suppress(subprocess.TimeoutExpired):
                printer.wait(PATIENCE)
        return wrong + verdict.of(self)

    def answered(self, *kinds):
        return [
            each
            for person in self.people
            if type(person).__name__ in kinds
            for each in person.answered
        ]

    def _wait(self, happened):
        deadline = time.monotonic() + PATIENCE
        while not happened():
            if time.monotonic() > deadline:
                raise AssertionError(f"in vain: {self.machine.folder}")
            time.sleep(0.1)


def is_well(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
