"""Enumerations: 全年公开98期，其中，市级48期、区级17期… must not come to more than the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from helpers.forms.spec import LAST_YEAR
from helpers.integrity.claims.clauses import Sentence, paragraphs
from helpers.integrity.claims.cleaning import clean
from helpers.integrity.claims.evaluate import label, places
from helpers.integrity.claims.model import Claim, Terms
from helpers.integrity.claims.numerals import Figure
from helpers.integrity.findings import Broken
from helpers.report import AnnualReport

NOT_A_PART = ("占", "同比", "增长", "增加", "减少", "下降", "较", "比", "结转", "顺延", "累计", "共", "平均", "最")
REST = ("其他", "其它", "其余")

# Counts of one sentence: each is tried as the whole of all others, and nobody writes so many.
_LONGEST = 200


def sums(section: str, claims: Sequence[Claim], report: AnnualReport) -> Iterator[Broken]:
    """The enumerations of one section whose parts do not add up to the whole that they are parts of.

    An error where a law of the form ties whole and parts together and the prose states all of them; else a
    warning, and only where the parts exceed the whole or the list ends in 其他: 其中 does not promise completeness.
    """
    yield from _statutory(claims, report)
    prose = clean(report.text[section])
    spoken = {claim.span for claim in claims}
    for sentences in paragraphs(prose):
        for sentence in sentences:
            for whole, parts, rest in _lists(prose.text, sentence):
                # Parts that mean cells are compared with their cells; what follows them is another list.
                own = list(takewhile(lambda part: prose.span(*part.number) not in spoken, parts))
                if _too_much(whole, own, rest and len(own) == len(parts)):
                    yield _listed(section, prose.text[sentence.start : sentence.end], whole, own)


def _statutory(claims: Sequence[Claim], report: AnnualReport) -> Iterator[Broken]:
    sentences: dict[int, list[Claim]] = {}
    for claim in claims:
        if claim.kind == "count" and claim.exact and claim.certain and not claim.alternatives:
            sentences.setdefault(claim.sentence, []).append(claim)
    for stated in sentences.values():
        for whole in stated if len(stated) <= _LONGEST else ():
            for cells in _partitions(whole.terms, report):
                parts = _cover(cells, [claim for claim in stated if claim is not whole and claim.scope == whole.scope])
                if parts and (total := sum(claim.value for claim in parts)) != whole.value:
                    yield _broken(whole, parts, int(total), report)


def _partitions(whole: Terms, report: AnnualReport) -> Iterator[set[str]]:
    """The sets of terms that add up to `whole` by a law of the form."""
    for law in report.form.laws:
        if (
            law.relation != "equals"
            or len(law.left) != 1
            or any(name.startswith(("-", LAST_YEAR)) for name in law.right)
        ):
            continue
        left = law.left[0]
        if law.each == "column" and whole == (f"{law.table}.{left}.total",):
            yield {f"{law.table}.{name}.total" for name in law.right}
        elif law.each == "row" and all(
            term.startswith(f"{law.table}.") and term.endswith(f".{left}") for term in whole
        ):
            yield {f"{term.rpartition('.')[0]}.{name}" for term in whole for name in law.right}


def _cover(cells: set[str], claims: Sequence[Claim]) -> list[Claim]:
    """The claims that share `cells` among them without rest or overlap; none where something is missing."""
    missing = set(cells)
    parts = []
    for claim in claims:
        if set(claim.terms) <= missing:
            missing -= set(claim.terms)
            parts.append(claim)
    return [] if missing else parts


def _broken(whole: Claim, parts: Sequence[Claim], total: int, report: AnnualReport) -> Broken:
    listed = "＋".join(str(part.value) for part in parts)
    return Broken(
        addresses=places([whole, *parts], report),
        message=f"文字中“{label(whole.terms, report.form)}”为{whole.value}，所列各项之和却为{listed}＝{total}。",
        message_en=f"the prose states {whole.value} in all, but the parts it lists add up to {total}",
        left=whole.value,
        right=total,
        excerpt=whole.excerpt,
        level="error",
    )


def _lists(text: str, sentence: Sentence) -> Iterator[tuple[Figure, list[Figure], bool]]:
    """Every 其中 list: the whole before it, its parts up to the semicolon, and whether it ends in 其他."""
    whole: Figure | None = None
    parts: list[Figure] | None = None
    rest = False
    for clause in sentence.clauses:
        if clause.depth:
            continue
        if parts is not None and (clause.restart or "其中" in clause.text):
            if whole:
                yield whole, parts, rest
            parts = None
        start = clause.start
        for figure in clause.figures:
            opens = "其中" in text[start : figure.start]
            lead = text[start : figure.start].lstrip("、和及")
            if opens:
                parts = []
            if any(word in lead for word in NOT_A_PART) and parts is not None:
                whole = None
            if parts is None:
                whole = figure if figure.exact and figure.unit in ("count", "thing") else None
            else:
                parts.append(figure)
                rest = lead.startswith(REST)
            start = figure.end
        if parts is None and clause.text.endswith("其中"):
            parts = []
    if parts is not None and whole:
        yield whole, parts, rest


def _too_much(whole: Figure, parts: Sequence[Figure], rest: bool) -> bool:
    """Whether several parts in the whole's own measure exceed it; with a `rest` they name all of it, and must match."""
    if len(parts) < 2 or not all(part.measure == whole.measure and part.exact for part in parts):
        return False
    total = sum(part.value for part in parts)
    return total > whole.value or (rest and total != whole.value)


def _listed(section: str, sentence: str, whole: Figure, parts: Sequence[Figure]) -> Broken:
    total, unit = sum(part.value for part in parts), whole.measure
    return Broken(
        addresses=(f"text.{section}",),
        message=f"文字“{sentence}”中，总数为{whole.value}{unit}，所列各项之和为{total}{unit}，请核对。",
        message_en=f"the prose states {whole.value} in all, but the parts it lists add up to {total}",
        left=int(whole.value),
        right=int(total),
        excerpt=sentence,
        level="warning",
    )
