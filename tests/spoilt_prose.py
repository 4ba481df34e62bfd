"""A county whose prose agrees with its tables, and for every rule on prose the words that break it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from helpers.forms import get_form
from helpers.report import AnnualReport, Body, Number

GOOD = {
    "overview": "2024年，全县共受理政府信息公开申请128件，答复121件，结转下年度9件。",
    "problems": "一是部分单位公开的主动性还不强；二是解读形式较为单一。下一步将加强培训，丰富解读形式。",
    "other": "2024年，全县收取信息处理费0元。",
}
CELLS: Mapping[str, Number] = {
    "requests.received.total": 128,
    "requests.received.natural_person": 120,
    "requests.received.commercial_enterprise": 8,
    "requests.carried_over_in.total": 2,
    "requests.total.total": 121,
    "requests.carried_over_out.total": 9,
    "requests.granted.total": 60,
    "requests.partially_granted.total": 12,
    "requests.denied.internal_affairs.total": 18,
    "requests.unable_to_provide.not_held.total": 25,
    "requests.not_processed.repeated.total": 4,
    "requests.otherwise_handled.other.total": 2,
    "review.reconsideration.upheld": 5,
    "review.reconsideration.corrected": 1,
    "review.reconsideration.total": 6,
    "proactive_disclosure.normative_documents.issued": 4,
    "proactive_disclosure.fees.amount": Decimal("312.46"),
}
LAST_YEAR: Mapping[str, Number] = {"requests.received.total": 115, "requests.total.total": 110}
OLD_PROBLEMS = (
    "2023年，全县政府信息公开工作虽然取得了一定成效，但与群众的期待相比仍有差距。一是个别单位对公开工作重视不够，更新栏目不及时；"
    "二是解读材料形式单一，图文并茂的材料较少；三是业务人员流动较快，对政策把握不准。下一步，我们将组织培训3次以上，"
    "建立每季度检查通报的制度，督促各单位补齐短板。"
)


def report(**text: str) -> AnnualReport:
    """A county on the form of 2021 whose prose is GOOD but for what is given."""
    form = get_form("2021")
    blank: dict[str, Number | None] = {
        address: Decimal(0) if cell.kind == "decimal" else 0 for address, cell in form.cells.items()
    }
    body = Body("江城县人民政府", level="county")
    before = AnnualReport(body, 2023, form, {**blank, **LAST_YEAR}, text={**GOOD, "problems": OLD_PROBLEMS})
    return AnnualReport(body, 2024, form, {**blank, **CELLS}, text={**GOOD, **text}, previous=before)


BROKEN = [
    ("TEXT-COUNT", "error", {"overview": "2024年，全县共受理政府信息公开申请128件，答复122件，结转下年度9件。"}),
    ("TEXT-COUNT", "error", {"overview": "全县新收政府信息公开申请128件，其中自然人申请121件。"}),
    ("TEXT-COUNT", "error", {"overview": "全县办结的申请中，不予公开17件。"}),
    ("TEXT-COUNT", "error", {"overview": "因政府信息公开引发的行政复议6件，其中结果纠正2件。"}),
    ("TEXT-COUNT", "error", {"overview": "全年未发生因政府信息公开引起的行政复议和行政诉讼。"}),
    ("TEXT-COUNT", "error", {"overview": "全县收到政府信息公开申请一百二十九件。"}),
    ("TEXT-COUNT", "error", {"overview": "全县制发行政规范性文件5件。"}),
    ("TEXT-COUNT", "error", {"overview": "全县收取行政事业性收费312.9万元。"}),
    ("TEXT-COUNT", "warning", {"overview": "全县受理政府信息公开申请130件。"}),
    ("TEXT-COUNT", "warning", {"overview": "全县受理政府信息公开申请200余件。"}),
    ("TEXT-COUNT", "warning", {"overview": "县政府办公室受理政府信息公开申请140件。"}),
    ("TEXT-SHARE", "error", {"overview": "全县答复政府信息公开申请121件，其中予以公开60件，占48.6%。"}),
    ("TEXT-SHARE", "error", {"overview": "全县新收申请128件，其中自然人申请120件，占新收总数的95%。"}),
    ("TEXT-SHARE", "warning", {"overview": "全县答复政府信息公开申请121件，其中予以公开60件，占49.5%。"}),
    ("TEXT-GROWTH", "error", {"overview": "全县新收政府信息公开申请128件，同比增长12.3%。"}),
    ("TEXT-GROWTH", "error", {"overview": "全县新收政府信息公开申请128件，同比下降11.30%。"}),
    ("TEXT-GROWTH", "error", {"overview": "全县新收政府信息公开申请128件，比上年增加14件。"}),
    ("TEXT-SUM", "error", {"overview": "政府信息公开行政复议6件，其中维持5件，纠正1件，其他结果0件，尚未审结0件。"}),
    ("TEXT-SUM", "warning", {"overview": "全年发行公报98期，其中，第一类48期、第二类17期、第三类34期。"}),
    ("TEXT-SUM", "warning", {"overview": "全年发布信息100条，其中网站50条、微博20条、其他20条。"}),
    ("TEXT-CLOSED", "error", {"overview": "全县共受理政府信息公开申请128件，均已办结。"}),
    ("TEXT-CLOSED", "warning", {"overview": "全县共受理政府信息公开申请128件，均按期办结。"}),
    ("TEXT-CLOSED", "error", {"overview": "因政府信息公开引发的行政复议6件，均获维持。"}),
    ("TEXT-FEE", "warning", {"other": "无其他需要报告的事项。"}),
    ("TEXT-FEE", "error", {"overview": "全县收取信息处理费300元。", "other": "2024年未收取信息处理费。"}),
    ("TEXT-FEE", "warning", {"overview": "全县收取信息处理费300元。", "other": "全县收取信息处理费600元。"}),
    ("TEXT-YEAR", "error", {"overview": "2024年，全县共受理政府信息公开申请115件，答复121件。"}),
    ("TEXT-YEAR", "error", {"overview": "2023年，全县共受理政府信息公开申请128件。"}),
    ("TEXT-YEAR", "error", {"preface": "本报告数据的统计期限自2023年1月1日起至2023年12月31日止。"}),
    ("TEXT-YEAR", "warning", {"preface": "现公布江城县2023年政府信息公开工作年度报告。"}),
    ("TEXT-RESIDUE", "error", {"overview": "全年开展“具体重大政策名称”解读。"}),
    ("TEXT-RESIDUE", "error", {"overview": "全年发布信息XX条。"}),
    ("TEXT-RESIDUE", "error", {"overview": "××县高度重视政务公开。"}),
    ("TEXT-REPEAT", "warning", {"problems": OLD_PROBLEMS.replace("2023", "2024").replace("3次", "5次")}),
    ("TEXT-EMPTY", "error", {"problems": ""}),
    ("TEXT-EMPTY", "error", {"problems": "无。"}),
]  # fmt: skip


def broken(rule: str, level: str, text: Mapping[str, str]) -> AnnualReport:
    """The report that an entry of BROKEN stands for."""
    spoilt = report(**text)
    if (rule, level) == ("TEXT-SUM", "error"):
        # The prose agrees with a table that is itself wrong: only the sum gives it away.
        spoilt = spoilt.with_cells({"review.reconsideration.upheld": 5, "review.reconsideration.total": 7})
        spoilt = replace(
            spoilt, text={**spoilt.text, "overview": spoilt.text["overview"].replace("复议6件", "复议7件")}
        )
    return spoilt
