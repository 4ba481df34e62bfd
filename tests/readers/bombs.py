"""Small files that would unpack, expand or branch into gigabytes or hours."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from formats import encoded, to_docx, to_html, to_odt, to_pdf, to_xlsx
from published import Page

from fuzz.pdfs import put_together, taken_apart


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def archive(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as copy:
        for name, content in files.items():
            copy.writestr(name, content)
    return buffer.getvalue()


def edited(data: bytes, name: str, old: str, new: str) -> bytes:
    """The archive with `old` replaced once in one of its files."""
    files = members(data)
    assert old.encode() in files[name]
    return archive({**files, name: files[name].replace(old.encode(), new.encode(), 1)})


SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"


def workbooks(page: Page) -> Iterator[tuple[str, bytes, str]]:
    whole = to_xlsx(page)
    last, merged = "</sheetData>", "</mergeCells>"

    def sheet(old: str, new: str) -> bytes:
        return edited(whole, SHEET, old, new)

    yield "columns-merged", sheet(merged, '<mergeCell ref="A:XFD"/>' + merged), "'A:XFD' merged"
    ranges = '<mergeCell ref="A1:XFD1048576"/>' * 3
    yield "ranges-merged", sheet(merged, ranges + merged), "at most 240,000 merged cells"
    runs = "<is><r><t>1</t></r></is>" * 400_000
    yield "runs", sheet(last, f"<row><c>{runs}</c></row>" + last), "more than 300,000 elements"
    sheets = "".join(f'<sheet name="s{number}" sheetId="{number}" r:id="rId1"/>' for number in range(9, 300))
    yield "sheets", edited(whole, BOOK, "<sheets>", "<sheets xmlns:r='http://schemas.openxmlformats.org/officeDocument"
                           f"/2006/relationships'>{sheets}"), "at most 100 sheets"  # fmt: skip
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    files = members(whole)
    body = re.sub(rb"^<\?xml[^>]*\?>", b"", files[SHEET])
    laughs = f'<!DOCTYPE worksheet [<!ENTITY e0 "ha">{entities}]>'.encode() + body
    yield "laughs", archive({**files, SHEET: laughs}), "declares a document type"
    deep = "<a>" * 5000 + "</a>" * 5000
    yield "deep", sheet(last, deep + last), "damaged one"


def others(page: Page, folder) -> Iterator[tuple[str, bytes, str]]:
    to_docx(page, folder / "a.docx")
    to_odt(page, folder / "a.odt")
    docx, odt = ((folder / f"a.{kind}").read_bytes() for kind in ("docx", "odt"))
    span = '<w:tcPr><w:gridSpan w:val="999999999"/>'
    yield "span.docx", edited(docx, "word/document.xml", "<w:tcPr>", span), "at most 1000 columns"
    repeated = 'table:number-columns-repeated="'
    yield "columns.odt", edited(odt, "content.xml", repeated, f"{repeated}99999"), "at most 1000 columns"
    blanks = "<text:p><text:s text:c='2000000000'/>"
    many = "<text:p>" + "<text:s text:c='1000'/>" * 300
    yield "many.odt", edited(odt, "content.xml", "<text:p>", many), "200,000 columns, rows and blanks in all"
    opened, closed = "<text:list><text:list-item>" * 30, "</text:list-item></text:list>" * 30
    lists = f"{opened}<text:p/>{closed}<text:p>"
    yield "lists.odt", edited(odt, "content.xml", "<text:p>", lists), "at most 10 lists within lists"
    yield "blanks.odt", edited(odt, "content.xml", "<text:p>", blanks), "at most 1000 columns, rows or blanks"

    stored = archive({**members(docx), "word/big.bin": bytes(9_000_000)})
    place = stored.index(b"PK\x01\x02", stored.index(b"word/big.bin") + 100)
    while stored[place + 46 : place + 58] != b"word/big.bin":
        place = stored.index(b"PK\x01\x02", place + 4)
    lying = stored[: place + 24] + struct.pack("<I", 10) + stored[place + 28 :]
    yield "lying.docx", lying, "truncated or damaged"
    crowd = archive({f"{number}": b"" for number in range(12_000)} | members(docx))
    yield "crowd.docx", crowd, "too many files"
    nested = docx
    for _ in range(3):
        nested = archive({"inner.zip": nested})
    yield "nested.zip", nested, "a ZIP archive"


def pdfs(page: Page) -> Iterator[tuple[str, bytes, str]]:
    whole = to_pdf(page)
    ranges = (
        b"1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <00000000> <7fffffff> <0000> endbfrange"
    )

    def stream(content: bytes, filters: bytes = b"/FlateDecode") -> bytes:
        return b"<</Filter[%s]/Length %d>>\nstream\n%s\nendstream" % (filters, len(content), content)

    fonts = list(re.finditer(rb"/ToUnicode (\d+) 0 R", whole))
    pages = list(re.finditer(rb"/Contents (\d+) 0 R", whole))

    def instead(number: bytes, body: bytes) -> bytes:
        """The file with an object of that number replaced; its table of objects is out of place and is not used."""
        start = whole.index(b"\n%s 0 obj" % number)
        end = whole.index(b"endobj", start)
        data = whole[:start] + b"\n%s 0 obj\n%s\n" % (number, body) + whole[end:]
        return data[: data.rindex(b"startxref")]

    yield "range", instead(fonts[0][1], stream(zlib.compress(ranges))), "a font that maps more characters"
    zeros = zlib.compress(zlib.compress(bytes(2**30), 9), 9)
    twice = b"/FlateDecode/FlateDecode"
    yield "twice", instead(pages[0][1], stream(zeros, twice)), "unpacks to more than 64 MB"
    yield "filters", instead(pages[0][1], stream(b"", b"/ASCIIHexDecode" * 9)), "packed 9 times over"
    objects, trailer = taken_apart(whole)
    first = next(number for number, body in objects.items() if re.search(rb"/Type/Page\b", body))

    def drawing(content: bytes) -> bytes:
        """A page of that content, and forms that draw the next one twice."""
        numbers = range(max(objects) + 1, max(objects) + 42)
        head = b"<</Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>/Length 12>>"
        drawn = {number: head % (number + 1) + b"\nstream\n/X Do /X Do \nendstream" for number in numbers}
        names = b"/Resources<</XObject<</X %d 0 R>>>>/Others" % numbers[-40]
        body = objects[first].replace(b"/Resources", names, 1).replace(b"/Contents", b"/Contents%s/Other" % content, 1)
        return put_together({**objects, **drawn, first: body}, trailer)

    yield "forms", drawing(b" %d 0 R" % (max(objects) + 1)), "that draw more than 24 MB"
    yield "again", drawing(b"[%s]" % (b"%s 0 R " % pages[0][1] * 5000)), "that draw more than 24 MB"
    yield "columns", instead(pages[0][1], stream(b"", b"/FlateDecode]/DecodeParms[<</Columns 999999999>>")), "columns"
    yield "runs", instead(pages[0][1], stream(b"\x81 " * 2**20, b"/RunLengthDecode")), "unpacks to more than 64 MB"
    font = next(number for number, body in objects.items() if b"/Subtype/CIDFontType" in body)

    def changed(changes: dict[int, bytes]) -> bytes:
        return put_together({**objects, **changes}, trailer)

    yield "line", whole + b"%" * 9_000_000, "a line of more than 2 MB"
    yield "lines", whole + b"\r" * 2_000_000, "more than 2,000,000 lines"
    last = max(objects)
    ring = {first: b"%d 0 R" % (last + 1), last + 1: b"%d 0 R" % first}
    yield "ring", changed(ring), "objects that lead to each other without end"
    twice = {last + n: b"<</S/Figure/K[%d 0 R %d 0 R]>>" % (last + n + 1, last + n + 1) for n in range(1, 60)}
    root = next(number for number, body in objects.items() if b"/StructTreeRoot/" in body and b"/K[" in body)
    tags = re.sub(rb"/K\[[^]]*\]", b"/K[%d 0 R]" % (last + 1), objects[root])
    leaf = {last + 60: b"<</S/P/K 0>>"}
    yield "tags", changed({**twice, **leaf, root: tags}), "objects that lead to each other without end"
    kept = re.sub(rb"/W(?=[ \[])", b"/Was", objects[font])[:-2]
    upright = {number: body.replace(b"Identity-H", b"Identity-V") for number, body in objects.items()}
    too_many = "a font with widths of more characters than there are"
    yield "widths", changed({font: kept + b"/W[0 999999999 500]>>"}), too_many
    yield "heights", changed({**upright, font: kept + b"/W2[0 999999999 1 2 3]/DW2[1 2]>>"}), too_many
    wide = b"1 beginbfrange <00> <ff> <%s> endbfrange" % (b"00" * 10**6)
    yield "letters", instead(fonts[0][1], stream(zlib.compress(wide))), "a font with a character of 1000000 letters"
    text = b"BT /f0 8 Tf <%s> Tj ET" % (b"0001" * 600_000)
    yield "text", instead(pages[0][1], stream(zlib.compress(text))), "more than 500,000 characters"
    codes = "".join(f"{code:09b}" for code in (256, 0, *range(258, 510))) * 8  # each stands for one byte more
    lengthening = int(codes, 2).to_bytes(len(codes) // 8, "big") * 300
    yield "codes", instead(pages[0][1], stream(lengthening, b"/LZWDecode")), "unpacks to more than 64 MB"
    guessed = stream(zlib.compress(bytes(9_000_000)), b"/FlateDecode]/DecodeParms[<</Predictor 15/Columns 99>>")
    yield "guessed", instead(pages[0][1], guessed), "predicted"
    index = b"<</Type/XRef/W[1 4 2]/Index[0 1099511627776]/Size 9/Root 1 0 R/Length 7>>\nstream\n"
    table = b"%PDF-1.7\n1 0 obj\n" + index + bytes(7) + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"
    yield "index", table, "a table of more than 1,000,000 objects"
    rules = zlib.compress(b"".join(b"%d 0 m %d 900 l S " % (x, x) for x in range(12_000)))
    yield "rules", instead(pages[0][1], stream(rules)), "rules on page 1"


def pages(page: Page) -> Iterator[tuple[str, bytes, str]]:
    markup = to_html(page)

    def html(old: str, new: str) -> bytes:
        return encoded(markup.replace(old, new, 1), "utf-8")

    attributes = " ".join(f"a{number}=1" for number in range(200_000))
    yield "attributes.html", html("<table", f"<table {attributes}"), "at most 5,000 attributes"
    quoted = attributes.replace("=1", "='>'")
    yield "quoted.html", html("<table", f"<table {quoted}"), "at most 5,000 attributes"
    yield "endless.html", html("</body>", f"<p>{'文' * 500_000}</p></body>"), "at most 500,000 characters"
    rows = "<tr><td>1</td></tr>" * 999
    spanned = f"<table><tr><td rowspan=1000>{'长' * 10_000}</td><td>1</td></tr>{rows}</table></body>"
    yield "spanned.html", html("</body>", spanned), "at most 500,000 characters"
    parts = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000))
    yield "parts.mht", b"MIME-Version: 1.0\n" + parts, "parts within parts"
