"""Claims against cells: what is said, what the table says, and how sure the difference is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Literal

from helpers.forms.spec import LAST_YEAR, Level
from helpers.integrity.claims.evaluate import (
    cuts_to,
    fits_hedge,
    is_doubtful,
    label,
    places,
    rounds_to,
    total,
)
from helpers.integrity.claims.model import Claim
from helpers.integrity.claims.scopes import is_own, is_part, is_small
from helpers.integrity.findings import Broken
from helpers.report import AnnualReport, Number

Topic = Literal["count", "share", "growth", "closed", "year"]
"""What a difference is about: the figure, what was computed from it, a statement, or the year it belongs to."""

Difference = tuple[Topic, Broken]

STALE_FROM = 10
"""Below ten, this year's prose matches last year's figure too often by accident to call it left standing."""


def compare(claims: Iterable[Claim], report: AnnualReport) -> Iterator[Difference]:
    """Where the claims of a report differ from its tables, in reading order."""
    for claim in claims:
        difference = _compare(claim, report)
        if difference:
            yield difference


def _compare(claim: Claim, report: AnnualReport) -> Difference | None:
    if claim.kind == "fee":
        return None
    own = is_own(claim.scope, report.body)
    if claim.year is not None and claim.year != report.year:
        return _other_year(claim, report) if own and claim.year == report.year - 1 else None
    if any(term.startswith(LAST_YEAR) for term in claim.terms):
        return _last_year(claim, report) if own else None
    if not own:
        return _part(claim, report)
    match claim.kind:
        case "count" | "statement":
            return _count(claim, report)
        case "share":
            return _share(claim, report)
        case _:
            return _growth(claim, report)


def _count(claim: Claim, report: AnnualReport) -> Difference | None:
    stated = claim.value
    actual = total(claim.terms, report)
    if actual is None:
        return None
    if not claim.exact:
        if fits_hedge(claim, actual):
            return None
        return _difference("count", "warning", claim, report, actual, "约数与表中数字相差较大")
    if _same(claim, actual) or any(_same(claim, total(terms, report)) for terms in claim.alternatives):
        return None
    if claim.kind == "statement":
        return _difference("closed", _level(claim, report), claim, report, actual, "与这一表述矛盾")
    for terms in claim.loose:
        if _same(claim, total(terms, report)):
            remark = f"但等于“{label(terms, report.form)}”，请核对表述"
            return _difference("count", "warning", claim, report, actual, remark) if claim.certain else None
    before = total(claim.terms, report.previous)
    if before is not None and before == stated >= STALE_FROM:
        remark = "而与上一年度报告的数字相同，疑似沿用了上年文字"
        return _difference("year", _level(claim, report), claim, report, actual, remark)
    return _difference("count", _level(claim, report), claim, report, actual, "")


def _same(claim: Claim, actual: Number | None) -> bool:
    if actual is None:
        return False
    if claim.quantum == 1 or not isinstance(actual, Decimal):
        return claim.value == actual
    return rounds_to(actual, Decimal(claim.value), claim.quantum)


def _part(claim: Claim, report: AnnualReport) -> Difference | None:
    """Another scope than the table's: a part, of which all that is sure is that it does not exceed the whole."""
    if claim.kind != "count" or not (claim.exact and claim.certain and is_part(claim.scope)):
        return None
    actual = total(claim.terms, report)
    if (
        actual is None
        or claim.value <= actual
        or any(claim.value <= (total(t, report) or 0) for t in claim.alternatives)
    ):
        return None
    remark = f"文字所述口径为“{claim.scope}”，却大于表中的合计，请核对"
    return _difference("count", "warning", claim, report, actual, remark)


def _last_year(claim: Claim, report: AnnualReport) -> Difference | None:
    """上年同期为40件: last year's figure, against last year's report."""
    if claim.kind != "count" or not claim.exact:
        return None
    values = [total(terms, report) for terms in (claim.terms, *claim.alternatives, *claim.loose)]
    if values[0] is None or claim.value in values:
        return None
    return _difference("count", "warning", claim, report, values[0], "请核对上年数字")


def _other_year(claim: Claim, report: AnnualReport) -> Difference | None:
    """2023年受理46件 in the report on 2024: right, wrong, or this year's figure under last year's date."""
    if claim.kind != "count" or not claim.exact:
        return None
    now, before = total(claim.terms, report), total(claim.terms, report.previous)
    readings = [total(terms, report.previous) for terms in (*claim.alternatives, *claim.loose)]
    if claim.value == before or claim.value in readings:
        return None
    if claim.value == now and claim.value:
        level: Level = "warning" if before is None or not claim.year_stated else _level(claim, report)
        remark = f"文字写的是{claim.year}年，数字却是{report.year}年的，疑似年份未更新"
        return _difference("year", level, claim, report, now, remark, before)
    if before is None or not claim.certain:
        return None
    return _difference("count", "warning", claim, report, before, f"请核对{claim.year}年的数字")


def _share(claim: Claim, report: AnnualReport) -> Difference | None:
    part = total(claim.terms, report)
    wholes = [value for terms in claim.of if (value := total(terms, report))]
    if part is None or not wholes or not claim.exact:
        return None
    shares = [100 * Decimal(part) / Decimal(whole) for whole in wholes]
    return _rate(claim, report, "share", shares, f"{part}÷{wholes[0]}")


def _growth(claim: Claim, report: AnnualReport) -> Difference | None:
    if report.previous is None or not claim.exact or (claim.base_year or report.year - 1) != report.year - 1:
        return None
    pairs = []
    for terms in (claim.terms, *claim.alternatives, *claim.loose):
        now, before = total(terms, report), total(terms, report.previous)
        if now is not None and before is not None:
            pairs.append((Decimal(now), Decimal(before)))
    if not pairs:
        return None
    now, before = pairs[0]
    if claim.kind == "change":
        if any(a - b == claim.value for a, b in pairs):
            return None
        return _difference("growth", _level(claim, report), claim, report, now - before, f"上年为{before}，本年为{now}")
    rates = [100 * (a - b) / b for a, b in pairs if b]
    if claim.unit == "倍":
        # 增长3倍 should mean four times as much; many write it of three.
        rates = [rate / 100 for rate in rates] + [a / b for a, b in pairs if b]
    return _rate(claim, report, "growth", rates, f"上年为{before}，本年为{now}") if rates else None


def _rate(claim: Claim, report: AnnualReport, topic: Topic, rates: list[Decimal], how: str) -> Difference | None:
    stated = Decimal(claim.value)
    if any(rounds_to(rate, stated, claim.quantum) for rate in rates):
        return None
    shown = rates[0].quantize(Decimal("0.01"))
    if any(cuts_to(rate, stated, claim.quantum) for rate in rates):
        return _difference(topic, "warning", claim, report, shown, f"{how}，似为截尾而非四舍五入")
    return _difference(topic, _level(claim, report), claim, report, shown, how)


def _level(claim: Claim, report: AnnualReport) -> Level:
    sure = claim.certain and claim.exact and not is_doubtful(claim.terms, report)
    # Documents and decisions are counted by many bodies; unless the clause names the whole, who counts is open.
    if claim.terms[0].startswith("proactive_disclosure.") and claim.scope is None:
        sure = sure and is_small(report.body)
    return "error" if sure else "warning"


def _difference(
    topic: Topic,
    level: Level,
    claim: Claim,
    report: AnnualReport,
    actual: Number,
    remark: str,
    right: Number | None = None,
) -> Difference:
    names = label(claim.terms, report.form)
    unit = claim.unit if claim.unit in ("%", "百分点", "倍") else ""
    if topic == "closed":
        message = f"文字称“{claim.excerpt}”，而表中“{names}”合计为{actual}"
    elif topic in ("share", "growth"):
        message = (
            f"文字“{claim.excerpt}”中的{abs(claim.value)}{unit}与表中数字不符：按“{names}”计算应为{abs(actual)}{unit}"
        )
    else:
        message = f"文字“{claim.excerpt}”中的{claim.value}{unit}与表中“{names}”的{actual}不符"
    stated = f"{claim.value}{'%' if unit == '%' else ''}"
    return topic, Broken(
        addresses=places([claim], report),
        message=f"{message}（{remark}）。" if remark else f"{message}。",
        message_en=f"the prose says {stated}, the table {actual} ({' + '.join(claim.terms)})",
        left=claim.value,
        right=actual if right is None else right,
        excerpt=claim.excerpt,
        level=level,
    )
