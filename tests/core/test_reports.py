"""Reports invented for these tests, in both languages: what is told, what is left out, and that quotes are exact."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evtimeline import lexicons
from evtimeline.core.report_dates import guess_as_of
from evtimeline.core.report_telling import Telling
from evtimeline.core.reports import Draft, Extraction, extract
from evtimeline.core.text import fold

REPORTS = Path(__file__).parents[1] / "data" / "reports"
PAST, PLAN, FORECAST = Telling.PAST, Telling.PLAN, Telling.FORECAST
DAY = date(2026, 3, 12)

XINGLAN = [
    ("星澜E6上市", "launch", PLAN, "2026-06"),
    ("星澜M9上市", "launch", PAST, "2025-11-18"),
    ("星澜M9增程版开启预售", "other", PLAN, "2026-Q3"),
    ("星澜M9交付", "delivery", PLAN, "2026-10"),
    ("襄宁基地一期工程竣工", "completion", PAST, "2025-08"),
    ("襄宁基地二期工程投产", "plant-opening", PLAN, "2027-H1"),
    ("襄宁恒澜电池有限公司完成工商注册", "founding", PAST, "2025-12"),
    ("襄宁恒澜电池有限公司量产首批4680电芯", "mass-production", FORECAST, "2027-Q3"),
    ("星澜汽车首座海外工厂在泰国罗勇府奠基", "groundbreaking", PAST, "2025-06"),
    ("星澜汽车向港交所递交招股书", "ipo", PAST, "2025-09"),
    ("星澜汽车全年交付28万辆", "target", PLAN, "2026"),
    ("星澜汽车实现单季盈亏平衡", "target", PLAN, "2026-Q4"),
    ("泰国工厂投产", "plant-opening", FORECAST, "2026-12"),
    ("星澜汽车海外销量占比提升至20%", "target", FORECAST, "2027"),
    ("星澜汽车港股上市", "ipo", PLAN, "2026-06"),
    ("星澜X1概念车亮相", "launch", PLAN, "2026-04"),
    ("星澜汽车净利润达到18亿元", "target", FORECAST, "2027"),
    ("智驾芯片澜核一号量产", "mass-production", FORECAST, "≥2028"),
]

HARROW = [
    ("Harrow Gale to go on sale at a price of EUR 42,900", "launch", FORECAST, "2026-08"),
    ("Harrow Gale: First customer deliveries", "delivery", PLAN, "2026-Q4"),
    ("Harrow Drift was launched", "launch", PAST, "2025-10-14"),
    ("Gale GT launch", "launch", PLAN, "2027-Q2"),
    ("Harrow Motors and Volta Cells formed a joint venture", "founding", PAST, "2025-11"),
    ("BrightCell to start volume production", "mass-production", PLAN, "2027-H1"),
    ("Harrow's second plant in Debrecen to open", "plant-opening", PLAN, "2026-06"),
    ("Volta broke ground on a site in Tampere", "groundbreaking", PAST, "2025-09"),
    ("Harrow to deliver 90,000 vehicles", "target", PLAN, "2026"),
    ("Harrow: deliveries reach 90,000", "target", FORECAST, "2026"),
    ("Harrow to break even", "target", FORECAST, "2026-Q4"),
    ("BrightCell's revenue to exceed $1.2 billion", "target", FORECAST, "≤2028"),
    ("Harrow Motors: Nasdaq listing", "ipo", PLAN, "2026-H2"),
    ("Software 3.0 release", "release", PLAN, "2026-05"),
]


def _read(text: str, as_of: date = DAY) -> Extraction:
    return extract(text, as_of, lexicons.load())


def _told(text: str, as_of: date = DAY) -> list[tuple[str, Telling, str]]:
    return [(d.title, d.telling, d.window.display) for d in _read(text, as_of).milestones if d.window]


def _only(text: str, as_of: date = DAY) -> Draft:
    extraction = _read(text, as_of)
    assert len(extraction.milestones) == 1, [draft.title for draft in extraction.milestones]
    return extraction.milestones[0]


@pytest.mark.parametrize(
    ("name", "as_of", "expected"),
    [("xinglan.md", date(2026, 3, 12), XINGLAN), ("harrow.txt", date(2026, 3, 3), HARROW)],
)
def test_a_report_becomes_its_milestones_and_nothing_else(
    name: str, as_of: date, expected: list[tuple[str, str, Telling, str]]
) -> None:
    drafts = _read((REPORTS / name).read_text("utf-8"), as_of).milestones
    assert [(d.title, d.kind, d.telling, d.window.display) for d in drafts if d.window] == expected


@pytest.mark.parametrize("name", ["xinglan.md", "harrow.txt"])
def test_quotes_stand_in_the_report_where_they_are_said_to(name: str) -> None:
    text = (REPORTS / name).read_text("utf-8")
    extraction = _read(text)
    for draft in (*extraction.milestones, *extraction.undated):
        assert draft.quote.text == " ".join(text[draft.quote.start : draft.quote.end].split())


@pytest.mark.parametrize(("name", "day"), [("xinglan.md", date(2026, 3, 12)), ("harrow.txt", date(2026, 3, 3))])
def test_a_report_says_itself_of_which_day_it_is(name: str, day: date) -> None:
    text = (REPORTS / name).read_text("utf-8")
    assert guess_as_of(text, fold(text), date(2026, 9, 1)) == day


def test_a_month_as_of_which_a_report_speaks_means_its_last_day() -> None:
    text = "截至 2025 年 4 月,两家公司合作持续深化。"
    assert guess_as_of(text, fold(text), date(2026, 9, 1)) == date(2025, 4, 30)


def test_a_report_without_a_day_of_its_own_has_none() -> None:
    text = "星澜汽车计划 2027 年进入欧洲市场。"
    assert guess_as_of(text, fold(text), date(2026, 9, 1)) is None


def test_undated_plans_are_kept_apart() -> None:
    assert [d.title for d in _read((REPORTS / "xinglan.md").read_text("utf-8")).undated] == [
        "星澜汽车在匈牙利建设第二座海外工厂"
    ]
    assert [d.title for d in _read((REPORTS / "harrow.txt").read_text("utf-8")).undated] == ["Harrow to enter Canada"]


@pytest.mark.parametrize(
    "text",
    [
        "## 青田电子 2026 年关键进展",
        "三、青田电子 2027 年战略规划\n1. 产品\n- 主打 800V 平台，双方按 5:5 持股，搭载 CTP 3.0 技术。",
        "截至 2026 年 2 月，青田电子累计交付超 20 万台。",
        "2025 年第四季度，青田电子营收 17 亿元，毛利率提升至 20.4%。",
        "2026 款青田 T3 配置小改。",
        "| 指标 | 青田（2025 年 Q4） |\n|---|---|\n| 交付量（万台） | 7.2 |",
        "2024 年上市的青田 T1 仍是主力车型。",
        "As of March 2026, Kestrel had 412 stores.",
        "Kestrel delivered 61,000 cars in 2025, up from 48,000 in 2024.",
        "| EUR m | 2024 | 2025 |\n|---|---|---|\n| Revenue | 1,940 | 2,610 |",
        "Kestrel has no plans to open a plant in 2027.",
        "The 2026 model-year Kestrel has 512 km of range and an 800V platform.",
    ],
)
def test_what_only_looks_like_a_promise_is_left_out(text: str) -> None:
    assert _told(text) == []


def test_a_condition_with_a_figure_is_a_forecast_of_its_own_and_stands_with_what_hangs_on_it() -> None:
    target, profit = _read("业内预测，若全年交付 9 万台，青田电子有望在第四季度实现单季度盈利。").milestones
    assert (target.kind, target.window and target.window.display, target.condition) == ("target", "2026", None)
    assert (profit.window and profit.window.display, profit.condition) == ("2026-Q4", "若全年交付 9 万台")
    assert {target.telling, profit.telling} == {FORECAST}
    assert profit.author == "业内"


def test_the_author_of_a_forecast_is_the_label_the_subject_or_named_behind() -> None:
    assert _only("- 东岭证券：预计青田电子 2027 年营收突破 75 亿元。").author == "东岭证券"
    assert _only("Fjord Research expects Kestrel to launch the K4 in June 2027.").author == "Fjord Research"
    assert _only("Kestrel could launch the K4 in June 2027, according to Fjord Research.").author == "Fjord Research"


def test_the_number_of_a_heading_is_no_part_of_a_name() -> None:
    assert _only("## 二、青田电子 2026 年展望\n\n公司计划 9 月发布首款手机。").title == "青田电子发布首款手机"


def test_the_title_of_a_report_is_the_heading_that_it_begins_with() -> None:
    assert _read((REPORTS / "xinglan.md").read_text("utf-8")).title == "星澜汽车深度报告：第二增长曲线"
    assert _read("青田电子计划 2027 年上市。\n\n# 附录").title == ""


def test_a_date_is_shared_by_the_targets_of_a_sentence() -> None:
    told = _told("- 东岭证券：青田电子 2026 年营收有望突破 75 亿元，高端机型销量占比将提升至 30%。")
    assert [window for _, _, window in told] == ["2026", "2026"]


def test_what_is_worded_as_a_fact_but_lies_ahead_is_a_plan() -> None:
    assert _only("青田电子二期工厂于 2026 年 6 月投产。").telling is PLAN
    assert _only("青田电子二期工厂于 2026 年 2 月投产。").telling is PAST


def test_a_year_left_out_is_that_of_the_heading_or_of_the_sentence() -> None:
    assert _told("## 二、2025 年回顾\n\n青田电子 9 月发布首款手机。\n")[0][2] == "2025-09"
    assert _told("青田电子 2025 年 11 月签署协议，次年一期工厂将于 2027 年 3 月开工，10 月投产。")[-1][2] == "2027-10"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("- 青田 T7：首款折叠屏，续航出色，预计 2026 年 8 月上市。", "青田T7上市"),
        ("- 青田 T7 上市：2026 年 8 月", "青田T7上市"),
        ("- 青田与白鹭科技合资设立青鹭电池有限公司，计划 2027 年实现量产。", "青鹭电池有限公司量产"),
        ("青田与白鹭的合作由来已久。双方计划在 2026 年下半年联合建设超充站。", "青田与白鹭联合建设超充站"),
        ("- Kestrel K4: The first SUV is expected to go on sale in August 2026.", "Kestrel K4 to go on sale"),
        ("Kestrel opened a plant. It plans to enter Norway in 2027.", "Kestrel to enter Norway"),
    ],
)
def test_a_title_names_what_the_statement_is_about(text: str, title: str) -> None:
    assert _only(text).title == title


def test_the_amount_promised_is_the_target() -> None:
    target = _only("合资公司计划 2027 年实现量产，目标年产能 30GWh。").target
    assert target and (str(target.value), target.unit, target.comparator) == ("30", "GWh", ">=")
    sales = _only("Kestrel aims to deliver more than 350,000 vehicles in 2026.").target
    assert sales and (str(sales.value), sales.unit, sales.comparator) == ("350000", "vehicles", ">")


def test_lines_broken_at_the_margin_are_one_sentence() -> None:
    broken = (
        "Kestrel Motors, which has sold electric vans since its first day, plans to\n"
        "open its second plant, the largest in the region and the first to run on wind power,\n"
        "in June 2027.\n"
    )
    assert _told(broken)[0][2] == "2027-06"


def test_a_row_of_a_table_with_a_date_and_an_event_is_told() -> None:
    table = "| 里程碑 | 时间 |\n|---|---|\n| 青田 T9 量产 | 2026 年四季度 |\n| 单价 | 2,999 元 |\n"
    assert _told(table) == [("青田T9量产", PLAN, "2026-Q4")]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                ["预计", "2026 年 8 月", "上市", "，", "。", "若", "|", "\n", "- ", "# ", "(", "：", "青田 T7"]
            ),
            st.sampled_from(
                [" plans to ", "June 2027", " open", ", ", ". ", "if ", "Kestrel", "[", '"', "\t", "29 Feb"]
            ),
            st.text(max_size=6),
        ),
        max_size=40,
    ).map("".join)
)
def test_any_text_is_read_the_same_way_twice_and_every_quote_is_in_it(text: str) -> None:
    extraction = _read(text)
    assert extraction == _read(text)
    for draft in (*extraction.milestones, *extraction.undated):
        said, quoted = (re.sub(r"[*_`]", " ", t) for t in (text[draft.quote.start : draft.quote.end], draft.quote.text))
        assert said.split() == quoted.split()  # a mark that pairs with none stays in a quote
