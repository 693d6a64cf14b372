import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from django.utils import translation

from commonwire.media import workshop
from commonwire.media.messages import Refused
from commonwire.media.workshop import Late, Workshop
from tests.media import pictures

HOSTILE = (sys.executable, "-P", str(Path(__file__).parent / "hostile.py"))
PICTURE = pictures.encoded(pictures.gradient((40, 30)), "PNG")


@pytest.fixture(scope="module")
def shop():
    shop = Workshop(HOSTILE, seconds=60)
    yield shop
    shop.close()


@pytest.fixture
def impatient():
    shop = Workshop(HOSTILE, seconds=1)
    yield shop
    shop.close()


@pytest.fixture
def work(tmp_path):
    """Hand a workshop an upload of the content given."""
    numbers = iter(range(100))

    def work(shop, content):
        number = next(numbers)
        upload, into = tmp_path / f"upload{number}", tmp_path / f"into{number}"
        upload.write_bytes(content)
        into.mkdir()
        return shop.make(upload=upload, into=into, seats=[tmp_path / "seat"])

    return work


def reason(work, shop, content):
    with pytest.raises(Refused) as caught:
        work(shop, content)
    return caught.value.reason


def test_a_bench_steps_back_for_the_site_and_hears_no_control_c():
    """Linux weighs niceness inside a session only; Ctrl-C goes to a process group."""
    shop = Workshop()
    bench = shop.warm()
    assert (os.getsid(bench), os.getpgid(bench)) == (os.getsid(0), bench)
    shop.close()


def test_a_picture_is_made_in_another_process(work, tmp_path):
    shop = Workshop()
    made = work(shop, PICTURE)
    shop.close()
    assert (made.width, made.height) == (40, 30)
    assert made.peak_kilobytes > 0
    assert {path.name for path in (tmp_path / "into0").iterdir()} == {
        "original.jpg",
        "40.webp",
        "40.jpg",
    }


def test_renditions_are_for_this_user_only(work, shop, tmp_path):
    work(shop, PICTURE)
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "into0").iterdir()}
    assert modes == {0o600}


@pytest.mark.parametrize(
    ("order", "why"),
    [
        (b"crash", "unsafe"),
        (b"raise", "unsafe"),
        (b"hoard", "too_heavy"),
        (b"lie", "unsafe"),
        (b"be_killed", "ended"),
    ],
)
def test_a_hostile_file_costs_only_itself(order, why, work, shop):
    assert reason(work, shop, order) == why
    assert work(shop, PICTURE).width == 40


@pytest.mark.parametrize("order", [b"hang", b"spin"])
def test_a_file_that_hangs_its_process_is_refused_as_too_heavy(order, work, impatient):
    assert reason(work, impatient, order) == "too_heavy"
    assert work(impatient, PICTURE).width == 40


def test_what_uses_up_a_first_attempt_s_processor_time_is_late(
    shop, tmp_path, monkeypatch
):
    """By the clock it would have had much more."""
    monkeypatch.setattr(workshop, "FIRST_BY_CLOCK", 15)
    upload = tmp_path / "upload"
    upload.write_bytes(b"spin")
    with shop.turn() as turn, pytest.raises(Late):
        turn.make(upload=upload, into=tmp_path, first=2)


def test_a_file_that_kills_the_workbench_is_refused_and_the_next_is_made(work, shop):
    assert reason(work, shop, b"kill") == "ended"
    assert work(shop, PICTURE).width == 40


def test_a_workbench_that_has_ended_is_started_again(work, impatient):
    work(impatient, PICTURE)
    os.kill(impatient.warm(), signal.SIGKILL)
    assert work(impatient, PICTURE).width == 40


def test_a_child_reaches_no_network(work, shop):
    if "network" not in work(shop, PICTURE).confined:
        pytest.skip("this machine lets nobody leave its network")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        port = listener.getsockname()[1]
        # Somebody who may does reach it.
        socket.create_connection(("127.0.0.1", port)).close()
        listener.accept()[0].close()
        assert reason(work, shop, b"connect %d" % port) == "unmade"
        with pytest.raises(BlockingIOError):
            listener.accept()


@pytest.mark.parametrize("order", ["read", "write"])
def test_a_child_reaches_no_files_but_its_own(order, work, shop, tmp_path):
    if "files" not in work(shop, PICTURE).confined:
        pytest.skip("this machine has no Landlock")
    other = tmp_path / "other"
    other.write_text("a stranger's picture")
    assert reason(work, shop, f"{order} {other}".encode()) == "empty"


def test_a_child_inherits_no_files_and_no_settings(work, monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET", "key")
    shop = Workshop(HOSTILE, seconds=20)
    with (tmp_path / "open").open("w"):
        assert reason(work, shop, b"look") == "empty"
    shop.close()


def test_many_threads_may_ask_at_once(work, shop):
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: work(shop, PICTURE).width, range(8)))
    assert made == [40] * 8


def test_processes_share_the_seats(work, shop, tmp_path):
    with (tmp_path / "seat").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        waiting = threading.Thread(target=work, args=(shop, PICTURE))
        waiting.start()
        waiting.join(0.2)
        assert waiting.is_alive()
        assert list((tmp_path / "into0").iterdir()) == []
    waiting.join()
    assert list((tmp_path / "into0").iterdir()) != []


def test_who_waits_too_long_is_told_to_come_again(work, shop, tmp_path, monkeypatch):
    monkeypatch.setattr(workshop, "WAIT_SECONDS", 0.1)
    with (tmp_path / "seat").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert reason(work, shop, PICTURE) == "busy"


def test_closing_ends_the_workbench(work):
    shop = Workshop()
    work(shop, PICTURE)
    bench = psutil.Process(shop.warm())
    shop.close()
    assert not bench.is_running()


STARTER = """
import sys
from django.conf import settings
settings.configure()
from commonwire.media.workshop import Late, Workshop
shop = Workshop()
print(shop.warm(), flush=True)
sys.stdin.read()
"""


def test_the_workbench_ends_with_the_web_process_however_that_dies():
    root = str(Path(workshop.__file__).parents[2])
    with subprocess.Popen(
        [sys.executable, "-c", STARTER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": root},
    ) as web:
        bench = psutil.Process(int(web.stdout.readline()))
        web.kill()
    gone, alive = psutil.wait_procs([bench], timeout=30)
    assert (len(gone), alive) == (1, [])


def test_the_workbench_ends_after_a_minute_without_work(monkeypatch):
    code = (
        "from commonwire.media import workbench\n"
        "workbench.IDLE_SECONDS = 0.1\nworkbench.main()"
    )
    root = str(Path(workshop.__file__).parents[2])
    ended = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, env={"PYTHONPATH": root}
    )
    # Its input stays open all the while.
    assert ended.wait(30) == 0
    ended.stdin.close()


def test_the_workbench_does_not_load_django():
    code = "import sys, commonwire.media.workbench; print('django' in sys.modules)"
    root = str(Path(workshop.__file__).parents[2])
    told = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": root},
        capture_output=True,
        check=True,
    )
    assert told.stdout == b"False\n"


def test_a_refusal_is_in_the_language_of_the_reader(monkeypatch, work, shop):
    monkeypatch.setattr(workshop, "gettext", lambda _: "Nur %(formats)s, bitte.")
    with translation.override("de"), pytest.raises(Refused) as caught:
        work(shop, b"raise")
    assert str(caught.value) == (
        "Nur JPEG, PNG, WebP, GIF, HEIC, AVIF, TIFF, JPEG XL, bitte."
    )
