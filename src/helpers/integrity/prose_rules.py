"""The rules on what the prose states: counts, shares, growth, sums and fees, against the tables and each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.integrity.claims.scopes import is_own
from helpers.integrity.claims.sums import sums
from helpers.integrity.evidence import Evidence
from helpers.integrity.findings import Broken, CannotRun
from helpers.integrity.rules import rule

FEES_SINCE = 2021
"""《政府信息公开信息处理费管理办法》 came into force on 1 January 2021."""
FEE = re.compile(r"信息处理费|信息公开处理费|(?:收取|收费|免费)")
NO_FEE = re.compile(
    r"(?:未|没有|无)[^，；]{0,16}(?:收取|产生|发生)[^，；]{0,16}信息处理费|信息处理费[^，；]{0,6}(?:未|没有)(?:收取|产生|发生)"
)
NARROWER = re.compile(r"办公室|局|本机关|本级|单位|部门|对|超过|标准|逾期|违规|其他")
"""A denial with one of these may concern one body, or one kind of request."""
SENTENCE = re.compile(r"[^。！？；\n]+")


@rule(
    "TEXT-DEFAULT", "warning", "第五部分应由编制机关撰写", "the county writes its problems itself",
    "《条例》第五十条第（四）项", prose=True, section="problems",
)  # fmt: skip
def default(evidence: Evidence) -> Iterator[Broken | CannotRun]:
    """A section that no data can write was left to its default, which says only what the figures show."""
    report = evidence.report
    if report.draft is None and not report.by_default:
        yield CannotRun("不知道文字由谁撰写")  # somebody else's, who does not say what was left to a default
    if "problems" in report.by_default:
        message = f"“{evidence.heading('problems')}”没有撰写，现由统计数据自动生成，请在 narrative.md 中补写。"
        yield Broken(
            ("text.problems",), message, "problems is not written by the county; it only says what the figures show"
        )


@rule(
    "TEXT-COUNT", "by certainty", "文字中的件数应与表格一致", "counts in the prose agree with the tables",
    "《条例》第五十条；国办公开办函〔2021〕30号", prose=True,
)  # fmt: skip
def counts(evidence: Evidence) -> Iterator[Broken]:
    """收到申请129件 where the table has 128."""
    yield from evidence.differences["count"]


@rule(
    "TEXT-SHARE", "by certainty", "文字中的占比应与表格一致", "shares in the prose agree with the tables",
    "国办公开办函〔2021〕30号", prose=True,
)  # fmt: skip
def shares(evidence: Evidence) -> Iterator[Broken]:
    """予以公开60件，占48.6% where 60 of 121 are 49.6 %."""
    yield from evidence.differences["share"]


@rule(
    "TEXT-GROWTH", "by certainty", "文字中的增减幅度应与两年表格一致",
    "growth in the prose agrees with both years' tables", "国办公开办函〔2021〕30号", prose=True,
)  # fmt: skip
def growth(evidence: Evidence) -> Iterator[Broken | CannotRun]:
    """同比增长12.3%, 比上年增加14件 where the two tables say otherwise."""
    if evidence.report.previous is None:
        yield CannotRun("没有上一年度的报告")
    yield from evidence.differences["growth"]


@rule(
    "TEXT-SUM", "by certainty", "所列各项之和应与所述总数一致", "the parts that the prose lists add up to its whole",
    "国办公开办函〔2021〕30号", prose=True,
)  # fmt: skip
def parts(evidence: Evidence) -> Iterator[Broken]:
    """发行公报98期，其中第一类48期、第二类17期、第三类34期: 99."""
    for section, claims in evidence.claims.items():
        yield from sums(section, claims, evidence.report)


@rule(
    "TEXT-CLOSED", "by certainty", "“均已办结”“均获维持”等表述应与表格一致",
    "statements such as 均已办结 agree with the tables", "国办公开办函〔2021〕30号", prose=True,
)  # fmt: skip
def closed(evidence: Evidence) -> Iterator[Broken]:
    """申请128件，均已办结 where some are carried over into the next year."""
    yield from evidence.differences["closed"]


@rule(
    "TEXT-FEE", "by certainty", "第六部分应报告信息处理费收取情况", "section 6 states the information-processing fee",
    "国办函〔2020〕109号《政府信息公开信息处理费管理办法》", prose=True, section="other",
)  # fmt: skip
def fees(evidence: Evidence) -> Iterator[Broken | CannotRun]:
    """Section 六 states the fee of the year, and no two places contradict each other."""
    nth, nth_en = evidence.ordinal("other")
    if evidence.report.year < FEES_SINCE:
        yield CannotRun(f"信息处理费自{FEES_SINCE}年起收取")
    elif "other" not in evidence.prose:
        yield CannotRun(f"报告没有{nth}的文字")
    else:
        yield from _contradictory_fees(evidence)
        if not FEE.search(other := evidence.prose["other"]):
            elsewhere = any(FEE.search(text) for text in evidence.prose.values())
            advice = f"其他部分已有的，应移入{nth}" if elsewhere else "没有收取的也应写明"
            yield Broken(
                ("text.other",),
                f"{nth}没有报告信息处理费收取情况（{advice}）。",
                f"{nth_en} does not state the information-processing fee (国办函〔2020〕109号)",
                excerpt=other[:60],
                level="warning",
            )


def _contradictory_fees(evidence: Evidence) -> Iterator[Broken]:
    year, body = evidence.report.year, evidence.report.body
    amounts = {
        claim.value: claim
        for claims in evidence.claims.values()
        for claim in claims
        if claim.kind == "fee" and claim.exact and claim.year in (None, year) and is_own(claim.scope, body)
    }
    if len(amounts) > 1:
        low, high = min(amounts), max(amounts)
        excerpts = "；".join(claim.excerpt for claim in amounts.values())
        yield Broken(
            _sections(*(claim.section for claim in amounts.values())),
            f"信息处理费在报告中有不同的数字（{low}元、{high}元）：“{excerpts}”，请核对。",
            f"fees of {low} and {high} yuan are stated",
            low,
            high,
            excerpts,
            level="warning",
        )
    charged = max(amounts, default=0)
    denial = next(_denials(evidence), None)
    if charged and denial:
        section, sentence = denial
        yield Broken(
            _sections(amounts[charged].section, section),
            f"文字既称“{amounts[charged].excerpt}”，又称“{sentence}”，两者矛盾。",
            f"the text states both a fee of {charged} yuan and that none was charged",
            charged,
            0,
            sentence,
            level="error",
        )


def _sections(*names: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"text.{name}" for name in names))


def _denials(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Section and sentence of what says that nobody was charged this year."""
    for section, prose in evidence.prose.items():
        for sentence in SENTENCE.findall(prose):
            years = {int(found) for found in re.findall(r"(20\d\d)年", sentence)}
            if NO_FEE.search(sentence) and not NARROWER.search(sentence) and years <= {evidence.report.year}:
                yield section, sentence
