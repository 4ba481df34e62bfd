"""The registry of rules: what each is called, how grave it is and why it holds stand once, where it is registered.

A rule is a generator over the `Evidence`: it yields what broke, and where it had nothing to stand on, why it could
not run. The registry makes findings of the one and the rule's status of both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from helpers.forms import Form, Law
from helpers.forms.spec import Level
from helpers.integrity.evidence import Evidence
from helpers.integrity.findings import Broken, CannotRun, Finding, RuleResult, Status
from helpers.integrity.identities import broken_places

Look = Callable[[Evidence], Iterator[Broken | CannotRun]]

NO_TEXT = CannotRun("报告没有文字部分")


@dataclass(frozen=True)
class Rule:
    """A rule as the handbook lists it, and the generator that tries it.

    `of_others` is the level it has in what others published, where that differs. A rule on the `prose` cannot run on
    a report without text; one about a `section` of prose holds for forms that have that section.
    """

    id: str
    level: Level | Literal["by certainty"]
    title: str
    title_en: str
    basis: str
    look: Look
    of_others: Level | None = None
    prose: bool = False
    section: str | None = None

    def applies_to(self, form: Form) -> bool:
        """Whether reports on `form` have what the rule is about."""
        return self.section is None or self.section in {section.id for section in form.prose_sections}

    def try_on(self, evidence: Evidence, *, own: bool = True) -> tuple[RuleResult, list[Finding]]:
        """How the rule ended, and what it found; `passed` only where it could be tried everywhere it applies."""
        found = [NO_TEXT] if self.prose and not evidence.report.text else list(self.look(evidence))
        findings = [self._finding(each, own) for each in found if isinstance(each, Broken)]
        reason = "；".join(each.reason for each in found if isinstance(each, CannotRun)) or None
        status: Status = "failed" if findings else "not-run" if reason else "passed"
        return RuleResult(self.id, status, reason), findings

    def _finding(self, broken: Broken, own: bool) -> Finding:
        level = broken.level if self.level == "by certainty" else self.level
        assert level is not None, f"{self.id} leaves its level to its findings"
        stated = (broken.addresses, broken.message, broken.message_en, broken.left, broken.right, broken.excerpt)
        return Finding(self.id, level if own else self.of_others or level, *stated)


REGISTERED: list[Rule] = []
"""The rules that hold for more than one form, in the order they are reported in."""


def rule(
    id: str,
    level: Level | Literal["by certainty"],
    title: str,
    title_en: str,
    basis: str,
    *,
    of_others: Level | None = None,
    prose: bool = False,
    section: str | None = None,
) -> Callable[[Look], Look]:
    """Register the decorated generator as a rule; see `Rule` for what is said of it."""

    def register(look: Look) -> Look:
        REGISTERED.append(Rule(id, level, title, title_en, basis, look, of_others, prose, section))
        return look

    return register


def rules_for(form: Form) -> tuple[Rule, ...]:
    """Every rule that applies to reports on `form`: its own laws, then those on the figures, then on the prose."""
    by_id: dict[str, list[Law]] = {}
    for law in form.laws:
        by_id.setdefault(law.id, []).append(law)
    return (*map(_from_laws, by_id.values()), *(rule for rule in REGISTERED if rule.applies_to(form)))


def _from_laws(laws: list[Law]) -> Rule:
    def look(evidence: Evidence) -> Iterator[Broken | CannotRun]:
        for law in laws:
            yield from broken_places(law, evidence.report)

    first = laws[0]
    level = first.level if all(law.level == first.level for law in laws) else "by certainty"
    return Rule(first.id, level, first.title, first.en, first.basis, look)
