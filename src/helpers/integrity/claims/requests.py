"""What phrases about requests mean: received, carried over, answered, by outcome and by applicant (table 三)."""

from __future__ import annotations

from helpers.integrity.claims.entries import WHOLE, Entry

RECEIVED = "requests.received.{column}"
CARRIED_IN = "requests.carried_over_in.{column}"
CARRIED_OUT = "requests.carried_over_out.{column}"
TOTAL = "requests.total.{column}"
GROSS = f"{RECEIVED} {CARRIED_IN}"

CARRIED = (
    # An outcome of what was carried over has no cell.
    Entry("carry outcome", "全县受理申请46件，其中上年结转的予以公开【3】件。"),
    Entry(
        "carry received from_last_year -column",
        "全年受理和上年结转政府信息公开申请【48】件。",
        (GROSS,),
        certain="sure",
        means="requests.received.total requests.carried_over_in.total",
    ),
    # Out of one year and into another: whose figure it is depends on whose report the sentence was taken from.
    Entry(
        "carry from_last_year into_next_year",
        "上年结转政府信息公开申请至2024年【2】件。",
        (CARRIED_OUT, CARRIED_IN),
        certain=None,
    ),
    # Perhaps not all that were carried over are done.
    Entry("carry from_last_year row", "办结上年结转政府信息公开申请【2】件。", (CARRIED_IN,), certain=None),
    Entry("carry from_last_year", "政府信息公开申请上年结转【2】件。", (CARRIED_IN,), certain="sure"),
    Entry("carry next", "政府信息公开申请结转下年度继续办理【9】件。", (CARRIED_OUT,), certain="sure"),
    # 结转至2024年 means one thing in the report on 2023 and another in that on 2024.
    Entry(
        "carry into_next_year", "政府信息公开申请结转至2025年办理【9】件。", (CARRIED_OUT, CARRIED_IN), certain="sure"
    ),
    Entry("carry unfinished", "政府信息公开申请未办结【9】件。", (CARRIED_OUT, CARRIED_IN), certain="sure"),
    Entry("carry", "政府信息公开申请结转【9】件。", (CARRIED_IN, CARRIED_OUT), certain="sure"),
)

OUTCOMES = (
    Entry("outcome unclear", "政府信息公开申请中疑难复杂的不予公开【9】件。"),
    # 包括土地类不予公开9件: a part of an outcome.
    Entry("outcome including unknown", "政府信息公开申请包括土地不予公开【9】件。"),
    Entry("outcome several_outcomes other_kind", "政府信息公开申请不予公开、无法提供和其他情形【46】件。"),
    # 重复申请12件 after a total of requests may merely describe them; in a list of outcomes it is one. After
    # 自然人申请…，其中 an outcome may be that of the natural persons alone.
    Entry(
        "outcome",
        "政府信息公开申请予以公开60件，不予公开【18】件。",
        ("requests.{outcome}.{column}", "requests.{outcome}.{whole_column}"),
        certain="sure|on_nothing after_outcome|-detail",
        family="outcome",
        means="requests.denied.total",
    ),
)

APPLICANTS = (
    Entry("column unclear", "政府信息公开申请中外地务工的自然人【9】件。"),
    Entry(
        "column received -total",
        "新收自然人政府信息公开申请【120】件。",
        (RECEIVED,),
        loose=(GROSS,),
        certain="sure",
        family="column",
        means="requests.received.natural_person",
    ),
    Entry(
        "column total -received",
        "答复自然人政府信息公开申请【115】件。",
        (TOTAL,),
        certain="sure",
        family="column",
        means="requests.total.natural_person",
    ),
    Entry(
        "column gross",
        "收办自然人政府信息公开申请【122】件。",
        (GROSS,),
        certain="sure",
        family="column",
        means="requests.received.natural_person requests.carried_over_in.natural_person",
    ),
    # 受理…，结转…，其中自然人…: only what came in, right before 其中, is a whole beyond doubt.
    Entry(
        "column part whole_received_alone",
        "新收政府信息公开申请128件，其中自然人【120】件。",
        (RECEIVED,),
        loose=(GROSS,),
        certain="sure",
        family="column",
        means="requests.received.natural_person",
    ),
    Entry(
        "column part whole_came_in",
        "收办政府信息公开申请130件，其中自然人【122】件。",
        (WHOLE,),
        certain="sure",
        family="column",
        means="requests.received.natural_person requests.carried_over_in.natural_person",
    ),
    Entry(
        "column whole_came_in",
        "收办政府信息公开申请130件，自然人【122】件。",
        (WHOLE, RECEIVED, GROSS, TOTAL),
        certain="sure",
        family="column",
        means="requests.received.natural_person requests.carried_over_in.natural_person",
    ),
    Entry(
        "column whole_counts_requests",
        "办结政府信息公开申请121件，自然人【115】件。",
        (RECEIVED, GROSS, TOTAL, WHOLE),
        certain="sure",
        family="column",
        means="requests.received.natural_person",
    ),
    Entry(
        "column",
        "政府信息公开申请自然人【120】件。",
        (RECEIVED, GROSS, TOTAL),
        certain="sure",
        family="column",
        means="requests.received.natural_person",
    ),
)

OTHERS = (
    # 其他…件 at the end of a list belongs with the list; what exactly it counts is the writer's secret.
    Entry(
        "other_kind after_column",
        "新收政府信息公开申请128件，其中自然人120件，其他【8】件。",
        ("{last_row}.other",),
        certain=None,
        family="column",
        means="requests.received.other",
    ),
    Entry(
        "other_kind after_outcome own_other",
        "政府信息公开申请逾期不补正5件，其他【2】件。",
        ("{last_group}.other.total",),
        certain=None,
        family="outcome",
        means="requests.otherwise_handled.other.total",
    ),
    Entry(
        "other_kind after_outcome",
        "政府信息公开申请予以公开60件，其他【2】件。",
        ("requests.otherwise_handled.total",),
        certain=None,
        family="outcome",
    ),
    Entry(
        "other_kind after_result",
        "政府信息公开行政复议6件，维持5件；依申请公开其他【1】件。",
        ("review.{last_block}.other_outcome",),
        certain=None,
        family="result",
        means="review.reconsideration.other_outcome",
    ),
    Entry("other_kind", "收到政府信息公开申请128件，其他【8】件。"),
)

FLOWS = (
    Entry("unclear", "收到疑难复杂的政府信息公开申请【9】件。"),
    Entry("except", "其余政府信息公开申请【9】件。"),
    Entry(
        "gross",
        "收办政府信息公开申请【130】件。",
        (GROSS,),
        loose=(TOTAL, RECEIVED),
        certain="sure",
        means="requests.received.total requests.carried_over_in.total",
    ),
    Entry(
        "received total|handling",
        "收到并办理政府信息公开申请【24】件。",
        (RECEIVED, TOTAL, GROSS),
        certain="sure",
    ),
    Entry("received", "全县新收政府信息公开申请【128】件。", (RECEIVED,), loose=(GROSS,), certain="sure"),
    # 受理46件，答复35件: what was answered may also be told as what came in less what is still open; 答复 in the
    # narrow sense leaves out those that ended without an answer.
    Entry(
        "total",
        "全县答复政府信息公开申请【121】件。",
        (TOTAL, f"{{remaining}} -{CARRIED_OUT}"),
        loose=("requests.{answered}.total",),
        certain="sure",
    ),
    Entry("handling", "全县办理政府信息公开申请【121】件。", (TOTAL, RECEIVED, GROSS), certain="sure"),
    Entry(
        "requests -part -whole -unknown",
        "全县政府信息公开申请【128】件。",
        (RECEIVED, GROSS, TOTAL),
        certain=None,
    ),
)

REQUESTS = (*CARRIED, *OUTCOMES, *APPLICANTS, *OTHERS, *FLOWS)
