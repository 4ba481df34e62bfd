"""The rules on a stranger's prose are linear in it: an audit tries them on whatever somebody published."""

from __future__ import annotations

from dataclasses import replace

import pytest

from growth import LINEAR, growth
from helpers.integrity import check
from helpers.report import AnnualReport

BITS = (
    "受理1件，", "行政复议1件，维持1件，", "收到申请1件，办结1件。", "分别为1、2、3，", "比上年增加", "同比增长1%，",
    "2024年", "2024.", "一十百千万", "1,", "1 ", "111 ", "22（", "[a](", "![", "《", "（", "其中，", " ", "\n", "a",
    "件", "、", "- 5 -\n", "|a|\n",
)  # fmt: skip


@pytest.mark.parametrize("bit", BITS)
def test_the_rules_read_prose_in_linear_time(suqian: AnnualReport, bit: str) -> None:
    def judge(text: str) -> object:
        return check(replace(suqian, text={**suqian.text, "problems": text}), own=False)

    assert growth(judge, bit, 600) <= LINEAR
