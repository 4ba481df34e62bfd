"""A fresh county-year: every cell blank, comments that say what goes where."""

from __future__ import annotations

import json
from pathlib import Path

from helpers.chinese import numeral
from helpers.folder.writing import INDICATORS, add_year
from helpers.forms import Form, form_for_year
from helpers.report import AnnualReport, Body, Draft

COUNTY_FILE = """\
# 发布机关。改好后，各年度共用。
name: {name}        # 正文里的简称，例如 东阿县
body: {body}        # 机关全称，例如 东阿县人民政府
level: {level}      # province、prefecture、county、town 或 department
# superior: 聊城市人民政府
# site: https://www.example.gov.cn/   # 公开专栏地址
# contact:
#   office: 办公室
#   address: 地址
#   postcode: "252200"
#   telephone: 0635-0000000
#   email: office@example.gov.cn
"""

REPORT_FILE = """\
# 本年度报告的来源、发布日期，以及对“提醒”的说明。
# source:
#   title: 数据来自何处
#   statement: 印在报告末尾的声明
# published: {next_year}-03-31
# acknowledged:                       # 核对无误的提醒，逐条写明理由
#   - rule: T2-STOCK
#     address: proactive_disclosure.normative_documents.in_force
#     reason: 本年清理，另废止若干件
"""

NARRATIVE_FILE = """\
{{#
文字部分。不写的部分由数据自动生成；写了的部分以这里为准。去掉本说明，按下列标题书写：

{outline}

数字一律引用，不要手写，例如：
    全年新收申请{{{{ requests.received.total }}}}件，
    予以公开的占{{{{ requests.granted.total | share(requests.total.total) }}}}。
#}}
"""

COMMENTS = (
    "每一格都要填：没有的填 0，空白不等于 0；× 表示表中没有这一格，不用动。",
    "address 和 label 两列、前两行表头不要改。需要加注的，写在数字后的括号里，例如 22（其中修订16件）。",
)
INDICATOR_COMMENTS = (
    "表式以外的数字，正文和图表可以引用，例如：", "website_posts,政府网站公开,8241,条,公开渠道",
)  # fmt: skip


def new_year(root: Path, county: str, year: int, name: str = "", body: str = "", level: str = "county") -> Path:
    """Write `root/county/year` for the form of that year and return it; nothing that exists is overwritten.

    Besides what `add_year` refuses, raises ParameterError for a year without a form.
    """
    form = form_for_year(year)
    blank = AnnualReport(
        Body(body), year, form, cells={},
        draft=Draft(Path("narrative.md"), NARRATIVE_FILE.format(outline=_outline(form))),
    )  # fmt: skip
    comments = {table.id: (f"{table.title}（{year}年）", *COMMENTS) for table in form.tables.values()}
    about = COUNTY_FILE.format(name=_quoted(name), body=_quoted(body), level=level)
    settings = REPORT_FILE.format(next_year=year + 1)
    return add_year(root, county, blank, settings, about, {**comments, INDICATORS: INDICATOR_COMMENTS})


def _quoted(name: str) -> str:
    """A name as a YAML value, whatever stands in it (JSON's strings are YAML's); nothing stays nothing."""
    return json.dumps(name, ensure_ascii=False) if name else ""


def _outline(form: Form) -> str:
    lines = []
    for section in form.prose_sections:
        lines.append(f"# {section.heading}")
        lines += [f"## （{numeral(number)}）{part.title}" for number, part in enumerate(section.parts, 1)]
    return "\n".join(lines)
