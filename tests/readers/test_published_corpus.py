"""Made-up published reports with planted defects, in every format: each cell right or listed as uncertain."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

import pytest
from formats import encoded, to_cells, to_docx, to_html, to_layout, to_odt, to_pdf, to_xlsx
from published import DEFECTS, defective

from helpers.readers import read_document

PLANTED = [
    [],
    *([name] for name in DEFECTS),
    ["blanks_for_zero", "extra_column", "other_titles", "title_apart"],
    ["wrong_totals", "odd_figures", "other_numbering", "one_row_group", "cut_tables"],
    ["dropped_characters", "old_words", "split_tables", "vertical_label"],
    ["blanks_for_zero", "cut_tables", "vertical_label"],
]

WRITERS = {
    "plain.html": lambda page, path: path.write_bytes(encoded(to_html(page), "utf-8")),
    "cms.html": lambda page, path: path.write_bytes(encoded(to_html(page, "cms", 1), "gb18030", "gb2312")),
    "nested.html": lambda page, path: path.write_bytes(encoded(to_html(page, "nested", 2), "gbk", "utf-8")),
    "xlsx": lambda page, path: path.write_bytes(to_xlsx(page)),
    "docx": lambda page, path: to_docx(page, path),
    "odt": lambda page, path: to_odt(page, path),
    "tabs.txt": lambda page, path: path.write_bytes(to_cells(page).encode("gb18030")),
    "lines.txt": lambda page, path: path.write_text(to_cells(page, tabs=False), encoding="utf-8"),
    "wide.txt": lambda page, path: path.write_text(to_layout(page), encoding="utf-8"),
    "narrow.txt": lambda page, path: path.write_text(to_layout(page, wide=False), encoding="utf-8"),
    "ruled.pdf": lambda page, path: path.write_bytes(to_pdf(page)),
    "low.pdf": lambda page, path: path.write_bytes(to_pdf(page, height="150mm")),
    "repeated.pdf": lambda page, path: path.write_bytes(to_pdf(page, height="150mm", repeat=True)),
    "unruled.pdf": lambda page, path: path.write_bytes(to_pdf(page, ruled=False)),
}

# What these cannot tell: a copied page drops blank cells, and without rules a note's lines belong to no cell.
LOSSY = {"lines.txt", "wide.txt", "narrow.txt", "unruled.pdf", "repeated.pdf"}

KINDS = (
    ["plain.html", "cms.html", "nested.html"],
    ["xlsx", "docx", "odt"],
    ["tabs.txt", "lines.txt", "wide.txt", "narrow.txt"],
    ["ruled.pdf", "low.pdf", "repeated.pdf", "unruled.pdf"],
)


def documents():
    """Every set of defects on both forms, in one file of each kind, the kinds' variants taking turns."""
    turns = [cycle(kind) for kind in KINDS]
    for number, names in enumerate(PLANTED):
        for form in ("2019", "2021"):
            for turn in turns:
                yield pytest.param(form, number, names, next(turn), id=f"{form}-{'+'.join(names) or 'clean'}-{number}")


@pytest.mark.parametrize(("form", "seed", "names", "kind"), list(documents()))
def test_every_cell_is_right_or_uncertain(tmp_path: Path, form: str, seed: int, names: list[str], kind: str) -> None:
    original, page = defective(form, seed, names)
    path = tmp_path / f"report.{kind}"
    WRITERS[kind](page, path)

    read = read_document(path)

    doubtful = {doubt.address for doubt in read.uncertain}
    wrong = {a: (v, read.cells.get(a, "absent")) for a, v in page.expected.items() if read.cells.get(a, "absent") != v}
    assert {address for address in wrong if address not in doubtful} == set()
    assert all(read.cells[address] is None for address in doubtful)
    assert set(read.cells) == set(page.expected)
    # A page break may run through a note in its cell.
    if kind not in LOSSY and not (kind.endswith("pdf") and "odd_figures" in names):
        assert doubtful == set()
    stated = {address: note for address, note in page.notes.items() if address not in doubtful}
    assert {address: read.notes.get(address) for address in stated} == stated
    assert (read.body.name, read.year, read.form.id) == (original.body.name, original.year, original.form.id)
    assert dict(read.text) == dict(original.text)


@pytest.mark.parametrize("kind", sorted(LOSSY))
@pytest.mark.parametrize("form", ["2019", "2021"])
def test_a_clean_report_is_read_whole_in_the_lossy_kinds_too(tmp_path: Path, form: str, kind: str) -> None:
    _, page = defective(form, 11, [])
    path = tmp_path / f"clean.{kind}"
    WRITERS[kind](page, path)

    read = read_document(path)

    assert (dict(read.cells), read.uncertain) == (page.expected, ())


def test_a_form_that_nobody_knows_yet_is_read_from_its_yaml_alone(tmp_path: Path, monkeypatch) -> None:
    """A province's own form is one YAML file: the reader has no labels of its own."""
    from helpers import forms
    from helpers.forms import all_forms, get_form

    source = Path(forms.__file__).with_name("2021.yaml").read_text(encoding="utf-8")
    own = source.replace('form: "2021"', 'form: "2031"').replace("from: 2021}", "from: 2031}")
    for old, new in (("重复申请", "同一申请人再次申请"), ("本年制发件数", "当年印发份数"), ("结果纠正", "予以撤销")):
        own = own.replace(old, new)
    (tmp_path / "2031.yaml").write_text(own, encoding="utf-8")
    monkeypatch.setenv("GONGKAI_FORMS", str(tmp_path))
    assert get_form("2031") in all_forms()
    original, page = defective("2031", 5, ["blanks_for_zero", "other_numbering"])
    path = tmp_path / "report.html"
    path.write_bytes(encoded(to_html(page), "utf-8"))

    read = read_document(path)

    assert (read.form.id, dict(read.cells), read.uncertain) == ("2031", page.expected, ())
    assert read.year == original.year
