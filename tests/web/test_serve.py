"""One command runs the site; what it says when something is wrong is one line."""

import re
import signal
import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from commonwire.web import serve
from tests.live import SOURCE, Server, command, free_port

pytestmark = pytest.mark.slow
LINK = re.compile(r"http://127\.0\.0\.1:\d+(/desk/sign-in/[\w-]+/)")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """One running server for the tests that leave it as it is."""
    folder = tmp_path_factory.mktemp("site")
    running = Server(folder).start(with_tables=False)
    yield running
    running.stop()


def test_it_says_where_it_is(site):
    assert f"Commonwire is at http://127.0.0.1:{site.port}/" in site.out.read_text()


def test_other_commands_know_where_it_is(site):
    done = command("log", "key", data=site.data)
    assert done.stdout.startswith(f"127.0.0.1:{site.port}/log+")


def test_the_front_page_is_there(site):
    status, headers, body = site.get("/")
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert b"Commonwire" in body


def test_what_it_stores_is_its_own_and_only_pages_are_for_others(site):
    modes = {path.name: path.stat().st_mode & 0o777 for path in site.data.iterdir()}
    assert modes.pop("public") == 0o755
    assert modes.pop("locks") == 0o700
    private = {name: mode & 0o077 for name, mode in modes.items()}
    assert private == dict.fromkeys(private, 0)
    assert site.data.stat().st_mode & 0o777 == 0o711


@pytest.mark.parametrize(
    "path",
    ["/../secret_key", "/%2e%2e/secret_key", "/..%2fsecret_key", "/media/%2e%2e/%2e%2e/secret_key",
     "/.unfinished/1", "/%00", "/a%00b/", "/%ff%fe/", "/%ed%a0%80", "/" + "x" * 3_000,
     "//secret_key", "/assets/../../secret_key", "/?x=" + "y" * 3_000 + "%ff"],
)  # fmt: skip
def test_no_address_leads_out_of_the_tree(site, path):
    status, _headers, body = site.get(path)
    assert status in {200, 400, 404}
    assert (site.data / "secret_key").read_bytes().strip() not in body


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("path", ["/", "/publish/", "/wire/", "/key/"])
def test_other_methods_are_refused(site, method, path):
    assert site.request(method, path, b"")[0] == 405


def test_a_form_of_100_mb_is_refused_in_words_over_the_wire(site):
    status, _headers, body = site.post(
        "/publish/", b"title=A&body=" + b"x" * 100 * 1024**2
    )
    assert status == 413
    assert b"texts may have 60,000 characters" in body


def test_the_site_goes_on_after_a_broken_upload(site):
    kind = "multipart/form-data; boundary=b"
    part = (
        b'--b\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\nhalf'
    )
    assert site.post("/publish/", part, Content_Type=kind)[0] in {303, 400, 422}
    assert list((site.data / "quarantine").iterdir()) == []


HEADERS = (
    "Content-Security-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "Cross-Origin-Resource-Policy",
)


@pytest.fixture(scope="module")
def answers(site):
    """One of each status."""
    big = b"title=" + b"x" * 3_000_000
    found = {
        200: site.get("/"),
        301: site.get("/wire"),
        303: site.post("/publish/", {"title": "A", "body": "T"}),
        304: site.get("/", If_None_Match=site.get("/")[1]["ETag"]),
        400: site.post("/publish/", b"--", Content_Type="multipart/form-data"),
        403: site.get("/key/nobody/"),
        404: site.get("/nowhere/"),
        405: site.request("DELETE", "/publish/"),
        413: site.post("/publish/", big),
        416: site.get("/robots.txt", Range="bytes=99999-"),
        422: site.post("/publish/", {}),
    }
    assert [answer[0] for answer in found.values()] == list(found)
    return found


STATUSES = (200, 301, 303, 304, 400, 403, 404, 405, 413, 416, 422)


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("name", HEADERS)
def test_every_answer_has_the_headers_that_protect_readers(answers, status, name):
    assert answers[status][1][name] is not None


def test_no_answer_sets_a_cookie(site, answers):
    found = [*answers.values()]
    for path in ("/", "/publish/", "/key/", "/wire/", "/feed.json", "/healthz"):
        found += [site.get(path), site.post(path, {"key": "wrong"})]
    cookies = [headers["Set-Cookie"] for _status, headers, _body in found]
    assert cookies == [None] * len(found)


def test_a_reader_s_cookie_is_not_looked_at(site):
    plain = site.get("/publish/")
    with_cookie = site.get("/publish/", Cookie="other=x")
    assert (plain[0], with_cookie[0]) == (200, 200)
    assert with_cookie[1]["Set-Cookie"] is None


# The first editor


def test_the_first_link_works_once_and_only_by_its_button(tmp_path):
    (tmp_path / "site").mkdir()
    server = Server(tmp_path / "site").start(with_tables=False)
    link = LINK.search(server.out.read_text())[1]
    first = [server.get(link) for _ in range(2)]
    assert [status for status, _headers, _body in first] == [200, 200]
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', first[0][2])[
        1
    ].decode()
    cookie = first[0][1]["Set-Cookie"].partition(";")[0]
    names = {"name": "ada.signs.in", "pseudonym": "Magpie"}
    form = {"csrfmiddlewaretoken": token, **names}
    used = [server.post(link, form, Cookie=cookie) for _ in range(2)]
    assert [status for status, _headers, _body in used] == [302, 403]
    assert used[0][1]["Location"] == "/desk/setup/"
    assert server.get(link)[0] == 403
    server.stop()
    server.out.write_text("")
    server.start()
    assert LINK.search(server.out.read_text()) is None
    server.stop()


def test_it_ends_when_it_is_told_to(server):
    children = [server.web, server.worker]
    server.process.send_signal(signal.SIGINT)
    server.process.wait(30)
    server.wait_until(lambda: not any(child.is_running() for child in children))


# What is wrong, in one line


def failed(done, *words):
    """Exit code 1, and one line that holds the words."""
    assert done.returncode == 1, done
    (line,) = done.stderr.strip().splitlines()
    assert all(word in line for word in words), line
    return True


def test_a_taken_port_is_told(site, tmp_path):
    done = command("serve", "--port", str(site.port), data=tmp_path / "data")
    assert failed(done, f"port {site.port} is taken", "--port")


def test_a_port_that_is_being_given_up_is_waited_for():
    held = socket.create_server(("127.0.0.1", 0))
    port = held.getsockname()[1]
    assert not serve._is_free("127.0.0.1", port)
    threading.Timer(0.3, held.close).start()
    assert serve._gets_free("127.0.0.1", port)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_URL", "news.example.org"),
        ("SITE_URL", "https://news.example.org/path"),
        ("SITE_URL", "ftp://news.example.org"),
        ("SITE_URL", "https://[broken"),
        ("SITE_URL", "https://news.example.org:port"),
        ("DATABASE_URL", "postgres://localhost/x"),
        ("DATABASE_URL", "sqlite:///"),
        ("STORE", "s3://bucket/prefix"),
        ("SECRET_KEY", "short"),
        ("DATA", "/proc/nobody/writes/here"),
        ("DATA", "/dev/null"),
    ],
)
def test_a_wrong_setting_is_told_by_its_name(tmp_path, name, value):
    settings = {"DATA": str(tmp_path / "data"), name: value}
    done = command("serve", "--port", str(free_port()), **settings)
    assert failed(done, f"COMMONWIRE_{name}")


@pytest.mark.parametrize(
    "words",
    [
        ("sevre",),
        ("--bogus",),
        (),
        ("serve", "--bogus"),
        ("serve", "--port", "many"),
        ("serve", "--port", "99999"),
        ("serve", "--port", "-1"),
        ("editor",),
        ("editor", "remove", "ada"),
        ("token", "add"),
        ("print", "--bogus"),
    ],
)
def test_wrong_usage_is_told_with_2(site, words):
    done = command(*words, data=site.data)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert "usage: commonwire" in done.stdout + done.stderr


@pytest.mark.parametrize("words", [("sevre",), ("--bogus",), ("serve", "--bogus")])
def test_wrong_usage_is_told_where_there_is_no_site_yet(tmp_path, words):
    done = command(*words, data=tmp_path / "none")
    assert (done.returncode, (tmp_path / "none").exists()) == (2, False)


def test_a_command_without_a_site_says_what_to_do(tmp_path):
    done = command("editor", "add", "ada", data=tmp_path / "none")
    assert failed(done, "there is no secret key", "commonwire serve")


# Other commands


def test_version_is_the_changelog_s():
    changelog = (SOURCE.parent / "CHANGELOG.md").read_text()
    newest = re.search(r"(?m)^## (\d+\.\d+\.\d+)", changelog)[1]
    done = command("version")
    assert (done.returncode, done.stdout) == (0, f"commonwire {newest}\n")


def test_an_editor_is_added_once(site):
    added = command(
        "editor", "add", "grace", data=site.data, SITE_URL="https://x.example"
    )
    assert added.returncode == 0
    assert added.stdout.startswith("https://x.example/desk/sign-in/")
    again = command("editor", "add", "grace", data=site.data)
    assert failed(again, "there is an editor named 'grace' already")


def test_an_editor_gets_a_new_link(site):
    command("editor", "add", "lise", data=site.data)
    assert command("editor", "link", "lise", data=site.data).returncode == 0
    assert failed(command("editor", "link", "nobody", data=site.data), "nobody")


def test_a_token_is_printed_once(site):
    done = command("token", "add", "importer", data=site.data)
    assert re.fullmatch(r"[\w-]{43}\n", done.stdout)
    assert failed(command("token", "add", "importer", data=site.data), "importer")
    assert failed(
        command("token", "add", "x", "--editor", "nobody", data=site.data), "nobody"
    )


def test_every_page_is_printed_and_counted(site):
    site.publish(title="A vote", body="Text.")
    done = command("print", "--all", data=site.data)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"\d+ pages printed, 0 failed\n", done.stdout)


def test_two_who_prepare_a_new_site_at_once_do_so_one_after_the_other(tmp_path):
    """As `serve` and `demo` do, started in two terminals."""
    with ThreadPoolExecutor(2) as both:
        asked = [
            both.submit(command, "prepare", data=tmp_path, SECRET_KEY="k" * 40)
            for _ in range(2)
        ]
    assert [(one.result().returncode, one.result().stderr) for one in asked] == [
        (0, "")
    ] * 2
    said = command(
        *("shell", "--no-imports", "-c", HOW_OFTEN_MIGRATED),
        data=tmp_path,
        SECRET_KEY="k" * 40,
    )
    assert (said.stdout, said.stderr) == ("[1]\n", "")


HOW_OFTEN_MIGRATED = """
from collections import Counter
from django.db.migrations.recorder import MigrationRecorder
rows = MigrationRecorder.Migration.objects.values_list("app", "name")
print(sorted(set(Counter(rows).values())))
"""
