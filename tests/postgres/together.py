"""Several who do the same at the same moment, each with a connection of their own."""

import threading

from django.db import connection


def together(*acts):
    """What each returned, or the error that it raised, in their order."""
    done = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(place, act):
        try:
            connection.ensure_connection()
            start.wait(10)
            done[place] = act()
        except Exception as error:  # noqa: BLE001 - it is what the test looks at
            done[place] = error
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=each, daemon=True) for each in enumerate(acts)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    return done


def in_a_thread(act):
    """With a connection of its own; it has begun."""

    def run():
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread
