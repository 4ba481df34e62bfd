"""Made-up published reports: consistent figures, a page as offices print it, and the defects that real ones have."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from helpers.forms import Form, Slot, get_form
from helpers.report import AnnualReport, Body, Number

BODIES = ("临江县人民政府", "青山区人民政府", "白水镇人民政府", "云州市人民政府", "东河县教育局")


@dataclass
class Box:
    """One printed cell; `address` where a figure belongs."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    address: str | None = None
    role: str = "cell"


Rows = list[list[Box]]


@dataclass
class Page:
    """A report as it is printed: `tables` by section id, a list each; `expected` is what a reader must find."""

    title: list[str]
    preface: list[str]
    headings: dict[str, str]
    prose: dict[str, list[str]]
    tables: dict[str, list[Rows]]
    expected: dict[str, Number | None]
    notes: dict[str, str] = field(default_factory=dict)
    style: set[str] = field(default_factory=set)


def figures(form: Form, seed: int) -> dict[str, Number | None]:
    """Cells that obey the form's laws, most of them zero, some large."""
    dice = random.Random(seed)
    cells: dict[str, Number | None] = {}
    scale = dice.choice([3, 40, 4000])
    for address, cell in form.cells.items():
        if cell.kind == "decimal":
            cells[address] = Decimal(dice.choice(["0", "96171.6", "12.35", "8050"]))
        elif cell.kind == "signed":
            cells[address] = dice.choice([0, 24, -7, 876])
        else:
            cells[address] = (
                0 if dice.random() < 0.45 else dice.randint(0, scale * (50 if "decisions" in address else 1))
            )
    requests, review = form.tables["requests"], form.tables["review"]
    leaves = [
        row
        for row in requests.rows
        if row.count(".") >= 1 and row.split(".")[1] not in ("received", "carried_over_in", "carried_over_out", "total")
    ]
    columns = [column for column in requests.columns if column != "total"]
    for column in columns:
        total = sum(cells[f"{row}.{column}"] for row in leaves)
        cells[f"requests.total.{column}"] = total
        out = cells[f"requests.carried_over_out.{column}"]
        brought = min(cells[f"requests.carried_over_in.{column}"], total + out)
        cells[f"requests.carried_over_in.{column}"] = brought
        cells[f"requests.received.{column}"] = total + out - brought
    for row in requests.rows:
        cells[f"{row}.total"] = sum(cells[f"{row}.{column}"] for column in columns)
    for row in review.rows:
        cells[f"{row}.total"] = sum(cells[f"{row}.{column}"] for column in review.columns if column != "total")
    return cells


def report(form_id: str, seed: int) -> AnnualReport:
    form = get_form(form_id)
    year = 2019 + seed % 2 if form_id == "2019" else 2021 + seed % 5
    name = BODIES[seed % len(BODIES)]
    short = name.removesuffix("人民政府")
    text = {
        "preface": (
            f"本报告由{name}办公室根据《中华人民共和国政府信息公开条例》规定编制。报告所列数据的统计期限自{year}年1月1日"
            f"起至{year}年12月31日止。如有疑问，请与{name}办公室联系（电话：0531-8888888）。"
        ),
        "overview": "\n\n".join(
            (
                f"{year}年，{short}坚持以公开为常态、不公开为例外，认真落实各项要求，扎实推进政府信息公开工作。",
                "## （一）主动公开情况",
                "全年通过政府网站公开信息5500余条，召开新闻发布会12场，制作政策解读21个。",
                "## （二）依申请公开情况",
                "依申请公开工作平稳有序，均在法定期限内答复。",
                "## （三）政府信息管理情况",
                "严格落实保密审查制度，规范政府信息管理。",
            )
        ),
        "problems": (
            "一是政策解读质量仍需提升，个别单位政策解读内容简单、形式单一；二是队伍建设还需进一步加强。\n\n"
            "下一步，我们将着力提升政策解读质效，加强业务培训。"
        ),
        "other": f"{year}年，本机关未收取政府信息公开信息处理费。",
    }
    return AnnualReport(Body(name), year, form, figures(form, seed), text=text)


def printed(value: Number | None, signed: bool = False) -> str:
    if value is None:
        return ""
    return f"{value:+d}" if signed and value else format(value, "f") if isinstance(value, Decimal) else str(value)


def page(report: AnnualReport) -> Page:
    """The report without a defect."""
    form = report.form
    tables = {}
    for table in form.tables.values():
        rows: Rows = []
        for band in table.bands:
            for line in (*band.head, *band.body):
                rows.append([_box(report, slot) for slot in line])
        tables[table.id] = [rows]
    prose = {name: text.split("\n\n") for name, text in report.text.items() if name != "preface"}
    return Page(
        title=[f"{report.body.name}{report.year}年政府信息公开工作年度报告"],
        preface=report.text["preface"].split("\n\n"),
        headings={section.id: section.heading for section in form.sections},
        prose=prose,
        tables=tables,
        expected=dict(report.cells),
        notes=dict(report.notes),
    )


def _box(report: AnnualReport, slot: Slot) -> Box:
    text = slot.text
    if slot.address:
        text = printed(report.cells[slot.address], report.form.cells[slot.address].kind == "signed")
    return Box(text, slot.colspan, slot.rowspan, slot.address, slot.role)


Defect = Callable[[Page, random.Random], None]


def boxes(page: Page) -> Iterable[Box]:
    return (box for tables in page.tables.values() for rows in tables for row in rows for box in row)


def blanks_for_zero(page: Page, dice: random.Random) -> None:
    """Zeros left out, or marked."""
    for box in boxes(page):
        if box.address and box.text == "0" and dice.random() < 0.6:
            box.text = dice.choice(["", "", "　", "\xa0", "/", "—"])
            page.expected[box.address] = None
            if box.text in ("/", "—"):
                page.notes[box.address] = box.text


def blank_column(page: Page, dice: random.Random) -> None:
    """A whole column of an applicant kind left blank, or the total's."""
    column = dice.choice(["research_institution", "legal_service_agency", "total"])
    for box in boxes(page):
        if box.address and box.address.startswith("requests.") and box.address.endswith("." + column):
            box.text = ""
            page.expected[box.address] = None
            page.notes.pop(box.address, None)


def wrong_totals(page: Page, dice: random.Random) -> None:
    for box in boxes(page):
        if box.address and box.address.endswith(".total") and box.text.isdigit() and dice.random() < 0.2:
            box.text = str(int(box.text) + dice.randint(1, 9))
            page.expected[box.address] = int(box.text)


def odd_figures(page: Page, dice: random.Random) -> None:
    """Notes, units, full-width digits, thousands separators."""
    for box in boxes(page):
        if not box.address or not box.text.isdigit() or dice.random() > 0.25:
            continue
        value = int(box.text)
        kind = dice.choice(["note", "unit", "wide", "comma", "space"])
        decimal = isinstance(page.expected[box.address], Decimal)
        if kind == "note" and value:
            box.text = f"{value}（其中修订{max(value // 2, 1)}件）"
            page.notes[box.address] = f"其中修订{max(value // 2, 1)}件"
        elif kind == "unit" and not decimal:
            box.text = f"{value}件"
        elif kind == "wide":
            box.text = box.text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
        elif kind == "comma" and value > 999:
            box.text = f"{value:,}"
        elif kind == "space":
            box.text = f"　{box.text} "


def other_numbering(page: Page, dice: random.Random) -> None:
    change = dice.choice([("1.", "1、"), ("1.", "①"), ("1.", "１．"), ("1.", "（1）"), ("1.", "1．")])
    for box in boxes(page):
        if box.role == "row" and box.text[:1].isdigit() and box.text[1:2] == ".":
            digit = int(box.text[0])
            sign = {
                "1、": f"{digit}、",
                "①": chr(0x245F + digit),
                "１．": f"{chr(0xFF10 + digit)}．",
                "（1）": f"（{digit}）",
                "1．": f"{digit}．",
            }[change[1]]
            box.text = sign + box.text[2:]


def dropped_characters(page: Page, dice: random.Random) -> None:
    """One character gone from long labels."""
    for box in boxes(page):
        if box.role == "row" and len(box.text) > 8 and dice.random() < 0.5:
            place = dice.randint(3, len(box.text) - 2)
            box.text = box.text[:place] + box.text[place + 1 :]
        if box.text == "2.其他法律行政法规禁止公开":
            box.text = "2.其他法律行政止公开"


def old_words(page: Page, dice: random.Random) -> None:
    words = {"行政规范性文件": "规范性文件", "规范性文件": "行政规范性文件", "本年处理决定数量": "处理决定数量"}
    for box in boxes(page):
        box.text = words.get(box.text, box.text)


def extra_column(page: Page, dice: random.Random) -> None:
    """A subtotal of 法人 that the form does not have."""
    label = dice.choice(["小计", "合计", "法人小计"])
    for rows in page.tables["requests"]:
        for row in rows:
            for number, box in enumerate(row):
                if box.text == "申请人情况" or box.text == "法人或其他组织":
                    box.colspan += 1
                if box.role == "column" and box.text == "其他":
                    row.insert(number + 1, Box(label, role="column"))
                    break
                if box.address and box.address.endswith(".other"):
                    organisations = [
                        other
                        for other in row
                        if other.address and not other.address.endswith(("natural_person", "total"))
                    ]
                    total = sum(int(other.text) for other in organisations if other.text.isdigit())
                    row.insert(number + 1, Box(str(total)))
                    break


def one_row_group(page: Page, dice: random.Random) -> None:
    """（六）其他处理 as one row on a form that has three."""
    group = "requests.otherwise_handled"
    if f"{group}.other.total" not in page.expected:
        return
    for rows in page.tables["requests"]:
        first = next(
            n for n, row in enumerate(rows) if any(b.address == f"{group}.not_corrected_in_time.total" for b in row)
        )
        columns = [box.address.rpartition(".")[2] for box in rows[first] if box.address]
        below = [{b.address: b for b in row if b.address} for row in rows[first : first + 3]]
        names = ("not_corrected_in_time", "fee_unpaid", "other")
        line = [Box("（六）其他处理", colspan=2, role="row")]
        for address in [*page.notes]:
            if address.startswith(f"{group}."):
                del page.notes[address]
        for column in columns:
            parts = [boxes[f"{group}.{name}.{column}"] for name, boxes in zip(names, below, strict=True)]
            value = sum(int(part.text) for part in parts if part.text.isdigit())
            if column == "total" and len(rows[first]) > len(columns) + 2:
                line.append(Box(str(value)))
            line.append(Box(str(value), address=f"{group}.{column}"))
            page.expected[f"{group}.{column}"] = value
            for name in names:
                page.expected[f"{group}.{name}.{column}"] = None
        rows[first : first + 3] = [line]
        for row in rows:
            for box in row:
                if box.text.replace("\n", "") == "三、本年度办理结果":
                    box.rowspan -= 2


def split_tables(page: Page, dice: random.Random) -> None:
    """Table 二 as one table a provision, table 三 with its header apart."""
    (rows,) = page.tables["proactive_disclosure"]
    starts = [n for n, row in enumerate(rows) if row[0].role == "banner"] + [len(rows)]
    page.tables["proactive_disclosure"] = [rows[a:b] for a, b in pairwise(starts)]
    (rows,) = page.tables["requests"]
    page.tables["requests"] = [rows[:3], rows[3:]]


def cut_tables(page: Page, dice: random.Random) -> None:
    """Table 三 in two, as if at a page's end; sometimes the header repeats, sometimes a label is torn."""
    (rows,) = page.tables["requests"]
    cut = dice.randint(9, len(rows) - 5)
    first, second = rows[:cut], rows[cut:]
    open_groups = [box for row in first for box in row if box.rowspan > 1 and box.role == "row"]
    still = []
    for box in open_groups:
        start = next(n for n, row in enumerate(first) if box in row)
        over = start + box.rowspan - cut
        if over > 0:
            box.rowspan = cut - start
            still.append(Box(box.text if dice.random() < 0.5 else "", 1, over, role="row"))
    second[0][0:0] = still
    if dice.random() < 0.5:
        torn = second[0]
        label = next((box for box in torn if box.role == "row" and box not in still and len(box.text) > 8), None)
        if label is not None:
            place = dice.randint(4, len(label.text) - 2)
            head, label.text = label.text[:place], label.text[place:]
            blank = [replace(box, text="", address=None) for box in torn if box.address]
            first.append([*[Box("", role="row") for _ in still], Box(head, label.colspan, role="row"), *blank])
    if dice.random() < 0.5:
        second[0:0] = [[replace(box) for box in row] for row in rows[:3]]
    page.tables["requests"] = [first, second]


def vertical_label(page: Page, dice: random.Random) -> None:
    for box in boxes(page):
        if box.text == "三、本年度办理结果":
            box.text = "\n".join(["三、", *"本年度办理结果"])
        elif box.role == "column" and len(box.text) == 4:
            box.text = box.text[:2] + "\n" + box.text[2:]


def other_titles(page: Page, dice: random.Random) -> None:
    page.headings["problems"] = dice.choice(
        [
            "五、政府信息公开工作存在的主要问题及改进情况",
            "五、存在的主要问题和改进情况",
            "五、存在问题及改进情况",
            "存在的主要问题及改进情况",
        ]
    )
    if dice.random() < 0.5:
        page.headings["other"] = "五、其他需要报告的事项"
    if dice.random() < 0.5:
        page.headings["problems"] = "一、存在的主要问题及改进情况"


def title_apart(page: Page, dice: random.Random) -> None:
    name, _, rest = page.title[0].partition("20")
    page.title = [name, "20" + rest]


DEFECTS: dict[str, Defect] = {
    defect.__name__: defect
    for defect in (
        blanks_for_zero, blank_column, wrong_totals, odd_figures, other_numbering, dropped_characters, old_words,
        extra_column, one_row_group, split_tables, cut_tables, vertical_label, other_titles, title_apart,
    )
}  # fmt: skip


def defective(form_id: str, seed: int, defects: Iterable[str]) -> tuple[AnnualReport, Page]:
    """A report and its page with the named defects, applied in order; the same for the same seed."""
    original = report(form_id, seed)
    sheet = page(original)
    dice = random.Random(seed * 7919)
    for name in defects:
        DEFECTS[name](sheet, dice)
    return original, sheet
