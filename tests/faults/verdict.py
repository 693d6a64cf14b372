"""What must hold after a run, whatever happened: sentences about what does not."""

import gzip
import json
import re
import shutil
import time
from collections import Counter

import brotli

from tests.media.pictures import SENTINEL

PATIENCE = 240
# In the tree, and no pages.
NOT_PAGES = {"media", "assets", ".unfinished", ".cut"}
# Folders that no reader is let into: what a killed printer had begun lies in them, and is
# swept within an hour.
UNREADABLE = {".unfinished", ".cut"}
# Tiles of the log that were not full: whoever began to verify then may still want them.
OLD_TILE = re.compile(r"log/tile/.*\.p/\d+")
ASKED = """
import json
from commonwire.accounts.models import Editor
from commonwire.calls.models import Endorsement, Pledge
from commonwire.changes import cursors
from commonwire.delivery import printing
from commonwire.media.models import Attachment
from commonwire.moderation.models import Decision
from commonwire.publishing.models import Post
numbers = cursors.position(printing.CURSOR_OF_COUNTED)
print("ASKED" + json.dumps({
    "titles": list(Post.everything.values_list("title", flat=True)),
    "decisions": list(
        Decision.objects.order_by("number").values_list("number", "signed_as")
    ),
    "endorsements": list(
        Endorsement.objects.filter(state="confirmed")
        .values_list("organisation__slug", "call__post_id")
    ),
    "pledges": list(Pledge.objects.values_list("call__post_id", flat=True)),
    "behind": cursors.latest() - cursors.position(printing.CURSOR),
    "counted": bool(
        cursors.newest_of_each_post(
            after=numbers, through=cursors.latest(), kinds=printing.COUNTED
        )
    ),
    "waiting": Attachment.objects.filter(state="waiting").count(),
}))
"""
# What was printed while the clock was wrong says another day; workers look for that
# every ten minutes.
DUE = """
from django.utils import timezone
from commonwire.delivery.printing import print_due
print_due(timezone.now())
"""
WHOLE = """
from django.db import connection
with connection.cursor() as cursor:
    if connection.vendor == "sqlite":
        cursor.execute("PRAGMA integrity_check")
        print(cursor.fetchall() == [("ok",)])
    else:
        print(True)
"""


def of(run):
    """Sentences; none is good."""
    facts = _when_quiet(run)
    wrong = _rows(run, facts)
    wrong += _the_log(run)
    wrong += _the_tree(run)
    wrong += _secrets(run)
    return wrong


def _when_quiet(run):
    """Once the workers have done all that waits."""
    deadline = time.monotonic() + PATIENCE
    while True:
        facts = json.loads(run.machine.program(ASKED).partition("ASKED")[2])
        still = facts["behind"] or facts["counted"] or facts["waiting"]
        if not still or time.monotonic() > deadline:
            return facts
        time.sleep(0.5)


def _rows(run, facts):
    wrong = [
        f"the workers never ended what waits: {name} {facts[name]}"
        for name in ("behind", "counted", "waiting")
        if facts[name]
    ]
    wrong += _posts(run, facts) + _decisions(run, facts) + _of_calls(run, facts)
    if "True" not in run.machine.program(WHOLE):
        wrong.append("the database is not whole")
    return wrong


def _posts(run, facts):
    there = Counter(facts["titles"])
    return [
        f"{post['title']} is there {there[post['title']]} times"
        for post in run.answered("Program", "Writer", "Author")
        if there[post["title"]] != (0 if post.get("withdrawn") else 1)
    ]


def _decisions(run, facts):
    signed = [number for number, name in facts["decisions"] if name == "ada"]
    told = [made["number"] for made in run.answered("Editor")]
    numbers = [number for number, _name in facts["decisions"]]
    wrong = []
    if sorted(told) != sorted(signed):
        odd = sorted(set(told) ^ set(signed))
        wrong.append(f"decisions differ from what was answered: {odd or 'twice'}")
    if numbers != list(range(len(numbers))):
        wrong.append("the log has gaps")
    return wrong


def _of_calls(run, facts):
    given = Counter((slug, call) for slug, call in facts["endorsements"])
    wrong = [
        f"the endorsement {pair} is there {given[pair]} times"
        for pair in run.answered("Steward")
        if given[pair] != 1
    ]
    made = Counter(facts["pledges"])
    answered = Counter(call for call, _place in run.answered("Pledger"))
    if made != answered:
        wrong.append(f"pledges: {dict(made)}, answered {dict(answered)}")
    return wrong


def _the_log(run):
    done = run.machine.command("log", "verify")
    return [f"the log: {done.stdout}{done.stderr}"] if done.returncode else []


def _the_tree(run):
    """As it lies there, against one that is printed now from nothing."""
    if run.to_print:
        run.machine.command("print", *set(run.to_print))
    run.machine.program(DUE)
    fresh, public = run.machine.folder / "fresh", run.machine.public
    before = files(public)
    shutil.copytree(public / "assets", fresh / "assets")
    done = run.machine.command("print", "--all", STORE=str(fresh))
    wrong = [f"print --all: {done.stderr}"] if done.returncode else []
    meant = files(fresh)
    for name, body in sorted(before.items()):
        if name not in meant:
            if not OLD_TILE.fullmatch(name):
                wrong.append(f"{name} should not be there")
        elif body != meant[name]:
            wrong.append(f"{name} is stale")
            _keep(run, name, body)
    return wrong + _forms(public, before)


def _keep(run, name, body):
    """What lay there, to be compared with the fresh one."""
    file = run.machine.folder / "stale" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body)


def files(root):
    """What is printed, without its compressed forms."""
    return {
        str(file.relative_to(root)): file.read_bytes()
        for file in root.rglob("*")
        if file.is_file()
        and file.suffix not in {".gz", ".br"}
        and file.relative_to(root).parts[0] not in NOT_PAGES
    }


def _forms(root, plain):
    wrong = []
    for name, body in plain.items():
        for suffix, unpack in ((".gz", gzip.decompress), (".br", brotli.decompress)):
            file = root / f"{name}{suffix}"
            if file.exists() and unpack(file.read_bytes()) != body:
                wrong.append(f"{name}{suffix} is of another page")
    return wrong


def _secrets(run):
    """Nothing that is private lies among what everybody may read."""
    data = run.machine.data
    secrets = {
        "the log's key": (data / "log_key").read_text().strip(),
        "what a camera wrote": SENTINEL,
        **{f"the key of {p['title']}": p["key"] for p in run.answered("Program")},
        **{f"the draft of {p['title']}": p["draft"] for p in run.answered("Writer")},
        **{
            f"withdrawn: {p['title']}": p["body"]
            for p in run.answered("Author")
            if p.get("withdrawn")
        },
    }
    wrong, public = [], run.machine.public
    for file in public.rglob("*"):
        name = file.relative_to(public)
        if name.parts[0] in UNREADABLE or file.suffix in {".gz", ".br"}:
            continue
        body = file.read_bytes() if file.is_file() else b""
        wrong += [
            f"{what} is public in {name}"
            for what, secret in secrets.items()
            if secret.encode() in body
        ]
    uploads = {file.name for file in (data / "quarantine").glob("*")}
    shown = {file.name for file in public.rglob("*") if file.is_file()}
    return wrong + [f"{name} is public and in quarantine" for name in uploads & shown]
