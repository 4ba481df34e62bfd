"""Published figures in prose of our own: all tied, nothing found; and found as soon as one of them is changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from judging import text_findings

from helpers.integrity import Finding
from helpers.integrity.claims import read_claims
from helpers.report import AnnualReport

DONGE = """\
（二）依申请公开情况

东阿县进一步完善申请的登记、办理和答复流程。2020年，全县各政府机关共收到政府信息公开申请46件，其中予以公开23件、
部分公开5件、不予公开1件、无法提供6件，另有11件结转到下年度继续办理。一年来未向申请人收取费用。
"""

HUAIAN = """\
### （二）依申请公开情况

2024 年，全市新收政府信息公开申请 3119 件，答复 3050 件（其中含上年结转的申请 34 件，还有 103 件顺延至
下年度答复），全部在期限之内。因政府信息公开引发行政复议 351 件：结果维持 72 件，结果纠正 64 件，其他结果 178 件，
尚未审结 37 件；引发行政诉讼 46 件，其中维持 25 件、纠正 5 件、其他结果 9 件、尚未审结 7 件。
"""

SUQIAN_2023 = """\
2023年，全市共收办政府信息公开申请3607件，其中自然人申请3493件，法人或其他组织申请114件。
办结的申请中，予以公开1191件、部分公开328件、不予公开142件、无法提供1078件、不予处理406件、作其他处理341件。
"""

SUQIAN_2024 = """\
2024年，全市新收政府信息公开申请3525件，同比增长0.40%；上年结转121件；办结3521件，同比增长1.00%；结转下年度125件。
在办结的申请中，予以公开1431件，占40.64%；部分公开471件，占13.38%；不予公开92件，占2.61%；无法提供941件，占26.73%；
不予处理117件，占3.32%；作其他处理469件，占13.32%。政府信息公开行政复议170件，较上年减少270件。
"""

FIGURE = re.compile(r"\d+(?= ?件)|\d+\.\d+(?=%)")
Load = Callable[[str, int], AnnualReport]
PROSE = {
    ("371524-donge", 2020): DONGE,
    ("320800-huaian", 2024): HUAIAN,
    ("321300-suqian", 2023): SUQIAN_2023,
    ("321300-suqian", 2024): SUQIAN_2024,
}
CASES = [
    pytest.param(county, year, text, match.span(), id=f"{county[7:]} {year} {match[0]}")
    for (county, year), text in PROSE.items()
    for match in FIGURE.finditer(text)
]


def findings(report: AnnualReport, text: str) -> list[Finding]:
    found = text_findings(replace(report, text={"overview": text}))
    return [finding for finding in found if finding.rule not in ("TEXT-EMPTY", "TEXT-FEE")]


def test_every_published_figure_is_tied_and_agrees(example: AnnualReport) -> None:
    text = next(
        text for (county, year), text in PROSE.items() if county[:6] == example.body.code and year == example.year
    )
    claims = read_claims(text, example.form)
    stated = [match.span() for match in FIGURE.finditer(text)]
    assert [claim.span for claim in claims if claim.value] == stated
    assert all(claim.certain for claim in claims)
    assert findings(example, text) == []


@pytest.mark.parametrize(("county", "year", "text", "span"), CASES)
def test_any_changed_figure_is_an_error(
    county: str, year: int, text: str, span: tuple[int, int], load_example: Load
) -> None:
    figure = text[slice(*span)]
    wrong = str(int(figure) + 1) if figure.isdigit() else f"{float(figure) + 1.5:.2f}"
    changed = text[: span[0]] + wrong + text[span[1] :]
    errors = [finding for finding in findings(load_example(county, year), changed) if finding.level == "error"]
    assert errors, f"{figure} → {wrong} went unnoticed"
    assert any(finding.left is not None and abs(finding.left) == Decimal(wrong) for finding in errors)


@pytest.fixture(scope="module")
def load_example() -> Load:
    from functools import cache
    from pathlib import Path

    from helpers.folder import read_report

    return cache(lambda county, year: read_report(county, year, Path(__file__).parents[2] / "params"))
