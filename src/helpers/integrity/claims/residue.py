"""What a draft leaves behind: placeholders, last year's dates and sentences, sections without content."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from helpers.forms.spec import Level
from helpers.integrity.claims.cleaning import clean
from helpers.integrity.claims.model import Claim, TextFinding
from helpers.integrity.claims.scopes import is_own
from helpers.report import AnnualReport

FEES_SINCE = 2021
"""《政府信息公开信息处理费管理办法》 came into force on 1 January 2021."""
REPEATED_FROM = 0.6
"""Share of a section's characters that stand in last year's section word for word; below it, formulas are normal."""
WORTH_COMPARING = 100
"""Characters; shorter sections (无, one sentence on fees) are alike every year by their nature."""

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
ADDRESS_TEXT = re.compile(r"https?://\S+|www\.\S+|[\w.-]+@[\w.-]+")
PERIOD = re.compile(
    r"统计(?:期限|时限|时间|区间|周期|截止|期间)[^。；]{0,12}?(20\d\d)年1月1日[^。；]{0,8}?(?:(20\d\d)年)?12月31日"
)
TITLE_YEAR = re.compile(r"(20\d\d)年(?:度)?(?:政府信息公开(?:工作)?年度报告)")
EMPTY = re.compile(r"(?:暂?无|没有|暂无内容|无内容|略|/|—+|-+|不涉及|无此项|无其他|暂无需要报告的事项)?")
FEE = re.compile(r"信息处理费|信息公开处理费|(?:收取|收费|免费)")
NO_FEE = re.compile(
    r"(?:未|没有|无)[^，；]{0,16}(?:收取|产生|发生)[^，；]{0,16}信息处理费|信息处理费[^，；]{0,6}(?:未|没有)(?:收取|产生|发生)"
)
NARROWER = re.compile(r"办公室|局|本机关|本级|单位|部门|对|超过|标准|逾期|违规|其他")
"""A denial with one of these may concern one body, or one kind of request."""
SENTENCE = re.compile(r"[^。！？；\n]+")
NUMBER = re.compile(r"[\d.,%]+|[〇零一二两三四五六七八九十百千万]+(?=[件条次个期场篇年月日])")


def empty(text: Mapping[str, str]) -> Iterator[TextFinding]:
    """TEXT-EMPTY: section 五 is one of the six that article 50 asks for; 「无」 is no content."""
    if "problems" not in text:
        message = "报告文字中没有找到第五部分“存在的主要问题及改进情况”，请核对。"
        yield TextFinding("TEXT-EMPTY", "warning", (), None, None, message, "section 5 was not found", "")
        return
    body = re.sub(r"[\s。．.；;“”「」#*]", "", text["problems"])
    if EMPTY.fullmatch(body):
        message = (
            f"第五部分“存在的主要问题及改进情况”{f'只写了“{body}”' if body else '没有内容'}，应如实写明问题和改进情况。"
        )
        yield TextFinding("TEXT-EMPTY", "error", (), None, None, message, "section 5 (problems) has no content", body)


def residue(text: Mapping[str, str]) -> Iterator[TextFinding]:
    """TEXT-RESIDUE: words of the template, XX件, ××县."""
    for section in text.values():
        plain = ADDRESS_TEXT.sub(lambda match: " " * len(match[0]), section)
        for match in PLACEHOLDERS.finditer(plain):
            excerpt = _around(section, match.start(), match.end())
            blank = BLANKS.search(match[0]) and FILLED_IN.match(plain, match.end())
            level: Level = "error" if blank or CERTAIN.match(match[0]) else "warning"
            message = f"文字“{excerpt}”中有模板遗留的占位内容“{match[0]}”，应改为实际内容。"
            english = f"a placeholder of the template was left in the text: {match[0]}"
            yield TextFinding("TEXT-RESIDUE", level, (), None, None, message, english, excerpt)


def years(report: AnnualReport) -> Iterator[TextFinding]:
    """TEXT-YEAR: a statistical period or a title that names another year than the report's."""
    for section in report.text.values():
        prose = clean(section).text
        for match in PERIOD.finditer(prose):
            stated = [int(year) for year in match.groups() if year]
            wrong = [year for year in stated if year != report.year]
            if wrong:
                yield _year_finding("error", wrong[0], report.year, match[0], "统计期限")
    preface = clean(report.text.get("preface", "")).text
    for match in TITLE_YEAR.finditer(preface):
        if int(match[1]) != report.year:
            yield _year_finding("warning", int(match[1]), report.year, match[0], "报告名称")


def _year_finding(level: Level, stated: int, year: int, excerpt: str, what: str) -> TextFinding:
    message = f"{what}“{excerpt}”写的是{stated}年，本报告为{year}年度报告，疑似沿用了其他年度的文字。"
    english = f"the text names the year {stated}; this is the report on {year}"
    return TextFinding("TEXT-YEAR", level, (), stated, year, message, english, excerpt)


def repeats(report: AnnualReport) -> Iterator[TextFinding]:
    """TEXT-REPEAT: a section that says in the same words what last year's report said; figures are not words."""
    assert report.previous is not None
    for section, share, excerpt in _repeated(report.text, report.previous.text):
        heading = next((s.heading for s in report.form.sections if s.id == section), section)
        percent = round(100 * share)
        message = f"“{heading}”有{percent}%的文字与上一年度报告相同，疑似照抄上年内容。"
        english = f"{percent}% of section {section} repeats last year's report word for word"
        yield TextFinding("TEXT-REPEAT", "warning", (), percent, None, message, english, excerpt)


def _repeated(now: Mapping[str, str], before: Mapping[str, str]) -> Iterator[tuple[str, float, str]]:
    for section in now:
        # The preface is a legal formula, and a short 六 says the same about fees every year.
        if section == "preface" or section not in before:
            continue
        old = {bare for bare, _ in _sentences(before[section])}
        own = _sentences(now[section])
        length = sum(len(bare) for bare, _ in own)
        same = [(bare, sentence) for bare, sentence in own if bare in old]
        share = sum(len(bare) for bare, _ in same) / length if length else 0
        if length >= WORTH_COMPARING and share >= REPEATED_FROM:
            yield section, share, max((sentence for _, sentence in same), key=len)


def _sentences(text: str) -> list[tuple[str, str]]:
    """The sentences of a section, each without its figures and years, and as it stands."""
    found = (match[0] for match in SENTENCE.finditer(clean(text).text))
    return [(bare, sentence) for sentence in found if len(bare := NUMBER.sub("", sentence)) > 3]


def fees(report: AnnualReport, claims: Sequence[Claim]) -> Iterator[TextFinding]:
    """TEXT-FEE: section 六 states the information-processing fee, and no two places contradict each other."""
    stated = [claim for claim in claims if claim.kind == "fee" and claim.exact and claim.year in (None, report.year)]
    amounts = {claim.value: claim for claim in stated if is_own(claim.scope, report.body)}
    if len(amounts) > 1:
        low, high = min(amounts), max(amounts)
        excerpts = "；".join(claim.excerpt for claim in amounts.values())
        message = f"信息处理费在报告中有不同的数字（{low}元、{high}元）：“{excerpts}”，请核对。"
        english = f"fees of {low} and {high} yuan are stated"
        yield TextFinding("TEXT-FEE", "warning", (), low, high, message, english, excerpts)
    denial = next((words for section in report.text.values() if (words := _denial(section, report.year))), None)
    charged = max(amounts, default=0)
    if denial and charged:
        message = f"文字既称“{amounts[charged].excerpt}”，又称“{denial}”，两者矛盾。"
        english = f"the text states both a fee of {charged} yuan and that none was charged"
        yield TextFinding("TEXT-FEE", "error", (), charged, 0, message, english, denial)
    other = clean(report.text.get("other", "")).text
    if not FEE.search(other):
        elsewhere = any(FEE.search(clean(text).text) for text in report.text.values())
        advice = "其他部分已有的，应移入第六部分" if elsewhere else "没有收取的也应写明"
        message = f"第六部分没有报告信息处理费收取情况（{advice}）。"
        english = "section 6 does not state the information-processing fee (国办函〔2020〕109号)"
        yield TextFinding("TEXT-FEE", "warning", (), None, None, message, english, other[:60])


def _denial(section: str, year: int) -> str | None:
    """The sentence that says that nobody was charged this year."""
    for match in SENTENCE.finditer(clean(section).text):
        years = {int(found) for found in re.findall(r"(20\d\d)年", match[0])}
        if NO_FEE.search(match[0]) and not NARROWER.search(match[0]) and years <= {year}:
            return match[0]
    return None


def _around(text: str, start: int, end: int) -> str:
    return re.sub(r"\s+", "", text[max(0, start - 12) : end + 12])
