"""Reports at the edges of what a chart may be given: enormous, empty, wordy, counted in squares, five years long."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import count
from pathlib import Path

import helpers.forms
from helpers.forms import Form, read_form
from helpers.report import AnnualReport, Indicator, Number, by_id
from strategies import consistent

GROUPS = (
    "公开主体", "公开渠道", "公开活动", "重点领域", "决策与执行公开", "财政信息", "解读回应", "建议提案", "信息处理费",
)  # fmt: skip
"""The groups of indicators that have a chart."""

FORMS = {"2019": 2020, "2021": 2024}
"""The forms with a year that each applies to."""


def alone(report: AnnualReport) -> AnnualReport:
    """The report as if no former one were at hand."""
    return replace(report, previous=None)


def distinct(year: int) -> AnnualReport:
    """A faultless report, and one on the year before, in which no figure that was chosen occurs twice."""
    numbers = count(1001)
    return consistent(year, lambda *names: next(numbers))


def with_indicators(
    report: AnnualReport,
    values: Callable[[int], Number],
    label: Callable[[str, int], str] = lambda group, number: f"{group}第{number + 1}项",
    units: tuple[str, ...] = ("件",),
    each: int = 4,
    groups: tuple[str, ...] = GROUPS,
) -> AnnualReport:
    """The report with `each` indicators in every group, `values` giving their figures one after the other."""
    number = count()
    items = [
        Indicator(f"item_{place}_{i}", label(group, i), values(next(number)), units[i % len(units)], group)
        for place, group in enumerate(groups)
        for i in range(each)
    ]
    return replace(report, indicators=by_id(items))


def unabbreviated(form_id: str, folder: Path) -> Form:
    """The form with every row's full wording: its short names are taken out of the file."""
    text = (Path(helpers.forms.__file__).parent / f"{form_id}.yaml").read_text(encoding="utf-8")
    path = folder / f"{form_id}-unabbreviated.yaml"
    path.write_text(re.sub(r", short: [^,}\n]+", "", text), encoding="utf-8")
    return read_form(path)


def longer(report: AnnualReport, years: int) -> AnnualReport:
    """The report with so many years at hand, each like the one before."""
    chain = alone(report)
    for back in range(years - 1, 0, -1):
        before = replace(report, year=report.year - back, previous=chain if back < years - 1 else None)
        chain = before
    return replace(report, previous=chain)


def extremes(folder: Path) -> dict[str, AnnualReport]:
    """Every edge by name. The rules would stop some of them, but a draft is drawn before it is right."""
    reports: dict[str, AnnualReport] = {}
    for form_id, year in FORMS.items():
        numbers = count(12_345_678, 7_654_321)
        large = consistent(year, lambda *names, numbers=numbers: next(numbers) % 90_000_000 + 10_000_000)
        small = consistent(year, lambda *names, numbers=numbers: int(next(numbers) % 3 == 0))
        wordy = unabbreviated(form_id, folder)
        assert large.previous is not None
        reports |= {
            f"{form_id}: eight digits": large,
            f"{form_id}: eight digits, one year": alone(large),
            f"{form_id}: five years": longer(large, 5),
            f"{form_id}: hardly anything": small,
            f"{form_id}: one great among small": small.with_cells(
                dict.fromkeys(("requests.received.total", "requests.granted.total"), 99999999)
            ),
            f"{form_id}: nothing": consistent(year, lambda *names: 0),
            f"{form_id}: nothing after plenty": replace(consistent(year, lambda *names: 0), previous=large.previous),
            f"{form_id}: full wording": replace(
                large, form=wordy, previous=replace(large.previous, form=wordy), indicators={}
            ),
        }
    usual = distinct(2024)
    assert usual.previous is not None
    reports["amounts with four decimals"] = usual.with_cells(
        {"proactive_disclosure.fees.amount": Decimal("98765432.1234")}
    )

    # Nothing but indicators: what else there is to draw is drawn above.
    bare = usual.with_cells(dict.fromkeys(usual.cells))
    groups = ("公开主体", "公开活动", "建议提案")

    def indicated(now: Callable[[int], Number], then: Callable[[int], Number], **more: object) -> AnnualReport:
        return replace(
            with_indicators(bare, now, groups=groups, **more),  # type: ignore[arg-type]  # handed on as they came
            previous=with_indicators(replace(alone(bare), year=2023), then, groups=groups, **more),  # type: ignore[arg-type]  # the same
        )

    forty = "承办省市两级人大代表建议和政协委员提案并在规定期限内主动公开答复全文的数量合计情况之"
    assert len(forty) >= 40
    reports |= {
        "indicators of forty characters": indicated(
            lambda n: 12_345_678 + n, lambda n: 87_654_321 - n, label=lambda group, i: f"{forty}{i}"
        ),
        "a unit as long as a sentence": indicated(
            lambda n: n, lambda n: 2 * n, units=("件次（含各派出机构和开发区管委会办理的）",)
        ),
        "a unit as long as a page": indicated(lambda n: 9_876 + n, lambda n: 2 * n, units=("件次" * 200,)),
        "fifty squares": indicated(lambda n: 50 - n % 4 * 16, lambda n: 1 + n % 50),
        "sixty squares": indicated(lambda n: 60 - n % 4 * 16, lambda n: 1 + n % 50),
        "sixty squares last year": indicated(lambda n: 1 + n % 4, lambda n: 60),
        "fifty squares with long labels": indicated(
            lambda n: 50 - n % 4 * 16, lambda n: 50, label=lambda group, i: f"{forty}{i}"
        ),
        "several units": indicated(lambda n: n, lambda n: n + 3, units=("件", "%", "万元", "")),
        "more than all": indicated(lambda n: Decimal(f"{60 + n * 25}.5"), lambda n: 300, units=("%",)),
        "no figure but zero": with_indicators(alone(bare), lambda n: 0),
        "words in Latin letters": indicated(
            lambda n: n, lambda n: n, label=lambda group, i: f"www.government-of-the-county.example.gov.cn/zwgk/{i}"
        ),
    }  # fmt: skip
    return reports
