"""Words of the prose and what they mean: the form's own labels, and the variants of `phrases.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from helpers.chinese import number, unnumbered
from helpers.errors import FormError
from helpers.forms import Form
from helpers.forms.form import Table
from helpers.forms.headings import Heading
from helpers.yamlfile import Strict, read_yaml

Feature = Literal[
    "row", "column", "block", "result", "loose_result", "document", "measure", "loose_measure", "cell",
    "gross", "handling", "carry", "prior", "next", "requests", "other_kind",
    "share", "up", "down", "to", "compare", "each", "of_which", "including", "negation", "all", "except", "fee",
    "subset", "channel", "foreign", "period", "filler", "whole", "narrow", "year", "unknown",
]  # fmt: skip  # one item a line would be a screen of commas
"""The parts that a word can play in a claim; `phrases.yaml` sorts words by them."""

REMARK = re.compile(r"[（(].*?[)）]")

PARTS: Mapping[str, tuple[Feature, Feature]] = {"requests": ("row", "column"), "review": ("block", "result")}
"""What the headings of rows and of columns are in a claim; in every other table a subject and what is counted of it."""

NO_ANSWER = ("received", "carried_over_in", "carried_over_out", "otherwise_handled")

PLACE = "(?:自治区|自治州|自治县|开发区|新区|街道|园区|街(?!道)|省|市|县|区|州|旗|盟|镇|乡)"
SCOPES: tuple[tuple[Feature, re.Pattern[str]], ...] = (
    ("whole", re.compile(rf"[全我本](?:{PLACE}|局|委|厅|办|院|系统)(?!法|理|托|域|性|结|场|公开)(?:范围内?|上下)?")),
    ("narrow", re.compile(rf"代表?[^，。；件]{{0,8}}政府(?!信息)|以[^，。；件]{{0,10}}名义|代{PLACE}政府")),
    ("narrow", re.compile(r"(?:本|我)(?:行政)?(?:机关|单位|部门|级政府|级)(?!不掌握)")),
    (
        "narrow",
        re.compile(
            r"(?:镇街|街镇|乡镇|区县|县区|县市区|市县区?|园区)(?:\([^()]{1,8}\))?(?:人民政府|政府)?|作为(?:行政)?复议机关"
        ),
    ),
    ("narrow", re.compile(rf"{PLACE}(?:本级|级(?:机关|部门|行政机关|单位)?|直(?:各?部门|单位|机关)?)")),
    ("narrow", re.compile(rf"各{PLACE}(?:[、和及]?(?:\(?{PLACE}\)?))*(?:人民政府|政府)?")),
    (
        "narrow",
        re.compile(
            rf"{PLACE}(?:人民)?政府(?!信息|网|门户|公报|文件|规章|常务|工作报告|令|全体|各级)"
            r"(?:\(含[^()]*\))?(?:[及和、与]?其?(?:市|县|区)?政?府?(?:办公室|办公厅|办))?(?:本级|本机关|(?:各|工作|组成|所属)*部门)?"
        ),
    ),
)
BODY = re.compile(
    r".{2,14}(?:局|委员会|厅|委|办|办公室|中心|支队|大队|镇|乡|街道|街道办事处|管委会|院|所|公司|部门|单位|机关|系统|集团|街镇|镇街|乡镇|县区|区县|园区|开发区)$"
)
TOWN = re.compile(r"[^的在于]{1,8}(?:省|市|县|区|州|旗|镇|乡|街道)$")
DATE = re.compile(r"(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}日|12月底")
MONTH = re.compile(r"(?:\d{1,2}[-—–至到])?\d{1,2}月(?:份|底|末)?")
YEAR = re.compile(r"(?:(?:19|20)\d\d|二[〇零][〇零一二三四五六七八九]{2})年(?:度|底|末)?")


@dataclass(frozen=True)
class Token:
    """A word of a clause: `feature` is its part in a claim, `value` what it names, `text` as it stands."""

    feature: Feature
    value: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Offset just after the word."""
        return self.start + len(self.text)


def has(tokens: Iterable[Token], *features: Feature) -> bool:
    """Whether one of the words plays one of these parts."""
    return any(token.feature in features for token in tokens)


@dataclass(frozen=True)
class Vocabulary:
    """Every known word of one form's prose, the longest first at any place."""

    form: Form
    words: Mapping[str, tuple[Feature, str]]
    longest: int
    groups: Mapping[str, tuple[str, ...]]
    """Block name → rows of table review that it stands for, and `organizations` → applicant columns."""

    unsettled: frozenset[str] = frozenset()
    """Words with a usual meaning that is not everybody's."""

    @cached_property
    def reviews(self) -> tuple[str, ...]:
        """The rows of the table of reviews."""
        return self._parts("review", 1)

    @cached_property
    def results(self) -> tuple[str, ...]:
        """The columns of the table of reviews, but for the total."""
        return self._parts("review", -1)

    @cached_property
    def applicants(self) -> tuple[str, ...]:
        """The columns of the table of requests, but for the total."""
        return self._parts("requests", -1)

    @cached_property
    def answered(self) -> tuple[str, ...]:
        """The outcomes that end in an answer: all but those otherwise handled."""
        return tuple(row for row in self._parts("requests", 1) if row not in NO_ANSWER)

    def _parts(self, table: str, place: int) -> tuple[str, ...]:
        parts = (address.split(".") for address in self.form.cells if address.startswith(f"{table}."))
        return tuple(dict.fromkeys(part[place] for part in parts if part[place] != "total"))

    def knows(self, address: str) -> bool:
        """Whether the form has a cell or a group of that address."""
        return address in self.form.cells or address in self.form.groups

    def tokens(self, text: str, offset: int = 0) -> tuple[Token, ...]:
        """The words of a clause in order; characters that belong to no known word are `unknown`."""
        found: list[Token] = []
        unknown = 0
        index = 0
        while index < len(text):
            token = self._at(text, index, offset)
            if token is None:
                index += 1
                continue
            if unknown < index and token.feature == "narrow":
                # 江城|县人民政府: the name before belongs to the body.
                name = text[unknown : token.end - offset]
                token = Token("narrow", name, name, offset + unknown)
            else:
                found += _unknown(text[unknown:index], offset + unknown)
            found.append(token)
            index = unknown = token.end - offset
        return (*found, *_unknown(text[unknown:], offset + unknown))

    def _at(self, text: str, index: int, offset: int) -> Token | None:
        if match := DATE.match(text, index):
            return Token("filler", "", match[0], offset + index)
        if match := MONTH.match(text, index):
            return Token("period", "", match[0], offset + index)
        if match := YEAR.match(text, index):
            return Token("year", str(number(match[0][:4])), match[0], offset + index)
        best: Token | None = None
        for feature, pattern in SCOPES:
            if (match := pattern.match(text, index)) and len(match[0]) > (len(best.text) if best else 0):
                best = Token(feature, match[0], match[0], offset + index)
        for size in range(min(self.longest, len(text) - index), len(best.text) if best else 0, -1):
            piece = text[index : index + size]
            if piece in self.words:
                return Token(*self.words[piece], piece, offset + index)
        return best


def _unknown(text: str, offset: int) -> Iterator[Token]:
    if not text:
        return
    yield Token("narrow" if BODY.match(text) or TOWN.fullmatch(text) else "unknown", text, text, offset)


class Phrases(Strict):
    """The file `phrases.yaml`; its keys are features."""

    values: dict[Feature, dict[str, list[str]]]
    words: dict[Feature, list[str]]
    topics: dict[Feature, list[str]]
    unsettled: list[str]


@cache
def read_phrases() -> Phrases:
    """What prose says where the form says something else."""
    return read_yaml(Path(__file__).with_name("phrases.yaml"), Phrases, FormError)


@cache
def vocabulary(form: Form) -> Vocabulary:
    """The words of the prose of a report on `form`: its own, what prose says instead, and those of any report.

    Its own words go before what else a figure may be about (来电 is a topic unless it is a row); the words that hold
    a sentence together go before both.
    """
    phrases = read_phrases()
    own, groups = labels(form)
    known = set(own.values()) | {("row", "total")}
    variants = {
        name: (feature, value)
        for feature, values in phrases.values.items()
        for value, names in values.items()
        for name in names
        if (feature.removeprefix("loose_"), value) in known
    }
    topics, plain = (
        {name: (feature, "") for feature, names in several.items() for name in names}
        for several in (phrases.topics, phrases.words)
    )
    words: dict[str, tuple[Feature, str]] = {**topics, **own, **variants, **plain}
    return Vocabulary(form, words, max(map(len, words)), groups, frozenset(phrases.unsettled))


def labels(form: Form) -> tuple[dict[str, tuple[Feature, str]], dict[str, tuple[str, ...]]]:
    """The words for the rows and columns of a form, and the rows or columns that each value stands for."""
    words: dict[str, tuple[Feature, str]] = {}
    groups: dict[str, tuple[str, ...]] = {}
    for table in form.tables.values():
        for heading in table.headings:
            if named := _named(heading, table.id):
                feature, value, groups[value] = named
                words |= {_bare(name): (feature, value) for name in _names(heading.labels, feature)}
        if table.id not in PARTS:
            words |= {_bare(name): ("cell", address) for name, address in _fused(form, table)}
    return words, groups


def _named(heading: Heading, table: str) -> tuple[Feature, str, tuple[str, ...]] | None:
    """What a heading's words are in a claim, what they name, and the rows or columns that this stands for.

    A heading without an address is called by its label: 行政诉讼 are both kinds of it, 法人或其他组织 five columns.
    """
    row, column = PARTS.get(table, ("document", "measure"))
    by_rows = heading.role in ("row", "group")
    feature: Feature = row if by_rows else column
    if heading.address:
        whole = feature == "document"
        value = heading.address if whole else heading.address.removeprefix(f"{table}.").removeprefix("*.")
        return feature, value, (value,)
    members = tuple(dict.fromkeys(cell.split(".")[1 if by_rows else -1] for cell in heading.cells))
    return (feature, heading.label, members) if table in PARTS and "total" not in members else None


def _fused(form: Form, table: Table) -> Iterator[tuple[str, str]]:
    """Row and column told in one word: 政府集中采购 and 采购项目数量 are 政府集中采购项目."""
    for cell in table.cells:
        for row in _names(form.headings[cell.row].labels, "document"):
            for column in _names([cell.column_label], "measure"):
                shared = next((size for size in range(len(column) - 1, 1, -1) if row.endswith(column[:size])), 0)
                if shared:
                    yield row + column[shared:], cell.address


def _names(labels: Iterable[str], feature: Feature) -> list[str]:
    """How prose writes a label: without numbering, remarks, the leading 属于, and what the figures of a column are."""
    names = []
    for label in labels:
        bare = REMARK.sub("", unnumbered(label)).strip()
        names += [bare, bare.removeprefix("属于"), bare.removesuffix("申请"), bare.replace("、", "")]
        if feature == "measure":
            short = re.sub(r"(?:件数|数量)$", "", bare)
            names += [short, short.removeprefix("本年"), bare.removeprefix("本年")]
    return [name for name in dict.fromkeys(names) if name and name not in ("其他", "总计", "合计")]


def _bare(label: str) -> str:
    return re.sub(r"[\s“”‘’\"'《》]", "", label) or label
