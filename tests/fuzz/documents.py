"""Published documents of every format, spoilt at random: bytes, files in archives, elements, objects, charsets."""

from __future__ import annotations

import base64
import io
import quopri
import re
import struct
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bombs import SHEET, archive, members
from formats import encoded, to_cells, to_docx, to_html, to_layout, to_odt, to_pdf, to_xlsx
from published import Page, defective

from fuzz.mutation import NASTY, grown, spoilt
from fuzz.pdfs import borrowed, packed, spoilt_objects, spoilt_stream
from fuzz.trees import spoilt_json, spoilt_rows, spoilt_tree
from helpers.readers.pages.formats import FORMATS
from round_trip.publishing import publish
from strategies import flawless_report

HTML = tuple(
    piece.encode()
    for piece in (
        "<table><tr><td colspan=1000 rowspan=1000>1", '<td colspan="²">', '<td rowspan="1e9">', "<td colspan=-1>",
        '<ol start="٣"><li>a', '<ol start="99999999999999999999"><li>a', "<sup>1</sup>", "<sup>" * 300, "<table>" * 300,
        "<div>" * 3000, "<b>" * 3000, "<figure>" * 300, "<li>" * 300, "<ul><li>" * 300, "<tr>", "</table>", "</td>",
        '<meta charset="utf-7">', '<meta charset="zlib">', '<meta charset="idna">', "<meta charset=rot13>", "<!--",
        '<meta charset="unicode_escape">', '<meta charset="hz">', "<meta charset=undefined>", "<script>", "<style>",
        "&#0;", "&#19;", "&#xd800;", "&#x110000;", "&amp" * 900, "<p " + "a " * 3000, "<p " + 'a="" ' * 3000,
        "<![CDATA[",
        '<td aria-describedby="a"><p id="a">注', "<title>", "<plaintext>", "<svg><td>1", "<select><td>1", "<br>" * 900,
        "二〇××年三月十二日", "二〇亿亿年三月十二日", "2025年13月45日", "9" * 5000, "1" * 30 + "件", "〔1〕",
        "\x13", "\x1b[31m",
        "自" + " " * 900 + "2024年1月1日", "[" * 900, "（" * 900, "注：政府集中采购·采购总金额：=1+1",
        "{{ 7 * 7 }}", "{% raw %}",
        "MIME-Version: 1.0\n\n", "Content-Type: multipart/mixed; boundary=a\n\n--a\n",
    )
)  # fmt: skip

XML = tuple(
    piece.encode()
    for piece in (
        '<!DOCTYPE a [<!ENTITY b "c">]>', "&b;", "&lt;", "<a/>", "</a>", '<mergeCell ref="A1:XFD1048576"/>',
        '<mergeCell ref="A:XFD"/>', '<c r="XFD1048576"><v>1</v></c>', '<c t="s"><v>99999</v></c>',
        '<c t="e"><v>#REF!</v></c>',
        "<v>NaN</v>", "<v>1e999</v>", "<v>" + "9" * 5000 + "</v>", '<c t="d"><v>x</v></c>', '<c t="b"><v>7</v></c>',
        '<f t="shared" si="0" ref="A1:XFD1048576">A1</f>', '<f t="array" ref="A1:XFD1048576">A1</f>',
        '<w:gridSpan w:val="999999999"/>', '<w:vMerge/>', '<w:gridSpan w:val="²"/>', "<w:tc/>", "<w:tr/>", "<w:tbl/>",
        '<text:s text:c="999999999"/>', "<table:table-row/>", "<table:table>", "</table:table>", "</w:tbl>",
        "<is><t>a</t></is>",
        ' table:number-columns-repeated="1048576" ', ' table:number-columns-spanned="x" ', ' s="99999" ', ' r="A0" ',
        ' t="x" ',
    )
)  # fmt: skip

PDF = tuple(
    piece.encode()
    for piece in (
        "1 0 R", "[1 0 R 1 0 R]", "<< /Kids [1 0 R] /Type /Pages >>",
        "/Filter [/FlateDecode /FlateDecode /FlateDecode]",
        "/Filter /LZWDecode", "/Filter /ASCII85Decode", "/Filter /RunLengthDecode", "/Predictor 12 /Columns 999999999",
        "999999999", "-1", "0", "1e9", "null", "true", "(", ")", "<<", ">>", "[", "]", "/Type /Page", "/Length 0",
        "endobj",
        "stream\n", "endstream", "xref\n0 999999999\n", "trailer\n<< /Root 1 0 R >>", "/Encrypt << >>", "q " * 900,
        "Q " * 900,
        "1 beginbfrange <0000> <FFFFFFFF> <0000> endbfrange", "1 begincidrange <0000> <FFFFFFFF> 0 endcidrange",
        "BT /F0 0 Tf (a) Tj ET", "BT /F0 1e30 Tf (a) Tj ET", "1e30 0 0 1e30 0 0 cm", "0 0 0 0 0 0 cm", "0 0 m 9 9 l S",
        "0 0 1000 1000 re S " * 300, "/X0 Do", "/Figure << /MCID 0 >> BDC", "EMC", "BI ID EI", "Tj", "T*",
        "(\\377\\377) Tj",
    )
)  # fmt: skip

TXT = tuple(
    piece.encode()
    for piece in (
        "\t" * 900, "|" * 900, " " * 9000, "　" * 3000, "\f" * 300, "\t1\t2\t3\n" * 300, "1  2  3\n" * 300, "—" * 900,
        "总计\t1\n" * 300, "  总计  1  2\n" * 300, "- 5 -\n", "第5页", "二〇××年三月十二日\n",
        "9" * 5000, "\x01\x02\x13\x14",
    )
)  # fmt: skip

PIECES = {"html": (*NASTY, *HTML), "mht": (*NASTY, *HTML), "txt": (*NASTY, *TXT), "pdf": (*NASTY, *PDF), "csv": NASTY,
          "json": NASTY, "docx": (*NASTY, *XML), "odt": (*NASTY, *XML), "xlsx": (*NASTY, *XML)}  # fmt: skip


LARGEST = 2 * 2**20
"""Bytes; what is longer only takes longer."""


@cache
def originals() -> tuple[tuple[str, bytes], ...]:
    """Name and bytes of sound documents: every format, as offices make them and as we publish, on both forms."""
    found: list[tuple[str, bytes]] = []
    for form, seed, defects in (("2021", 3, ["odd_figures"]), ("2019", 8, ["blanks_for_zero"])):
        _, page = defective(form, seed, defects)
        found += _of(page)
    with TemporaryDirectory() as folder:
        publish(flawless_report(2024), Path(folder))
        found += [(path.name, path.read_bytes()) for path in sorted(Path(folder).iterdir())]
    kinds = {name.rpartition(".")[2] for name, _ in found}
    assert kinds >= {*FORMATS, "json", "csv", "mht"}
    return tuple(found)


def _of(page: Page) -> Iterator[tuple[str, bytes]]:
    markup, gbk = encoded(to_html(page), "utf-8"), encoded(to_html(page, "cms", 1), "gb18030", "gb2312")
    yield "plain.html", markup
    yield "cms.html", gbk
    yield "nested.html", encoded(to_html(page, "nested", 2), "gbk", "utf-8")
    yield "wide.html", encoded(to_html(page), "utf-16")
    yield "saved.mht", _saved(markup, "8bit", markup)
    yield "browser.mht", _saved(markup, "quoted-printable", quopri.encodestring(markup))
    yield "word.mht", _saved(gbk, "base64", base64.encodebytes(gbk))
    yield "tabs.txt", to_cells(page).encode("gb18030")
    yield "lines.txt", to_cells(page, tabs=False).encode()
    yield "wide.txt", to_layout(page).encode()
    yield "book.xlsx", to_xlsx(page)
    yield "excel.xlsx", shared(to_xlsx(page))
    odt = io.BytesIO()
    to_odt(page, odt)
    yield "suite.odt", odt.getvalue()
    with TemporaryDirectory() as folder:
        to_docx(page, Path(folder) / "a.docx")
        yield "word.docx", (Path(folder) / "a.docx").read_bytes()
    yield "ruled.pdf", to_pdf(page)
    yield "unruled.pdf", to_pdf(page, ruled=False)
    yield "packed.pdf", packed(to_pdf(page))
    yield "borrowed.pdf", borrowed(list(_placed(to_layout(page))))


def _saved(page: bytes, encoding: str, body: bytes) -> bytes:
    head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n"
    return f"{head}Content-Transfer-Encoding: {encoding}\n\n".encode() + body + b"\n--x--\n"


def shared(book: bytes) -> bytes:
    """The workbook with its texts in a file of their own, as Excel and WPS write it."""
    texts: list[bytes] = []

    def index(found: re.Match[bytes]) -> bytes:
        texts.append(b"<si>%s</si>" % found[1])
        return b't="s"><v>%d</v></c>' % (len(texts) - 1)

    files = members(book)
    files[SHEET] = re.sub(rb't="inlineStr"><is>(.*?)</is></c>', index, files[SHEET])
    files["xl/sharedStrings.xml"] = b'<sst xmlns="%s/main">%s</sst>' % (_SHEETS, b"".join(texts))
    kind = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s.sharedStrings+xml"/></Types>' % _CONTENT
    link = b'<Relationship Id="strings" Type="%s/sharedStrings" Target="sharedStrings.xml"/></Relationships>' % _LINKS
    files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(b"</Types>", kind)
    links = "xl/_rels/workbook.xml.rels"
    files[links] = files[links].replace(b"</Relationships>", link)
    return archive(files)


_SHEETS = b"http://schemas.openxmlformats.org/spreadsheetml/2006"
_LINKS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT = b"application/vnd.openxmlformats-officedocument.spreadsheetml"


def _placed(layout: str) -> Iterator[tuple[float, float, str]]:
    """The pieces of a text laid out by columns, in points of a sheet."""
    for number, line in enumerate(layout.replace("\f", "").split("\n")):
        for piece in re.finditer(r"\S+(?: \S+)*", line):
            before = line[: piece.start()]
            yield 20 + 4 * len(before.encode("gbk", "replace")), 12 * number, piece[0]


def spoilt_document(random: Random) -> tuple[str, bytes]:
    """The name of an original, and what became of its bytes."""
    name, data = random.choice(originals())
    kind = name.rpartition(".")[2]
    pieces = PIECES[kind]
    if random.random() < 0.02:
        return name, grown(data, random, LARGEST)
    if random.random() < 0.75:
        if kind in ("docx", "odt", "xlsx"):
            return name, _archive(data, random, pieces)[:LARGEST]
        if kind == "pdf":
            damage = spoilt_stream if name == "packed.pdf" else spoilt_objects
            return name, damage(data, random, pieces)[:LARGEST]
        if kind == "html" and random.random() < 0.5:
            return name, spoilt_tree(data, random, pieces, markup=True)[:LARGEST]
        if kind == "json":
            return name, spoilt_json(data, random)
        if kind == "csv" and random.random() < 0.5:
            return name, spoilt_rows(data, random)
    others = [content for other, content in originals() if other.endswith(kind)]
    return name, spoilt(data, random, pieces, others)[:LARGEST]


def _archive(data: bytes, random: Random, pieces: tuple[bytes, ...]) -> bytes:
    """The archive with one of its files spoilt, or with a list of files that lies."""
    files = members(data)
    name = random.choice(list(files))
    large = [name for name in files if len(files[name]) > 2000]
    if random.random() < 0.6:
        name = random.choice(large)  # where the text is
    kind = random.random()
    if kind < 0.4:
        files[name] = spoilt_tree(files[name], random, pieces)
    elif kind < 0.75:
        files[name] = spoilt(files[name], random, pieces, list(files.values()))
    elif kind < 0.8:
        del files[name]
    elif kind < 0.85:
        files[random.choice(list(files))] = files[name]
    elif kind < 0.9:
        files[f"../{name}"] = files.pop(name)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", random.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as copy:
        for member, content in files.items():
            copy.writestr(member, content)
    return _lying(buffer.getvalue(), random) if kind >= 0.9 else buffer.getvalue()


def _lying(data: bytes, random: Random) -> bytes:
    """One number of the archive's list of files changed: a size, an offset, a method, a flag."""
    entries = [match.start() for match in re.finditer(b"PK\x01\x02", data)]
    at = random.choice(entries) + random.choice((8, 10, 16, 20, 24, 42))
    value = random.choice((0, 1, 9, 12, 14, 99, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF))
    size = 2 if at % 2 == 0 and value <= 0xFFFF else 4
    return data[:at] + struct.pack("<H" if size == 2 else "<I", value) + data[at + size :]
