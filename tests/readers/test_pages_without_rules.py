"""Tables without rules, as offices print text by columns: only the place of a word tells whose figure it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from formats import to_layout, to_pdf
from published import Box, Page, boxes, defective

from helpers.forms import get_form
from helpers.readers import read_document
from helpers.readers.pages.txt import read_txt
from helpers.readers.table.alignment import Alignment, align


def read(text: str) -> Alignment:
    return align(read_txt(Path("page.txt"), text.encode()), get_form("2021"))


def wrong(page: Page, found: Alignment) -> set[str]:
    doubtful = {doubt.address for doubt in found.uncertain}
    return {a for a, v in page.expected.items() if found.cells.get(a, "absent") != v and a not in doubtful}


def requests(found: Alignment) -> set[str]:
    return {doubt.address for doubt in found.uncertain if doubt.address.startswith("requests.")}


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize(("form", "seed"), [("2019", 0), ("2021", 3), ("2021", 5)])
@pytest.mark.parametrize("names", [["blanks_for_zero"], ["blank_column"], ["blanks_for_zero", "extra_column"]])
def test_a_blank_is_told_by_the_words_above_the_figures_beside_it(
    form: str, seed: int, names: list[str], wide: bool
) -> None:
    _, page = defective(form, seed, names)
    found = align(read_txt(Path("page.txt"), to_layout(page, wide).encode()), get_form(form))
    assert (found.cells, found.uncertain) == (page.expected, ())


@pytest.mark.parametrize("names", [["blanks_for_zero"], ["blank_column"]])
def test_a_blank_on_a_printed_page_is_told_so_too(tmp_path: Path, names: list[str]) -> None:
    _, page = defective("2021", 3, names)
    (tmp_path / "page.pdf").write_bytes(to_pdf(page, ruled=False))
    found = read_document(tmp_path / "page.pdf")
    assert (dict(found.cells), found.uncertain) == (page.expected, ())


@pytest.mark.parametrize("by", [13, 14, 15])
def test_a_page_shifted_by_a_column_leaves_its_rows_uncertain(by: int) -> None:
    """Its figures stand below other words than those of the page before, and nothing on it says so."""
    _, page = defective("2021", 3, [])
    for box in boxes(page):
        if box.address and box.address.startswith("requests.") and box.address.endswith(".total"):
            box.text = ""
            page.expected[box.address] = None
    pages = to_layout(page).split("\f")
    later = ["\n".join(" " * by + line for line in text.split("\n")) for text in pages[2:]]
    found = read("\f".join([*pages[:2], *later]))
    assert wrong(page, found) == set()
    assert requests(found)


def renamed(page: Page) -> None:
    """The form's last kind of applicant is called something that is none of the form's."""
    next(box for box in boxes(page) if box.text == "其他" and box.role == "column").text = "中介机构"


def unnamed(page: Page) -> None:
    """One more column of figures than there are words, and every other row without the form's own beside it."""
    for number, row in enumerate(page.tables["requests"][0]):
        place = next((n for n, box in enumerate(row) if box.address and box.address.endswith(".other")), None)
        if place is not None:
            row.insert(place, Box("8"))
            if number % 2:
                row[place + 1].text, page.expected[str(row[place + 1].address)] = "", None


@pytest.mark.parametrize("change", [renamed, unnamed])
def test_a_header_that_does_not_say_which_column_is_which_leaves_all_uncertain(change: Callable[[Page], None]) -> None:
    _, page = defective("2021", 3, [])
    change(page)
    found = read(to_layout(page))
    assert wrong(page, found) == set()
    assert requests(found) >= {a for a in page.expected if a.startswith("requests.received.")}


@pytest.mark.parametrize("stray", ["见附件", "17"])
def test_what_stands_beside_a_row_makes_it_uncertain(stray: str) -> None:
    """A word among the figures, and a figure on a line of its own below them."""
    _, page = defective("2021", 3, [])
    lines = to_layout(page).split("\n")
    row = next(n for n, line in enumerate(lines) if "一、本年新收" in line)
    figures = next(n for n in range(row - 1, row + 3) if sum(word.isdigit() for word in lines[n].split()) == 7)
    if stray.isdigit():
        lines.insert(figures + 1, " " * 58 + stray)
    else:
        lines[figures] = f"{lines[figures]}  {stray}"
    found = read("\n".join(lines))
    assert wrong(page, found) == set()
    assert "requests.received.total" in {doubt.address for doubt in found.uncertain}


def test_figures_that_stand_on_the_line_below_their_label_are_its_own() -> None:
    _, page = defective("2021", 3, [])
    lines: list[str] = []
    for line in to_layout(page).split("\n"):
        label, figures = line[:24].rstrip(), line.split()[1:]
        if label.strip() in ("一、本年新收政府信息公开申请数量", "（七）总计") and len(figures) == 7:
            width = len(label.encode("gb18030"))
            lines += [label, " " * width + line[len(label) :]]
        else:
            lines.append(line)
    assert len(lines) == to_layout(page).count("\n") + 3
    found = read("\n".join(lines))
    assert (found.cells, found.uncertain) == (page.expected, ())
