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
    parts = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000))
    yield "parts.mht", b"MIME-Version: 1.0\n" + parts, "parts within parts"
