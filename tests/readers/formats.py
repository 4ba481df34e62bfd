"""A made-up page as HTML, DOCX, ODT, XLSX, TXT and PDF, in the ways such files are made."""

from __future__ import annotations

import html
import io
import random
import unicodedata
import zipfile
from functools import cache

import openpyxl
import pylopdf_fonts_zh_cn
import pypandoc
import typst
from published import Box, Page, Rows


def placed(rows: Rows) -> list[list[tuple[int, Box]]]:
    """Each row's boxes with their column, spans taken into account."""
    taken: set[tuple[int, int]] = set()
    lines = []
    for number, row in enumerate(rows):
        column, line = 0, []
        for box in row:
            while (number, column) in taken:
                column += 1
            line.append((column, box))
            taken |= {(number + r, column + c) for r in range(box.rowspan) for c in range(box.colspan)}
            column += box.colspan
        lines.append(line)
    return lines


def sections(page: Page):
    for name, heading in page.headings.items():
        yield heading, page.prose.get(name, []), page.tables.get(name, [])


# ---------------------------------------------------------------- HTML


def to_html(page: Page, look: str = "plain", seed: int = 0) -> str:
    dice = random.Random(seed)
    body = [f"<p class='title'>{html.escape(line)}</p>" for line in page.title]
    body += [f"<p>　　{html.escape(text)}</p>" for text in page.preface]
    for heading, prose, tables in sections(page):
        body.append(f"<p><strong>{html.escape(heading)}</strong></p>")
        body += [_paragraph(text, look) for text in prose]
        body += [_table(rows, look, dice) for rows in tables]
    inner = "\n".join(body)
    if look == "nested":
        inner = f"<table class='layout'><tr><td class='left'>栏目导航<br>首页</td><td>{inner}</td></tr></table>"
    if look == "cms":
        meta = (
            "<table><tr><th>索引号</th><td>11370000/2024-00123</td><th>发布机构</th><td>办公室</td></tr>"
            "<tr><th>公开日期</th><td>2025-01-28</td><th>有效性</th><td>有效</td></tr></table>"
        )
        inner = (
            "<div class='head'><ul><li><a href='#'>首页</a></li><li><a href='#'>政府信息公开年报</a></li></ul></div>"
            f"<div class='content'>{meta}<div class='TRS_Editor'>{inner}</div></div>"
            "<div class='foot'><p>打印 关闭</p><p>版权所有：某某人民政府。网站标识码：3700000001。</p></div>"
            "<script>var a = '<table><tr><td>1</td></tr></table>';</script>"
        )
    head = f"<meta charset='{{charset}}'><title>{html.escape(''.join(page.title))}_政府网站</title>"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{inner}</body></html>"


def _paragraph(text: str, look: str) -> str:
    shown = html.escape(text.removeprefix("## "))
    if text.startswith("## "):
        return f"<h3>{shown}</h3>" if look == "plain" else f"<p style='font-family:楷体'>{shown}</p>"
    return f"<p class=MsoNormal><span style='mso-bidi-font-size:16pt'>　　{shown}</span></p>"


def _table(rows: Rows, look: str, dice: random.Random) -> str:
    lines = ["<table border='1' cellspacing='0'>", "<tbody>"]
    for row in rows:
        cells = []
        for box in row:
            spans = (f' colspan="{box.colspan}"' if box.colspan > 1 else "") + (
                f" rowspan='{box.rowspan}'" if box.rowspan > 1 else ""
            )
            cells.append(f"<td{spans}>{_content(box, look, dice)}</td>")
        lines.append("<tr>" + "".join(cells) + "</tr>")
    return "\n".join([*lines, "</tbody>", "</table>"])


def _content(box: Box, look: str, dice: random.Random) -> str:
    text = html.escape(box.text).replace("\n", "<br>")
    if look == "plain":
        return text
    if box.address and box.text.isdigit() and len(box.text) > 1 and dice.random() < 0.5:
        text = f"<span lang='EN-US'>{box.text[0]}</span><span>{box.text[1:]}</span>"
    if not text and dice.random() < 0.5:
        text = dice.choice(["&nbsp;", "<o:p></o:p>", "　", "<br>"])
    if box.address and look == "nested" and dice.random() < 0.05:
        return f"<table><tr><td>{text}</td></tr></table>"
    if box.role != "cell" and "<br>" not in text and len(text) > 6 and dice.random() < 0.4:
        text = f"{text[:4]}</p>\n<p class='MsoNormal'>{text[4:]}"
    return f"<p class='MsoNormal' align='center'><span style='font-size:12.0pt'>\n{text}</span></p>"


def encoded(markup: str, charset: str, declared: str | None = None) -> bytes:
    return markup.replace("{charset}", declared or charset).encode(charset, errors="xmlcharrefreplace")


# ---------------------------------------------------------------- DOCX, ODT, XLSX


def to_docx(page: Page, path) -> None:
    pypandoc.convert_text(to_html(page), "docx", format="html", outputfile=str(path))


def to_odt(page: Page, path) -> None:
    """As an office suite writes it: a covered cell in each place that a span takes, in XML of its own."""
    body = [f"<text:h>{html.escape(text)}</text:h>" for text in page.title]
    body += [f"<text:p>　　{html.escape(text)}</text:p>" for text in page.preface]
    for heading, prose, tables in sections(page):
        body += [f"<text:p>{html.escape(text.removeprefix('## '))}</text:p>" for text in (heading, *prose)]
        body += [_odt_table(rows) for rows in tables]
    kind = "application/vnd.oasis.opendocument.text"
    names = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in _ODF)
    content = f"<office:document-content {names}><office:body><office:text>{''.join(body)}</office:text></office:body>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", f"{content}</office:document-content>")
        styles = "<office:styles/><office:automatic-styles/><office:master-styles/>"
        archive.writestr("styles.xml", f"<office:document-styles {names}>{styles}</office:document-styles>")
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest {names} manifest:media-type="{kind}"/>')


_ODF = ("office", "text", "table", "manifest")


def _odt_table(rows: Rows) -> str:
    lines = []
    for number, row in enumerate(grid := placed(rows)):
        places: dict[int, str] = {}
        for column, box in row:
            spans = f'table:number-columns-spanned="{box.colspan}" table:number-rows-spanned="{box.rowspan}"'
            texts = "".join(f"<text:p>{html.escape(text)}</text:p>" for text in box.text.split("\n"))
            places[column] = f"<table:table-cell {spans}>{texts}</table:table-cell>"
        for above, line in enumerate(grid[: number + 1]):
            for column, box in line:
                if above + box.rowspan > number:
                    covered = dict.fromkeys(range(column, column + box.colspan), "<table:covered-table-cell/>")
                    places = covered | places
        lines.append("<table:table-row>" + "".join(places[key] for key in sorted(places)) + "</table:table-row>")
    width = max(column + box.colspan for line in grid for column, box in line)
    columns = f'<table:table-column table:number-columns-repeated="{width}"/>'
    return f"<table:table>{columns}{''.join(lines)}</table:table>"


def to_xlsx(page: Page, numbers: bool = True) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    line = 1
    for text in [*page.title, *page.preface]:
        sheet.cell(line, 1, text)
        sheet.merge_cells(start_row=line, end_row=line, start_column=1, end_column=10)
        line += 1
    for heading, prose, tables in sections(page):
        for text in [heading, *(text.removeprefix("## ") for text in prose)]:
            sheet.cell(line, 1, text)
            sheet.merge_cells(start_row=line, end_row=line, start_column=1, end_column=10)
            line += 1
        for rows in tables:
            for number, row in enumerate(placed(rows)):
                for column, box in row:
                    value = int(box.text) if numbers and box.address and box.text.isdigit() else box.text
                    sheet.cell(line + number, column + 1, value)
                    if box.colspan > 1 or box.rowspan > 1:
                        sheet.merge_cells(
                            start_row=line + number, end_row=line + number + box.rowspan - 1,
                            start_column=column + 1, end_column=column + box.colspan,
                        )  # fmt: skip
            line += len(rows) + 1
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


# ---------------------------------------------------------------- TXT


def to_cells(page: Page, tabs: bool = True) -> str:
    """One cell a line; with tabs as old Word files are converted, without as pages are copied."""
    lines = [*page.title, "", *page.preface, ""]
    for heading, prose, tables in sections(page):
        lines += ["", heading, ""]
        lines += [text.removeprefix("## ") for text in prose] + [""]
        for rows in tables:
            width = {}
            for number, row in enumerate(placed(rows)):
                for column, box in row:
                    for below in range(number + 1, number + box.rowspan):
                        width.setdefault(below, []).append((column, Box("")))
                shown = sorted([*row, *(width.get(number, []) if tabs else [])], key=lambda entry: entry[0])
                for _, box in shown:
                    if tabs:
                        lines.append("\t" + box.text)
                    elif box.text.strip():
                        lines += box.text.split("\n")
                lines.append("")
            lines.append("")
    return "\n".join(lines)


def to_layout(page: Page, wide: bool = True) -> str:
    """Columns by position, labels over several lines, figures beside the middle one, pages with numbers."""

    def size(text: str) -> int:
        return sum(2 if wide and unicodedata.east_asian_width(c) in "WF" else 1 for c in text)

    lines = [" " * 20 + text for text in page.title] + [""]

    def paragraph(text: str) -> None:
        lines.extend(
            _wrapped(
                "　　" + text, 76, lambda piece: sum(1 + (unicodedata.east_asian_width(c) in "WFA") for c in piece)
            )
        )

    for text in page.preface:
        paragraph(text)
    for heading, prose, tables in sections(page):
        lines.append("    " + heading)
        for text in prose:
            if text.startswith("## "):
                lines.append("    " + text.removeprefix("## "))
            else:
                paragraph(text)
        lines.append("")
        for rows in tables:
            lines += _laid(rows, size)
            lines.append("")
    out, page_number = [], 1
    for number, line in enumerate(lines, 1):
        out.append(line)
        if number % 45 == 0:
            out.append("")
            out.append(" " * 30 + f"— {page_number} —\f")
            page_number += 1
    return "\n".join(out)


def _laid(rows: Rows, size) -> list[str]:
    grid = placed(rows)
    count = max(column + box.colspan for line in grid for column, box in line)
    stub = {15: 0, 4: 1}.get(count, 3)
    widths = [
        ([8, 12, 26] if stub == 3 else [26])[column] if column < stub else (8 if count == 15 else 12)
        for column in range(count)
    ]
    left = [sum(widths[:column]) + 2 * column for column in range(count)]
    lines: list[str] = []
    for line in grid:
        pieces: dict[int, list[str]] = {}
        for column, box in line:
            room = sum(widths[column : column + box.colspan]) - 2
            pieces[column] = _wrapped(box.text.replace("\n", ""), room, size)
        height = max((len(piece) for piece in pieces.values()), default=1)
        canvas: list[list[tuple[int, str]]] = [[] for _ in range(height)]
        for column, box in line:
            piece = pieces[column]
            start = (height - len(piece)) // 2
            for offset, text in enumerate(piece):
                if text.strip():
                    room = sum(widths[column : column + box.colspan])
                    indent = 0 if column < stub else max((room - size(text)) // 2, 0)
                    canvas[start + offset].append((left[column] + indent, text.strip()))
        for entries in canvas:
            text = ""
            for position, word in sorted(entries):
                text += " " * max(position - size(text), 2 if text else 0) + word
            lines.append(text)
        lines.append("")
    return lines


def _wrapped(text: str, room: int, size) -> list[str]:
    lines, current = [], ""
    for character in text:
        if size(current + character) > room:
            lines.append(current)
            current = ""
        current += character
    return [*lines, current] if current else lines or [""]


# ---------------------------------------------------------------- PDF


@cache
def _fonts() -> typst.Fonts:
    folder = str(pylopdf_fonts_zh_cn.sans_path().parent)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def to_pdf(page: Page, ruled: bool = True, height: str = "297mm", repeat: bool = False) -> bytes:
    """Typeset with page numbers like — 5 —; a low page makes tables break, also inside rows."""

    def text(value: str) -> str:
        lines = (f"#{_string(line)}" for line in value.split("\n"))
        return " #linebreak() ".join(lines)

    parts = [
        f"#set page(width: 210mm, height: {height}, margin: (x: 26mm, y: 22mm))",
        '#set page(numbering: (..n) => "— " + str(n.pos().first()) + " —")',
        '#set text(font: "Noto Serif SC", size: 11pt, lang: "zh")',
        "#set par(first-line-indent: (amount: 2em, all: true), justify: true)",
        "#show table: set par(first-line-indent: 0em, justify: false)",
    ]
    parts += [f"#align(center)[{text(line)}]" for line in page.title]
    parts += [text(line) for line in page.preface]
    for heading, prose, tables in sections(page):
        parts.append(text(heading))
        parts += [text(line.removeprefix("## ")) for line in prose]
        parts += [_typst_table(rows, ruled, repeat) for rows in tables]
    return typst.compile("\n\n".join(parts).encode(), font_paths=_fonts(), format="pdf")


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _typst_table(rows: Rows, ruled: bool, repeat: bool) -> str:
    grid = placed(rows)
    count = max(column + box.colspan for line in grid for column, box in line)
    stub = {15: "", 4: "2fr,"}.get(count, "1.2fr,1.6fr,4fr,")
    figures = count - stub.count("fr")
    columns = f"({stub}{'1fr,' * figures})"
    cells = []
    for line in grid:
        for _, box in line:
            content = " #linebreak() ".join(f"#{_string(part)}" for part in box.text.split("\n"))
            cells.append(f"table.cell(colspan: {box.colspan}, rowspan: {box.rowspan})[{content}]")
    # A low number of header rows repeats on every page, as Word does it.
    head = sum(1 for row in rows[:3] if all(box.role != "cell" for box in row) and rows[0][0].role == "corner")
    if repeat and head:
        first = sum(len(line) for line in grid[:head])
        cells[:first] = [f"table.header({', '.join(cells[:first])})"]
    stroke = "0.5pt" if ruled else "none"
    size = "7pt" if count > 10 else "9pt"
    return (
        f"#[#set text(size: {size})\n#table("
        f"columns: {columns}, stroke: {stroke}, align: center + horizon, inset: 4pt,\n" + ",\n".join(cells) + ")]"
    )
