"""Words of the prose and what they mean: the form's own labels, and the variants of `phrases.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Literal

from helpers.errors import FormError
from helpers.forms import Form
from helpers.forms.spec import Column, Row
from helpers.yamlfile import Strict, read_yaml

NUMBERING = re.compile(r"^(?:[（(][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+、|\d+[.、．])")
REMARK = re.compile(r"[（(].*?[)）]")

NO_ANSWER = ("received", "carried_over_in", "carried_over_out", "total", "otherwise_handled")

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


Feature = Literal[
    "row", "column", "block", "result", "loose_result", "document", "measure", "loose_measure",
    "gross", "handling", "carry", "prior", "next", "requests", "other_kind",
    "share", "up", "down", "to", "compare", "each", "of_which", "including", "negation", "all", "except", "fee",
    "subset", "channel", "foreign", "period", "filler", "whole", "narrow", "year", "unknown",
]  # fmt: skip  # one item a line would be a screen of commas
"""The parts that a word can play in a claim; `phrases.yaml` sorts words by them."""


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
        return tuple(dict.fromkeys(a.split(".")[1] for a in self.form.cells if a.startswith("review.")))

    @cached_property
    def results(self) -> tuple[str, ...]:
        """The columns of the table of reviews, but for the total."""
        columns = (a.split(".")[2] for a in self.form.cells if a.startswith("review."))
        return tuple(dict.fromkeys(column for column in columns if column != "total"))

    @cached_property
    def answered(self) -> tuple[str, ...]:
        """The outcomes that end in an answer: all but those otherwise handled."""
        rows = dict.fromkeys(a.split(".")[1] for a in self.form.cells if a.startswith("requests."))
        return tuple(row for row in rows if row not in NO_ANSWER)

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
            return Token("year", str(year_of(match[0])), match[0], offset + index)
        best: Token | None = None
        for feature, pattern in SCOPES:
            if (match := pattern.match(text, index)) and len(match[0]) > (len(best.text) if best else 0):
                best = Token(feature, match[0], match[0], offset + index)
        for size in range(min(self.longest, len(text) - index), len(best.text) if best else 0, -1):
            piece = text[index : index + size]
            if piece in self.words:
                return Token(*self.words[piece], piece, offset + index)
        return best


def year_of(text: str) -> int:
    """2024年 and 二〇二四年 → 2024."""
    digits = "".join(
        str("〇一二三四五六七八九".index(letter)) if letter in "〇一二三四五六七八九" else letter
        for letter in text.replace("零", "〇")
    )
    return int(re.sub(r"\D", "", digits))


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
def _phrases() -> Phrases:
    return read_yaml(Path(__file__).with_name("phrases.yaml"), Phrases, FormError)


@lru_cache(maxsize=8)
def _vocabulary(form: _Keyed) -> Vocabulary:
    phrases = _phrases()
    words: dict[str, tuple[Feature, str]] = {}

    def add(feature: Feature, value: str, names: Iterable[str]) -> None:
        words.update({_bare(name): (feature, value) for name in names})

    for feature, names in phrases.topics.items():
        add(feature, "", names)
    rows, columns, organizations = _requests(form.form)
    for path, names in rows.items():
        add("row", path, names)
    for column, names in columns.items():
        add("column", column, names)
    groups: dict[str, tuple[str, ...]] = {block: (block,) for block in _review_rows(form.form)}
    groups["litigation"] = tuple(block for block in groups if block.startswith("litigation"))
    groups["organizations"] = organizations
    known = {part for address in form.form.cells for part in address.split(".")}
    for feature, named in phrases.values.items():
        for value, names in named.items():
            if known >= set(value.split(".")) or value in groups:
                add(feature, f"proactive_disclosure.{value}" if feature == "document" else value, names)
    for feature, names in phrases.words.items():
        add(feature, "", names)
    return Vocabulary(form.form, words, max(map(len, words)), groups, frozenset(phrases.unsettled))


@dataclass(frozen=True, eq=False)
class _Keyed:
    """A form as a cache key: forms are not hashable, and one form file has one vocabulary."""

    form: Form

    def __hash__(self) -> int:
        return hash(self.form.id)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Keyed):
            return False
        return self.form is other.form or self.form.spec == other.form.spec


def vocabulary(form: Form) -> Vocabulary:
    """The words of the prose of a report on `form`."""
    return _vocabulary(_Keyed(form))


def _bare(label: str) -> str:
    return re.sub(r"[\s“”‘’\"'《》]", "", label) or label


def _names(label: str, short: str | None, variants: list[str]) -> list[str]:
    """How prose writes a label: without numbering, remarks and the leading 属于."""
    names = []
    for name in (label, short or "", *variants):
        bare = REMARK.sub("", NUMBERING.sub("", name)).strip()
        names += [bare, bare.removeprefix("属于"), bare.removesuffix("申请"), bare.replace("、", "")]
    return [name for name in names if name and name not in ("其他", "总计", "合计")]


def _requests(form: Form) -> tuple[dict[str, list[str]], dict[str, list[str]], tuple[str, ...]]:
    """Row paths and columns of the table of requests with their names, and the columns that are organisations."""
    rows: dict[str, list[str]] = {}
    columns: dict[str, list[str]] = {}
    organizations: tuple[str, ...] = ()

    def down_rows(nodes: list[Row], path: str) -> None:
        for node in nodes:
            here = ".".join(part for part in (path, node.id) if part)
            if node.id:
                rows[here] = _names(node.label, node.short, node.variants)
            down_rows(node.rows, here)

    def down_columns(nodes: list[Column], headed: bool) -> None:
        nonlocal organizations
        for node in nodes:
            if node.id and node.id != "total":
                columns[node.id] = _names(node.label, node.short, node.variants)
                # Only the heading 法人或其他组织 stands over leaf columns beside a single leaf column.
                organizations += (node.id,) if headed else ()
            down_columns(node.columns, bool(node.columns) and not any(child.columns for child in node.columns))

    for table in form.spec.tables:
        if table.id == "requests":
            for block in table.blocks:
                down_rows(block.rows, "")
                down_columns(block.columns, False)
    return rows, columns, organizations


def _review_rows(form: Form) -> list[str]:
    return [row.partition(".")[2] for row in form.tables["review"].rows] if "review" in form.tables else []
