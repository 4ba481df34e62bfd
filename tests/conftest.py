"""What every test may use: the examples of the repository, and one hypothesis profile for all machines."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from helpers.folder import read_report
from helpers.report import AnnualReport
from strategies import flawless_report

pytest_plugins = ["building"]

ROOT = Path(__file__).parents[1]
PARAMS = ROOT / "params"
GROUND_TRUTH = Path(__file__).parent / "ground_truth"
EXAMPLES = (("320800-huaian", 2024), ("321300-suqian", 2023), ("321300-suqian", 2024), ("371524-donge", 2020))

# The same examples on every machine and no clock: a failure in CI is a failure here.
settings.register_profile(
    "gongkai",
    deadline=None,
    derandomize=True,
    max_examples=50,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("gongkai")


def name_of(example: tuple[str, int]) -> str:
    """An example as pytest shows it."""
    return f"{example[0]}/{example[1]}"


@pytest.fixture
def params() -> Path:
    """The repository's own params folder, to read."""
    return PARAMS


@pytest.fixture
def ground_truth() -> Path:
    """Figures and labels copied from the published documents, independent of the form files."""
    return GROUND_TRUTH


@pytest.fixture
def published() -> Callable[[AnnualReport], dict[str, int | Decimal]]:
    """The figures of an example as its publisher printed them, exactly, by address."""

    def figures(report: AnnualReport) -> dict[str, int | Decimal]:
        slug = next(county for county, _ in EXAMPLES if county.startswith(str(report.body.code)))
        text = (GROUND_TRUTH / f"{slug}-{report.year}.json").read_text(encoding="utf-8")
        cells: dict[str, int | Decimal] = json.loads(text, parse_float=Decimal)
        return cells

    return figures


@pytest.fixture(params=EXAMPLES, ids=name_of)
def example(request: pytest.FixtureRequest) -> AnnualReport:
    """Each of the four real county-years, as the folder gives it."""
    return read_report(*request.param, PARAMS)


@pytest.fixture
def donge() -> AnnualReport:
    """A county on the form of 2019."""
    return read_report("371524-donge", 2020, PARAMS)


@pytest.fixture
def suqian() -> AnnualReport:
    """A prefecture on the form of 2021, with the year before."""
    return read_report("321300-suqian", 2024, PARAMS)


@pytest.fixture(params=(2020, 2024), ids=("form of 2019", "form of 2021"))
def flawless(request: pytest.FixtureRequest) -> AnnualReport:
    """A small invented report without a fault, with the year before, on either form; no figure is zero."""
    return flawless_report(request.param)


@pytest.fixture
def params_to_spoil(tmp_path: Path) -> Path:
    """A params folder of one's own with the four examples; what a test writes there hurts nobody."""
    copy = tmp_path / "params"
    # Other county-years may join the repository; a test of bad input should not come to depend on them.
    for county, year in EXAMPLES:
        shutil.copytree(PARAMS / county / str(year), copy / county / str(year))
        shutil.copy(PARAMS / county / "county.yml", copy / county / "county.yml")
    return copy
