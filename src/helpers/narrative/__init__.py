"""The prose of a report: a county's narrative.md with its figures filled in, and defaults where it wrote nothing.

`compose` is the whole of it. The defaults stand in `default.md.j2`, one block a section or part; every sentence in
them follows from the figures, so that a county with only its CSV files already has a correct report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from jinja2 import Template

from helpers.errors import NarrativeError
from helpers.forms import Form
from helpers.narrative.assembly import assemble
from helpers.narrative.filters import FILTERS
from helpers.narrative.markdown import join_lines
from helpers.narrative.naming import Names
from helpers.narrative.sections import Chapter, read_draft
from helpers.narrative.template import Environment
from helpers.narrative.values import FigureError
from helpers.report import AnnualReport

__all__ = ["FILTERS", "compose", "names"]

_DEFAULTS = Path(__file__).with_name("default.md.j2")


def compose(report: AnnualReport) -> AnnualReport:
    """The report with its text: preface and every prose section, in Markdown without the section's own heading.

    The county's words come first, by section and, where a section has parts, by part; defaults fill what is left,
    and `by_default` tells where. Raises NarrativeError for anything in narrative.md that has no certain meaning.
    """
    known = Names(report)
    written = read_draft(report, known.top())
    defaults = _defaults(known)
    preface = written.get("preface", Chapter()).lead or defaults["preface"]
    sections = {
        section.id: assemble(section, written.get(section.id, Chapter()), defaults)
        for section in report.form.prose_sections
    }
    return replace(report, text={"preface": preface, **sections}, by_default=tuple(_by_default(report.form, written)))


def _by_default(form: Form, written: Mapping[str, Chapter]) -> Iterator[str]:
    """What the county has written nothing for, in the form's order: `preface`, `problems`, `overview.management`.

    A section without parts of the form counts as written once anything stands in it.
    """
    if not written.get("preface", Chapter()).lead:
        yield "preface"
    for section in form.prose_sections:
        chapter = written.get(section.id, Chapter())
        own = {part.id for part in chapter.parts if part.text}
        if section.parts:
            yield from (f"{section.id}.{part.id}" for part in section.parts if part.id not in own)
        elif not chapter.lead and not own:
            yield section.id


def names(report: AnnualReport) -> tuple[str, ...]:
    """Every name a template on this report can use, for handbooks and for looking up."""
    return tuple(Names(report).figures)


def _defaults(known: Names) -> dict[str, str]:
    """The default texts by `section` or `section.part`; one that does not apply to the form is empty."""
    template = _default_template()
    context = template.new_context({**known.top(), "stated": known.stated})
    try:
        texts = {block.replace("__", "."): "".join(body(context)) for block, body in template.blocks.items()}
    except FigureError as problem:
        raise NarrativeError(_DEFAULTS.name, problem.expected, problem.found, problem.remedy) from None
    return {block: join_lines(text.strip()) for block, text in texts.items()}


@cache
def _default_template() -> Template:
    return Environment().from_string(_DEFAULTS.read_text(encoding="utf-8"))
