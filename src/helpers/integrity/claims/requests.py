"""What phrases about requests mean: received, carried over, answered, by outcome and by applicant (table 三)."""

from __future__ import annotations

from functools import partial

from helpers.integrity.claims.senses import WHOLE, Sense

RECEIVED = "requests.received.{column}"
IN = "requests.carried_over_in.{column}"
OUT = "requests.carried_over_out.{column}"
TOTAL = "requests.total.{column}"
GROSS = f"{RECEIVED} {IN}"

by_column = partial(Sense, certain="sure", family="column")

CARRIED = (
    # An outcome of what was carried over has no cell.
    Sense("carry outcome", "全县受理申请46件，其中上年结转的予以公开【3】件。"),
    Sense("carry received from_last_year -column", "全年受理和上年结转政府信息公开申请【48】件。", (GROSS,), "sure"),
    # Out of one year and into another: whose figure it is depends on whose report the sentence was taken from.
    Sense("carry from_last_year into_next_year", "上年结转政府信息公开申请至2024年【2】件。", (OUT, IN), None),
    # Perhaps not all that were carried over are done.
    Sense("carry from_last_year row", "办结上年结转政府信息公开申请【2】件。", (IN,), None),
    Sense("carry from_last_year", "政府信息公开申请上年结转【2】件。", (IN,), "sure"),
    Sense("carry next", "政府信息公开申请结转下年【9】件。", (OUT,), "sure"),
    # 结转至2024年 means one thing in the report on 2023 and another in that on 2024.
    Sense("carry into_next_year", "政府信息公开申请结转至2025年办理【9】件。", (OUT, IN), "sure"),
    Sense("carry unfinished", "政府信息公开申请未办结【9】件。", (OUT, IN), "sure"),
    Sense("carry", "政府信息公开申请结转【9】件。", (IN, OUT), "sure"),
)

OUTCOMES = (
    Sense("outcome unclear", "政府信息公开申请中疑难复杂的不予公开【9】件。"),
    # 包括土地类不予公开9件: a part of an outcome.
    Sense("outcome including unknown", "政府信息公开申请包括土地不予公开【9】件。"),
    Sense("outcome several_outcomes other_kind", "政府信息公开申请不予公开、无法提供和其他情形【46】件。"),
    # 重复申请12件 after a total of requests may merely describe them; in a list of outcomes it is one. After
    # 自然人申请…，其中 an outcome may be that of the natural persons alone.
    Sense(
        "outcome",
        "政府信息公开申请予以公开60件，不予公开【18】件。",
        ("requests.{outcome}.{column}", "requests.{outcome}.{whole_column}"),
        "sure|on_nothing after_outcome|-detail",
        family="outcome",
    ),
)

APPLICANTS = (
    Sense("column unclear", "政府信息公开申请中外地务工的自然人【9】件。"),
    by_column("column received -total", "新收自然人政府信息公开申请【120】件。", (RECEIVED,), loose=(GROSS,)),
    by_column("column total -received", "答复自然人政府信息公开申请【115】件。", (TOTAL,)),
    by_column("column gross", "收办自然人政府信息公开申请【122】件。", (GROSS,)),
    # 受理…，结转…，其中自然人…: only what came in, right before 其中, is a whole beyond doubt.
    by_column(
        "column part whole_received_alone",
        "新收政府信息公开申请128件，其中自然人【120】件。",
        (RECEIVED,),
        loose=(GROSS,),
    ),
    by_column("column part whole_came_in", "收办政府信息公开申请130件，其中自然人【122】件。", (WHOLE,)),
    by_column("column whole_came_in", "收办政府信息公开申请130件，自然人【122】件。", (WHOLE, RECEIVED, GROSS, TOTAL)),
    by_column(
        "column whole_counts_requests", "办结政府信息公开申请121件，自然人【115】件。", (RECEIVED, GROSS, TOTAL, WHOLE)
    ),
    by_column("column", "政府信息公开申请自然人【120】件。", (RECEIVED, GROSS, TOTAL)),
)

OTHERS = (
    # 其他…件 at the end of a list belongs with the list; what exactly it counts is the writer's secret.
    by_column(
        "other_kind after_column",
        "新收政府信息公开申请128件，其中自然人120件，其他【8】件。",
        ("{last_row}.other",),
        certain=None,
    ),
    Sense(
        "other_kind after_outcome own_other",
        "政府信息公开申请逾期不补正5件，其他【2】件。",
        ("{last_group}.other.total",),
        None,
        family="outcome",
    ),
    Sense(
        "other_kind after_outcome",
        "政府信息公开申请予以公开60件，其他【2】件。",
        ("requests.otherwise_handled.total",),
        None,
        family="outcome",
    ),
    Sense(
        "other_kind after_result",
        "政府信息公开行政复议6件，维持5件；依申请公开其他【1】件。",
        ("review.{last_block}.other_outcome",),
        None,
        family="result",
    ),
    Sense("other_kind", "收到政府信息公开申请128件，其他【8】件。"),
)

FLOWS = (
    Sense("unclear", "收到疑难复杂的政府信息公开申请【9】件。"),
    Sense("except", "其余政府信息公开申请【9】件。"),
    Sense("gross", "收办政府信息公开申请【130】件。", (GROSS,), "sure", loose=(TOTAL, RECEIVED)),
    Sense("received total|handling", "收到并办理政府信息公开申请【24】件。", (RECEIVED, TOTAL, GROSS), "sure"),
    Sense("received", "全县新收政府信息公开申请【128】件。", (RECEIVED,), "sure", loose=(GROSS,)),
    # 受理46件，答复35件: what was answered may also be told as what came in less what is still open; 答复 in the
    # narrow sense leaves out those that ended without an answer.
    Sense(
        "total",
        "全县答复政府信息公开申请【121】件。",
        (TOTAL, f"{{remaining}} -{OUT}"),
        "sure",
        loose=("requests.{answered}.total",),
    ),
    Sense("handling", "全县办理政府信息公开申请【121】件。", (TOTAL, RECEIVED, GROSS), "sure"),
    Sense("requests -part -counted_before -unknown", "全县政府信息公开申请【128】件。", (RECEIVED, GROSS, TOTAL), None),
)

REQUESTS = (*CARRIED, *OUTCOMES, *APPLICANTS, *OTHERS, *FLOWS)
