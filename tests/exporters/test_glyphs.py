"""Every character is shown by the page and the print alike, or named with its cell: no box, no hole, no silence."""

from __future__ import annotations

import base64
import datetime as dt
import io
import re
import unicodedata
import warnings
from pathlib import Path

import pdfplumber
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from pypdf import PdfReader

import helpers
from helpers.charts import use_style
from helpers.display import literal, typst_text
from helpers.errors import BuildError, ParameterError
from helpers.exporters.composing import Composer
from helpers.exporters.fonts import CODE_FAMILY, MATH_FAMILY, embedded
from helpers.exporters.glyphs import Passage, boxes, require_glyphs
from helpers.exporters.pdf import typeset
from helpers.faces import REFUSED, SANS, invisible, spread, unusual

SCRIPTS = {
    "names": "𠮷㭎䶮鿏𫚭𬭎𱁬䶿", "pinyin": "Lǚ Zhōngguó ńňǹ", "Latin": "Łódź ệş", "Zhuang": "ƨƽɯɵɓ",
    "Kazakh": "Қазақстан ғөңұ", "Uyghur": "شىنجاڭ ئۇيغۇر", "Mongolian": "ᠮᠣᠩᠭᠣᠯ", "Yi": "ꆈꌠꁱꂷ", "Lisu": "ꓡꓲꓢꓴ",
    "Korean": "연변조선족", "kana": "ひらがな", "emoji": "😀✅❌🔴👍", "boxes": "╒═╤╛▏█░", "arrows": "→⇒⟶",
    "mathematics": "∑√≠∉𝑥𝐀ℝ", "Greek": "ἀρχή", "Thai": "ภาษาไทย",
}  # fmt: skip


def printed(text: str) -> str:
    pdf = typeset(f"#heading(level: 1)[题]\n\n{typst_text(text)}", "标题", "机关", dt.date(2025, 1, 1))
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def brought_along(text: str) -> set[str]:
    """The characters that the fonts of a page with this text have, each as far as its rule lets it."""
    found = set()
    for font, ranges in re.findall(r"base64,(\S+)\)[^}]*?(?:unicode-range: ([^;]+))?; }", embedded(text)):
        only = {chr(int(code, 16)) for code in re.findall(r"U\+(\w+)", ranges)}
        drawn = set(map(chr, TTFont(io.BytesIO(base64.b64decode(font))).getBestCmap() or ()))
        assert only <= drawn
        found |= only or drawn
    return found


def refusal(text: str) -> str:
    try:
        require_glyphs([Passage("cell 1", text)])
    except BuildError as problem:
        return str(problem)
    return ""


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_scripts_of_names_and_neighbours_are_in_page_and_print(script: str) -> None:
    text = SCRIPTS[script]
    assert refusal(text) == ""
    assert set(text) - {" "} <= set(printed(text))
    assert set(text) - {" "} <= brought_along(text)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.text(st.characters(min_codepoint=0x20), min_size=1, max_size=20))
def test_any_character_is_printed_or_named(text: str) -> None:
    refused = refusal(text)
    kept = "".join(char for char in text if f"U+{ord(char):04X}" not in refused)
    assert refusal(kept) == ""
    read = printed(kept)
    read += unicodedata.normalize("NFC", read)
    assert {
        char for char in kept if not {char, unicodedata.normalize("NFC", char)} & {*read, *invisible(), " "}
    } == set()


@pytest.mark.parametrize("fault", [fault for _, fault in REFUSED])
def test_what_no_text_may_hold_is_refused_with_the_reason(fault: str) -> None:
    first = next(characters[0] for characters, other in REFUSED if other == fault)
    assert f"U+{ord(first):04X}" in refusal(f"甲{first}乙")
    assert fault in refusal(f"甲{first}乙")


def test_joiners_and_marks_of_direction_need_no_glyph() -> None:
    assert refusal("".join(sorted(invisible()))) == ""
    assert unusual("甲\ufeff乙\u200d\u2067丙") == set()
    assert "甲乙" in printed("甲\ufeff乙")


def test_a_mark_that_no_font_has_for_its_letter_is_refused() -> None:
    """Typeset, the mark of one font pushes the letter of the other out."""
    assert "U+0651): no font at hand sets it on 甲" in refusal("甲\u0651乙")
    assert refusal("ب\u0651") == ""


def test_a_letter_is_not_pieced_together_from_a_font_without_it() -> None:
    """The serif face has z and an accent but no ź: it would set them side by side, and every later z read as ź."""
    text = "䶿 Łódź 한 zwgk"
    assert list(spread(unusual("䶿ź"))) != [SANS]
    assert text in printed(text)


def test_a_page_without_such_characters_brings_one_font() -> None:
    assert embedded("政府信息公开 report 2024 ①").count("@font-face") == 1
    assert embedded("政府 ł 한").count("@font-face") == 3


def test_what_templates_say_by_themselves_needs_no_other_font() -> None:
    templates = Path(str(helpers.__file__)).parent.rglob("templates/*/*")
    said = {path.name: unusual(path.read_text(encoding="utf-8")) for path in templates}
    assert set(said) >= {"report.typ", "style.css", "page.html.j2"}
    assert {name: chars for name, chars in said.items() if chars} == {}


def test_columns_that_a_program_prints_stand_under_each_other_in_print() -> None:
    """A Han character counts two, as polars and terminals count; also one that a stand-in draws."""
    lines = "│ 公安局     ┆ 12     │\n│ Łódź 𠮷野  ┆ 7      │\n│ bureau     ┆ 1034   │"
    pdf = typeset(f"#heading(level: 1)[题]\n\n#raw({literal(lines)}, block: true)", "标题", "机关", dt.date(2025, 1, 1))
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        edges = [[char["x0"] for char in document.pages[0].chars if char["text"] == edge] for edge in "│┆"]
    (left, right), (middle,) = (sorted({round(x, 1) for x in xs}) for xs in edges)
    assert (middle - left) / (right - left) == pytest.approx(13 / 22, abs=0.01)


def test_a_page_brings_the_font_of_programs_only_where_one_prints() -> None:
    plain, code = embedded("a1 │"), embedded("a1 │", "<p><code>a</code></p>")
    assert code.startswith(plain)
    assert re.findall(r'family: "([^"]+)".*size-adjust: ([\d.]+)%', code.removeprefix(plain)) == [
        (CODE_FAMILY, "83.333")
    ]


def test_a_page_brings_the_font_of_formulas_with_slanted_letters_and_roots() -> None:
    rule = embedded("x", "<math><mi>x</mi><msqrt><mi>α</mi></msqrt><mi>h</mi></math>").splitlines()[-1]
    font = TTFont(io.BytesIO(base64.b64decode(rule.partition("base64,")[2].partition(")")[0])))
    assert f'"{MATH_FAMILY}"' in rule
    assert "MATH" in font
    assert set("𝑥𝛼ℎ√") <= set(map(chr, font.getBestCmap()))


DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><text>ཐ</text></svg>'


def test_all_are_named_at_once_each_with_its_cell() -> None:
    cells = [
        new_markdown_cell("# 说明\nབོད &#x2A6A5; <b title='ཀ'>"),
        new_code_cell("show(df)", outputs=[
            new_output("display_data", {"text/html": "<td title='ག'>ང</td>", "text/plain": "ཅ"}),
            new_output("stream", text="ཉ"),
            new_output("stream", name="stderr", text="ཏ"),
            new_output("display_data", {"image/svg+xml": DRAWING, "text/plain": "ད"}),
        ]),
    ]  # fmt: skip
    pieces = Composer("html", None, []).seen(new_notebook(cells=cells))
    with pytest.raises(BuildError) as raised:
        require_glyphs(Passage(str(piece.position), piece.words) for piece in pieces)
    first, second = str(raised.value).split("In cell ")[1:]
    assert first.startswith("0 (# 说明)")
    assert second.startswith("1 (show(df))")
    assert {*re.findall(r"U\+\w+", first)} >= {"U+0F56", "U+0F7C", "U+0F51"}
    assert re.findall(r"U\+\w+", second) == ["U+0F44", "U+0F49", "U+0F50"]
    assert "GONGKAI_FONTS" in second


def font_with(path: Path, char: str, licence: int = 0) -> None:
    pen = TTGlyphPen(None)
    for number, corner in enumerate([(100, 0), (100, 700), (800, 700), (800, 0)]):
        (pen.lineTo if number else pen.moveTo)(corner)
    pen.closePath()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "square"])
    builder.setupCharacterMap({ord(char): "square"})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "square": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (900, 0), "square": (900, 100)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Office Han-ExtB", "styleName": "Regular", "psName": "OfficeHan"})
    builder.setupOS2(sTypoAscender=800, usWinAscent=800, usWinDescent=200, fsType=licence)
    builder.setupPost()
    builder.save(path)


def test_a_font_of_ones_own_stands_in_on_the_page_and_in_print(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "below").mkdir()
    font_with(tmp_path / "below" / "own.ttf", "𪚥")
    monkeypatch.setenv("GONGKAI_FONTS", str(tmp_path))
    assert refusal("𪚥") == ""
    assert "𪚥" in printed("甲𪚥乙")
    assert "𪚥" in brought_along("甲𪚥乙")


def test_a_font_that_forbids_it_is_not_embedded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    font_with(tmp_path / "own.ttf", "𪚥", licence=2)
    monkeypatch.setenv("GONGKAI_FONTS", str(tmp_path))
    assert "only Office Han-ExtB has it, which forbids" in refusal("𪚥")


def test_a_folder_of_fonts_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_FONTS", str(tmp_path / "none"))
    with pytest.raises(ParameterError, match="expected a folder of fonts, found no such folder"):
        refusal("𪚥")


def figure(title: str, **text: str) -> tuple[str, str]:
    """A figure as a notebook has it: its PNG, and what matplotlib complains of."""
    use_style()
    drawn, file = Figure(), io.BytesIO()
    drawn.suptitle(title, **text)
    with warnings.catch_warnings(record=True) as complaints:
        warnings.simplefilter("always")
        drawn.savefig(file, format="png")
    return base64.b64encode(file.getvalue()).decode(), "".join(f"{each.message}\n" for each in complaints)


def test_a_figure_draws_what_stands_in_and_a_box_in_pixels_is_found() -> None:
    assert figure("𠮷野 한 Łódź")[1] == ""
    png, complaints = figure("甲 བ", family="Noto Sans SC")
    outputs = [new_output("stream", name="stderr", text=complaints), new_output("display_data", {"image/png": png})]
    with pytest.raises(BuildError, match=r"In cell 0 \(plot\): བ \(U\+0F56\): matplotlib drew a box"):
        require_glyphs(boxes(new_notebook(cells=[new_code_cell("plot", outputs=outputs)])))
