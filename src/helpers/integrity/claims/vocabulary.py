"""The words of a clause, each with its part in a claim; and the names of bodies, dates and years among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from helpers.bodies import PLACE
from helpers.chinese import FIGURES, number
from helpers.forms import Form
from helpers.integrity.claims.lexicon import Feature, labels, read_phrases

NO_ANSWER = ("received", "carried_over_in", "carried_over_out", "otherwise_handled")

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
YEAR = re.compile(rf"(?:(?:19|20)\d\d|二[〇○零][{FIGURES}]{{2}})年(?:度|底|末)?")


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
    """What a word for rows or columns names → the rows or columns that it stands for: 行政诉讼 for both kinds."""

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
