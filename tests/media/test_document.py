import io
import json
import subprocess

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image, ImageChops

from commonwire.media import document, kinds
from commonwire.media import messages as say
from commonwire.media.exchange import MAX_PAGES, OWN_DOCUMENTS, Options
from commonwire.media.lettering import Lettering, Word
from commonwire.media.messages import Refused
from tests.media import papers, pictures
from tests.media.papers import line, page
from tests.media.test_traces import exiftool


@pytest.fixture
def make(upload, into):
    def make(content, report=lambda _: None):
        path = upload(content)
        for left in into.iterdir():
            left.unlink()
        return document.make(upload=path, into=into, options=Options(), say=report)

    return make


@pytest.fixture
def published(into):
    """The text that a reader finds in the PDF made, page by page."""

    def read():
        pdf = pypdfium2.PdfDocument(into / "document.pdf")
        texts = [each.get_textpage().get_text_bounded() for each in pdf]
        pdf.close()
        return [text.replace("\r\n", "\n").strip() for text in texts]

    return read


def refusal(make, content):
    with pytest.raises(Refused) as caught:
        make(content)
    return caught.value.reason


def test_a_pdf_becomes_a_pdf_and_pictures_of_its_first_page(make, into):
    made = make(papers.pdf(page(line("one")), page(line("two"))))
    assert (made.kind, made.pages, made.width, made.height) == (
        "document",
        2,
        1280,
        1812,
    )
    assert [each.name for each in made.renditions] == [
        "document.pdf",
        "1280.webp",
        "1280.jpg",
        "640.webp",
        "640.jpg",
        "320.webp",
        "320.jpg",
    ]
    assert sorted(path.name for path in into.iterdir()) == sorted(
        each.name for each in made.renditions
    )


def test_its_words_can_be_read_and_searched(make, published):
    made = make(papers.pdf(page(line("Hello dear reader")), page(line("Good bye"))))
    assert made.text == "Hello dear reader\n\nGood bye"
    assert published() == ["Hello dear reader", "Good bye"]


def test_its_words_stand_where_they_stood(make, upload, into):
    content = papers.pdf(page(line("Somewhere here", x=200, y=300, size=20)))
    make(content)
    before, after = (
        _box_of(pypdfium2.PdfDocument(pdf)) for pdf in (content, into / "document.pdf")
    )
    assert after == pytest.approx(before, abs=6)


def _box_of(pdf):
    text = pdf[0].get_textpage()
    first, last = text.get_charbox(0), text.get_charbox(text.count_chars() - 1)
    return first[0], last[2], (first[1] + first[3]) / 2


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_that_is_turned_and_begins_elsewhere_is_read(turned, make, published):
    made = make(papers.pdf(page(line("Upside down"), turned=turned, start=(-50, -70))))
    assert made.text == "Upside down"
    # Of a line on its head PDFium tells the words, not their order.
    assert sorted(published()[0].split()) == ["Upside", "down"]


def test_a_line_that_runs_upwards_is_read(make, published):
    upwards = b"BT /H 14 Tf 0 1 -1 0 300 300 Tm (Climbing words) Tj ET"
    assert make(papers.pdf(page(upwards))).text == "Climbing words"
    assert published() == ["Climbing words"]


SLANTING = b"BT /H 14 Tf 0.866 0.5 -0.5 0.866 200 300 Tm (Words on a slope) Tj ET"


def test_a_line_that_slants_stands_where_it_stood(make, into):
    content = papers.pdf(page(SLANTING))
    make(content)
    before, after = (
        _ends_of(pypdfium2.PdfDocument(pdf)) for pdf in (content, into / "document.pdf")
    )
    assert after == pytest.approx(before, abs=8)


def _ends_of(pdf):
    text = pdf[0].get_textpage()
    first, last = (text.get_charbox(at) for at in (0, text.count_chars() - 1))
    return [*first, *last]


def test_the_words_of_a_line_that_slants_begin_where_those_before_them_end(make, into):
    """Readers such as Poppler's take each for a line of its own otherwise."""
    make(papers.pdf(page(SLANTING)))
    with pikepdf.open(into / "document.pdf") as pdf:
        layer = pdf.pages[0].Contents.read_bytes()
    assert (layer.count(b" Tj"), layer.count(b" Tm ")) == (4, 1)


def test_what_was_typed_into_a_form_or_written_on_a_page_is_read(make, published):
    made = make(papers.filled_in("Jane Doe", "seen by all"))
    assert made.text.split() == ["Name:", "Jane", "Doe", "seen", "by", "all"]
    assert published()[0].split() == made.text.split()


@pytest.mark.parametrize("kind", [Name.Link, Name.FreeText])
def test_links_and_remarks_in_a_document_without_a_form_are_no_obstacle(
    kind, make, published
):
    make(papers.pdf(page(line("Leaflet")), change=lambda new: _note(new, kind)))
    assert published() == ["Leaflet"]


def _note(new, kind):
    note = Dictionary(Type=Name.Annot, Subtype=kind, Rect=Array([0, 0, 10, 10]))
    new.pages[0].Annots = Array([new.make_indirect(note)])


def test_what_was_marked_to_be_blacked_out_and_was_not_is_told(make):
    content = papers.pdf(page(line("Jane")), change=lambda new: _note(new, Name.Redact))
    assert make(content).note == say.ONLY_MARKED


def test_a_page_without_words_is_published_without(make, published):
    scan = b"0.5 g 100 100 200 200 re f"
    assert make(papers.pdf(page(scan))).text == ""
    assert published() == [""]


@pytest.mark.parametrize(
    "hiding",
    [
        line("Name: Jane") + b"0 g 60 690 120 25 re f",
        line("Name: Jane") + b"1 g 60 690 120 25 re f",
        b"1 g " + line("Name: Jane"),
        b"3 Tr " + line("Name: Jane"),
        line("Name: Jane", x=700),
    ],
    ids=["black bar", "white bar", "white letters", "unseen letters", "off the page"],
)
def test_words_that_are_not_seen_are_not_published(hiding, make, published):
    made = make(papers.pdf(page(b"q " + hiding + b" Q 0 g " + line("Seen", y=500))))
    assert made.text == "Seen"
    assert published() == ["Seen"]


@pytest.mark.parametrize(
    "over",
    [
        b"0 g 55 690 130 25 re f 1 g " + line("(b)(6)", x=70),
        b"1 g 0 G 55 690 130 25 re B 0 g " + line("REDACTED", x=62),
        b"0 g 55 702 300 7 re f",
        b"2 w 0 G 55 692 m "
        + b"".join(
            b"%d %d l " % (55 + 3 * step, 712 if step % 2 else 692)
            for step in range(45)
        )
        + b"S",
        b"q 130 0 0 25 55 690 cm BI /W 4 /H 1 /CS /G /BPC 8 ID \x10\xe0\x30\xc0 EI Q",
        line("X" * 20),
        line("#" * 24, x=57),
        line("XXXXXXXXXX") + line("MMMMMMMMMM", x=62),
    ],
    ids=[
        *(
            "a code on a bar",
            "an outlined box",
            "a thin bar",
            "a scribble",
            "a picture",
        ),
        *("letters", "signs", "letters twice"),
    ],
)
def test_what_is_drawn_over_words_is_not_taken_for_them(over, make, published):
    made = make(
        papers.pdf(
            page(b"q " + line("Jane Doe 0174") + over + b" Q " + line("Seen", y=500))
        )
    )
    assert not {"Jane", "Doe", "0174"} & {*made.text.split(), *published()[0].split()}
    assert "Seen" in made.text.split()


def test_what_was_recognised_on_a_scan_is_not_trusted(make, published):
    scan = (
        b"q 200 0 0 30 55 690 cm BI /W 4 /H 1 /CS /G /BPC 8 ID \x10\xe0\x30\xc0 EI Q "
    )
    assert make(papers.pdf(page(scan + b"3 Tr " + line("Jane")))).text == ""
    assert published() == [""]


def test_a_mark_across_the_page_and_letters_printed_twice_take_no_words(make):
    mark = b"0.9 g BT /H 120 Tf 0.7 0.7 -0.7 0.7 60 560 Tm (DRAFT) Tj ET 0 g "
    twice = b"BT /H 14 Tf 72.4 700 Td (Seen words of a line) Tj ET"
    drawing = mark + line("Seen words of a line") + twice
    assert "Seen words of a line" in make(papers.pdf(page(drawing))).text


@pytest.mark.parametrize("size", [5, 7, 12, 40])
@pytest.mark.parametrize("shade", [b"0 g ", b"0.7 g ", b"1 0.9 0 rg "])
def test_small_pale_struck_and_marked_words_are_seen(size, shade, make):
    marked = b"1 1 0.6 rg 55 690 400 40 re f "
    words = b"BT /F %d Tf 60 700 Td (It will, i.e. fill.) Tj ET " % size
    struck = b"0.3 w 0 G 60 702 m 300 702 l S"
    made = make(papers.pdf(page(shade + words + struck))).text
    assert made == "It will, i.e. fill."
    assert make(papers.pdf(page(marked + b"0 g " + words))).text == made


def test_the_contributor_is_told_of_words_under_a_bar(make):
    made = make(papers.pdf(page(line("Jane") + b"60 690 120 25 re f")))
    assert say.UNSEEN_TEXT in [trace.phrase for trace in made.removed]


def test_a_bar_over_a_part_of_a_word_takes_the_word(make):
    drawing = line("confidential open") + b"60 690 50 25 re f"
    assert make(papers.pdf(page(drawing))).text == "open"


@pytest.mark.parametrize(
    "words",
    [
        ["Съешь", "ещё", "булок"],
        ["天地玄黄宇宙洪荒"],
        ["한국어", "문장"],
        ["שלום", "עולם"],
        ["نص", "حكيم", "قاطع"],
        ["ποτὲ", "naïve", "𓀀𓀁"],
    ],
    ids=["Cyrillic", "Chinese", "Korean", "Hebrew", "Arabic", "and more"],
)
def test_the_layer_reads_the_same_in_every_script(words):
    rtl = words[0][0] in "שن"
    placed = []
    for number, each in enumerate(words):
        x = (400 - number * 80) if rtl else (72 + number * 80)
        placed.append(Word(each, x, 500, (1.0, 0.0), 12.0 * len(each), 12))
    assert read_layer([placed]) == " ".join(words)


def read_layer(lines):
    pdf, lettering = Pdf.new(), Lettering()
    layer = lettering.layer(lines)
    described = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, 595, 842]),
        Resources=Dictionary(Font=Dictionary(F=lettering.font(pdf))),
        Contents=pdf.make_indirect(pikepdf.Stream(pdf, layer)),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(described)))
    file = io.BytesIO()
    pdf.save(file)
    return pypdfium2.PdfDocument(file)[0].get_textpage().get_text_bounded().strip()


def test_the_layer_is_not_seen(make, into):
    make(papers.pdf(page()))
    with pypdfium2.PdfDocument(into / "document.pdf") as pdf:
        picture = pdf[0].render().to_pil().convert("L")
    assert picture.getextrema() == (255, 255)


def test_nothing_of_the_old_file_is_in_the_new_one(make, into):
    content = papers.telling()
    assert pictures.SENTINEL.encode() in content
    make(content)
    for path in into.iterdir():
        assert pictures.SENTINEL.encode() not in path.read_bytes()
    assert names_in(into / "document.pdf") == []
    with pikepdf.open(into / "document.pdf") as pdf:
        streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        layers = [each.read_bytes() for each in streams if "/Width" not in each]
        told = [each.unparse() for each in pdf.objects]
    assert not any(pictures.SENTINEL.encode() in each for each in [*layers, *told])


UNWANTED = [
    "/JS",
    "/JavaScript",
    "/AA",
    "/OpenAction",
    "/Launch",
    "/EmbeddedFile",
    "/EmbeddedFiles",
    "/AcroForm",
    "/Metadata",
    "/PieceInfo",
    "/OCProperties",
    "/Annots",
    "/Names",
    "/URI",
    "/Info",
    "/Author",
    "/Producer",
]


def names_in(path):
    """The keys of a PDF that lead somewhere or tell something."""
    with pikepdf.open(path) as pdf:
        dictionaries = [pdf.trailer, *pdf.objects]
        keys = {
            key
            for each in dictionaries
            if isinstance(each, pikepdf.Dictionary | pikepdf.Stream)
            for key in each.keys()  # noqa: SIM118 - no mapping
        }
    return sorted(keys.intersection(UNWANTED))


def test_a_document_says_no_language_since_its_file_does_not_know_the_post_s(
    make, into
):
    def swiss(pdf):
        pdf.Root.Lang = pikepdf.String("de-CH")
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)

    make(papers.pdf(page(line("Grüezi")), change=swiss))
    with pikepdf.open(into / "document.pdf") as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}


@exiftool
def test_exiftool_finds_only_structure_in_a_document(make, into):
    make(papers.telling())
    told = subprocess.run(
        ["exiftool", "-json", "-G1", "-a", "-u", str(into / "document.pdf")],
        capture_output=True,
        check=True,
    )
    tags = {key for key in json.loads(told.stdout)[0] if key.startswith("PDF:")}
    assert tags <= {"PDF:PDFVersion", "PDF:Linearized", "PDF:PageCount"}


def test_the_same_file_gives_the_same_bytes(make, upload, tmp_path, into):
    make(papers.telling())
    again = tmp_path / "again"
    again.mkdir()
    document.make(
        upload=tmp_path / "upload", into=again, options=Options(), say=lambda _: None
    )
    for path in into.iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes()


def test_the_contributor_is_told_what_was_removed(make):
    made = make(papers.telling())
    assert {trace.phrase: trace.detail for trace in made.removed} == {
        say.AUTHOR: f"{pictures.SENTINEL} author",
        say.ATTACHMENTS: "",
        say.PICTURE_DATA: "",
        say.FORM: "",
        say.LAYERS: "",
        say.REMARKS: "",
        say.DATES: "16 Jan 2026",
        say.SCRIPTS: "",
        say.XMP: "",
        say.SOFTWARE: f"{pictures.SENTINEL} program",
    }


def test_data_behind_the_end_is_told(make):
    made = make(papers.pdf(page()) + b"\r\n \0")
    assert made.removed == []
    made = make(papers.pdf(page()) + b"PK hidden")
    assert [trace.phrase for trace in made.removed] == [say.TRAILER]


def test_lines_before_the_beginning_are_passed_over(make):
    content = b"junk\n" * 100 + papers.pdf(page(line("Leaflet")))
    assert make(content).text == "Leaflet"
    assert kinds.recognise(content[: kinds.HEAD]) == "pdf"


def test_more_words_than_are_read_are_told_of(make, monkeypatch):
    monkeypatch.setattr(document, "MAX_LETTERS", 5)
    made = make(papers.pdf(page(line("First")), page(line("Second"))))
    assert (made.text, made.note) == ("First", say.UNREAD)
    monkeypatch.setattr(document, "MAX_LETTERS", 50)
    assert make(papers.pdf(page(line("First")), page(line("Second")))).note == ""


def test_a_look_tells_pages_size_and_traces(upload, into):
    path = upload(papers.telling())
    looked = document.look(path)
    made = document.make(upload=path, into=into, options=Options(), say=lambda _: None)
    assert (looked.kind, looked.pages) == ("document", 1)
    assert (looked.width, looked.height) == (made.width, made.height)
    assert looked.removed == made.removed


def test_a_pdf_with_a_password_is_refused(make):
    locked = pikepdf.Encryption(owner="secret", user="secret")
    assert refusal(make, papers.pdf(page(), encryption=locked)) == "pdf_locked"


def test_a_pdf_that_may_not_be_copied_is_read_like_any_other(make):
    locked = pikepdf.Encryption(owner="secret", user="")
    content = papers.pdf(page(line("Leaflet")), encryption=locked)
    assert make(content).text == "Leaflet"


def test_a_pdf_of_too_many_pages_is_refused(make):
    content = papers.pdf(*[page(size=(20, 20))] * (MAX_PAGES + 1))
    assert refusal(make, content) == "pdf_long"


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"x" * 5000])
def test_a_pdf_that_is_none_is_refused(content, make):
    assert refusal(make, content) == "pdf_damaged"


def test_a_page_as_large_as_a_field_is_drawn_small(make, into):
    made = make(papers.pdf(page(size=(14_000, 14_000))))
    assert made.renditions[0].width <= 2829
    assert (made.width, made.height) == (1280, 1280)


def test_the_pictures_of_printed_pages_are_exact_and_small(make, into):
    rows = [line("words in rows " * 6, y=780 - 14 * row, x=20) for row in range(50)]
    content = papers.pdf(
        page(b"".join(rows)), page(b"0.8 0.1 0.1 rg " + b"".join(rows[:9]))
    )
    make(content)
    with (
        pypdfium2.PdfDocument(content) as old,
        pypdfium2.PdfDocument(into / "document.pdf") as new,
    ):
        for number in range(2):
            before, after = (
                pdf[number].render(scale=2).to_pil().convert("RGB")
                for pdf in (old, new)
            )
            assert ImageChops.difference(before, after).getbbox() is None
    assert (into / "document.pdf").stat().st_size < 300_000


def test_pages_with_photographs_are_jpeg(make, into):
    make(papers.pdf(page(), change=_a_photograph))
    with pikepdf.open(into / "document.pdf") as pdf:
        picture = pdf.pages[0].Resources.XObject.P
        assert picture.Filter == Name.DCTDecode


def _a_photograph(new):
    noise = Image.effect_noise((300, 300), 90).convert("RGB")
    photo = pikepdf.Stream(
        new,
        noise.tobytes(),
        Subtype=Name.Image,
        Width=300,
        Height=300,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
    )
    new.pages[0].Resources.XObject = Dictionary(I=new.make_indirect(photo))
    new.pages[0].contents_add(b"q 595 0 0 842 0 0 cm /I Do Q")


def test_how_far_it_is_is_said(make):
    said = []
    make(papers.pdf(*[page()] * 3), said.append)
    assert said == [30, 60, 90, 100]


@pytest.fixture
def again(make, into, upload, tmp_path):
    """A document that was made here, made again as somebody chose."""

    def again(content, **chosen):
        make(content)
        own = tmp_path / OWN_DOCUMENTS[1]
        (into / "document.pdf").rename(own)
        for left in into.iterdir():
            left.unlink()
        options = Options(**chosen)
        return document.make(upload=own, into=into, options=options, say=lambda _: None)

    return again


def test_without_its_words_a_document_is_its_pages_exactly(again, published, into):
    made = again(papers.pdf(page(line("Zuzu")), page()), wordless=True)
    assert (made.pages, made.text, published()) == (2, "", ["", ""])
    assert made.renditions[0].name == "document.pdf"
    fonts = subprocess.run(
        ["pdffonts", into / "document.pdf"], capture_output=True, check=True
    )
    assert len(fonts.stdout.splitlines()) == 2
    with pypdfium2.PdfDocument(into / "document.pdf") as pdf:
        picture = pdf[0].render().to_pil().convert("L")
    assert picture.getextrema()[0] < 50


def test_a_document_of_ours_made_again_keeps_its_words(again, published):
    again(papers.pdf(page(line("Zuzu"))))
    assert published() == ["Zuzu"]
