"""Whose report it is and on which year, by what the document itself says."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from helpers.bodies import ENDS, HAN, SUFFIXES
from helpers.chinese import FIGURES, ORDINALS, number
from helpers.readers.pages.document import Document, Text

_YEAR = rf"(?P<year>(?:19|20)\d{{2}}|[二][〇○零O0][{FIGURES}]{{2}})"
_TITLE = re.compile(
    rf"(?P<before>[^。；]{{0,40}}?){_YEAR}?\s*(?:年度|年|度)?(?P<between>[^。；\d]{{0,40}}?)"
    r"(?:政府信息公开|政务公开)(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:工作)?(?:年度)?报告"
)
_PERIOD = re.compile(r"自?\s*((?:20)\d{2})\s*年\s*1\s*月\s*1\s*日.{0,12}?\1?\s*年?\s*12\s*月\s*31\s*日")
_DATE = re.compile(r"^\D{0,6}?(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?$")
_CHINESE_DATE = re.compile(rf"^([二][〇○零]..)年([{ORDINALS}]{{1,2}})月([{ORDINALS}]{{1,3}})日$")
_BODY = re.compile(rf"(?P<body>[{HAN}（）()·]{{2,40}}(?:{ENDS}))")
_ISSUED_BY = re.compile(rf"(?:由|汇总|，)\s*(?P<body>[{HAN}]{{2,30}}?(?:{ENDS}))")
_META = re.compile(rf"(?:发布机构|发文机关|公开主体|信息来源|发布单位|来源)[：:]\s*(?P<body>[{HAN}]{{2,40}})")

# The title stands near the beginning, after a page's menus and a metadata table.
_TITLE_LENGTH = 70


@dataclass(frozen=True)
class Identity:
    """The body's name as printed, the year and the title; None for what the document does not say."""

    body: str | None
    year: int | None
    title: str | None


def read_identity(document: Document) -> Identity:
    """Body, year and title from the title line, else from what the file calls itself, the preface or its metadata."""
    texts = _texts(document)
    title, year, body = None, None, None
    for position, text in enumerate(texts):
        match = _title(text)
        if match is None:
            continue
        title, year, body = _flat(text), _year(match["year"]), _named(match["before"], match["between"])
        body = body or _above(texts[:position])
        if year is not None and body:
            break
    if (title is None or year is None) and document.title and (match := _title(document.title)):
        title = title or _flat(document.title)
        year = year or _year(match["year"])
        body = body or _named(match["before"], match["between"])
    whole = "\n".join(texts)
    period = _PERIOD.search(unicodedata.normalize("NFKC", whole))
    year = year or (int(period[1]) if period else None)
    body = body or _stated(whole)
    return Identity(_in_full(body, whole) if body else None, year, title)


def is_title(text: str) -> bool:
    """Whether a line is the report's title, with or without the body's name."""
    return _title(text) is not None


def read_date(text: str) -> dt.date | None:
    """The date a line consists of: 2025年3月12日, 二〇二五年三月十二日."""
    flat = _flat(text)
    match = _DATE.match(unicodedata.normalize("NFKC", flat)) or _CHINESE_DATE.match(flat)
    try:
        return dt.date(*map(number, match.groups())) if match else None
    except (ValueError, OverflowError):
        return None


def _texts(document: Document) -> list[str]:
    texts: list[str] = []
    for block in document.blocks:
        if isinstance(block, Text):
            texts.append(block.text)
        else:
            texts.extend(tile.text for row in block.rows for tile in row if tile.text and not tile.above)
        if len(texts) > 400:
            break
    return texts


def _flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _title(text: str) -> re.Match[str] | None:
    flat = unicodedata.normalize("NFKC", _flat(text)).replace("(", "（").replace(")", "）")
    if (
        len(flat) > _TITLE_LENGTH
        or "报告" not in flat
        or "根据" in flat
        or "按照" in flat
        or flat.endswith(("。", "；"))
    ):
        return None
    match = _TITLE.search(flat)
    # A line about the report ("…年度报告可在…下载") is not its title; what a site adds behind its name is.
    if match is None or len(flat) - match.end() > 25 or re.match(r"[的中由可根]|发布|格式|通知", flat[match.end() :]):
        return None
    return match


def _year(text: str | None) -> int | None:
    return number(text.replace("O", "〇").replace("0", "〇") if text.startswith("二") else text) if text else None


def _named(before: str, between: str) -> str | None:
    for part in (before, between):
        name = re.sub(r"^(标\s*题|名\s*称|信息名称)[：:]|[：:《》“”\-_|>]", "", part).strip("年度的 ")
        name = re.sub(r"^.*(首页|位置)", "", name)
        if len(name) >= 2:
            return name
    return None


def _above(lines: Sequence[str]) -> str | None:
    """The body's name on the line above the title."""
    for text in reversed(lines[-3:]):
        if (match := _BODY.fullmatch(_flat(text))) and len(match["body"]) <= 30:
            return match["body"]
    return None


def _stated(whole: str) -> str | None:
    if match := _META.search(whole):
        return match["body"]
    if match := _ISSUED_BY.search(whole[:3000]):
        return match["body"].removesuffix("办公室").removesuffix("办公厅") or None
    return None


def _in_full(name: str, whole: str) -> str:
    """A place's short name as the government's full one, where the document uses that most."""
    if re.search(rf"(?:{ENDS})$", name) and not name.endswith(("部",)):
        return name
    flat = _flat(whole)
    suffix = max(SUFFIXES, key=lambda suffix: flat.count(name + suffix))
    return name + suffix if name + suffix in flat else name
