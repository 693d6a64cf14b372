"""A copy of a site, of which one thing that readers see is changed: it is found, and the
entry named."""

import gzip
import json
import re
import shutil

import pytest
from django.core.management import call_command

from commonwire.delivery.printing import print_stale
from commonwire.moderation.actions import (
    appealing,
    commenting,
    placing,
    undoing,
    withdrawing,
)
from commonwire.moderation.log import keys, pages, sources, verifying
from tests.factories import a_comment, a_post, a_rule, an_editor

WHY = "It sells pills & “more” <b>.\n\nTwice."
NAME = "Ada B."
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
_made = {}


@pytest.fixture
def whole(settings, tmp_path_factory):
    """The public tree of a site with decisions of many kinds, every page of it printed;
    without the packed forms of its files."""
    if not _made:
        _decide()
        print_stale()
        call_command("print", all=True, stdout=_Nowhere())
        _made["root"] = tmp_path_factory.mktemp("whole") / "public"
        shutil.copytree(settings.PUBLIC_DIR, _made["root"])
        _made["verifier"] = keys.the_signer().verifier
    return _made["root"]


class _Nowhere:
    def write(self, _text):
        pass


def _decide():
    ada, bee = an_editor(NAME), an_editor("Bee")
    rule = a_rule()
    pills, talk, vote = a_post("Pills"), a_post("Talk"), a_post("A vote")
    placing.hide(by=ada, post=pills, rule=rule, reason=WHY)
    spam = a_comment(talk, body="Buy pills.")
    commenting.hide_comment(by=ada, comment=spam, rule=rule, reason=WHY)
    a_post("Held", doubtful=True)
    hidden = placing.hide(by=ada, post=vote, rule=rule, reason="A mistake.")
    undoing.undo(by=bee, decision=hidden)
    secret = placing.hide(by=ada, post=vote, rule=rule, reason="Her name is Eve.")
    withdrawing.remove_text(
        by=bee, of=secret, rule=a_rule("private-data"), reason="It names somebody."
    )
    appealing.appeal(post=pills, by="reader", text="It is about medicine.")
    asked = pills.appeals.get()
    appealing.answer(by=bee, appeal=asked, upheld=False, reason=WHY)


@pytest.fixture
def copy(whole, tmp_path):
    """A copy to spoil, without the packed forms of its files."""
    root = shutil.copytree(whole, tmp_path / "copy")
    for file in root.rglob("*"):
        if file.suffix in {".gz", ".br"}:
            file.unlink()
    return root


def faults(root):
    source = sources.Directory.at(root)
    return verifying.verify(source, _made["verifier"]).faults


def faults_of(root, file):
    """What is said of one file; of all, where it is none of the lists and pages."""
    if file.name == "decision.json":
        return faults(root)
    source = sources.Directory.at(root)
    address = f"/{file.relative_to(root)}".removesuffix("index.html")
    size = verifying.current(source, _made["verifier"]).size
    (found,) = pages.look(source, [address], size)
    titles = pages.titles_in(source)
    return [*found.faults, *pages.title_faults(found, titles)]


def places(root, words):
    """Every file in which words stand, and where in it."""
    for file in sorted(root.rglob("*")):
        if file.is_file() and "media" not in file.parts and "assets" not in file.parts:
            text = file.read_bytes()
            at = text.find(words)
            while at >= 0:
                yield file, at
                at = text.find(words, at + 1)


def altered(root, words, others):
    """The places in which changing words was found, and those in which it was not."""
    found, not_found = [], []
    for file, at in places(root, words):
        whole = file.read_bytes()
        file.write_bytes(whole[:at] + others + whole[at + len(words) :])
        said = faults_of(root, file)
        around = whole[max(0, at - 60) : at + 20]
        (found if said else not_found).append((file.relative_to(root), around, said))
        file.write_bytes(whole)
    return found, not_found


def test_a_whole_copy_has_no_fault(whole, copy):
    assert (faults(whole), faults(copy)) == ([], [])


@pytest.mark.parametrize("words", [b"sells pills", b"Twice."])
def test_a_reason_is_changed_nowhere_without_a_trace(copy, words):
    found, not_found = altered(copy, words, b"x" * len(words))
    assert not_found == []
    assert len(found) > 30


@pytest.mark.parametrize(
    "mark",
    [
        rb'data-by="\d+">([^<]+)<',
        rb'data-rule="\d+">(?:<bdi>)?(?:<strong>)?([^<]+)<',
        rb'data-at="\d+">([^<]+)<',
        rb'datetime="([^"]+)" data-at',
        rb'href="/policy/#([^"]+)"[^>]* data-rule',
        rb'data-entry="\d+"[^>]*><code>([^<]+)<',
        rb'(?:"authors": \[\{"name"|"summary"|"date_published"): "([^"]+)"',
        rb"<(?:name|published|pubDate|dc:creator)>([^<]+)<",
    ],
)
def test_a_name_a_rule_a_time_and_an_entry_neither(copy, mark):
    found = list(each_altered(copy, mark))
    assert len(found) > 3
    assert all(found)
    assert all(re.search(r"\bentry \d|calls the rule|cannot be", s[0]) for s in found)


def each_altered(root, mark):
    """What is said of each place in the log, and on other pages, that a mark finds."""
    for file in sorted(root.rglob("*")):
        if file.suffix not in {".html", ".json", ".atom", ".rss"}:
            continue
        whole = file.read_bytes()
        if file.name.startswith("feed") and file.parent.name != "log":
            continue
        for match in re.finditer(mark, whole):
            words = match[1].translate(_OTHER)
            file.write_bytes(whole[: match.start(1)] + words + whole[match.end(1) :])
            yield faults_of(root, file)
            file.write_bytes(whole)


# Other letters and figures of the same kind.
_OTHER = bytes.maketrans(b"abcdeADS123", b"bcdeaDSA231")


def test_a_line_that_is_left_out_of_a_bundle_is_named(copy):
    page = copy / "log" / "numbers" / "0" / "index.html"
    said = re.sub(r'<li id="n3".*?</li>', "", page.read_text(), flags=re.DOTALL)
    page.write_text(said)
    assert faults(copy) == ["/log/numbers/0/ does not show entry 3"]


def test_a_decision_that_is_left_out_of_the_json_is_named(copy):
    file = copy / "log" / "decisions.json"
    told = json.loads(file.read_text())
    del told["items"][2]
    file.write_text(json.dumps(told))
    (fault,) = faults(copy)
    assert re.fullmatch(r"/log/decisions.json does not show entry \d+", fault)


def test_a_reason_that_is_only_said_to_be_taken_out_is_named(copy):
    page = copy / "log" / "0" / "index.html"
    said = re.sub(
        r"<blockquote[^>]*data-reason.*?</blockquote>",
        '<p class="removed-reason" data-removed="0">removed: Private</p>',
        page.read_text(),
        flags=re.DOTALL,
    )
    page.write_text(said)
    assert faults(copy) == [
        "the reason of entry 0 is said to be taken out, and no entry of this log says so"
    ]


@pytest.mark.parametrize("part", ["by", "at", "reason"])
def test_a_page_that_keeps_a_part_to_itself_is_named(copy, part):
    page = copy / "log" / "0" / "index.html"
    page.write_text(page.read_text().replace(f'data-{part}="0"', ""))
    (fault,) = faults(copy)
    assert "/log/0/ does not show the" in fault
    assert "of entry 0" in fault


def test_a_line_without_its_mark_is_named(copy):
    page = copy / "log" / "index.html"
    page.write_text(page.read_text().replace(' data-decision="0"', ""))
    (fault,) = faults(copy)
    assert fault.startswith("/log/ cannot be checked: a line does not say")


@pytest.mark.parametrize("suffix", [".gz", ".br"])
def test_a_packed_form_that_says_otherwise_is_found(whole, tmp_path, suffix):
    root = shutil.copytree(whole, tmp_path / "packed")
    file = root / "log" / "0" / f"index.html{suffix}"
    file.write_bytes(gzip.compress(b"Nothing was decided."))
    assert faults(root) == [f"/log/0/: what is packed in its {suffix} is other"]
