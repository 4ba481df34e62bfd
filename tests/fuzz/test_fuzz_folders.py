"""Whatever stands in a county's folder, checking it gives findings or one line that names a file: never a traceback.

`GONGKAI_FUZZ_CASES=20000 GONGKAI_FUZZ_SEED=7 pytest tests/fuzz` runs as many as wanted; a case that failed is
repeated by its number, for each is drawn from the seed and its number alone.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

from fuzz.folders import spoil
from fuzz.guarding import SEED, SHARDS, limited, shard
from helpers.errors import GongkaiError, InputError, IntegrityError
from helpers.folder import counties, years
from helpers.integrity import check
from helpers.loading import whole_report
from helpers.visible import visible

PARAMS = Path(__file__).parents[2] / "params"
EXAMPLES = [(county, year) for county in counties(PARAMS) for year in years(PARAMS, county)]


def spoilt_county(case: int, root: Path) -> tuple[str, int]:
    """Write case number `case` of this SEED under `root`."""
    random = Random(f"{SEED}/{case}")
    county, year = random.choice(EXAMPLES)
    shutil.copytree(PARAMS / county / str(year), root / county / str(year))
    shutil.copy(PARAMS / county / "county.yml", root / county / "county.yml")
    if random.random() < 0.2:
        shutil.copytree(root / county / str(year), root / county / str(year - 1))
    spoil(root / county, year, random)
    return county, year


def judged(root: Path, county: str, year: int) -> GongkaiError | None:
    """What `gongkai check` does with one county-year; the error that it would print, if any."""
    try:
        assert county in list(counties(root)), "a county that is left out in silence"
        assert year in list(years(root, county))
        report = whole_report(county, year, root)
        for text in (check(report).as_text(), report.as_json(), report.as_csv()):
            text.encode()
    except GongkaiError as problem:
        return problem
    return None


def is_one_line(problem: GongkaiError) -> None:
    """A message that a person can use: of one line, not too long, printable, with the file and what to do."""
    message = str(problem)
    assert isinstance(problem, InputError)
    assert problem.remedy
    assert visible(message) == message
    assert len(message) < 2000, message
    assert visible(str(problem.where.file)) in message


@pytest.mark.parametrize("number", range(SHARDS))
def test_a_spoilt_county_is_judged_or_refused_in_one_line(number: int, tmp_path: Path) -> None:
    for case in shard(number):
        root = tmp_path / "params"
        county, year = spoilt_county(case, root)
        try:
            with limited(f"case {case} of seed {SEED}"):
                problem = judged(root, county, year)
            if problem and not isinstance(problem, IntegrityError):
                is_one_line(problem)
        except BaseException as failure:
            failure.add_note(f"case {case} of seed {SEED}: see {root}")
            raise
        shutil.rmtree(root)
