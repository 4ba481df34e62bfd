"""A short narrative.md, as a county writes one: figures by reference, no year's words the year before's."""

from __future__ import annotations

from helpers.demo.dice import Dice
from helpers.forms import Form

PARTS = {
    "management": (
        "健全政府信息制作、获取、保存、更新机制，公开前严格保密审查，逐件明确公开属性。",
        "对历年文件逐件核对效力，在政府网站集中展示，注明有效性，方便公众查询。",
        "规范政府信息发布流程，先审后发，责任到人，对错漏信息及时更正。",
    ),
    "platforms": (
        "优化政府信息公开专栏，完善检索功能，按季度开展内容巡查。",
        "加强政务新媒体管理，统一发布口径，重要政策同步推送。",
        "在政务服务大厅设置政府信息公开专区，提供查阅、申请和咨询服务。",
    ),
    "safeguards": (
        "将政府信息公开纳入年度考核，定期通报工作情况，未发生责任追究情形。",
        "组织业务培训，明确专人负责，接受社会评议，未发生责任追究情形。",
        "开展自查和抽查，对发现的问题限期整改，未发生责任追究情形。",
    ),
}
"""By the id of a part of the overview."""

PROBLEMS = (
    "存在的问题：政策解读形式较为单一。改进措施：丰富图文解读，邀请起草单位直接说明政策要点。",
    "存在的问题：基层单位公开队伍变动较多。改进措施：编印工作手册，开展跟班学习。",
    "存在的问题：部分栏目更新不够及时。改进措施：建立更新提醒机制，按月通报更新情况。",
    "存在的问题：申请答复文书不够规范。改进措施：统一文书格式，疑难申请由司法行政机关会商。",
)


def narrative(form: Form, county: Dice, year: int) -> str:
    """The county's own words on `year`: on its problems, which no default can know; one in three writes more."""
    eager = county.uniform("writes") < 1 / 3
    lines: list[str] = []
    for section in form.prose_sections:
        written = []
        for number, part in enumerate(section.parts):
            if eager and part.id in PARTS:
                numeral = "一二三四五六七八九十"[number]
                written += [f"## （{numeral}）{part.title}", "", _turn(PARTS[part.id], county, year, part.id), ""]
        if section.id == "problems":
            written += [_turn(PROBLEMS, county, year, section.id), ""]
        if written:
            lines += [f"# {section.heading}", "", *written]
    return "\n".join(lines)


def _turn(texts: tuple[str, ...], county: Dice, year: int, what: str) -> str:
    """The text whose turn it is: counties begin anywhere, and no two years in a row say the same."""
    return texts[(year + county.below(len(texts), what)) % len(texts)]
