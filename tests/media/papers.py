"""PDFs made for tests, with something in them that must not come out again."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from tests.media import pictures

SENTINEL = pictures.SENTINEL
A4 = (595, 842)


def page(drawing=b"", *, size=A4, turned=0, start=(0, 0)):
    """A page description for ``pdf``; ``drawing`` may use the font /H."""
    return (drawing, size, turned, start)


def line(words, x=72, y=700, size=14):
    return b"BT /H %d Tf %d %d Td (%b) Tj ET\n" % (size, x, y, words.encode())


def pdf(*pages, change=None, **saved):
    """The bytes of a PDF; ``change`` may put more into it before it is saved."""
    new = Pdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Helvetica"))
    for drawing, (width, height), turned, (left, bottom) in pages:
        described = Dictionary(
            Type=Name.Page,
            MediaBox=Array([left, bottom, left + width, bottom + height]),
            Rotate=turned,
            Resources=Dictionary(Font=Dictionary(H=font)),
            Contents=new.make_indirect(Stream(new, drawing)),
        )
        new.pages.append(pikepdf.Page(new.make_indirect(described)))
    if change:
        change(new)
    file = io.BytesIO()
    new.save(file, **saved)
    return file.getvalue()


def filled_in(words, remark):
    """A PDF with a form somebody typed ``words`` into, and a remark written on it."""
    return pdf(page(line("Name:")), change=lambda new: _fill_in(new, words, remark))


def _fill_in(new, words, remark):
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    resources = Dictionary(Font=Dictionary(Helv=new.make_indirect(font)))
    common = {"Type": Name.Annot, "F": 4, "DA": String("/Helv 12 Tf 0 g")}
    typed = Dictionary(
        **common,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T=String("name"),
        V=String(words),
        Rect=Array([72, 600, 300, 620]),
    )
    drawn = Stream(
        new,
        b"BT /Helv 12 Tf 2 5 Td (%b) Tj ET" % remark.encode(),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 228, 20]),
        Resources=resources,
    )
    written = Dictionary(
        **common,
        Subtype=Name.FreeText,
        Contents=String(remark),
        Rect=Array([72, 500, 300, 520]),
        AP=Dictionary(N=new.make_indirect(drawn)),
    )
    typed, written = new.make_indirect(typed), new.make_indirect(written)
    new.Root.AcroForm = Dictionary(
        Fields=Array([typed]), NeedAppearances=True, DR=resources, DA=common["DA"]
    )
    new.pages[0].Annots = Array([typed, written])


def telling():
    """A PDF that says as much as one can."""
    return pdf(page(line("Hello reader")), change=_tell_all)


def _tell_all(new):
    new.docinfo[Name.Author] = f"{SENTINEL} author"
    new.docinfo[Name.Producer] = f"{SENTINEL} program"
    new.docinfo[Name.CreationDate] = "D:20260116120000Z"
    with new.open_metadata(False, update_docinfo=False) as xmp:
        xmp["dc:creator"] = [SENTINEL]
    script = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{SENTINEL}')"))
    new.Root.OpenAction = new.make_indirect(script)
    new.Root.AA = Dictionary(WC=script)
    new.attachments["secret.txt"] = SENTINEL.encode()
    new.Root.AcroForm = Dictionary(
        Fields=Array([new.make_indirect(Dictionary(T=String("f"), V=String(SENTINEL)))])
    )
    new.Root.OCProperties = Dictionary(OCGs=Array([]), D=Dictionary())
    first = new.pages[0]
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([0, 0, 10, 10]),
        T=String(f"{SENTINEL} reader"),
        A=Dictionary(S=Name.URI, URI=String(f"https://example.org/{SENTINEL}")),
    )
    first.Annots = Array([new.make_indirect(link)])
    photo = Stream(
        new,
        pictures.encoded(pictures.gradient(), "JPEG", exif=pictures.exif()),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=400,
        Height=300,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    first.Resources.XObject = Dictionary(I=new.make_indirect(photo))
    first.contents_add(b"q 200 0 0 150 72 72 cm /I Do Q", prepend=False)
