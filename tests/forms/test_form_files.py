"""Form files that are wrong are refused where they are wrong, before any report is built on them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.errors import FormError
from helpers.forms import all_forms, read_form

Spoil = Callable[[str, str], Path]


@pytest.fixture
def spoilt(tmp_path: Path) -> Spoil:
    """The invented form with one passage replaced, in a file of its own (form files are read once)."""

    def spoil(old: str, new: str) -> Path:
        text = (Path(__file__).parent / "invented.yaml").read_text(encoding="utf-8")
        assert old in text, "the passage to spoil has gone from invented.yaml"
        path = tmp_path / "spoilt.yaml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    return spoil


@pytest.mark.parametrize(
    ("old", "new", "line", "parts"),
    [
        ("title: 公共服务工作", "titel: 公共服务工作", 3, ["the unknown key `titel`", "Did you mean `title`?"]),
        ("document: 虚构的第三种表式\n", "", None, ["the key `document`", "no such key"]),
        ("kind: signed", "kind: sigend", 55, ["'whole', 'signed' or 'decimal'", "'sigend'"]),
        ("stub: 2", "stub: two", 16, ["valid integer", "'two'"]),
        ("stub: 2", "stub: -1", 16, ["greater than or equal to 0", "-1"]),
        ('form: "2030"', "form: 2030", 2, ["valid string", "2030", "Quote the value."]),
        ("id: services\n", "id: Services!\n", 13, ["string of pattern", "Services!"]),
        ("from: 2030, to: 2039", "from: 2030, to: 2029", 5, ["a first year that is not after the last"]),
        (
            "  - {id: services, heading: 二、服务情况, en: Services}\n",
            "",
            None,
            ["a section for every table", "services"],
        ),
        ("  - id: hotline\n    title", "   - id: hotline\n    title", 37, ["valid YAML"]),
        ("stub: 2\n", "stub: 2\n    stub: 2\n", 17, ["valid YAML", "found duplicate key"]),
    ],
)
def test_a_malformed_form_file_is_refused_with_its_line(
    spoilt: Spoil, old: str, new: str, line: int | None, parts: list[str]
) -> None:
    with pytest.raises(FormError) as caught:
        read_form(spoilt(old, new))
    assert caught.value.where.line == line
    assert str(caught.value).startswith(str(caught.value.where.file))
    for part in parts:
        assert part.lower() in str(caught.value).lower()


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("id: moves", "id: births", "two cells share the address services.household.births.online"),
        ("widths: [10, 20, 15, 15, 20]", "widths: [10, 20]", "table services is 5 columns wide but gives 2 widths"),
        (
            "stub: 2\n    widths: [10, 20, 15, 15, 20]",
            "stub: 1",
            "row births stands 2 headings deep, but the stub is 1 wide",
        ),
        ("table: hotline", "table: hotlien", "law H-YEAR speaks of table hotlien, which is not on the form"),
        ("right: [household]", "right: [houshold]", "law S-ROWS speaks of services.houshold.online"),
        (
            "right: [online, window]",
            "right: [online, windows]",
            "law S-COLS speaks of services.household.births.windows",
        ),
        ("rows: [calls]", "rows: [cals]", "law H-YEAR speaks of hotline.cals.open_before"),
        (
            "right: [open_after, -open_before]",
            "right: [open_after, -before]",
            "law H-SAME speaks of hotline.calls.before",
        ),
    ],
)
def test_a_form_that_contradicts_itself_is_refused(spoilt: Spoil, old: str, new: str, complaint: str) -> None:
    """A law with a misspelt term could never be broken: it would only ever be reported as not-run."""
    with pytest.raises(FormError, match="expected a consistent form") as caught:
        read_form(spoilt(old, new))
    assert complaint in str(caught.value)


def test_two_forms_of_one_name_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one.yaml", "two.yaml"):
        shutil.copy(Path(__file__).parent / "invented.yaml", tmp_path / name)
    monkeypatch.setenv("GONGKAI_FORMS", str(tmp_path))
    with pytest.raises(FormError, match=r"two\.yaml: expected a form with a name of its own, found `form: 2030` again"):
        all_forms()


def test_blocks_of_different_width_are_refused(spoilt: Spoil) -> None:
    more = "          - {id: all, label: 全部, en: all services}\n"
    block = "      - {article: 第二条, columns: [{id: n, label: 数, en: n}], rows: [{id: r, label: 行, en: row}]}\n"
    with pytest.raises(FormError, match=r"the blocks of table services differ in width \(第二条\)"):
        read_form(spoilt(more, more + block))
