"""Bad data files: one message that names file, line, cell, what was expected, and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.errors import FolderError, InputError
from helpers.folder import read_report
from helpers.integrity import check
from helpers.report import AnnualReport

COUNTY, YEAR = "371524-donge", 2020
GRANTED = "requests.granted,（一）予以公开,23,0,0,0,0,0,23"


class Folder:
    """A county-year to spoil, and what reading it then gives."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.year = root / COUNTY / str(YEAR)

    def replace(self, file: str, old: str, new: str) -> int:
        """Replace one passage of a file; returns the line it stood on."""
        path = self.year / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    def load(self) -> AnnualReport:
        return read_report(COUNTY, YEAR, self.root)

    def refused(self) -> FolderError:
        with pytest.raises(FolderError) as caught:
            self.load()
        return caught.value


@pytest.fixture
def folder(params_to_spoil: Path) -> Folder:
    return Folder(params_to_spoil)


def says(
    error: InputError, file: str, line: int | None, cell: str | None, expected: str, found: str, remedy: str
) -> None:
    """The five parts of every message about input, as fields and in the text."""
    assert (Path(error.where.file).name, error.where.line, error.where.cell) == (file, line, cell)
    assert expected in error.expected
    assert found in error.found
    assert remedy in error.remedy
    for part in (file, *([f":{line}"] if line else []), *([f"[{cell}]"] if cell else []), expected, found, remedy):
        assert part in str(error)
    assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("typed", "cell", "expected", "remedy"),
    [
        (
            "若干", "requests.granted.natural_person",
            "a whole number for 三、本年度办理结果－（一）予以公开·自然人", "Write digits only",
        ),
        ("23.5", "requests.granted.natural_person", "a whole number", "Counts have no fraction"),
        ("-23", "requests.granted.natural_person", "a whole number of 0 or more", "Only 本年增/减 is signed"),
        ("2 3", "requests.granted.natural_person", "a whole number", "Write digits only"),
        ("23①", "requests.granted.natural_person", "a whole number", "Write digits only"),
        ("（其中3件）", "requests.granted.natural_person", "a figure before the note", "Write the figure first"),
    ],
)  # fmt: skip
def test_a_figure_without_a_certain_meaning_is_refused(
    folder: Folder, typed: str, cell: str, expected: str, remedy: str
) -> None:
    line = folder.replace("requests.csv", GRANTED, GRANTED.replace(",23,", f",{typed},", 1))
    says(folder.refused(), "requests.csv", line, cell, expected, f"“{typed}”", remedy)


def test_a_misplaced_thousands_separator_is_refused(folder: Folder) -> None:
    line = folder.replace("proactive_disclosure.csv", ",25137,", ',"251,37",')
    says(
        folder.refused(), "proactive_disclosure.csv", line, "proactive_disclosure.licensing.decisions",
        "thousands separators every three digits", "“251,37”", "Remove the commas.",
    )  # fmt: skip


def test_a_figure_where_the_form_has_no_cell_is_refused(folder: Folder) -> None:
    line = folder.replace("proactive_disclosure.csv", "规章,0,0,0,×", "规章,0,0,0,5")
    says(
        folder.refused(), "proactive_disclosure.csv", line, "proactive_disclosure.rules.items_last_year",
        "×: the form has no such cell", "“5”", "Move the figure to the right column",
    )  # fmt: skip


@pytest.mark.parametrize(("row", "found"), [(GRANTED + ",0", "10"), (GRANTED.replace(",0,0", ",0", 1), "8")])
def test_a_row_with_a_comma_too_many_or_too_few_is_refused(folder: Folder, row: str, found: str) -> None:
    line = folder.replace("requests.csv", GRANTED, row)
    says(folder.refused(), "requests.csv", line, "requests.granted", "9 columns", found, "a comma too many or too few")


def test_thousands_separators_without_quotation_marks_are_refused(folder: Folder) -> None:
    line = folder.replace("proactive_disclosure.csv", ",25137,", ",25,137,")
    says(
        folder.refused(), "proactive_disclosure.csv", line, "proactive_disclosure.licensing",
        "10 columns", "11", "a figure with thousands separators needs quotation marks",
    )  # fmt: skip


def test_an_unknown_address_is_refused_with_the_nearest(folder: Folder) -> None:
    line = folder.replace("requests.csv", "requests.granted,", "requests.grantd,")
    says(
        folder.refused(), "requests.csv", line, "requests.grantd",
        "a row address of the form", "`requests.grantd`", "Did you mean `requests.granted`?",
    )  # fmt: skip


def test_a_row_of_the_other_form_is_refused(folder: Folder) -> None:
    line = folder.replace("requests.csv", "requests.otherwise_handled,", "requests.otherwise_handled.other,")
    error = folder.refused()
    assert error.where.line == line
    assert error.remedy == "Did you mean `requests.otherwise_handled`?"


@pytest.mark.parametrize("label", ["（二）部分公开", "予以公布", ""])
def test_a_label_that_disagrees_with_its_address_is_refused(folder: Folder, label: str) -> None:
    line = folder.replace("requests.csv", "（一）予以公开", label)
    says(
        folder.refused(), "requests.csv", line, "requests.granted",
        "the label “（一）予以公开”", f"“{label}”", "Label and address name different rows",
    )  # fmt: skip


@pytest.mark.parametrize("label", [" (一)予以公开 ", "（一） 予以公开", "（一）予以公开　"])
def test_a_label_may_differ_in_width_and_spaces(folder: Folder, label: str) -> None:
    folder.replace("requests.csv", "（一）予以公开", label)
    assert folder.load().cells["requests.granted.natural_person"] == 23


def test_a_row_given_twice_is_refused_with_both_lines(folder: Folder) -> None:
    line = folder.replace("requests.csv", GRANTED, f"{GRANTED}\n{GRANTED}")
    says(
        folder.refused(), "requests.csv", line + 1, "requests.granted",
        "every row once", f"the row of line {line} again", "Remove one.",
    )  # fmt: skip


def test_a_row_left_out_is_refused_by_name(folder: Folder) -> None:
    folder.replace("requests.csv", GRANTED + "\n", "")
    says(folder.refused(), "requests.csv", None, None, "23 rows", "no row requests.granted", "Add the missing rows.")


@pytest.mark.parametrize(
    ("old", "new", "line", "expected", "found"),
    [
        (
            "address,label,natural_person", "address,label,natural",
            1, "the header address,label,natural_person", "`natural` where `natural_person` belongs",
        ),
        (",other,total\n", ",total,other\n", 1, "the header address,label", "`total` where `other` belongs"),
        (",other,total\n", ",other\n", 1, "the header address,label", "8 columns instead of 9"),
        ("自然人,商业企业", "商业企业,自然人", 2, "the line of Chinese column labels", "商业企业,自然人"),
    ],
)  # fmt: skip
def test_a_changed_header_is_refused(folder: Folder, old: str, new: str, line: int, expected: str, found: str) -> None:
    """Columns in another order would be figures under another heading."""
    folder.replace("requests.csv", old, new)
    says(folder.refused(), "requests.csv", line, None, expected, found, "header line")


@pytest.mark.parametrize("content", ["", "\n\n", "# nothing but a comment\n"])
def test_an_empty_file_is_refused(folder: Folder, content: str) -> None:
    (folder.year / "requests.csv").write_text(content, encoding="utf-8")
    error = folder.refused()
    assert Path(error.where.file).name == "requests.csv"
    assert error.expected.startswith("the header address,label")


def test_an_open_quotation_mark_is_refused(folder: Folder) -> None:
    folder.replace("requests.csv", GRANTED, GRANTED.replace(",23,", ',"23,', 1))
    error = folder.refused()
    assert (Path(error.where.file).name, error.expected) == ("requests.csv", "a CSV line")
    assert error.remedy == "Check the quotation marks."


@pytest.mark.parametrize("mark", ["", "/", "—", "－", "　"])
def test_a_blank_is_kept_and_becomes_a_finding(folder: Folder, mark: str) -> None:
    """Blank is not 0: the figure is unknown, which the check says and the reader must not decide."""
    folder.replace("requests.csv", GRANTED, GRANTED.replace(",23,", f",{mark},", 1))
    report = folder.load()
    assert report.cells["requests.granted.natural_person"] is None
    blanks = [finding for finding in check(report).errors if finding.rule == "BLANK"]
    assert [finding.addresses for finding in blanks] == [("requests.granted.natural_person",)]
    assert "“三、本年度办理结果－（一）予以公开”行有1格未填：自然人" in blanks[0].message


def rewritten(change: Callable[[bytes], bytes]) -> Callable[[Folder], None]:
    """Rewrite all CSV files of the folder byte by byte."""

    def rewrite(folder: Folder) -> None:
        for path in folder.year.glob("*.csv"):
            path.write_bytes(change(path.read_bytes()))

    return rewrite


@pytest.mark.parametrize(
    "rewrite",
    [
        rewritten(lambda data: b"\xef\xbb\xbf" + data),
        rewritten(lambda data: data.replace(b"\n", b"\r\n")),
        rewritten(lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n") + b"\r\n\r\n"),
        rewritten(lambda data: data.decode().translate({ord(str(n)): 0xFF10 + n for n in range(10)}).encode()),
        rewritten(lambda data: data.replace(b"25137", b'"25,137"').replace(b"29385", '"２９，３８５"'.encode())),
        rewritten(lambda data: b"# a comment\n\n" + data.replace(b"\n", b"\n# another\n", 1)),
        rewritten(lambda data: data.replace("×".encode(), b"")),
    ],
    ids=["BOM", "CRLF", "Excel’s CSV UTF-8", "full-width digits", "thousands separators", "comments", "no ×"],
)
def test_what_excel_makes_of_a_file_is_read_as_it_was(folder: Folder, rewrite: Callable[[Folder], None]) -> None:
    before = folder.load()
    rewrite(folder)
    assert dict(folder.load().cells) == dict(before.cells)


def test_gbk_bytes_are_refused_and_not_guessed(folder: Folder) -> None:
    path = folder.year / "requests.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    says(
        folder.refused(), "requests.csv", 2, None,
        "UTF-8 text", "probably GBK (what Chinese Excel saves as “CSV”)", "Save it as “CSV UTF-8”",
    )  # fmt: skip


@pytest.mark.parametrize(("data", "found"), [(b"\xff\xfe\x00a", "byte 0xff"), (b"\x89PNG\r\n\x1a\n\xff", "byte 0x89")])
def test_bytes_of_no_chinese_encoding_are_refused(folder: Folder, data: bytes, found: str) -> None:
    (folder.year / "review.csv").write_bytes(data)
    says(folder.refused(), "review.csv", 1, None, "UTF-8 text", found, "iconv")


def test_a_control_character_is_refused_with_its_line(folder: Folder) -> None:
    line = folder.replace("requests.csv", GRANTED, GRANTED.replace("23", "2\x1b3", 1))
    says(folder.refused(), "requests.csv", line, None, "printable text", r"'\x1b'", "Delete it.")


@pytest.mark.parametrize("name", ["requests.csv", "review.csv", "proactive_disclosure.csv", "params.yml", "report.yml"])
def test_a_missing_file_is_refused_by_name(folder: Folder, name: str) -> None:
    (folder.year / name).unlink()
    says(folder.refused(), name, None, None, "this file", "nothing", "`gongkai new`")


def test_a_folder_in_place_of_a_file_is_refused(folder: Folder) -> None:
    (folder.year / "review.csv").unlink()
    (folder.year / "review.csv").mkdir()
    says(folder.refused(), "review.csv", None, None, "a readable file", "directory", "permissions")


@pytest.mark.parametrize(
    ("line", "cell", "expected", "found", "remedy"),
    [
        ("网站发布,网站,8241,条,渠道", "网站发布", "an id of ASCII letters", "`网站发布`", "Rename"),
        ("web,网站,若干,条,渠道", "web", "a figure", "“若干”", "Write digits only"),
        ("web,网站,,条,渠道", "web", "a figure", "a blank", "0 if it is none"),
        ("web,,8241,条,渠道", "web", "a label and a group", "a blank", "Fill it in."),
        ("web,网站,8241,条", "web", "5 columns", "4", "a comma too many or too few"),
        ("one,网站,8241,条,渠道", "one", "every indicator once", "`one` again", "Remove or rename one."),
    ],
)
def test_a_wrong_indicator_is_refused(
    folder: Folder, line: str, cell: str, expected: str, found: str, remedy: str
) -> None:
    (folder.year / "indicators.csv").write_text(
        f"id,label,value,unit,group\none,一,1,件,组\n{line}\n", encoding="utf-8"
    )
    says(folder.refused(), "indicators.csv", 3, cell, expected, found, remedy)


def test_the_message_reads_as_one_sentence_a_clerk_can_act_on(folder: Folder) -> None:
    line = folder.replace("requests.csv", GRANTED, GRANTED.replace(",23,", ",23.5,", 1))
    text = str(folder.refused()).replace(str(folder.year), "2020")
    assert re.sub(r"[\\/]", "/", text) == (
        f"2020/requests.csv:{line} [requests.granted.natural_person]: expected a whole number for "
        "三、本年度办理结果－（一）予以公开·自然人, found “23.5”. Counts have no fraction; correct the figure."
    )
