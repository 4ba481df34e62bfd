"""Known bombs are refused for what they are, before they are expanded; the rest ends by its limits, by name."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import bombs
import pytest
from formats import encoded, to_docx, to_html, to_pdf, to_xlsx
from published import Page, defective

from helpers.errors import DocumentError
from helpers.limits import Limits
from helpers.readers import read_document
from helpers.readers.limited import read_apart, refusal
from helpers.readers.pages import html
from helpers.visible import visible
from helpers.workers import apart

LIMITS = Limits(seconds=30, memory=1024)


@pytest.fixture
def page() -> Page:
    return defective("2021", 3, [])[1]


def refused(path: Path, limits: Limits = LIMITS) -> str:
    with pytest.raises(DocumentError) as caught:
        read_apart(path, limits=limits)
    message = str(caught.value)
    assert visible(message) == message
    assert message.startswith(f"{path}: ")
    return message


@pytest.mark.parametrize("kind", [bombs.workbooks, bombs.others, bombs.pdfs, bombs.pages])
def test_a_bomb_is_refused_for_what_it_is(tmp_path: Path, page: Page, kind: Callable[..., Iterator]) -> None:
    made = kind(page, tmp_path) if kind is bombs.others else kind(page)
    for name, data, why in made:
        (tmp_path / name).write_bytes(data)
        assert why in refused(tmp_path / name), name


def test_a_sheet_formatted_to_its_end_is_read_like_any_other(tmp_path: Path, page: Page) -> None:
    rows = "".join(f'<row r="{number}"><c s="0"/></row>' for number in range(9000, 300_000))
    file = tmp_path / "long.xlsx"
    file.write_bytes(bombs.edited(to_xlsx(page), bombs.SHEET, "</sheetData>", rows + "</sheetData>"))
    assert dict(read_apart(file, limits=LIMITS).cells) == page.expected


def test_notes_that_refer_to_notes_are_not_followed(tmp_path: Path, page: Page) -> None:
    """Pandoc reads a note wherever it is referred to: one that refers to itself filled the memory."""
    to_docx(page, tmp_path / "a.docx")
    files = bombs.members((tmp_path / "a.docx").read_bytes())
    for kind in ("footnote", "endnote"):
        refer = b'<w:p><w:r><w:%sReference w:id="%%d"/></w:r></w:p>' % kind.encode()
        files["word/document.xml"] = files["word/document.xml"].replace(b"<w:p>", refer % 50 + b"<w:p>", 1)
        notes = b"".join(b'<w:%s w:id="%d">%s%s</w:%s>' % (kind.encode(), n, refer % (n + 1), refer % 50, kind.encode())
                         for n in range(50, 90))  # fmt: skip
        name = f"w:{kind}s".encode()
        space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        files[f"word/{kind}s.xml"] = b"<%s %s>%s</%s>" % (name, space, notes, name)
    (tmp_path / "b.docx").write_bytes(bombs.archive(files))
    assert dict(read_apart(tmp_path / "b.docx", limits=LIMITS).cells) == page.expected


def test_a_page_that_hangs_its_parser_is_given_up_in_time(tmp_path: Path, page: Page, monkeypatch) -> None:
    monkeypatch.setattr(html, "from_markup", lambda text: time.sleep(600))
    file = tmp_path / "a.html"
    file.write_bytes(encoded(to_html(page), "utf-8"))
    said = refused(file, Limits(0.5, 4096))
    assert "expected a report that is read within 0.5 s, found one that takes longer" in said


def test_a_page_that_fills_the_memory_is_given_up(tmp_path: Path, page: Page, monkeypatch) -> None:
    monkeypatch.setattr(html, "from_markup", lambda text: [bytes(2**20) for _ in range(4000)])
    file = tmp_path / "a.html"
    file.write_bytes(encoded(to_html(page), "utf-8"))
    assert "expected a report that is read in 512 MiB, found one that needs more" in refused(file, Limits(30, 512))


def test_a_crash_and_a_defect_of_ours_are_named_with_the_file(tmp_path: Path, page: Page, monkeypatch) -> None:
    file = tmp_path / "a.html"
    file.write_bytes(encoded(to_html(page), "utf-8"))
    monkeypatch.setattr(html, "from_markup", lambda text: os._exit(9))
    assert "its reader crashed on (exit code 9)" in refused(file)
    monkeypatch.setattr(html, "from_markup", lambda text: [][0])
    told = refused(file)
    assert "its reader failed on (IndexError: list index out of range)" in told
    log = Path(told.partition("its traceback is kept at ")[2].removesuffix("."))
    assert "from_markup" in log.read_text(encoding="utf-8")


def test_a_report_comes_back_from_its_process_as_it_was_read(tmp_path: Path) -> None:
    page = defective("2021", 3, ["odd_figures"])[1]
    for name, data in (("a.pdf", to_pdf(page)), ("a.html", encoded(to_html(page), "utf-8"))):
        (tmp_path / name).write_bytes(data)
        there = read_apart(tmp_path / name)
        assert there == read_document(tmp_path / name)
        assert there.published == read_document(tmp_path / name).published


def _raise(problem: Exception) -> None:
    raise problem


@pytest.mark.parametrize("problem", [MemoryError(), TimeoutError(), ValueError("a\nb")])
def test_what_a_process_ends_with_becomes_one_line(problem: Exception) -> None:
    ended = apart(_raise, (problem,), 10)
    assert type(ended.error) is type(problem)
    message = str(refusal("a.pdf", ended.error, LIMITS))
    assert visible(message) == message


@pytest.mark.parametrize("charset", ["zlib", "rot13", "idna", "hz", "utf-7", "unicode_escape", "undefined", "x" * 300])
def test_a_charset_by_a_strange_name_is_passed_over(tmp_path: Path, page: Page, charset: str) -> None:
    file = tmp_path / "a.html"
    file.write_bytes(encoded(to_html(page), "gb18030", charset))
    assert dict(read_document(file).cells) == page.expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<table", '<ol start="²"><li>a</ol><ol start="٣"><li>b</ol><table'),
        ("<tr>", '<tr><td colspan="²" rowspan="1e9"></td></tr><tr>'),
        ("</body>", "<p>二〇××年三月十二日</p><p>二〇亿亿年三月十二日</p><p>2025年13月45日</p></body>"),
        ("</body>", "<p>&#1;&#19;&#20;&#xd800;&#xfeff;\ufeff</p></body>"),
    ],
)
def test_numbers_and_signs_that_are_none_do_no_harm(tmp_path: Path, page: Page, old: str, new: str) -> None:
    file = tmp_path / "a.html"
    file.write_bytes(encoded(to_html(page).replace(old, new, 1), "utf-8"))
    report = read_document(file)
    assert {address for address, value in page.expected.items() if report.cells[address] != value} <= {
        doubt.address for doubt in report.uncertain
    }
    assert all(letter.isprintable() or letter == "\n" for text in report.text.values() for letter in text)


def test_only_a_regular_file_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.html")
    (tmp_path / "loop.html").symlink_to("loop.html")
    (tmp_path / "device.html").symlink_to("/dev/zero")
    assert "found a FIFO" in refused(tmp_path / "pipe.html")
    assert "found a device" in refused(tmp_path / "device.html")
    assert "symbolic links" in refused(tmp_path / "loop.html")
    assert "a folder" in refused(tmp_path)
    with pytest.raises(DocumentError, match="null byte"):
        read_document("a\0b")
