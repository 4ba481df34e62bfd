"""The filters of the prose: they put figures into words, and take rows and groups for lists.

Rounding is half up, on decimals throughout: 0.125 → 0.13. No filter computes with floats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal, localcontext
from typing import Any

from jinja2 import Undefined

from helpers.digits import MAX_FRACTION, PRECISE, half_up, percent
from helpers.narrative.markdown import Finished, escape
from helpers.narrative.scope import Scope
from helpers.narrative.values import Amount, Count, FigureError, describe, digits_of, number, unit_of

YUAN = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}


def count(value: object, unit: str = "") -> Finished:
    """A count in plain digits: `{{ requests.received.total | count('件') }}` → 46件.

    Counts are whole and 0 or more; anything else is an error (`signed` shows changes).
    """
    whole = number(value, "a count")
    if whole != int(whole) or whole < 0:
        raise FigureError(
            "a whole count of 0 or more", digits_of(whole), "Use `| signed` for changes, `| amount` for money."
        )
    return Finished(f"{int(whole)}{escape(unit)}")


def with_unit(value: object) -> Finished:
    """A figure with the unit it is kept in: `{{ indicators.website_posts | with_unit }}` → 8241条."""
    plain = number(value)
    unit = unit_of(value)
    if not unit:
        raise FigureError("a figure that has a unit", digits_of(plain), "Say the unit: `| count('件')`.")
    return Finished(f"{digits_of(plain)}{escape(unit)}")


def share(value: object, whole: object, digits: int = 2) -> Finished:
    """The share of `value` in `whole`: `{{ requests.granted.total | share(requests.total.total) }}` → 65.71%.

    Two decimals unless told. Where the whole is 0 there is no share: 不适用.
    """
    part, base = Decimal(number(value)), Decimal(number(whole, "a whole to take the share of"))
    if base == 0:
        return Finished("不适用")
    return Finished(f"{percent(part, base, _places(digits)):f}%")


def change(value: object, previous: object, digits: int = 2, unit: str = "") -> Finished:
    """The change against last year in per cent: 同比增长1.05%, 同比下降12.30%, 与上年持平.

    `{{ requests.received.total | change(last_year.requests.received.total) }}`. A base of 0 has no rate:
    上年为零，本年46件. A change too small to show at `digits` decimals is 与上年基本持平.
    """
    now, base = Decimal(number(value)), Decimal(number(previous, "last year's figure"))
    if now < 0 or base < 0:
        raise FigureError(
            "figures of 0 or more", digits_of(min(now, base)), "A rate of change needs two counts or amounts."
        )
    if now == base:
        return Finished("与上年持平")
    if base == 0:
        return Finished(f"上年为零，本年{digits_of(now)}{escape(unit or unit_of(value))}")
    with localcontext(PRECISE):
        rate = percent(abs(now - base), base, _places(digits))
    if rate == 0:
        return Finished("与上年基本持平")
    return Finished(f"同比{'增长' if now > base else '下降'}{rate:f}%")


def difference(value: object, previous: object, unit: str = "") -> Finished:
    """The change against last year in figures: 增加14件, 减少270件, 与上年持平."""
    now, base = number(value), number(previous, "last year's figure")
    if now == base:
        return Finished("与上年持平")
    size = digits_of(abs(Decimal(now) - base))
    return Finished(f"{'增加' if now > base else '减少'}{size}{escape(unit or unit_of(value))}")


def amount(value: object, unit: str | None = None) -> Finished:
    """A sum of money, exact: 96171.6 → 96171.6万元, 60300 → 6.03亿元. Cells hold 万元; an indicator its own unit.

    亿元 where two decimals hold it exactly, else 万元 (sums kept in 元 and below 1万元 stay in 元); `unit` fixes it.
    """
    sum_ = Decimal(number(value, "an amount"))
    held = unit_of(value) or "万元"
    if held not in YUAN:
        raise FigureError("an amount in 元, 万元 or 亿元", f"{digits_of(sum_)}{held}", "Use `| with_unit` for counts.")
    if unit is not None and unit not in YUAN:
        raise FigureError("the unit 元, 万元 or 亿元", f"“{unit}”", "Correct the unit.")
    with localcontext(PRECISE):
        yuan = sum_ * YUAN[held]
        in_hundred_millions = yuan / YUAN["亿元"]
        if unit is None:
            short = abs(in_hundred_millions) >= 1 and in_hundred_millions == half_up(in_hundred_millions, 2)
            unit = "亿元" if short else "元" if held == "元" and abs(yuan) < YUAN["万元"] else "万元"
        return Finished(f"{(yuan / YUAN[unit]).normalize():f}{unit}")


def signed(value: object, unit: str = "") -> Finished:
    """A change with its sign: +24, -7, and 0 without one."""
    plain = number(value)
    return Finished(f"{'+' if plain > 0 else ''}{digits_of(plain)}{escape(unit)}")


def rounded(value: object, digits: int = 2) -> Finished:
    """A figure rounded half up to `digits` decimals: `{{ (posts / 12) | rounded(1) }}` → 686.8."""
    return Finished(f"{half_up(Decimal(number(value)), _places(digits)):f}")


def listing(items: object, unit: str = "", zeros: bool = False, of: object = None) -> Finished:
    """A Chinese enumeration of (label, figure) pairs: 予以公开23件、部分公开5件; of texts: 甲、乙和丙.

    Entries of 0 are left out unless `zeros`; when nothing is left, 无. `of` adds each entry's share:
    予以公开23件（占65.71%）. Units are the figures' own, else `unit`. Labels that hold a 、 are parted by ；.
    """
    if isinstance(items, Undefined):
        str(items)
    if isinstance(items, str) or not isinstance(items, Iterable):
        raise FigureError("a list", describe(items), "Write [('label', figure), …], or use `| rows` or `| group('…')`.")
    entries = list(items)
    if entries and all(isinstance(entry, str) for entry in entries):
        if any("、" in entry for entry in entries):
            return Finished("；".join(map(escape, entries)))
        return Finished("和".join(filter(None, ["、".join(map(escape, entries[:-1])), escape(entries[-1])])))
    pairs = [_pair(entry) for entry in entries]
    shown = [(label, value) for label, value in pairs if zeros or number(value) != 0]
    texts = [
        f"{escape(label)}{digits_of(number(value))}{escape(unit_of(value) or unit)}"
        + (f"（占{share(value, of)}）" if of is not None else "")
        for label, value in shown
    ]
    return Finished(("；" if any("、" in label for label, _ in shown) else "、").join(texts) or "无")


def _pair(entry: object) -> tuple[str, object]:
    if isinstance(entry, tuple | list) and len(entry) == 2 and isinstance(entry[0], str):
        number(entry[1], f"a figure for “{entry[0]}”")
        return entry[0], entry[1]
    raise FigureError(
        "pairs of a label and a figure", describe(entry), "Write [('予以公开', requests.granted.total), …]."
    )


def _places(digits: object) -> int:
    if isinstance(digits, int) and 0 <= digits <= MAX_FRACTION:
        return digits
    raise FigureError(f"0 to {MAX_FRACTION} decimals", describe(digits), "Correct `digits`.")


def rows(scope: object, column: str = "total") -> list[tuple[str, object]]:
    """The rows directly below a name as (label, figure) pairs, for `listing`.

    `{{ requests.denied | rows | listing }}` → 属于国家秘密2件、…; `column` is the column's id.
    """
    if not isinstance(scope, Scope):
        raise FigureError("a group of rows", describe(scope), "Write e.g. `requests.denied | rows`.")
    labels = scope.names.labels
    paths = {f"{row}.{column}": label for row, label in labels.items() if row.rpartition(".")[0] == scope.path}
    found = [(label, scope.names.figures[path]) for path, label in paths.items() if path in scope.names.figures]
    if not found:
        raise FigureError(
            f"rows below `{scope.path}` with a column `{column}`", "none", "Correct the name or the column."
        )
    return found


def group(scope: object, name: str) -> list[tuple[str, object]]:
    """The indicators of one group as (label, figure) pairs: `{{ indicators | group('公开渠道') | listing }}`."""
    if not isinstance(scope, Scope) or not scope.path.endswith("indicators"):
        raise FigureError("`indicators`", describe(scope), "Write `indicators | group('…')`.")
    below = (value for path, value in scope.names.figures.items() if path.startswith(f"{scope.path}."))
    items = [item for item in below if isinstance(item, Count | Amount)]
    found: list[tuple[str, object]] = [(item.label, item) for item in items if item.group == name]
    if not found:
        groups = dict.fromkeys(item.group for item in items)
        raise FigureError("a group of indicators.csv", f"“{name}”", f"The groups are: {'、'.join(groups) or 'none'}.")
    return found


FILTERS: dict[str, Callable[..., Any]] = {
    filter_.__name__: filter_
    for filter_ in (count, with_unit, share, change, difference, amount, signed, rounded, listing, rows, group)
}
"""Name → function; the handbook is made from their docstrings."""
