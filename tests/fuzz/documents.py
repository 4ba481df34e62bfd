"""Published documents of every format, spoilt at random: their bytes, the files in their archives, their objects."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from formats import encoded, to_cells, to_docx, to_html, to_layout, to_odt, to_pdf, to_xlsx
from published import Page, defective

from fuzz.mutation import NASTY, spoilt
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
    """Name and bytes of sound documents: every format, as offices make them, on both forms."""
    found: list[tuple[str, bytes]] = []
    for form, seed, defects in (("2021", 3, ["odd_figures"]), ("2019", 8, ["blanks_for_zero"])):
        _, page = defective(form, seed, defects)
        found += _of(page)
    report = flawless_report(2024)
    return (*found, ("data.json", report.as_json().encode()), ("data.csv", report.as_csv().encode()))


def _of(page: Page) -> list[tuple[str, bytes]]:
    markup = to_html(page)
    mht = (
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n%s\n--x--\n"
    )
    odt = io.BytesIO()
    to_odt(page, odt)
    with TemporaryDirectory() as folder:
        to_docx(page, Path(folder) / "a.docx")
        docx = (Path(folder) / "a.docx").read_bytes()
    return [
        ("plain.html", encoded(markup, "utf-8")),
        ("cms.html", encoded(to_html(page, "cms", 1), "gb18030", "gb2312")),
        ("nested.html", encoded(to_html(page, "nested", 2), "gbk", "utf-8")),
        ("saved.mht", mht % encoded(markup, "utf-8")),
        ("tabs.txt", to_cells(page).encode("gb18030")),
        ("lines.txt", to_cells(page, tabs=False).encode()),
        ("wide.txt", to_layout(page).encode()),
        ("book.xlsx", to_xlsx(page)),
        ("suite.odt", odt.getvalue()),
        ("word.docx", docx),
        ("ruled.pdf", to_pdf(page)),
        ("unruled.pdf", to_pdf(page, ruled=False)),
    ]


def spoilt_document(random: Random) -> tuple[str, bytes]:
    """The name of an original, and what became of its bytes."""
    name, data = random.choice(originals())
    kind = name.rpartition(".")[2]
    others = [content for other, content in originals() if other.endswith(kind)]
    if random.random() < 0.8:
        if kind in ("docx", "odt", "xlsx"):
            return name, _archive(data, random, PIECES[kind])[:LARGEST]
        if kind == "pdf":
            return name, _objects(data, random)[:LARGEST]
    return name, spoilt(data, random, PIECES[kind], others)[:LARGEST]


def _archive(data: bytes, random: Random, pieces: tuple[bytes, ...]) -> bytes:
    """The archive with one of its files spoilt, or with a list of files that lies."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = random.choice(list(files))
    large = [name for name in files if len(files[name]) > 2000]
    if random.random() < 0.6:
        name = random.choice(large)  # where the text is
    kind = random.random()
    if kind < 0.75:
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


def _objects(data: bytes, random: Random) -> bytes:
    """A stream unpacked, spoilt and packed again, or one of the objects spoilt as text."""
    streams = list(re.finditer(rb"/Length (\d+)([^<>]*/FlateDecode[^>]*>>\s*stream\r?\n)", data))
    if random.random() < 0.5 and streams:
        found = random.choice(streams)
        start, length = found.end(), int(found[1])
        content = spoilt(zlib.decompress(data[start : start + length]), random, PDF)
        packed = zlib.compress(content)
        head = b"/Length %d" % len(packed) + found[2]
        return data[: found.start()] + head + packed + data[start + length :]
    objects = list(re.finditer(rb"\d+ 0 obj(?:(?!stream).)*?endobj", data, re.DOTALL))
    found = random.choice(objects)
    return data[: found.start()] + spoilt(found[0], random, PDF) + data[found.end() :]
