"""What goes wrong. Each fault is a function of the machine, the run's chance and how long
it lasts; when it returns, what it broke is mended or left to the site to mend."""

import contextlib
import os
import resource
import signal
import time


def kill_a_web_process(run):
    """With its children: as the system does that is out of memory."""
    victim = run.random.choice(run.machine.webs)
    victim.kill()
    time.sleep(run.random.uniform(0, 0.5))
    victim.start()


def kill_who_answers(run):
    """Whoever watches it starts another."""
    children = run.random.choice(run.machine.webs).children
    if children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(run.random.choice(children).pid, signal.SIGKILL)


def kill_a_worker(run):
    victim = run.random.choice(run.machine.workers)
    victim.kill()
    victim.start()


def hold_a_worker(run):
    """It goes on later where it was, with what it knew then."""
    victim = run.random.choice(run.machine.workers)
    victim.signal(signal.SIGSTOP)
    time.sleep(run.random.uniform(0.2, 2))
    victim.signal(signal.SIGCONT)


def cut_the_power(run):
    """To everything but a database server, whose own machine it is."""
    for process in run.machine.processes:
        process.kill()
    run.machine.start()


def fill_the_disk(run):
    run.machine.disk.fill()
    time.sleep(run.random.uniform(0.5, 2))
    run.machine.disk.empty()


def let_no_file_grow(run):
    victims = run.machine.processes
    for process in victims:
        process.limit_files(run.random.choice([0, 4096, 100_000]))
    time.sleep(run.random.uniform(0.3, 1.5))
    for process in victims:
        process.limit_files(resource.RLIM_INFINITY)


def fail_writes(run):
    """Some of them, with what a dying or a full disk says."""
    error = run.random.choice(["EIO", "ENOSPC"])
    run.machine.tell(error=error, often=run.random.choice([0.05, 0.3, 1.0]))
    time.sleep(run.random.uniform(0.5, 2))
    run.machine.tell(error="")


def cut_the_store(run):
    """The tree takes nothing for a while: what is written goes through this folder."""
    place = run.machine.data / "public" / ".unfinished"
    aside = place.with_name(".cut")
    with contextlib.suppress(OSError):
        place.rename(aside)
    time.sleep(run.random.uniform(0.3, 2))
    with contextlib.suppress(OSError):
        place.rmdir()  # a process that began meanwhile made a new one
    with contextlib.suppress(OSError):
        aside.rename(place)


def spoil_a_page(run):
    """And print it again, as who operates the site is told to."""
    page = run.random.choice(run.pages() or [None])
    if page is None:
        return
    file = run.machine.data / "public" / page.removeprefix("/")
    file = file / "index.html" if page.endswith("/") else file
    with contextlib.suppress(OSError):
        size = file.stat().st_size
        with file.open("r+b") as opened:
            opened.seek(run.random.randrange(max(1, size - 10)))
            opened.write(b"\0" * 10)
    run.print_later(page)


def jump_the_clock(run):
    run.machine.tell(clock=run.random.choice([-7200, -300, -20, 20, 300, 7200, 90_000]))
    time.sleep(run.random.uniform(0.5, 2))
    run.machine.tell(clock=0)


def restart_the_database(run):
    run.machine.database.stop(at_once=run.random.random() < 0.5)
    time.sleep(run.random.uniform(0, 1))
    run.machine.database.start()


# How often each of them is, beside the others.
FAULTS = {
    kill_a_web_process: 3,
    kill_who_answers: 3,
    kill_a_worker: 4,
    hold_a_worker: 3,
    cut_the_power: 1,
    fill_the_disk: 2,
    let_no_file_grow: 2,
    fail_writes: 3,
    cut_the_store: 2,
    spoil_a_page: 2,
    jump_the_clock: 2,
    restart_the_database: 4,
}


def possible(machine):
    """Those that can happen to this machine."""
    without = set()
    if not machine.disk.is_own:
        without.add(fill_the_disk)
    if machine.database is None:
        without.add(restart_the_database)
    return {fault: often for fault, often in FAULTS.items() if fault not in without}
