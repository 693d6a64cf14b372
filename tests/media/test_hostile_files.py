import io
import zipfile
import zlib

import pytest

from commonwire.media import kinds
from commonwire.media.messages import Refused
from commonwire.media.workshop import Workshop
from tests.media import mutations, papers, pictures

# What two cores do in half a minute, as many of each kind. Ten thousand: docs/testing.md.
MUTATIONS = 40 * len(mutations.KINDS)


@pytest.fixture(scope="module")
def shop():
    shop = Workshop(benches=mutations.BENCHES)
    yield shop
    shop.close()


@pytest.fixture
def outcome(shop, tmp_path):
    """What becomes of a file: ``published``, or the reason of its refusal."""
    numbers = iter(range(1000))

    def outcome(content, kind="picture"):
        number = next(numbers)
        upload, into = tmp_path / f"upload{number}", tmp_path / f"into{number}"
        upload.write_bytes(content)
        into.mkdir()
        try:
            shop.make(upload=upload, into=into, kind=kind)
        except Refused as refusal:
            return refusal.reason
        assert mutations.strange_in(into) == []
        return "published"

    return outcome


@pytest.mark.parametrize("kind", mutations.KINDS)
def test_a_good_file_is_published_in_our_own_writing(kind, outcome):
    content, limits = mutations.good_files()[kind], mutations.job_of(kind)
    assert outcome(content, limits) == "published"


@pytest.mark.slow
@pytest.mark.parametrize(
    "jobs",
    [{"picture"}, {"video", "sound", "document"}],
    ids=["pictures", "what plays and what is read"],
)
def test_mutations_are_refused_or_published_in_our_own_writing(jobs, shop):
    numbers = [
        number
        for number in range(MUTATIONS)
        if mutations.job_of(mutations.kind_of(number)) in jobs
    ]
    result = mutations.run(shop, numbers)
    assert result.wrong == []
    assert sum(result.all_ends.values()) == len(numbers) > 450


def test_every_file_of_the_corpora_is_refused_or_our_own_writing(shared, outcome):
    files = [*(shared / "pictures").iterdir(), *(shared / "text").iterdir()]
    files += sorted((shared / "pngsuite").glob("x*.png"))
    ends = {path.name: outcome(path.read_bytes()) for path in files}
    wrong = {name: end for name, end in ends.items() if end in mutations.MUST_NOT}
    assert wrong == {}


def zipped(name, content):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(name, content)
    return file.getvalue()


def jpeg():
    return pictures.encoded(pictures.gradient(), "JPEG")


@pytest.mark.parametrize(
    ("content", "end"),
    [
        (b"", "empty"),
        (pictures.png(65_535, 65_535, rows=zlib.compress(b"\0")), "too_many_pixels"),
        (zipped("content.xml", b"\0" * 50_000_000), "document"),
        (jpeg() + zipped("evil.html", b"<script>"), "published"),
        (papers.telling() + zipped("evil.html", b"<script>"), "published"),
        (b"GIF89a/*" + b"\0" * 40 + b"*/=1;alert(1)", "damaged"),
        (b"%PDF-1.7\n" + jpeg(), "pdf_damaged"),
        (b"\xff\xd8\xff" + papers.telling(), "damaged"),
        (b"\xff\x0a\xfe" + b"\xff" * 100, "too_many_pixels"),
    ],
    ids=[
        "nothing",
        "four billion pixels",
        "a bomb in a document",
        "a JPEG that is an archive",
        "a PDF that is an archive",
        "a GIF that is a script",
        "a JPEG that says it is a PDF",
        "a PDF that says it is a JPEG",
        "a JPEG XL of huge size",
    ],
)
def test_what_a_crafted_file_comes_to(content, end, outcome):
    assert outcome(content) == end


@pytest.mark.parametrize(
    "names",
    [
        ["mimetype"],
        ["META-INF/manifest.xml", "content.xml"],
        ["[Content_Types].xml", "_rels/.rels", "word/document.xml"],
        ["xl/workbook.xml"],
    ],
    ids=["a book", "a text", "Word", "Excel"],
)
def test_documents_and_books_are_told_to_become_pdf(names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            # So that the next name lies behind what is looked at.
            filling = " " * 2 * kinds.HEAD
            book = "application/epub+zip" + filling
            archive.writestr(name, book if name == "mimetype" else filling)
    assert kinds.recognise(file.getvalue()[: kinds.HEAD]) == "document"


def test_a_document_is_refused_by_its_first_bytes_alone():
    head = zipped("content.xml", b"\0" * 5_000_000)[: kinds.HEAD]
    assert kinds.recognise(head) == "document"
