"""The four examples: every figure of the published prose is there, and none of them was typed into it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from helpers.folder import read_report
from helpers.narrative import compose

PARAMS = Path(__file__).parents[2] / "params"

# The figures as the published reports state them in prose, in their order, each with the word it belongs to.
DONGE = """
决策信息 16条  县级文件 83件  常务会议 10次  民生事项 110条  审计类信息 7条  执行效果评估信息 2条  财政预算信息 61条
决算信息 61条  政府债券信息 2条  收支信息 12条  重点项目绩效信息 9条  竣工 10类  全年发布 62条  上述信息 280条
公开主体单位 40个  县政府部门 29个  乡镇（街道） 10个  经济开发区 1个  政府门户网站 8241条  政务微博 341条
政务微信 1705条  公报》 4期  新闻发布会 2场  开放日 38次  解读信息 163条  公开申请 46件  予以公开 23件  部分公开 5件
不予公开 1件  无法提供 6件  另有 11件  费用 0元  社区（管区） 1个  村 1个  人大代表建议 44件  政协委员提案 167件
办复率 100%和100%
"""
HUAIAN = """
各类政府信息 5500余条  市政府规章 1件  政策性文件 11件  政策解读 21个  公报》 6期  新闻发布会 12场  公开申请 3119件
答复 3050件  上年度结转的 34件  顺延至下年度 103件  行政复议 351件  结果维持 72件  结果纠正 64件  其他结果 178件
尚未审结 37件  行政诉讼 46件  结果维持 25件  结果纠正 5件  其他结果 9件  尚未审结 7件  政务新媒体 95个  合格率 100%
全覆盖检查 4次  信息处理费 3940元
"""
FACTS = {
    "371524-donge/2020": """
《2020年东阿县政务公开工作要点》  《关于调整东阿县政务公开领导小组组成人员及职责的通知》
《东阿县全面推进基层政务公开标准化规范化工作的实施方案》  《2020年度政务公开考核办法及考核细则（试行）》
《关于政府信息公开属性源头认定制度的通知》  《政府信息公开申请表》  国办公开办函〔2019〕61号  “政务公开+督查”
日提醒、周调度、月通报  合署办公  “谁公开谁审查”“谁审查谁负责”  财政预决算平台  “三公”经费  “重大项目建设”
“审计公开”  “重大决策跟踪反馈和执行效果评估”  “政务公开体验日”  “送政策进基层”  “政务公开日”
“做好新时代政务公开，助推政府治理体系和治理能力现代化”  “只进一扇门”  “最多跑一次”  “一窗受理·一次办好”
“主要领导亲自抓，分管领导具体抓，专门机构抓落实”  http://www.sdde.gov.cn/zwgk/  2020年1月1日  12月31日  失泄密
不愿答复、不会答复  技术公司
""",
    "320800-huaian/2024": """
国令第711号  翔宇南道1号  223001  0517-83605210  hazwgkc@163.com  二十届二中、三中全会
“春节前后服务企业用工和促进返乡人员就业创业专项活动”  “建设‘四最’一流营商环境高质量推进产业发展”
“加快建设长三角北部重要产业科技创新高地的若干政策”  “一事一审”  “全力巩固和增强经济回升向好态势”
“推动大规模设备更新和消费品以旧换新”  “指尖上的形式主义”  四个季度  评估分报告  调研式  过堂式  “传帮带”
“面对面、手把手”  政社合作  《政府信息公开信息处理费管理办法》  法定期限
""",
}


def text_of(example: str) -> str:
    county, year = example.split("/")
    composed = compose(read_report(county, int(year), PARAMS)).text
    return "\n".join(composed[section] for section in ("preface", "overview", "problems", "other"))


@pytest.mark.parametrize(("example", "figures"), [("371524-donge/2020", DONGE), ("320800-huaian/2024", HUAIAN)])
def test_every_figure_of_the_published_prose_is_there(example: str, figures: str) -> None:
    text = text_of(example)
    pairs = figures.split()
    for words, figure in zip(pairs[::2], pairs[1::2], strict=True):
        # In one clause: between the words and their figure stands neither a full stop nor another figure.
        found = re.search(rf"{re.escape(words)}[^。\d]*{figure}|(?<!\d){figure}[^。\d]{{0,3}}{re.escape(words)}", text)
        assert found, (words, figure)


@pytest.mark.parametrize(("example", "facts"), FACTS.items())
def test_every_document_measure_and_date_is_there(example: str, facts: str) -> None:
    text = text_of(example)
    assert [fact for fact in facts.split() if fact not in text] == []


@pytest.mark.parametrize(
    "example", ["371524-donge/2020", "320800-huaian/2024", "321300-suqian/2023", "321300-suqian/2024"]
)
def test_no_figure_is_typed_into_the_prose(example: str) -> None:
    source = (PARAMS / example / "narrative.md").read_text(encoding="utf-8")
    prose = re.sub(r"{{.*?}}|{%.*?%}|{#.*?#}", "", source, flags=re.DOTALL)
    # Proper names, document numbers and dates are no counts.
    prose = re.sub(r"《[^》]*》|〔\d{4}〕\d+号|国令第\d+号|\d+月\d+日", "", prose)
    assert re.findall(r"[^\n]{0,10}\d[^\n]{0,10}", prose) == []


def test_the_two_published_reports_are_written_in_full() -> None:
    assert compose(read_report("371524-donge", 2020, PARAMS)).by_default == ()
    assert compose(read_report("320800-huaian", 2024, PARAMS)).by_default == ()


def test_where_only_the_tables_are_known_the_rest_is_left_unwritten() -> None:
    untold = {"preface", "overview.management", "overview.platforms", "overview.safeguards"}
    assert set(compose(read_report("321300-suqian", 2024, PARAMS)).by_default) == untold
    assert set(compose(read_report("321300-suqian", 2023, PARAMS)).by_default) == untold | {"overview.on_request"}


def test_the_parts_of_a_published_whole_add_up() -> None:
    bodies = read_report("371524-donge", 2020, PARAMS).indicators
    parts = ("departments", "towns", "development_zones")
    assert sum(bodies[part].value for part in parts) == bodies["disclosing_bodies"].value


@pytest.mark.parametrize(
    "example", ["371524-donge/2020", "320800-huaian/2024", "321300-suqian/2023", "321300-suqian/2024"]
)
def test_every_example_says_where_its_figures_come_from_and_that_its_prose_is_no_official_text(example: str) -> None:
    county, year = example.split("/")
    source = read_report(county, int(year), PARAMS).source
    assert source.title
    assert f"{year}年政府信息公开工作年度报告" in source.title
    assert "不是官方文本" in (source.statement or "")
    assert "重新撰写" in (source.statement or "")
