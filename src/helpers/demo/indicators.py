"""What the form does not count, as a fictitious county would state it in indicators.csv."""

from __future__ import annotations

from helpers.demo.dice import Dice
from helpers.report import Indicator, by_id

USUAL = (
    ("website_posts", "政府门户网站", 6200, "条", "公开渠道"),
    ("weibo_posts", "政务微博", 900, "条", "公开渠道"),
    ("wechat_posts", "政务微信", 1800, "条", "公开渠道"),
    ("gazette_issues", "政府公报", 5, "期", "公开活动"),
    ("press_conferences", "新闻发布会", 6, "场", "公开活动"),
    ("open_days", "政府开放日", 16, "次", "公开活动"),
    ("major_projects", "重大建设项目", 90, "条", "重点领域"),
    ("key_livelihood", "重点民生领域", 320, "条", "重点领域"),
    ("decisions_published", "决策信息", 18, "条", "决策与执行公开"),
    ("standing_meetings", "县政府常务会议", 14, "次", "决策与执行公开"),
    ("execution_information", "决策部署和民生事项落实", 110, "条", "决策与执行公开"),
    ("audit_information", "审计信息", 9, "条", "决策与执行公开"),
    ("budgets", "财政预算", 60, "条", "财政信息"),
    ("final_accounts", "财政决算", 60, "条", "财政信息"),
    ("revenue_and_expenditure", "财政收支", 12, "条", "财政信息"),
    ("npc_suggestions", "承办人大代表建议", 60, "件", "建议提案"),
    ("cppcc_proposals", "承办政协委员提案", 120, "件", "建议提案"),
    ("interpretations", "解读信息", 90, "条", "解读回应"),
    ("responses", "回应关切", 40, "条", "解读回应"),
)
"""Id, label, what an ordinary county states, unit and group: named as in the worked example, 371524-donge/2020."""

BODIES = (("departments", "县政府部门", 26), ("towns", "乡镇（街道）", 14), ("development_zones", "经济开发区", 1))
"""Stable from year to year, and what the stated total is the sum of."""


def indicators(county: Dice, year: int) -> dict[str, Indicator]:
    """The county's indicators of one year; the processing fee is stated, and mostly nothing."""
    dice = county.of(year)
    found = []
    for name, label, mean, unit, group in USUAL:
        found.append(Indicator(name, label, dice.whole(mean * (0.4 + 1.2 * county.uniform(name)), name), unit, group))
    parts = [Indicator(name, label, county.whole(mean, name), "个", "公开主体") for name, label, mean in BODIES]
    total = sum(part.value for part in parts)
    fee = 100 * dice.below(6, "fee") if dice.uniform("fee charged") < 0.1 else 0
    found += [Indicator("disclosing_bodies", "公开主体总数", total, "个", "公开主体"), *parts]
    found.append(Indicator("information_fee", "政府信息公开信息处理费", fee, "元", "信息处理费"))
    return by_id(found)
