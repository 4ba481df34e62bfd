"""Files that are no report, or cannot be read: one clear line each, and never a guess."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from pathlib import Path

import pytest
from formats import encoded, to_cells, to_docx, to_html, to_odt, to_pdf, to_xlsx
from published import Page, defective
from pypdf import PdfWriter

from helpers.errors import DocumentError
from helpers.readers import read_document

ODT = b"application/vnd.oasis.opendocument.text"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.fixture(scope="module")
def page() -> Page:
    return defective("2021", 3, [])[1]


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


def refused(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    with pytest.raises(DocumentError) as caught:
        read_document(path)
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(str(path))
    return message


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.html", b"", "an empty file"),
        ("blank.txt", b" \r\n\t\n", "an empty file"),
        ("old.doc", OLE + "WordDocument".encode("utf-16-le"), "soffice --headless --convert-to docx"),
        ("old.xls", OLE + "Workbook".encode("utf-16-le"), "soffice --headless --convert-to xlsx"),
        ("locked.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "without a password"),
        ("letter.doc", b"{\\rtf1\\ansi }", "RTF"),
        ("scan.pdf", b"\x89PNG\r\n\x1a\n" + bytes(100), "a picture"),
        ("noise.html.bin", bytes(range(256)) * 20, ""),
        ("damaged.pdf", b"%PDF-1.7\n1 0 obj\n<<", "truncated or damaged"),
        ("damaged.docx", b"PK\x03\x04" + bytes(100), "truncated or damaged"),
        ("junk.docx", zipped(word__document_xml=b"0" * 1000), "damaged"),
        ("junk.xlsx", zipped(xl__workbook_xml=b"0" * 1000), "damaged"),
        ("junk.odt", zipped(mimetype=ODT, content_xml=b"0" * 1000), "damaged"),
        ("sums.ods", zipped(mimetype=ODT.replace(b"text", b"spreadsheet"), content_xml=b"<x/>"), "that is no text"),
        ("bundle.zip", zipped(readme=b"x"), "a ZIP archive"),
        ("text.ofd", zipped(OFD_xml=b"<x/>"), "OFD"),
        ("bomb.docx", zipped(word__document_xml=bytes(300_000_000)), "unpacks to 286 MB"),
        (
            "news.html",
            "<html><body><p>某县发布政府信息公开工作年度报告。</p></body></html>".encode(),
            "missing: 主动公开",
        ),
        ("deep.html", b"<html><body>" + b"<div>" * 100_000 + "政府".encode() + b"</html>", "0 of 32 rows"),
        ("nest.html", b"<html>" + b"<table><tr><td>" * 3000 + "政府".encode() + b"</html>", "0 of 32 rows"),
        ("wide.html", b"<table>" + b"<tr><td colspan=9999 rowspan=9999>1</td></tr>" * 2000 + b"</table>", "0 of 32"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    assert says in refused(tmp_path / name, data)


def test_a_truncated_file_of_each_format_is_named(tmp_path: Path, page: Page) -> None:
    to_docx(page, tmp_path / "whole.docx")
    to_odt(page, tmp_path / "whole.odt")
    files = {
        "cut.html": encoded(to_html(page), "utf-8"),
        "cut.pdf": to_pdf(page),
        "cut.docx": (tmp_path / "whole.docx").read_bytes(),
        "cut.odt": (tmp_path / "whole.odt").read_bytes(),
        "cut.xlsx": to_xlsx(page),
        "cut.txt": to_cells(page).encode(),
    }
    for name, data in files.items():
        refused(tmp_path / name, data[: len(data) // 3])


def test_a_text_cut_within_a_figure_leaves_that_row_uncertain(tmp_path: Path, page: Page) -> None:
    text = to_cells(page)
    path = tmp_path / "cut.txt"
    path.write_text(text[: text.index("\t4.无正当理由大量反复申请") + 20], encoding="utf-8")
    report = read_document(path)
    doubtful = {doubt.address for doubt in report.uncertain}
    assert all(report.cells[a] == v or a in doubtful for a, v in page.expected.items())
    assert "requests.not_processed.excessive.total" in doubtful


def test_a_file_far_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.html"
    with path.open("wb") as file:
        file.truncate(500 * 2**20)
    with pytest.raises(DocumentError, match="500 MB"):
        read_document(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="No such file"):
        read_document(tmp_path / "none.html")


def test_encrypted_and_scanned_pdf_are_told_apart(tmp_path: Path, page: Page) -> None:
    locked = PdfWriter(clone_from=io.BytesIO(to_pdf(page)))
    locked.encrypt("secret", algorithm="RC4-128")
    blank = PdfWriter()
    blank.add_blank_page(595, 842)
    for writer, says in ((locked, "encrypted"), (blank, "scanned")):
        buffer = io.BytesIO()
        writer.write(buffer)
        assert says in refused(tmp_path / f"{says}.pdf", buffer.getvalue())


@pytest.mark.parametrize("name", ["report.pdf", "report.docx", "report.txt", "report"])
def test_a_wrong_extension_does_not_matter(tmp_path: Path, page: Page, name: str) -> None:
    (tmp_path / name).write_bytes(encoded(to_html(page), "utf-8"))
    assert dict(read_document(tmp_path / name).cells) == page.expected


@pytest.mark.parametrize(
    ("charset", "declared"),
    [
        ("utf-8", "gb2312"),
        ("gb18030", "utf-8"),
        ("gbk", "gbk"),
        ("utf-8-sig", "gbk"),
        ("utf-16", "utf-8"),
        ("gb18030", ""),
    ],
)
def test_any_chinese_encoding_is_read_whatever_is_declared(
    tmp_path: Path, page: Page, charset: str, declared: str
) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(encoded(to_html(page), charset, declared or " "))
    assert dict(read_document(path).cells) == page.expected


def test_a_saved_single_file_page_is_read(tmp_path: Path, page: Page) -> None:
    from email.message import EmailMessage

    message = EmailMessage()
    message["Subject"] = "report"
    message.set_content(to_html(page), subtype="html", charset="utf-8")
    path = tmp_path / "page.mht"
    path.write_bytes(message.as_bytes())
    assert dict(read_document(path).cells) == page.expected


def test_the_blank_form_is_no_report_until_somebody_says_of_which_year(tmp_path: Path, page: Page) -> None:
    markup = to_html(page)
    blank = "".join(
        part if part.startswith("<") else "" if part.strip().isdigit() else part for part in _pieces(markup)
    )
    path = tmp_path / "blank.html"
    path.write_text(blank.replace("2024年", "").replace("2024", "").replace("{charset}", "utf-8"), encoding="utf-8")
    assert "a year" in refused(path, path.read_bytes())
    report = read_document(path, body="某县人民政府", year=2025)
    assert (report.form.id, report.year) == ("2021", 2025)


def _pieces(markup: str) -> list[str]:
    import re

    return re.findall(r"<[^>]*>|[^<]+", markup)


def test_a_missing_library_is_answered_with_the_install_line(tmp_path: Path, page: Page, monkeypatch) -> None:
    workbook = to_xlsx(page)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    monkeypatch.delitem(sys.modules, "helpers.readers.pages.xlsx", raising=False)
    assert "pip install 'gongkai[read]'" in refused(tmp_path / "report.xlsx", workbook)


def test_random_bytes_never_break_the_reader(tmp_path: Path) -> None:
    for number, head in enumerate((b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html><table>", b"MIME-Version: 1.0\n\n")):
        refused(tmp_path / f"{number}.bin", head + os.urandom(4000))
