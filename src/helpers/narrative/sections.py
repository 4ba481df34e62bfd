"""A county's narrative.md → the form's sections and parts.

    text before the first heading     the preface
    # 一、总体情况                     a section of prose
    ## （二）依申请公开情况             a part of it; numbering is ours, so it never skips

Headings are found in the source, before any figure is filled in, so that an error names the line and no inserted
value can become a heading.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from helpers.chinese import unnumbered
from helpers.errors import NarrativeError, Place
from helpers.forms import Form, SectionSpec, normalise
from helpers.narrative.markdown import join_lines, outside_fences, refused_target, unexplained
from helpers.narrative.template import render
from helpers.report import AnnualReport

_HEADING = re.compile(r"^ {0,3}([#＃]{1,2})(?![#＃])([ \t\u3000]*)(.*)$")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-+)[ \t]*$")
_OPENING = re.compile("{[%#{]")
_CLOSING = {"{%": "%}", "{#": "#}", "{{": "}}"}
_MARK = re.compile("\x02(\\d+)\x03")

MAX_HEADINGS = 99
"""Headings of a narrative, which are numbered up to 九十九; published reports have some twenty."""


@dataclass(frozen=True)
class WrittenPart:
    """A sub-heading and the prose below it; `id` is the form's, None for one of the county's own."""

    id: str | None
    title: str
    text: str


@dataclass
class Chapter:
    """What the county wrote in one section: text before the first part, and parts in the order written."""

    lead: str = ""
    parts: list[WrittenPart] = field(default_factory=list)


@dataclass(frozen=True)
class _Heading:
    line: int
    level: int
    title: str


def read_draft(report: AnnualReport, names: Mapping[str, object]) -> dict[str, Chapter]:
    """The county's own prose by section id (`preface` first), figures filled in; empty where there is no draft.

    Raises NarrativeError for a heading the form does not know, one that stands twice, prose under a table, a picture
    or an unsafe link, and whatever is wrong with a figure.
    """
    if report.draft is None:
        return {}
    return _Draft(report.form, report.draft.path, report.draft.text, names).chapters()


class _Draft:
    def __init__(self, form: Form, path: Path, text: str, names: Mapping[str, object]) -> None:
        self.form, self.path, self.names = form, path, names
        unified = text.replace("\r\n", "\n").replace("\r", "\n")
        # A comment of several lines may hold headings, as the file that `gongkai new` writes does: they are not ours.
        self.lines = "".join(_uncommented(unified)).split("\n")
        self.headings: list[_Heading] = []

    def chapters(self) -> dict[str, Chapter]:
        source = "\n".join(self._marked())
        texts = _MARK.split(render(source, self.names, self.path))
        chapters = {"preface": Chapter(self._prose(texts[0], 1))}
        section: SectionSpec | None = None
        for mark, text in zip(texts[1::2], texts[2::2], strict=True):
            heading = self.headings[int(mark)]
            prose = self._prose(text, heading.line)
            if heading.level == 1:
                section = self._section(heading, chapters)
                chapters[section.id] = Chapter(prose)
            else:
                part = self._part(heading, section, prose)
                written = chapters[section.id].parts if section else []
                if any(_key(part.title) == _key(other.title) for other in written):
                    raise self._error(heading, "every part once", f"“{heading.title}” again", "Join the two.")
                written.append(part)
        self._check_notes(chapters)
        return chapters

    def _check_notes(self, chapters: Mapping[str, Chapter]) -> None:
        """Each section is a text of its own: a footnote that another one explains would be left as it is typed."""
        if "[^" not in "".join(self.lines):
            return
        for chapter in chapters.values():
            for mark in unexplained("\n\n".join([chapter.lead, *(part.text for part in chapter.parts)])):
                if any(line.lstrip().startswith(f"{mark}:") for line in self.lines):
                    at = next(number for number, line in enumerate(self.lines, 1) if mark in line)
                    raise NarrativeError(
                        Place(self.path, at), "footnotes explained in the section they stand in",
                        f"“{mark}”, which another section explains", f"Move the line `{mark}: …` into this section.",
                    )  # fmt: skip

    def _marked(self) -> list[str]:
        """The lines, every heading replaced by a mark that no template and no value can produce."""
        marked = list(self.lines)
        above = ""
        for index, line in outside_fences(self.lines):
            if "\x02" in line:
                raise NarrativeError(Place(self.path, index + 1), "text", "a control character", "Type the line again.")
            heading = _HEADING.match(line)
            if heading and not _hashtag(heading, line):
                title = heading[3].rstrip(" \t").rstrip("#").strip()
                found = _Heading(index + 1, len(heading[1]), title)
                if len(self.headings) == MAX_HEADINGS:
                    raise self._error(found, f"at most {MAX_HEADINGS} headings", "more", "Join some parts.")
                if not found.title or "{{" in found.title or "{%" in found.title:
                    raise self._error(
                        found, "a heading in plain words", f"“{found.title}”", "Put figures into the text below it."
                    )
                marked[index] = f"\x02{len(self.headings)}\x03"
                self.headings.append(found)
            elif _UNDERLINE.match(line) and above.strip() and not above.lstrip().startswith(("|", "#", "-", "{")):
                raise NarrativeError(
                    Place(self.path, index + 1), "headings that begin with #", "an underlined heading",
                    "Write `# ` or `## ` before the title; leave a blank line above a ruler.",
                )  # fmt: skip
            above = line
        return [_kept(line) for line in marked]

    def _section(self, heading: _Heading, seen: Mapping[str, Chapter]) -> SectionSpec:
        section = _matching(self.form, heading.title)
        prose = self.form.prose_sections
        wanted = "one of the sections " + ", ".join(f"“{entry.heading}”" for entry in prose)
        if section is None:
            near = difflib.get_close_matches(_key(heading.title), [_key(entry.heading) for entry in prose], 1)
            meant = next((entry.heading for entry in prose if near and _key(entry.heading) == near[0]), None)
            part = next((p for s in prose for p in s.parts if _names(heading.title, p.title, p.variants)), None)
            remedy = (
                f"Write `## {part.title}`: it is a part of a section." if part
                else f"Did you mean “{meant}”?" if meant
                else "Use the form's heading, `## …` for a part of a section, or write \\# for the character itself."
            )  # fmt: skip
            raise self._error(heading, wanted, f"“{heading.title}”", remedy)
        if section not in prose:
            raise self._error(
                heading, wanted, f"“{heading.title}”, whose table is made from the CSV files",
                "Remove the heading; what there is to say about the figures belongs into 一、总体情况.",
            )  # fmt: skip
        if section.id in seen:
            raise self._error(heading, "every section once", f"“{heading.title}” again", "Join the two.")
        return section

    def _part(self, heading: _Heading, section: SectionSpec | None, prose: str) -> WrittenPart:
        if section is None:
            raise self._error(
                heading, "a section (# …) before its parts", f"“{heading.title}”", "Put it under `# 一、总体情况`."
            )
        for known in section.parts:
            if _names(heading.title, known.title, known.variants):
                return WrittenPart(known.id, known.title, prose)
        # Only now: the form calls table 二 what many counties call the first part of 一.
        if _matching(self.form, heading.title):
            raise self._error(heading, "a part", f"the section “{heading.title}”", "Write it with a single #.")
        if not prose:
            raise self._error(heading, "text below the heading", "nothing", "Write the part, or remove its heading.")
        return WrittenPart(None, unnumbered(heading.title), prose)

    def _prose(self, text: str, line: int) -> str:
        prose = join_lines(re.sub(r"(?<=\S) $", "", text, flags=re.MULTILINE)).strip("\n")
        if refused := refused_target(prose):
            what, url = refused
            at = next((n for n, source in enumerate(self.lines[line - 1 :], line) if url and url in source), line)
            raise NarrativeError(
                Place(self.path, at), "links to http, https or mailto addresses, and no pictures",
                f"{what} to “{url}”", "Remove it, or write the full address; charts are the notebook's.",
            )  # fmt: skip
        return prose

    def _error(self, heading: _Heading, expected: str, found: str, remedy: str) -> NarrativeError:
        return NarrativeError(Place(self.path, heading.line), expected, found, remedy)


def _kept(line: str) -> str:
    """The line, its break kept: Jinja drops the one behind a tag, which is right only where a tag stands alone."""
    if not line.endswith(("%}", "#}")):
        return line
    rest = "".join(text for text in _split_tags(line) if not text.startswith(("{%", "{#"))).strip()
    return f"{line} " if rest and not rest.endswith(("%}", "#}")) else line


def _uncommented(text: str) -> Iterator[str]:
    """The text, of its comments of several lines only the line breaks."""
    for part in _split_tags(text):
        yield "\n" * part.count("\n") if part.startswith("{#") and "\n" in part else part


def _split_tags(text: str) -> Iterator[str]:
    """`text` in pieces: tags and comments, each whole, and what stands between them.

    By finding, not by a pattern: one with two `.*?` takes hours over a page of `{#` that nobody closes.
    """
    last = {opening: text.rfind(closing) for opening, closing in _CLOSING.items()}
    at = 0
    for opening in _OPENING.finditer(text):
        if at <= opening.start() and opening.end() <= last[opening[0]]:
            yield text[at : opening.start()]
            at = text.index(_CLOSING[opening[0]], opening.end()) + 2
            yield text[opening.start() : at]
    yield text[at:]


def _hashtag(heading: re.Match[str], line: str) -> bool:
    """Whether a line begins with a #topic# of the social media: a second mark, and no space behind the first."""
    return heading[1] == "#" and not heading[2] and "#" in line.strip()[1:]


def _key(title: str) -> str:
    """A title as titles are compared."""
    return normalise(unnumbered(title))


def _matching(form: Form, title: str) -> SectionSpec | None:
    return next((entry for entry in form.sections if _names(title, entry.heading, entry.variants)), None)


def _names(title: str, official: str, variants: list[str]) -> bool:
    return _key(title) in {_key(name) for name in (official, *variants)}
