"""The overview an oversight office wants of many reports: which rules fail where, the worst first."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.audit.files import find_files
from helpers.audit.heatmap import draw
from helpers.audit.outcome import Outcome, Tally
from helpers.audit.page import VERDICTS
from helpers.audit.run import Options, audit
from helpers.forms import all_forms
from helpers.integrity import rules_for
from helpers.integrity.findings import LEVEL_NAMES

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Overview:
    """Audited reports as tables for analysis and one drawing; every method gives a new one, headed in Chinese."""

    outcomes: tuple[Outcome, ...]

    @classmethod
    def of(cls, folder: Path | str, jobs: int | None = None) -> Overview:
        """The audit of every published report in `folder`, at any depth; raises ParameterError where there is none."""
        options = Options(jobs=jobs or os.cpu_count() or 1)
        return cls(tuple(audit(find_files([Path(folder)]), options)))

    @property
    def read(self) -> tuple[Outcome, ...]:
        """The files that hold a report, worst first."""
        readable = (outcome for outcome in self.outcomes if outcome.error is None)
        return tuple(sorted(readable, key=lambda outcome: (-outcome.errors, -outcome.warnings, outcome.file)))

    def summary(self) -> pd.DataFrame:
        """How many reports ended how."""
        tally = self._tally()
        return _table({"结论": VERDICTS.values(), "报告": (tally.verdicts[name] for name in VERDICTS)}, "结论")

    def rules(self) -> pd.DataFrame:
        """Every rule: what it asks, errors and warnings, reports they are in, reports it could not be tried on."""
        tally = self._tally()
        titles = {rule.id: rule.title for form in all_forms() for rule in rules_for(form)}
        not_run = [rule["id"] for outcome in self.read for rule in outcome.rules if rule["status"] == "not-run"]
        columns = {
            "规则": titles,
            "要求": titles.values(),
            "错误": (tally.errors[rule] for rule in titles),
            "提醒": (tally.warnings[rule] for rule in titles),
            "涉及报告": (tally.files[rule] for rule in titles),
            "未能校验": (not_run.count(rule) for rule in titles),
        }
        return _table(columns, "规则").sort_values(["错误", "提醒"], ascending=False, kind="stable")

    def reports(self) -> pd.DataFrame:
        """Every report that could be read, worst first."""
        columns = {
            "机关": (outcome.report["body"] for outcome in self.read),
            "年度": (outcome.report["year"] for outcome in self.read),
            "错误": (outcome.errors for outcome in self.read),
            "提醒": (outcome.warnings for outcome in self.read),
            "未能确定": (len(outcome.uncertain) for outcome in self.read),
            "文件": (outcome.file for outcome in self.read),
        }
        return _table(columns)

    def findings(self) -> pd.DataFrame:
        """Every finding, those of the worst report first."""
        found = [(outcome, finding) for outcome in self.read for finding in outcome.findings]
        columns = {
            "机关": (outcome.report["body"] for outcome, _ in found),
            "年度": (outcome.report["year"] for outcome, _ in found),
            "级别": (LEVEL_NAMES[finding.level] for _, finding in found),
            "规则": (finding.rule for _, finding in found),
            "说明": (finding.message for _, finding in found),
            "文件": (outcome.file for outcome, _ in found),
        }
        return _table(columns)

    def unreadable(self) -> pd.DataFrame:
        """Every file that could not be read, and why."""
        return _table({"原因": (outcome.error for outcome in self.outcomes if outcome.error is not None)})

    def matrix(self, level: str) -> pd.DataFrame:
        """Bodies (rows, worst first) × rules with findings (columns): how many of `level`, `error` or `warning`."""
        import pandas as pd

        worst: dict[str, tuple[int, int]] = {}
        for outcome in self.read:
            errors, warnings = worst.get(outcome.report["body"], (0, 0))
            worst[outcome.report["body"]] = (errors - outcome.errors, warnings - outcome.warnings)
        bodies = sorted(worst, key=lambda body: worst[body])
        rules = [rule for rule, *_ in self._tally().rules()]
        counts = pd.DataFrame(0, index=pd.Index(bodies, name="机关"), columns=pd.Index(rules, name="规则"))
        for outcome in self.read:
            for finding in outcome.findings:
                if finding.level == level:
                    counts.loc[outcome.report["body"], finding.rule] += 1
        return counts

    def heat_map(self, most: int = 30) -> Figure:
        """The `most` worst bodies × rules: errors on one colour, the darker the more, warnings alone in brackets.

        A cell's number says what its colour says; an empty cell is a rule that found nothing there.
        """
        return draw(self.matrix("error"), self.matrix("warning"), most)

    def _tally(self) -> Tally:
        tally = Tally()
        for outcome in self.outcomes:
            tally.add(outcome)
        return tally


def _table(columns: Mapping[str, Iterable[object]], index: str | None = None) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame({name: list(values) for name, values in columns.items()})
    return frame.set_index(index) if index else frame
