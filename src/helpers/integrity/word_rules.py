"""The rules on the words themselves: dates of another year, placeholders, last year's sentences, empty sections."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.chinese import NUMERALS, unnumbered
from helpers.forms.spec import Level
from helpers.integrity.claims.cleaning import clean
from helpers.integrity.evidence import Evidence
from helpers.integrity.findings import Broken, CannotRun
from helpers.integrity.prose_rules import SENTENCE
from helpers.integrity.rules import rule

PERIOD = re.compile(
    r"统计(?:期限|时限|时间|区间|周期|截止|期间)[^。；]{0,12}?(20\d\d)年1月1日[^。；]{0,8}?(?:(20\d\d)年)?12月31日"
)
TITLE_YEAR = re.compile(r"(20\d\d)年(?:度)?(?:政府信息公开(?:工作)?年度报告)")

PLACEHOLDERS = re.compile(
    "|".join(
        (
            "具体重大政策名称",
            r"[（(【\[](?:请|待|此处)?(?:填写|插入|补充)(?:内容|数据|数字|名称|完整)?[）)】\]]",
            "待(?:补充|填写|定稿)",
            r"(?<![A-Za-z0-9×])(?:[XxＸｘ×]{2,}|＊{2,}|□{2,})(?![A-Za-z0-9.@/])",
            "[_＿]{3,}(?=[件条次个元%])",
            "某某",
            r"\{\{[^{}]*\}\}",
            "#REF!|#N/A",
        )
    )
)
CERTAIN = re.compile(r"具体重大政策名称|\{\{|#REF!|#N/A|[（(【\[]|_{3,}")
BLANKS = re.compile(r"[XxＸｘ×＊□]{2,}$")
FILLED_IN = re.compile(r"\s*(?:[件条次个期场篇项份家宗元万%％年月日省市县区镇乡局]|人民政府|街道|部门)")
"""What follows a blank to be filled in; elsewhere ×× may be a writer's way of speaking (“政务公开+XX”)."""
ADDRESS_TEXT = re.compile(r"https?://\S+|www\.\S+|(?<![\w.-])[\w.-]+@[\w.-]+")
AROUND = 12
"""Characters quoted on either side of a placeholder."""

REPEATED_FROM = 0.6
"""Share of a section's characters that stand in last year's section word for word; below it, formulas are normal."""
WORTH_COMPARING = 100
"""Characters; shorter sections (无, one sentence on fees) are alike every year by their nature."""
NUMBER = re.compile(rf"[\d.,%]+|(?<![{NUMERALS}])[{NUMERALS}]+(?=[件条次个期场篇年月日])")

EMPTY = re.compile(r"(?:暂?无|没有|暂无内容|无内容|略|/|—+|-+|不涉及|无此项|无其他|暂无需要报告的事项)?")


@rule(
    "TEXT-YEAR", "by certainty", "文字中的年份和数字应为报告年度的",
    "years and figures in the prose are the report's own", "《条例》第五十条；国办公开办函〔2021〕30号", prose=True,
)  # fmt: skip
def years(evidence: Evidence) -> Iterator[Broken]:
    """Last year's figure under this year's date or the reverse; a period or a title that names another year."""
    yield from evidence.differences["year"]
    year = evidence.report.year
    for section, prose in evidence.prose.items():
        for match in PERIOD.finditer(prose):
            wrong = [int(stated) for stated in match.groups() if stated and int(stated) != year]
            if wrong:
                yield _other_year(section, "error", wrong[0], year, match[0], "统计期限")
    for match in TITLE_YEAR.finditer(evidence.prose.get("preface", "")):
        if int(match[1]) != year:
            yield _other_year("preface", "warning", int(match[1]), year, match[0], "报告名称")


def _other_year(section: str, level: Level, stated: int, year: int, excerpt: str, what: str) -> Broken:
    message = f"{what}“{excerpt}”写的是{stated}年，本报告为{year}年度报告，疑似沿用了其他年度的文字。"
    english = f"the text names the year {stated}; this is the report on {year}"
    return Broken((f"text.{section}",), message, english, stated, year, excerpt, level)


@rule(
    "TEXT-RESIDUE", "by certainty", "文字中不应有模板占位内容", "no placeholder of the template is left",
    "国办公开办函〔2021〕30号", prose=True,
)  # fmt: skip
def residue(evidence: Evidence) -> Iterator[Broken]:
    """Words of the template, XX件, ××县; sure where nobody would write so on purpose."""
    for section, text in evidence.report.text.items():
        plain = ADDRESS_TEXT.sub(lambda match: " " * len(match[0]), text)
        for match in PLACEHOLDERS.finditer(plain):
            excerpt = re.sub(r"\s+", "", text[max(0, match.start() - AROUND) : match.end() + AROUND])
            blank = BLANKS.search(match[0]) and FILLED_IN.match(plain, match.end())
            yield Broken(
                (f"text.{section}",),
                f"文字“{excerpt}”中有模板遗留的占位内容“{match[0]}”，应改为实际内容。",
                f"a placeholder of the template was left in the text: {match[0]}",
                excerpt=excerpt,
                level="error" if blank or CERTAIN.match(match[0]) else "warning",
            )


@rule(
    "TEXT-REPEAT", "by certainty", "文字不应照抄上一年度报告", "no section repeats last year's text",
    "国办公开办函〔2021〕30号（内容雷同、敷衍塞责）", prose=True,
)  # fmt: skip
def repeats(evidence: Evidence) -> Iterator[Broken | CannotRun]:
    """A section that says in the same words what last year's report said; figures are not words."""
    previous = evidence.report.previous
    if previous is None or not previous.text:
        yield CannotRun("没有上一年度的报告" if previous is None else "上一年度的报告没有文字部分")
        return
    for section, prose in evidence.prose.items():
        # The preface is a legal formula, and a short 六 says the same about fees every year.
        if section == "preface" or section not in previous.text:
            continue
        share, longest = _repeated(prose, clean(previous.text[section]).text)
        if share >= REPEATED_FROM:
            percent = round(100 * share)
            yield Broken(
                (f"text.{section}",),
                f"“{evidence.heading(section)}”有{percent}%的文字与上一年度报告相同，疑似照抄上年内容。",
                f"{percent}% of section {section} repeats last year's report word for word",
                percent,
                excerpt=longest,
                level="warning",
            )


def _repeated(now: str, before: str) -> tuple[float, str]:
    """The share of a section's words that stood there last year, and the longest such sentence; 0 if it is short."""
    old = {bare for bare, _ in _sentences(before)}
    own = _sentences(now)
    same = [(bare, sentence) for bare, sentence in own if bare in old]
    length = sum(len(bare) for bare, _ in own)
    if length < WORTH_COMPARING or not same:
        return 0, ""
    return sum(len(bare) for bare, _ in same) / length, max((sentence for _, sentence in same), key=len)


def _sentences(prose: str) -> list[tuple[str, str]]:
    """The sentences of a section, each without its figures and years, and as it stands."""
    return [(bare, sentence) for sentence in SENTENCE.findall(prose) if len(bare := NUMBER.sub("", sentence)) > 3]


@rule(
    "TEXT-EMPTY", "by certainty", "第五部分应有实际内容", "section 5 has content", "《条例》第五十条第（四）项",
    prose=True, section="problems",
)  # fmt: skip
def empty(evidence: Evidence) -> Iterator[Broken]:
    """The problems are one of the six sections that article 50 asks for; 「无」 is no content."""
    nth, nth_en = evidence.ordinal("problems")
    name = unnumbered(evidence.heading("problems"))
    text = evidence.report.text.get("problems")
    body = re.sub(r"[\s。．.；;“”「」#*]", "", text or "")
    level: Level
    if text is None:
        level, message = "warning", f"报告文字中没有找到{nth}“{name}”，请核对。"
        english = f"{nth_en} was not found"
    elif EMPTY.fullmatch(body):
        only = f"只写了“{body}”" if body else "没有内容"
        level, message = "error", f"{nth}“{name}”{only}，应如实写明问题和改进情况。"
        english = f"{nth_en} (problems) has no content"
    else:
        return
    yield Broken(("text.problems",), message, english, excerpt=body, level=level)
