"""What the charts say: every figure, in the drawing and in words; which there are; what is missing, and what it was."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from extremes import FORMS, alone, distinct, longer, with_indicators
from extremes import GROUPS as INDICATOR_GROUPS

from helpers import notebook
from helpers.charts import Chart, available, draw, for_section, uncharted
from helpers.charts._chart import ENTRIES
from helpers.charts._text import change, figure, share
from helpers.errors import ParameterError
from helpers.forms import form_for_year, get_form, read_form
from helpers.report import AnnualReport, Body, Number
from strategies import consistent

Texts = Callable[[Chart], list[str]]

SECTIONS = ("overview", "proactive_disclosure", "requests", "review", "other")
MISSING = re.compile("未填报|无数据|不详")

SHOWN = {
    "documents": r"proactive_disclosure\.(rules|normative_documents)\..*",
    "decisions": r"proactive_disclosure\..*\.decisions",
    "items": r"proactive_disclosure\..*\.items_(last_year|change)",
    "charges": r"proactive_disclosure\.fees\.amount",
    "procurement": r"proactive_disclosure\.procurement\..*",
    "received": r"requests\.received\.(natural_person|total)",
    "applicants": r"requests\.received\..*",
    "flow": r"requests\.(received|carried_over_in|granted|partially_granted|total|carried_over_out)\.total",
    "outcomes": r"requests\.(granted|partially_granted|total)\.total",
    "denied": r"requests\.denied\..*\.total",
    "unable_to_provide": r"requests\.unable_to_provide\..*\.total",
    "not_processed": r"requests\.not_processed\..*\.total",
    "otherwise_handled": r"requests\.otherwise_handled\..*\.total",
    "review": r"review\..*",
}
"""Which cells a chart of the statutory tables has to show, at least."""

GROUPS = {"outcomes": ("denied", "unable_to_provide", "not_processed", "otherwise_handled")}
"""Which sums of cells."""


def figures(text: str) -> set[str]:
    """Every number in a text, with its sign."""
    return set(re.findall(r"[+−]?\d+(?:\.\d+)?", text)) | set(re.findall(r"\d+(?:\.\d+)?", text))


def addresses(report: AnnualReport, chart: str) -> list[str]:
    """The cells that `chart` has to show."""
    return [address for address in report.cells if re.fullmatch(SHOWN[chart], address)]


@pytest.fixture(params=FORMS.values(), ids=[f"form of {form}" for form in FORMS])
def full(request: pytest.FixtureRequest) -> AnnualReport:
    """A report with the year before and all its figures different."""
    return distinct(request.param)


def test_every_chart_of_the_tables_is_expected_here(full: AnnualReport) -> None:
    assert set(available(full)) <= set(SHOWN)
    assert len(available(full)) >= 12


def test_every_figure_is_drawn_and_said(full: AnnualReport, texts: Texts) -> None:
    """This year's and last year's alike; the labels that go with them, too."""
    assert full.previous is not None
    for name in available(full):
        chart = draw(full, name)
        drawn = figures("\n".join(texts(chart)))
        said = figures(chart.alt)
        years = (full, full.previous) if name not in ("flow", "items") else (full,)
        wanted = {figure(value) for year in years for address in addresses(full, name)
                  for value in [year.cells.get(address)] if value is not None and f"{value}" != "0"}  # fmt: skip
        wanted |= {
            figure(year.value(f"requests.{group}.total") or 0) for year in years for group in GROUPS.get(name, ())
        }
        assert len(wanted) >= 2
        absent = {number for number in wanted if number not in drawn}
        assert (name, absent) == (name, set())
        absent = {number for number in wanted if number not in said}
        assert (name, absent) == (name, set())


def test_words_and_drawing_say_the_same(all_charts: dict[str, Chart], texts: Texts) -> None:
    """No figure is said that is not drawn: who sees the chart and who hears it learn the same."""
    assert all_charts
    for name, chart in all_charts.items():
        drawn = "".join(texts(chart))  # a long line of text is broken between words, not within numbers
        # Of the caption, which stands beside the drawing, the year is known.
        only_said = {number for number in figures(chart.alt) - figures(chart.title) if number not in drawn}
        assert (name, only_said) == (name, set())


def test_every_indicator_is_drawn_and_said(suqian: AnnualReport, texts: Texts) -> None:
    """A total among the bodies is the whole and no part; everything else a county counts is shown."""
    report = with_indicators(suqian, lambda n: 701 + n)
    charts = [chart for section in SECTIONS for chart in for_section(report, section)]
    drawn = "\n".join("".join(texts(chart)) for chart in charts)
    said = "\n".join(chart.alt for chart in charts)
    for item in report.indicators.values():
        assert item.label in drawn
        assert f"{item.label}{item.value}{item.unit}" in said
        assert f"{item.value}{item.unit}" in drawn


def test_a_stated_total_is_no_part_of_itself(suqian: AnnualReport) -> None:
    totals = with_indicators(suqian, lambda n: 10 + n, label=lambda group, i: "主体总数" if i == 0 else f"第{i}类")
    bodies = draw(totals, "bodies")
    assert "总数" not in bodies.alt
    assert sum(Decimal(part) for part in re.findall(r"([\d.]+)%", bodies.alt.partition("；")[0])) == Decimal("100.00")


def test_only_things_of_one_kind_have_shares_and_squares(suqian: AnnualReport) -> None:
    """Bodies in 个 add up; 个 and 人, or per cents, do not."""
    for units, whole in ((("个",), True), (("个", "人"), False), (("%",), False)):
        chart = draw(alone(with_indicators(suqian, lambda n: 2 + n, units=units)), "bodies")
        assert ("占比以合计14个为100%" in chart.alt) == whole
        assert ("（14.29%）" in chart.alt) == whole
        assert ("每格" in chart.svg) == ("%" not in units)


def test_a_group_without_a_chart_of_its_own_gets_the_general_one(suqian: AnnualReport, texts: Texts) -> None:
    report = with_indicators(alone(suqian), lambda n: 11 + n, groups=("志愿服务", "培训情况"), units=("场",))
    charts = {chart.title: chart for chart in for_section(report, "overview")}
    assert {"2024年志愿服务情况", "2024年培训情况"} <= charts.keys()
    assert list(uncharted(report)) == []
    for item in report.indicators.values():
        chart = charts[f"2024年{item.group.removesuffix('情况')}情况"]
        assert f"{item.label}{item.value}场" in chart.alt
        assert item.label in "".join(texts(chart))
        assert chart.id in available(report)
        assert draw(report, chart.id) == chart


def test_what_the_general_chart_cannot_compare_is_told(suqian: AnnualReport) -> None:
    """Pages per year and per cents have no common scale, and one figure nothing to stand beside."""
    mixed = with_indicators(alone(suqian), lambda n: 11 + n, groups=("其他",), units=("个", "%"))
    assert list(uncharted(mixed)) == ["指标组“其他”没有专门的图，单位不一（个、%），不适用通用的图，因此没有作图。"]
    lonely = with_indicators(alone(suqian), lambda n: int(n == 0), groups=("其他",), units=("个",))
    assert list(uncharted(lonely)) == [
        "指标组“其他”没有专门的图，可以比较的数字不足两个，不适用通用的图，因此没有作图。"
    ]
    for report in (mixed, lonely):
        assert not [name for name in available(report) if name.startswith("group_")]


def test_the_analyst_is_told_where_the_notebook_draws_and_whoever_builds_it(
    suqian: AnnualReport, capsys: pytest.CaptureFixture[str]
) -> None:
    """On standard error, which no page and no print shows."""
    report = with_indicators(suqian, lambda n: 11 + n, groups=("其他",), units=("个", "%"))
    for section in SECTIONS:
        notebook.charts(report, section)
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines() == list(uncharted(report))
    assert set(uncharted(report)) <= set(notebook.stop_if_wrong(report).about["warnings"])


def test_no_group_is_passed_over_in_silence(example: AnnualReport) -> None:
    told = "".join(uncharted(example))
    others = {item.group for item in example.indicators.values()} - set(INDICATOR_GROUPS)
    assert [group for group in others if f"“{group}”" not in told] == []


def test_a_group_whose_section_the_form_lacks_gets_the_general_chart(tmp_path: Path) -> None:
    (tmp_path / "form.yaml").write_text(INVENTED, encoding="utf-8")
    form = read_form(tmp_path / "form.yaml")
    blank = AnnualReport(Body("某县"), 2031, form, dict.fromkeys(form.cells))
    report = with_indicators(blank, lambda n: 3 + n, groups=("建议提案",))
    assert [(chart.section, chart.title) for chart in for_section(report, "opening")] == [
        ("opening", "2031年建议提案情况")
    ]


@pytest.mark.parametrize("form", FORMS)
def test_every_chart_belongs_beside_a_section_of_the_form(form: str) -> None:
    assert {entry.section for entry in ENTRIES.values()} <= {section.id for section in get_form(form).sections}


# Which charts there are


def test_the_examples_have_at_least_ten_charts_each(example: AnnualReport) -> None:
    assert len(available(example)) >= 10


def test_what_is_available_can_be_drawn_and_nothing_else(
    all_reports: dict[str, AnnualReport], all_charts: dict[str, Chart]
) -> None:
    for which, report in all_reports.items():
        names = available(report)
        assert len(set(names)) == len(names)
        assert [all_charts[f"{which}: {name}"].id for name in names] == list(names)
        for name in [name for name in ENTRIES if name not in names][:2]:
            with pytest.raises(ParameterError, match="figures for it in the report"):
                draw(report, name)


def test_sections_together_have_every_chart_once_and_in_order(example: AnnualReport) -> None:
    charts = [chart for section in SECTIONS for chart in for_section(example, section)]
    assert tuple(chart.id for chart in charts) == available(example)
    assert all(chart in for_section(example, chart.section) for chart in charts)
    assert for_section(example, "no such section") == ()


def test_an_unknown_chart_is_refused_with_those_there_are(suqian: AnnualReport) -> None:
    with pytest.raises(ParameterError, match=r"no such chart") as caught:
        draw(suqian, "outcome")
    assert "outcomes" in str(caught.value)


def test_a_report_without_a_figure_has_no_chart(full: AnnualReport) -> None:
    """Blank is not zero, and neither is worth a picture."""
    empty = full.with_cells(dict.fromkeys(full.cells))
    assert available(alone(empty)) == ()
    assert available(replace(alone(empty), previous=alone(empty))) == ()
    assert available(alone(consistent(full.year, lambda *names: 0))) == ()


INVENTED = """
form: "2031"
title: 年度报告
document: 虚构的表式，表名与现行的相同，行和列却不同
years: {from: 2031}
sections:
  - {id: opening, heading: 一、概况, en: Overview}
  - {id: proactive_disclosure, heading: 二、主动, en: Disclosure}
  - {id: requests, heading: 三、申请, en: Requests}
  - {id: review, heading: 四、复议, en: Review}
tables:
  - id: proactive_disclosure
    title: 主动公开
    en: disclosure
    stub: 1
    blocks:
      - article: 虚构
        corner: 事项
        columns: [{id: decisions, label: 决定, en: decisions, unit: 件}]
        rows:
          - {id: licensing, label: 许可, en: licensing}
          - {id: awards, label: 奖励, en: awards}
  - id: requests
    title: 申请
    en: requests
    stub: 1
    blocks:
      - article: 虚构
        corner: 事项
        columns: [{id: total, label: 总计, en: total, unit: 件}]
        rows:
          - {id: received, label: 新收, en: received}
          - {id: answered, label: 答复, en: answered}
          - {id: withdrawn, label: 撤回, en: withdrawn}
          - {id: total, label: 总计, en: total}
  - id: review
    title: 复议
    en: review
    stub: 0
    blocks:
      - article: 虚构
        columns: [{id: cases, label: 案件, en: cases, columns: [{id: any, label: 任何结果, en: any, unit: 件}]}]
        rows: [{}]
"""


@pytest.fixture
def invented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[AnnualReport]:
    """Reports on two forms that nobody has decreed, with the year before and without."""
    shutil.copy(Path(__file__).parents[1] / "forms" / "invented.yaml", tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    (other / "2031.yaml").write_text(INVENTED, encoding="utf-8")
    reports = []
    for folder in (tmp_path, other):
        monkeypatch.setenv("GONGKAI_FORMS", str(folder))
        form = form_for_year(2035)
        assert form.id in ("2030", "2031")
        cells: dict[str, Number | None] = {address: 3 + number for number, address in enumerate(form.cells)}
        report = AnnualReport(Body("某县人民政府", "某县"), 2035, form, cells)
        current = distinct(2024)
        reports += [report, replace(report, previous=replace(report, year=2034))]
        # The year in which the form changes, in both directions.
        reports += [replace(report, previous=replace(current, year=2034)), replace(current, previous=report)]
    return reports


def test_no_form_is_taken_for_granted(invented: list[AnnualReport], texts: Texts) -> None:
    """What a form does not count has no chart; what it counts under a known name has; nothing crashes."""
    for report in invented:
        for name in ENTRIES:
            if name in available(report):
                assert figures(draw(report, name).alt)
            else:
                with pytest.raises(ParameterError):
                    draw(report, name)
    same_names = invented[4]
    assert {"decisions", "outcomes"} <= set(available(same_names))
    assert {"奖励（件）"} <= set(texts(draw(same_names, "decisions")))
    assert "撤回" in draw(same_names, "outcomes").alt


# Blank is not zero


def words(report: AnnualReport) -> dict[str, str]:
    """What every chart of the report would say, without drawing it: there are many cells to leave blank."""
    plans = {name: entry.plan(report) for name, entry in ENTRIES.items()}
    return {name: "；".join(plan.statements()) for name, plan in plans.items() if plan is not None}


@pytest.mark.parametrize("last_year", [False, True], ids=["this year", "last year"])
def test_a_blank_takes_the_chart_away_or_is_said(full: AnnualReport, last_year: bool) -> None:
    """Cell by cell: no chart that used it goes on as if nothing were missing, and none makes a zero of it."""
    before = words(full)
    assert full.previous is not None
    used = set()
    for address in (full.previous if last_year else full).cells:
        blank = {address: None}
        now = words(
            replace(full, previous=full.previous.with_cells(blank)) if last_year else full.with_cells(blank)
        )  # fmt: skip
        for name, statement in before.items():
            if name in now and now[name] != statement:
                used.add(name)
                assert len(MISSING.findall(now[name])) > len(MISSING.findall(statement)), (name, address)
                assert len(re.findall(r"(?<!\d)0(?!\d)", now[name])) == len(re.findall(r"(?<!\d)0(?!\d)", statement))
            elif name not in now:
                used.add(name)
    assert used == set(before) - ({"flow", "items"} if last_year else set())


def test_what_no_chart_needs_takes_none_away(full: AnnualReport) -> None:
    """The other side: a blank in one corner of table 三 leaves the charts of everything else as they were."""
    spoilt = words(full.with_cells({"requests.denied.state_secret.research_institution": None}))
    assert spoilt == words(full)


@pytest.mark.parametrize(
    ("chart", "address"),
    [
        ("documents", "proactive_disclosure.rules.*"),
        ("decisions", "proactive_disclosure.penalties.decisions"),
        ("received", "requests.received.natural_person"),
        ("applicants", "requests.received.legal_service_agency"),
        ("outcomes", "requests.granted.total"),
        ("denied", "requests.denied.internal_affairs.total"),
        ("review", "review.litigation_direct.corrected"),
    ],
)
def test_the_gap_is_visible(chart: str, address: str, full: AnnualReport, texts: Texts) -> None:
    blank = [cell for cell in full.cells if re.fullmatch(address.replace("*", ".*"), cell)][-1]
    whole = draw(full, chart)
    gap = draw(full.with_cells({blank: None}), chart)
    assert not MISSING.search("".join(texts(whole)))
    assert "未填报" in "".join(texts(gap))
    assert "未填报" in gap.alt


def test_the_flow_is_not_drawn_with_a_gap_or_out_of_balance(full: AnnualReport) -> None:
    assert "flow" in available(full)
    total = full.cells["requests.granted.total"]
    assert total is not None
    assert "flow" not in available(full.with_cells({"requests.granted.total": None}))
    assert "flow" not in available(full.with_cells({"requests.granted.total": total + 1}))
    half = Decimal(str(full.cells["requests.carried_over_in.total"])) + Decimal("0.5")
    assert "flow" not in available(full.with_cells({"requests.carried_over_in.total": half}))


# The year before


def test_last_year_stands_beside_where_it_is_at_hand(full: AnnualReport, texts: Texts) -> None:
    """With it both years are named in the drawing; without it nothing speaks of a year that is not there."""
    assert full.previous is not None
    this, last = f"{full.year}年", f"{full.previous.year}年"
    for name in sorted(set(available(full)) - {"flow", "items"}):
        drawn = "".join(texts(draw(full, name)))
        assert this in drawn, name
        assert last in drawn, name
        assert last in draw(full, name).alt or "上年" in draw(full, name).alt
    by_itself = alone(full)
    assert not {"received", "charges", "procurement"} & set(available(by_itself))
    for name in set(available(by_itself)) - {"flow", "items"}:
        chart = draw(by_itself, name)
        assert last not in "".join(texts(chart))
        assert "上年" not in chart.alt


def test_indicators_stand_beside_last_years_by_their_id(suqian: AnnualReport, texts: Texts) -> None:
    assert suqian.previous is not None
    report = replace(
        with_indicators(suqian, lambda n: 101 + n),
        previous=with_indicators(suqian.previous, lambda n: 501 + n, each=4),
    )
    chart = draw(report, "channels")
    assert "上年505件" in chart.alt
    assert "505件" in "".join(texts(chart))
    assert "2023年" in texts(chart)


def test_years_are_five_at_most_and_in_order(full: AnnualReport, texts: Texts) -> None:
    for years in (2, 3, 5, 7):
        drawn = texts(draw(longer(full, years), "received"))
        feet = [text for text in drawn if re.fullmatch(r"\d{4}年", text)]
        expected = [f"{full.year - back}年" for back in range(min(years, 5) - 1, -1, -1)]
        assert feet == expected * (len(feet) // len(expected))


def test_years_compare_across_forms(texts: Texts) -> None:
    """2021 uses the new form, 2020 the old: one row 其他处理 there, the sum of three here."""
    report = consistent(2021, lambda *names: 5)
    assert report.previous is not None
    assert report.form.id != report.previous.form.id
    outcomes = draw(report, "outcomes")
    now, then = (figure(year.value("requests.otherwise_handled.total") or 0) for year in (report, report.previous))
    assert now != then
    assert re.search(rf"其他处理{now}件（.*?上年{then}件", outcomes.alt)
    assert "无数据" in draw(report, "otherwise_handled").alt or "上年" not in draw(report, "otherwise_handled").alt


# Arithmetic


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (1, 3, "33.33"), (2, 3, "66.67"), (1, 1, "100.00"), (0, 7, "0.00"), (1, 800, "0.13"), (3, 800, "0.38"),
        (1, 16000, "0.01"), (201, 20000, "1.01"), (203, 20000, "1.02"), (Decimal("0.5"), 100, "0.50"),
        (-1, 800, "-0.13"), (None, 3, None), (3, None, None), (3, 0, None), (0, 0, None),
    ],
)  # fmt: skip
def test_shares_have_two_decimals_half_up(part: Number | None, whole: Number | None, expected: str | None) -> None:
    """Half up, as people do it: 0.125 % is 0.13 %, where rounding to even gives 0.12 %."""
    result = share(part, whole)
    assert (None if result is None else str(result)) == expected


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (3525, 3511, "比上年增长0.40%"), (85, 109, "比上年下降22.02%"), (5, 5, "与上年持平"),
        (0, 4, "比上年下降100.00%"),
        (4, 0, ""), (0, 0, ""), (4, None, ""), (None, 4, ""), (801, 800, "比上年增长0.13%"),
    ],
)  # fmt: skip
def test_growth_has_two_decimals_and_needs_a_base(now: int | None, before: int | None, expected: str) -> None:
    assert change(now, before).strip("（）") == expected


def test_shares_in_the_charts_are_of_the_right_whole(suqian: AnnualReport) -> None:
    """As published: 3440 of 3525 requests came from natural persons; 1431 of 3521 answers were grants."""
    applicants, outcomes = draw(suqian, "applicants"), draw(suqian, "outcomes")
    assert re.search(r"自然人3440件（97\.59%，上年3402件、96\.90%）", applicants.alt)
    assert re.search(r"予以公开1431件（40\.64%，上年1191件、34\.17%）", outcomes.alt)
    shares = [Decimal(part) for part in re.findall(r"([\d.]+)%，", outcomes.alt)]
    assert len(shares) == 6
    assert abs(sum(shares) - 100) <= Decimal("0.03")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"), (1808595, "1808595"), (Decimal("59237.2449"), "59237.2449"), (Decimal("164.00"), "164"),
        (Decimal("1E+3"), "1000"), (Decimal("100"), "100"), (-7, "−7"), (Decimal("0.50"), "0.5"),
    ],
)  # fmt: skip
def test_figures_are_written_as_the_tables_have_them(value: Number, written: str) -> None:
    assert figure(value) == written


# Scales


def heights(chart: Chart) -> list[float]:
    """The heights of the rectangles in a chart's drawing, thin lines left out."""
    boxes = []
    for path in re.findall(r' d="(M [^"]+)"', chart.svg):
        ys = [float(y) for y in re.findall(r"[ML] [\d.-]+ ([\d.-]+)", path)]
        if "C" not in path and max(ys) - min(ys) > 1:
            boxes.append(max(ys) - min(ys))
    return boxes


def test_small_multiples_have_their_own_scales(full: AnnualReport) -> None:
    """Twenty penalties beside four million licences: both can be seen, and the drawing says why they look alike."""
    scaled = full.with_cells(
        {
            "proactive_disclosure.licensing.decisions": 4_000_000,
            "proactive_disclosure.penalties.decisions": 20,
            "proactive_disclosure.compulsion.decisions": 300,
        }
    )
    chart = draw(alone(scaled), "decisions")
    assert len(heights(chart)) >= 3
    assert min(heights(chart)) > max(heights(chart)) / 3
    assert "刻度各自独立" in chart.svg


def test_within_a_panel_lengths_are_to_scale(full: AnnualReport) -> None:
    assert full.previous is not None
    address = "proactive_disclosure.penalties.decisions"
    others = dict.fromkeys((cell for cell in full.cells if cell.endswith(".decisions") and cell != address), 1000)
    report = replace(
        full.with_cells(others | {address: 1000}), previous=full.previous.with_cells(others | {address: 250})
    )
    tall = sorted(heights(draw(report, "decisions")))
    assert tall[0] == pytest.approx(tall[-1] / 4, rel=0.02)


def test_counts_have_no_halves_on_their_scales(all_charts: dict[str, Chart], texts: Texts) -> None:
    for name, chart in all_charts.items():
        if chart.id in ("decisions", "received", "items"):
            assert not [text for text in texts(chart) if re.fullmatch(r"\d+\.\d+", text)], name


def test_squares_can_be_counted(suqian: AnnualReport) -> None:
    """One square for each thing up to fifty; beyond that a bar, and no word of squares."""

    def bodies(most: int) -> Chart:
        report = alone(with_indicators(suqian, lambda n: most if n == 0 else 2, units=("个",)))
        return draw(report, "bodies")

    squares = bodies(50)
    assert max(path.count("M") for path in re.findall(r' d="([^"]+)"', squares.svg)) == 50
    assert "每格" in squares.svg
    bars = bodies(51)
    assert max(path.count("M") for path in re.findall(r' d="([^"]+)"', bars.svg)) == 1
    assert "每格" not in bars.svg
