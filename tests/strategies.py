"""Reports consistent by construction: whatever these strategies draw obeys every law of its form.

They are written against the forms' addresses alone, not against the code or the `laws` of the form files, so that
a law that is wrong there disagrees with what is built here.
"""

from __future__ import annotations

import itertools
import string
from collections.abc import Callable
from decimal import Decimal

from hypothesis import strategies as st

from helpers.forms import get_form
from helpers.report import AnnualReport, Body, Number

APPLICANTS = (
    "natural_person",
    "commercial_enterprise",
    "research_institution",
    "public_welfare_organization",
    "legal_service_agency",
    "other",
)
DENIED = (
    "state_secret",
    "barred_by_law",
    "safety_and_stability",
    "third_party_rights",
    "internal_affairs",
    "process_information",
    "enforcement_files",
    "administrative_inquiry",
)
UNABLE = ("not_held", "needs_creation", "still_unclear")
NOT_PROCESSED = ("petition_or_complaint", "repeated", "published_material", "excessive", "confirmation_or_reissue")
OTHERWISE = ("not_corrected_in_time", "fee_unpaid", "other")
CASES = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
RESULTS = ("upheld", "corrected", "other_outcome", "pending")
OUTCOMES = {
    form: (
        "granted",
        "partially_granted",
        *(f"denied.{reason}" for reason in DENIED),
        *(f"unable_to_provide.{reason}" for reason in UNABLE),
        *(f"not_processed.{reason}" for reason in NOT_PROCESSED),
        *otherwise,
    )
    for form, otherwise in (
        ("2019", ("otherwise_handled",)),
        ("2021", tuple(f"otherwise_handled.{reason}" for reason in OTHERWISE)),
    )
}
ITEM_ROWS = ("licensing", "other_services", "penalties", "compulsion", "fees")

Figure = Callable[[str], int]


@st.composite
def consistent_reports(draw: st.DrawFn, years: tuple[int, ...] = (2020, 2021, 2024)) -> AnnualReport:
    """A prefecture's report with the year before, on either form or across their change, without a fault.

    All figures that are not zero lie between two and three times a scale, and the same ones are zero in both years,
    so that no total makes a suspicious leap either.
    """
    year = draw(st.sampled_from(years))
    scale = draw(st.sampled_from((1, 7, 40, 1000, 60_000)))
    empty = draw(
        st.frozensets(st.sampled_from((*APPLICANTS, *OUTCOMES["2021"], *CASES, *RESULTS, *ITEM_ROWS, "rules")))
    )
    # One draw for all figures of both years: drawing them singly costs a hundred times as much.
    spread = iter(draw(st.binary(min_size=480, max_size=480)))

    def figure(*names: str) -> int:
        return 0 if empty & set(names) else 2 * scale + scale * next(spread) // 255

    return consistent(year, figure)


def consistent(year: int, figure: Callable[..., int]) -> AnnualReport:
    """A report on `year` and, before it, one on the year before; `figure` gives the free figures by name."""
    body = Body(name="某市人民政府", short="某市", code="990000", level="prefecture")
    return _report(body, year, figure, _report(body, year - 1, figure, None))


def flawless_report(year: int) -> AnnualReport:
    """The same small report every time, with the year before; no figure in it is zero."""
    numbers = itertools.count()
    return consistent(year, lambda *names: 20 + 7 * next(numbers) % 10)


def _report(body: Body, year: int, figure: Callable[..., int], previous: AnnualReport | None) -> AnnualReport:
    form = get_form("2019" if year <= 2020 else "2021")
    before = previous.cells if previous else {}
    cells: dict[str, Number | None] = {}
    cells |= _requests(form.id, figure, before)
    cells |= _review(figure)
    cells |= _disclosure_2019(figure, before) if form.id == "2019" else _disclosure_2021(figure, before)
    return AnnualReport(body, year, form, cells, previous=previous)


def _requests(form: str, figure: Callable[..., int], before: dict[str, Number | None]) -> dict[str, Number | None]:
    cells: dict[str, int] = {}
    for column in APPLICANTS:
        for row in OUTCOMES[form]:
            cells[f"{row}.{column}"] = figure(row, column)
        handled = sum(cells[f"{row}.{column}"] for row in OUTCOMES[form])
        carried_in = (
            int(before.get(f"requests.carried_over_out.{column}") or 0) if before else figure(column) * bool(handled)
        )
        carried_out = figure(column) * bool(handled)
        cells |= {
            f"total.{column}": handled,
            f"carried_over_in.{column}": carried_in,
            f"carried_over_out.{column}": carried_out,
            f"received.{column}": handled + carried_out - carried_in,
        }
    for row in ("received", "carried_over_in", *OUTCOMES[form], "total", "carried_over_out"):
        cells[f"{row}.total"] = sum(cells[f"{row}.{column}"] for column in APPLICANTS)
    return {f"requests.{address}": value for address, value in cells.items()}


def _review(figure: Callable[..., int]) -> dict[str, Number | None]:
    cells: dict[str, Number | None] = {}
    for case in CASES:
        values = {result: figure(case, result) for result in RESULTS}
        cells |= {f"review.{case}.{name}": value for name, value in values.items()}
        cells[f"review.{case}.total"] = sum(values.values())
    return cells


def _disclosure_2019(figure: Callable[..., int], before: dict[str, Number | None]) -> dict[str, Number | None]:
    cells: dict[str, Number | None] = {}
    for row in ("rules", "normative_documents"):
        for column in ("made", "disclosed", "disclosed_total"):
            cells[f"{row}.{column}"] = figure(row)
    for row in ITEM_ROWS:
        here = f"proactive_disclosure.{row}"
        last = (
            int(before[f"{here}.items_last_year"] or 0) + int(before[f"{here}.items_change"] or 0)
            if before
            else figure(row)
        )
        change = figure(row) - last
        cells |= {f"{row}.items_last_year": last, f"{row}.items_change": change}
        if row != "fees":
            decisions = figure(row)
            cells[f"{row}.decisions"] = decisions + (decisions == last + change != 0)
    cells |= {"procurement.projects": figure(), "procurement.amount": Decimal(figure()) / 8}
    return {f"proactive_disclosure.{address}": value for address, value in cells.items()}


def _disclosure_2021(figure: Callable[..., int], before: dict[str, Number | None]) -> dict[str, Number | None]:
    cells: dict[str, Number | None] = {}
    for row in ("rules", "normative_documents"):
        issued, repealed = figure(row), figure(row)
        stock = before.get(f"proactive_disclosure.{row}.in_force")
        in_force = 3 * figure(row) if stock is None else int(stock) + issued - repealed
        cells |= {f"{row}.issued": issued, f"{row}.repealed": repealed, f"{row}.in_force": in_force}
    for row in ("licensing", "penalties", "compulsion"):
        cells[f"{row}.decisions"] = figure(row)
    cells["fees.amount"] = Decimal(figure("fees")) / 8
    return {f"proactive_disclosure.{address}": value for address, value in cells.items()}


CHINESE = "一二三四五件项万元年月日县市人民政府公开申请答复，。、；：“”（）《》〔〕—…·％＋－"
MARKUP = string.ascii_letters + string.digits + string.punctuation + " "


def text(min_size: int = 0, max_size: int = 60) -> st.SearchStrategy[str]:
    """What people write in a county's data: Chinese, ASCII, and every character that means something to a markup."""
    return st.text(alphabet=CHINESE + MARKUP, min_size=min_size, max_size=max_size)
