"""The figures that a report states in its prose, read and compared with its tables.

text → cleaned text → figures → clauses → meaning of the words around each figure → claims → findings
(`cleaning`, `numerals`, `clauses`, `vocabulary`, `meaning` and `requests`, `reading`, `compare`, `sums`; `residue`
judges the text itself). An error only where every word of a phrase is understood and the figure is exact, the
report's own and of its own year; anything less is a warning or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from helpers.integrity.claims.compare import compare
from helpers.integrity.claims.model import Claim, TextFinding
from helpers.integrity.claims.numerals import read_figures
from helpers.integrity.claims.reading import read_claims
from helpers.integrity.claims.residue import FEES_SINCE, empty, fees, repeats, residue, years
from helpers.integrity.claims.sums import sums
from helpers.report import AnnualReport

__all__ = ["RULES", "Claim", "TextFinding", "read_claims", "read_figures", "text_findings", "text_rules_status"]

RULES: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "TEXT-COUNT": (
            "文字中的件数应与表格一致",
            "counts in the prose agree with the tables",
            "《条例》第五十条；国办公开办函〔2021〕30号",
        ),
        "TEXT-SHARE": (
            "文字中的占比应与表格一致",
            "shares in the prose agree with the tables",
            "国办公开办函〔2021〕30号",
        ),
        "TEXT-GROWTH": (
            "文字中的增减幅度应与两年表格一致",
            "growth in the prose agrees with both years' tables",
            "国办公开办函〔2021〕30号",
        ),
        "TEXT-SUM": (
            "所列各项之和应与所述总数一致",
            "the parts that the prose lists add up to its whole",
            "国办公开办函〔2021〕30号",
        ),
        "TEXT-CLOSED": (
            "“均已办结”“均获维持”等表述应与表格一致",
            "statements such as 均已办结 agree with the tables",
            "国办公开办函〔2021〕30号",
        ),
        "TEXT-FEE": (
            "第六部分应报告信息处理费收取情况",
            "section 6 states the information-processing fee",
            "国办函〔2020〕109号《政府信息公开信息处理费管理办法》",
        ),
        "TEXT-YEAR": (
            "文字中的年份和数字应为报告年度的",
            "years and figures in the prose are the report's own",
            "《条例》第五十条；国办公开办函〔2021〕30号",
        ),
        "TEXT-RESIDUE": (
            "文字中不应有模板占位内容",
            "no placeholder of the template is left",
            "国办公开办函〔2021〕30号",
        ),
        "TEXT-REPEAT": (
            "文字不应照抄上一年度报告",
            "no section repeats last year's text",
            "国办公开办函〔2021〕30号（内容雷同、敷衍塞责）",
        ),
        "TEXT-EMPTY": ("第五部分应有实际内容", "section 5 has content", "《条例》第五十条第（四）项"),
    }
)
"""Rule id → Chinese title, English title, legal basis."""


def text_findings(report: AnnualReport) -> Iterator[TextFinding]:
    """Everything that the prose of `report` gets wrong, section by section. Never raises for what it finds."""
    status = text_rules_status(report)
    claims: list[Claim] = []
    for section, text in report.text.items():
        own = [replace(claim, section=section) for claim in read_claims(text, report.form)]
        yield from compare(own, report)
        yield from sums(text, own, report)
        claims += own
    if report.text:
        yield from years(report)
        yield from residue(report.text)
        yield from empty(report.text)
    if status["TEXT-FEE"] is None:
        yield from fees(report, claims)
    if status["TEXT-REPEAT"] is None:
        yield from repeats(report)


def text_rules_status(report: AnnualReport) -> Mapping[str, str | None]:
    """Rule id → why it could not be tried on `report`, or None where it was."""
    reasons: dict[str, str | None] = dict.fromkeys(RULES)
    if not report.text:
        return dict.fromkeys(RULES, "报告没有文字部分")
    if report.previous is None:
        reasons["TEXT-GROWTH"] = reasons["TEXT-REPEAT"] = "没有上一年度的报告"
    elif not report.previous.text:
        reasons["TEXT-REPEAT"] = "上一年度的报告没有文字部分"
    if report.year < FEES_SINCE:
        reasons["TEXT-FEE"] = f"信息处理费自{FEES_SINCE}年起收取"
    elif "other" not in report.text:
        reasons["TEXT-FEE"] = "报告没有第六部分的文字"
    return reasons
