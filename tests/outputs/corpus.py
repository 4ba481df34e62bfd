"""Cells that analysts write, each with what a reader must find of it on the page and in print, or why it is refused.

A case is a notebook: the master with this cell after the first section's table. `shown` are words that both outputs
must hold, `gone` words that neither may; `refused` is what the message must say.
"""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell
from PIL import Image


@dataclass(frozen=True)
class Case:
    """One cell: `kind` is code, markdown or raw; `pictures` counts those that it must add to each output."""

    name: str
    source: str
    shown: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    refused: str = ""
    pictures: int = 0
    kind: str = "code"
    metadata: dict[str, Any] = field(default_factory=dict)
    attachments: dict[str, Any] = field(default_factory=dict)
    only: str = ""

    def cell(self) -> NotebookNode:
        """As it stands in a notebook."""
        make = {"code": new_code_cell, "markdown": new_markdown_cell, "raw": new_raw_cell}[self.kind]
        cell: NotebookNode = make(self.source, metadata=dict(self.metadata))
        if self.attachments:
            cell["attachments"] = self.attachments
        return cell


def _bytes(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), (140, 29, 24)).save(file, kind)
    return file.getvalue()


PNG = base64.b64encode(_bytes("PNG")).decode()
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30" fill="#8c1d18"/></svg>'
)


def raw(mime: str, data: object, about: object = None, **others: object) -> str:
    """A cell that displays data under a MIME type."""
    bundle, metadata = {mime: data, **others}, {mime: about} if about else {}
    return f"from IPython.display import display\ndisplay({bundle!r}, metadata={metadata!r}, raw=True)"


PANDAS = "import pandas as pd\n"
SHOW = "from IPython.display import *\n"

CASES: tuple[Case, ...] = (
    # Streams
    Case("print", 'print("甲乙丙 <b>&amp; #read(\\"x\\")")', shown=("甲乙丙", '<b>&amp; #read("x")')),
    Case("coloured print", 'print("\\x1b[31m红字\\x1b[0m黑字")', shown=("红字", "黑字"), gone=("[31m", "[0m")),
    Case("carriage return", 'print("做了一半\\r做完了！")', shown=("做完了！",), gone=("一半",)),
    Case("standard error", 'import sys; print("只给操作员", file=sys.stderr)', gone=("只给操作员",)),
    Case("a warning", 'import warnings; warnings.warn("只给操作员")', gone=("只给操作员",)),
    Case("logging", 'import logging; logging.warning("只给操作员")', gone=("只给操作员",)),
    Case("print in pieces", 'print("上半", end="")\nimport sys; sys.stdout.flush()\nprint("下半")', shown=("上半下半",)),
    # Text of objects
    Case("a number", "1234.5", shown=("1234.5",)),
    Case("a string", '"甲乙"', shown=("'甲乙'",)),
    Case("a dict", '{"甲": [1, 2]}', shown=("{'甲': [1, 2]}",)),
    Case("an object without text", "object()", refused="an object that has no text of its own"),
    Case("a list of such", "class Ding: pass\n[Ding()]", refused="an object that has no text of its own"),
    Case("a function", "lambda: 1", refused="an object that has no text of its own"),
    Case("a generator", "(x for x in range(3))", refused="an object that has no text of its own"),
    Case("nothing", "None"),
    # Frames
    Case("a frame", PANDAS + 'pd.DataFrame({"部门": ["财政局", "民政局"], "件数": [12, 345]})', shown=("财政局", "民政局", "345")),
    Case(
        "a frame of marks",
        PANDAS + 'pd.DataFrame({"公开/*待核": ["诉讼*/完", "#read(\\"/etc/hostname\\")"], "a@b.com": ["C#", "$x_1$"]}, index=["甲_1", "<i>乙"])',
        shown=("公开/*待核", "诉讼*/完", '#read("/etc/hostname")', "a@b.com", "C#", "$x_1$", "甲_1", "<i>乙"),
    ),
    Case("a series", PANDAS + 'pd.Series([1.5, None], index=["甲", "乙"], name="费用").to_frame()', shown=("费用", "1.5", "NaN")),
    Case("dates", PANDAS + 'pd.DataFrame({"日": pd.to_datetime(["2020-01-02"])})', shown=("2020-01-02",), gone=("00:00:00",)),
    Case(
        "float_format",
        PANDAS + 'pd.set_option("display.float_format", "{:.1f}".format)\npd.DataFrame({"率": [12.3456]})',
        shown=("12.3",), gone=("12.34",),
    ),
    Case("precision", PANDAS + 'pd.DataFrame({"率": [12.3456]}).style.format(precision=2)', shown=("12.35",), gone=("12.3456",)),
    Case("a Styler with a caption", PANDAS + 'pd.DataFrame({"件": [7]}).style.set_caption("附表 <一>").bar().background_gradient()', shown=("附表 <一>", "7")),
    Case("a multi-index", PANDAS + 'pd.DataFrame({("上", "左"): [1], ("上", "右"): [2]}, index=pd.MultiIndex.from_tuples([("省", "县")]))', shown=("上", "左", "右", "省", "县")),
    Case("a long frame", PANDAS + 'pd.DataFrame({"行": [f"第{n}行" for n in range(1, 60)]})', shown=("第1行", "第30行", "第59行")),
    Case("a cut frame", PANDAS + 'pd.DataFrame({"行": [f"第{n}行" for n in range(1, 200)]})', shown=("第1行", "第199行", "199 rows"), gone=("第100行",)),
    Case("a wide frame", PANDAS + 'pd.DataFrame([range(18)], columns=[f"指标{n:02}" for n in range(18)])', shown=("指标00", "指标17")),
    Case("an empty frame", PANDAS + 'pd.DataFrame({"空": []})', shown=("空",)),
    Case("html of a frame", PANDAS + SHOW + 'HTML(pd.DataFrame({"甲": ["<b>粗"]}).to_html())', shown=("甲", "<b>粗")),
    Case("display_html", SHOW + 'display_html("<table><caption>附</caption><tr><th>头<td>身</table>", raw=True)', shown=("附", "头", "身")),
    # HTML
    Case("html text", SHOW + 'HTML("<h3>小标</h3><p>甲<b>乙</b>&nbsp;&lt;丙</p><ul><li>丁</ul>")', shown=("小标", "甲乙", "<丙", "丁")),
    Case("an iframe", SHOW + 'IFrame("https://example.org", 300, 200)', refused="iframe"),
    Case("a script", SHOW + 'HTML("<script>alert(1)</script>")', refused="script"),
    Case("a handler", SHOW + 'HTML("<p onclick=alert(1)>x")', refused="onclick"),
    Case("a sentence about scripts", SHOW + 'HTML("<p>不要写 javascript: 或 onclick=</p>")', shown=("javascript:", "onclick=")),
    Case("javascript", SHOW + 'Javascript("alert(1)")', refused="application/javascript"),
    Case("a film", SHOW + 'HTML("<video src=x.mp4>")', refused="video"),
    Case("a picture from the web", SHOW + 'Image(url="https://example.org/x.png")', refused="src"),
    # Formulas
    Case("Math", SHOW + r'Math(r"x^2 + \frac{a}{b}")', shown=("x", "a", "b"), gone=("frac", "\\")),
    Case("Latex", SHOW + r'Latex(r"公开率 $p = \frac{a}{b}$ 为准")', shown=("公开率", "为准"), gone=("frac",)),
    Case("a formula in Markdown", "设 $q=1$，则\n\n$$\\sum_i a_i$$", shown=("设", "则", "∑"), gone=("sum_i",), kind="markdown"),
    Case("prices in Markdown", "从 $5 到 $6 元", shown=("$5 到 $6 元",), kind="markdown"),
    Case("LaTeX that is none", SHOW + r'Math(r"\nosuchcommand{x}")', refused="nosuchcommand"),
    # Pictures
    Case("a figure", 'import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.title("走势图");', shown=("走势图",), pictures=1),
    Case("a figure and what plot returns", 'import matplotlib.pyplot as plt\nplt.title("走势")\nplt.plot([1, 2])', gone=("Line2D",), pictures=1),
    Case("png figures", "%config InlineBackend.figure_formats = ['png']\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]);", pictures=1),
    *(Case(f"a picture, {kind}", raw(mime, base64.b64encode(_bytes(kind)).decode(), {"alt": "红块"}), pictures=1)
      for kind, mime in (("PNG", "image/png"), ("JPEG", "image/jpeg"), ("GIF", "image/gif"), ("WEBP", "image/webp"))),
    Case("a drawing", SHOW + f'SVG({SVG!r})', pictures=1),
    Case("a drawing that runs", raw("image/svg+xml", SVG.replace("<rect", "<script>1</script><rect")), refused="script"),
    Case("bad base64", raw("image/png", "kein base64!", {"alt": "红块"}), refused="base64"),
    Case("an attachment", "![红块](attachment:red.png)", pictures=1, kind="markdown", attachments={"red.png": {"image/png": PNG}}),
    Case("a picture in the text", f"![红块](data:image/png;base64,{PNG})", pictures=1, kind="markdown"),
    Case("a missing picture", "![红块](nowhere.png)", refused="nowhere.png", kind="markdown"),
    Case("a picture of the machine", "![红块](/etc/hostname)", refused="/etc/hostname", kind="markdown"),
    Case("a picture without words", f"![](data:image/png;base64,{PNG})", refused="alt", kind="markdown"),
    # Other kinds
    Case("json", SHOW + 'JSON({"甲": [1, "<b>"]})', shown=('"甲"', '"<b>"')),
    Case("markdown output", SHOW + 'Markdown("甲**乙**丙\\n\\n- 丁")', shown=("甲乙丙", "丁"), gone=("**",)),
    Case("rst output", raw("text/x-rst", "甲 **乙** 丙\n\n- 丁\n"), shown=("甲 乙 丙", "丁"), gone=("**",)),
    Case("pdf output", raw("application/pdf", "JVBERi0="), refused="application/pdf"),
    Case("an unknown kind", raw("application/x-unknown", "…", None, **{"text/plain": "替代"}), refused="application/x-unknown"),
    Case("a bar of tqdm", raw("application/vnd.jupyter.widget-view+json", {"model_id": "a"}, None, **{"text/plain": "100%|███| 3/3 [00:00<00:00]"}), gone=("3/3",)),
    Case("a slider", raw("application/vnd.jupyter.widget-view+json", {"model_id": "a"}, None, **{"text/plain": "IntSlider(value=0)"}), refused="widget"),
    # Markdown
    Case("a heading before section one", "## 说明\n\n文字", shown=("说明", "文字"), kind="markdown"),
    Case("headings of all levels", "\n\n".join(f"{'#' * n} 标题{n}" for n in (1, 4, 2, 6, 3)), shown=("标题1", "标题6"), kind="markdown"),
    Case("a footnote", "中文没有空格[^1]接着写。\n\n[^1]: 注的文字", shown=("接着写", "注的文字"), gone=("[^1]",), kind="markdown"),
    Case("tasks", "- [x] 做完\n- [ ] 没做", shown=("做完", "没做"), gone=("[x]",), kind="markdown"),
    Case("definitions", "词\n: 解释", shown=("词", "解释"), kind="markdown"),
    Case("html in Markdown", "甲<b>乙</b>&nbsp;&copy;<br>丙", shown=("甲乙", "©", "丙"), gone=("<b>",), kind="markdown"),
    Case("a script in Markdown", "甲 <script>alert(1)</script>", refused="script", kind="markdown"),
    Case("nested lists", "1. 一\n   - 甲\n     1. 子\n\n       段\n2. 二", shown=("一", "甲", "子", "段", "二"), kind="markdown"),
    Case("long code", "```\n" + "x = " + "+".join(f"数{n}" for n in range(60)) + "\n```", shown=("数0", "数59"), kind="markdown"),
    Case("a table", "| 甲 | 乙 |\n|:--|--:|\n| `丙` | 丁 |", shown=("甲", "乙", "丙", "丁"), gone=("|",), kind="markdown"),
    # Libraries
    Case("altair", 'import altair, pandas\naltair.Chart(pandas.DataFrame({"局": ["甲"], "件": [3]}), title="各局件数").mark_bar().encode(x="局", y="件")', shown=("各局件数",), pictures=1),
    Case("plotly", 'import plotly.express\nplotly.express.bar(x=["甲"], y=[3], title="各局件数")', shown=("各局件数",), pictures=1),
    Case("great_tables", 'import great_tables, pandas\ngreat_tables.GT(pandas.DataFrame({"部门": ["财政局"], "件": [12]})).tab_header("附表标题", "副标题").fmt_number("件")', shown=("附表标题", "副标题", "财政局", "12.00")),
    Case("polars", 'import polars\npolars.DataFrame({"部门": ["财政局", None], "a@b": [1, 2]})', shown=("财政局", "null", "a@b", "shape: (2, 2)")),
    Case("sympy", 'import sympy\nsympy.init_printing()\nsympy.Integral(sympy.Symbol("q") ** 2)', shown=("∫", "q"), gone=("int", "displaystyle")),
    Case("ipywidgets", 'import ipywidgets\nipywidgets.IntSlider()', refused="IntSliderModel"),
    Case("text widgets", 'import ipywidgets\nipywidgets.HTML("甲<b>乙</b>")', shown=("甲乙",)),
    Case("tqdm.auto", 'from tqdm.auto import tqdm\nfor _ in tqdm(range(3)): pass', gone=("3/3", "100%")),
    Case("bokeh", 'from bokeh.plotting import figure, show\nfrom bokeh.io import output_notebook\noutput_notebook()', refused="A published"),
    Case("pyecharts", 'from pyecharts.charts import Bar\nBar().add_xaxis(["甲"]).add_yaxis("件", [1]).render_notebook()', refused="script"),
    Case("folium", 'import folium\nfolium.Map([36, 116])', refused="iframe"),
    Case("itables", 'import itables, pandas\nitables.show(pandas.DataFrame({"甲": [1]}))', refused="A published"),
    # Raw cells
    Case("raw", "原样<b>#x", shown=("原样<b>#x",), kind="raw"),
    Case("raw html", "<p>只在<b>网页</b></p>", shown=("只在网页",), gone=("<b>",), kind="raw", metadata={"raw_mimetype": "text/html"}, only="html"),
    Case("raw html that runs", "<script>1</script>", refused="script", kind="raw", metadata={"raw_mimetype": "text/html"}, only="html"),
    Case("raw typst", "#strong[只在印本]", shown=("#strong[只在印本]",), kind="raw", metadata={"raw_mimetype": "text/vnd.typst"}, only="pdf"),
    Case("raw latex", "\\textbf{别处}", gone=("别处",), kind="raw", metadata={"raw_mimetype": "text/latex"}),
)  # fmt: skip
