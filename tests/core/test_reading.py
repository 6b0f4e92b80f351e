import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.watched import TITLES, found, named, reading, watching, watchlist

from evtimeline.core.claims import Signal, Stance
from evtimeline.core.entries import Entry
from evtimeline.core.milestones import Entity, Milestone, Names, Timeline
from evtimeline.core.reading import ACCEPT_FROM, REVIEW_FROM, read, watch
from evtimeline.lexicons import load

CHINESE = [
    ("x5-launch", "晨曦X50今日正式上市，售价19.98万元起", "", "achieved", "2026-03-10|None"),
    ("x5-launch", "晨曦X50将于4月上市", "", "scheduled", "2026-04"),
    ("x5-launch", "晨曦X50上市时间推迟至6月，原定4月", "", "delayed", "2026-06"),
    ("x5-launch", "晨曦X50上市提前至3月底", "", "advanced", "2026-03-21/2026-03-31"),
    ("x5-launch", "传晨曦X50推迟上市？官方：仍按计划4月上市", "", "scheduled", "2026-04"),
    ("x5-launch", "晨曦汽车辟谣：X50不会推迟，4月如期上市", "", "scheduled", "2026-04"),
    ("x5-launch", "晨曦X50开启路测", "", "progress", "None"),
    ("x5-launch", "晨曦X50车主吐槽车机卡顿", "", "mention|progress", "None"),
    ("x5-launch", "晨曦X50上市一周年，累计销量突破十万", "", "mention", "None"),
    ("x5-launch", "晨曦取消X50上市计划", "", "cancelled", "None"),
    ("x5-launch", "若获批，晨曦X50最快5月上市", "", "scheduled", "2026-05|2026-05/.."),
    ("dresden-fab", "台积电德累斯顿工厂预计2027年底投产", "", "scheduled", "2027-12"),
    (
        "dresden-fab",
        "台积电德国晶圆厂延期至2028年",
        "台积电位于德累斯顿的晶圆厂投产时间由2027年推迟至2028年。",
        "delayed",
        "2028",
    ),
    ("dresden-fab", "台积电德累斯顿晶圆厂完成封顶", "", "progress", "None"),
    ("777x-delivery", "波音称777X首架交付推迟至2027年", "", "delayed", "2027"),
    ("777x-delivery", "波音777X完成首次载客试飞", "", "progress|mention", "None"),
    ("unitree-ipo", "宇树科技科创板IPO获受理", "", "progress", "None"),
    (
        "unitree-ipo",
        "宇树科技登陆科创板，首日大涨",
        "3月10日，宇树科技在上交所科创板挂牌上市。",
        "achieved",
        "2026-03-10|None",
    ),
    ("unitree-ipo", "宇树科技将于3月18日在科创板上市", "", "scheduled", "2026-03-18"),
    ("legoland", "上海乐高乐园7月5日正式开园", "", "scheduled", "2026-07-05"),
    ("legoland", "上海乐高乐园开启试运营", "", "progress", "None"),
    ("zhuque", "朱雀三号首飞推迟", "", "delayed", "None"),
    ("zhuque", "朱雀三号完成静态点火试验", "", "progress", "None"),
    (
        "zhuque",
        "朱雀三号首飞成功，一级回收失利",
        "3月10日，朱雀三号遥一运载火箭在酒泉发射升空。",
        "achieved",
        "2026-03-10|None",
    ),
    ("zhongkui", "《黑神话：钟馗》发布新预告片", "", "progress|mention", "None"),
    ("zhongkui", "《黑神话：钟馗》定档8月20日", "", "scheduled", "2026-08-20"),
    ("zhongkui", "黑神话：钟馗跳票至2027年", "", "delayed", "2027"),
    ("nio-target", "蔚来：维持全年交付40万辆目标不变", "", "scheduled|progress", "2026"),
    ("japan-entry", "零跑汽车将于9月进入日本市场", "", "scheduled", "2026-09"),
    ("japan-entry", "零跑取消进入日本市场的计划", "知情人士称，零跑汽车已放弃进入日本。", "cancelled", "None"),
    ("jv", "零跑与一汽合资公司正式成立", "3月9日，双方合资公司完成工商注册。", "achieved", "2026-03-09|None"),
    ("jv", "零跑与一汽签署谅解备忘录，拟成立合资公司", "", "progress", "None"),
]

ENGLISH = [
    ("x5-launch", "Aurora X50 goes on sale at $24,000", "", "achieved", "None"),
    ("x5-launch", "Aurora to launch X50 in April", "", "scheduled", "2026-04"),
    ("x5-launch", "Aurora X50 launch pushed back to June from April", "", "delayed", "2026-06"),
    ("x5-launch", "Aurora X50 launch will not be delayed, company says", "", "progress", "None"),
    ("x5-launch", "Aurora denies X50 delay, still plans April launch", "", "scheduled", "2026-04"),
    ("x5-launch", "Aurora unveils X50 at Geneva show", "", "progress|mention", "None"),
    ("dresden-fab", "TSMC's Dresden fab on track to start production in late 2027", "", "scheduled", "2027-36"),
    ("dresden-fab", "TSMC delays Dresden chip plant to 2028, sources say", "", "delayed", "2028"),
    (
        "dresden-fab",
        "Dresden fab: TSMC may start production earlier than planned, in mid-2027",
        "",
        "advanced|scheduled",
        "2027-06/2027-07",
    ),
    ("dresden-fab", "TSMC begins production at Dresden fab", "", "achieved", "None"),
    (
        "777x-delivery",
        "Boeing delivers first 777X to Lufthansa",
        "Boeing handed over the aircraft on Tuesday.",
        "achieved",
        "2026-03-10|None",
    ),
    ("777x-delivery", "Boeing pushes first 777X delivery to 2027", "", "delayed", "2027"),
    ("777x-delivery", "Boeing 777X completes first flight with passengers", "", "progress|mention", "None"),
    ("unitree-ipo", "Unitree files for Shanghai STAR Market listing", "", "progress", "None"),
    ("unitree-ipo", "Unitree shares soar on STAR Market debut", "", "achieved", "None"),
    ("legoland", "Legoland Shanghai to open on July 5", "", "scheduled", "2026-07-05"),
    ("legoland", "Legoland Shanghai opens to the public", "", "achieved", "None"),
    ("zhuque", "Zhuque-3 maiden flight slips to May", "", "delayed", "2026-05"),
    ("zhuque", "Zhuque-3 rocket completes static fire test", "", "progress", "None"),
    ("zhongkui", "Black Myth: Zhong Kui will be released on August 20", "", "scheduled", "2026-08-20"),
    ("zhongkui", "Black Myth: Zhong Kui delayed to 2027", "", "delayed", "2027"),
    ("zhongkui", "Black Myth: Zhong Kui gets new trailer", "", "progress|mention", "None"),
    ("nio-target", "NIO raises 2026 delivery target to 400,000", "", "scheduled", "2026"),
    ("japan-entry", "Leapmotor to start selling cars in Japan in September", "", "scheduled", "2026-09"),
    ("japan-entry", "Leapmotor scraps plan to sell cars in Japan", "", "cancelled", "None"),
    (
        "jv",
        "Leapmotor and FAW set up joint venture",
        "The company was registered on Monday.",
        "achieved",
        "2026-03-09|None",
    ),
]


@pytest.mark.parametrize(("key", "title", "summary", "signal", "window"), CHINESE + ENGLISH)
def test_a_headline_says_of_its_milestone(key: str, title: str, summary: str, signal: str, window: str) -> None:
    finding = found(title, summary)[key]
    assert finding.signal.value in signal.split("|")
    assert (finding.window.edtf if finding.window else "None") in window.split("|")


@pytest.mark.parametrize(
    "title",
    [
        "台积电亚利桑那第二座晶圆厂投产",
        "德累斯顿爱乐乐团新乐季开幕",
        "宇树科技发布新款人形机器人",
        "上海迪士尼乐园新园区开园",
        "蔚来2月交付2.1万辆",
        "TSMC Arizona plant starts production",
        "Unitree's new robot dog costs $1,600",
        "NIO delivers 21,000 cars in February",
        "小米粥怎么煮更养胃",
        "央行宣布下调存款准备金率0.5个百分点",
        "Fed holds rates as inflation eases",
        "Local bakery opens second shop in March",
        "Ten recipes for spring",
        "德国队晋级四强",
    ],
)
def test_news_of_something_else_is_not_matched(title: str) -> None:
    assert not found(title)


@pytest.mark.parametrize(
    ("title", "summary", "stance"),
    [
        ("晨曦X50将于4月上市", "", Stance.ASSERTED),
        ("传晨曦X50推迟至6月上市", "", Stance.RUMOUR),
        ("若获批，晨曦X50最快5月上市", "", Stance.CONDITIONAL),
        ("机构预测晨曦X50将于9月上市", "", Stance.FORECAST),
        ("晨曦X50仍将于4月上市", "", Stance.REAFFIRMED),
        ("晨曦否认X50将于5月上市", "", Stance.DENIED),
        ("Aurora X50 launch delayed to June, sources say", "", Stance.RUMOUR),
        ("Aurora X50 launch remains set for April", "", Stance.REAFFIRMED),
    ],
)
def test_the_stance_is_that_of_the_words(title: str, summary: str, stance: Stance) -> None:
    assert found(title, summary)["x5-launch"].stance is stance


def test_the_summary_adds_the_date_that_the_title_leaves_out() -> None:
    finding = found("晨曦X50推迟上市", "晨曦汽车3月10日宣布，X50的上市时间由4月推迟至6月18日。")["x5-launch"]
    assert finding.signal is Signal.DELAYED
    assert finding.window
    assert finding.window.edtf == "2026-06-18"


def test_the_day_of_the_announcement_is_not_the_day_announced() -> None:
    finding = found("Aurora names date for X50", "Aurora said on Monday the X50 will go on sale on April 2.")[
        "x5-launch"
    ]
    assert finding.window
    assert finding.window.edtf == "2026-04-02"


def test_each_date_goes_to_its_own_event() -> None:
    finding = found("台积电德累斯顿晶圆厂进展", "台积电德累斯顿晶圆厂预计今年9月竣工，明年二季度投产。")["dresden-fab"]
    assert finding.window
    assert finding.window.edtf == "2027-34"


def test_two_milestones_in_one_entry_are_told_apart() -> None:
    both = found("晨曦X50将于4月上市", "另外，朱雀三号首飞推迟至6月。")
    assert both["x5-launch"].window
    assert both["x5-launch"].window.edtf == "2026-04"
    assert both["zhuque"].signal is Signal.DELAYED


def test_a_look_alike_is_no_match_and_is_told_as_a_near_miss() -> None:
    against = watching(named("x50", "launch", "晨曦X50", "X50", exclusions=("晨曦X50 Pro",)))
    read_one = reading("晨曦X50 Pro今日上市", against=against)
    assert not read_one.findings
    assert "look-alike" in read_one.near_misses[0].why


def test_a_rejected_phrase_becomes_an_exclusion() -> None:
    timeline = Timeline("story", {"en": "Story"}, milestones=(named("moon", "launch", "Luna"),))
    entry = Entry("1", "Luna Park goes on sale", "", date(2026, 3, 10), "en")
    assert next(read([entry], watch([timeline], load()))).findings
    assert not next(read([entry], watch([timeline], load(), {("story", "moon"): ("Luna Park",)}))).findings


def test_a_plain_word_needs_a_party() -> None:
    against = watching(named("plant", "plant-opening", "二期工厂", parties=("晨曦汽车",)))
    assert not found("某药企二期工厂投产", against=against)
    assert found("晨曦汽车二期工厂投产", against=against)


def test_phase_one_is_not_phase_two() -> None:
    against = watching(named("plant", "plant-opening", "晨曦二期工厂", "Aurora phase II plant"))
    assert not found("晨曦一期工厂投产", against=against)
    assert found("Aurora's second-phase plant starts production", against=against)


def test_the_second_plant_of_a_supplier_is_not_the_carmakers() -> None:
    against = watching(named("plant", "plant-opening", "小米汽车二期工厂", "小米二期", parties=("小米",)))
    assert not found("恒川电池二期工厂投产", "恒川电池二期工厂昨日投产，与小米汽车签有供货意向。", against=against)
    assert found("小米汽车进展", "小米汽车新产能：二期工厂昨日投产。", against=against)


def test_what_is_due_when_it_goes_on_sale_has_not_gone_on_sale() -> None:
    finding = found("Aurora X50 shown in Geneva", "Orders for the Aurora X50 open when it goes on sale.")["x5-launch"]
    assert finding.signal is not Signal.ACHIEVED


def test_a_rumour_in_a_question_is_a_rumoured_delay_unless_it_is_denied() -> None:
    rumoured = found("网传晨曦X50要推迟到9月上市？", "有网友爆料，晨曦X50将推迟至9月上市。")["x5-launch"]
    assert (rumoured.signal, rumoured.stance) == (Signal.DELAYED, Stance.RUMOUR)


def test_what_delays_a_joint_ventures_plant_does_not_delay_its_founding() -> None:
    against = watching(
        named("jv", "founding", "Harbour Times Battery"), named("sop", "mass-production", "Harbour Times Battery")
    )
    both = found("Harbour Times Battery mass production delayed to 2027", against=against)
    assert both["sop"].signal is Signal.DELAYED
    assert "jv" not in both or both["jv"].signal is not Signal.DELAYED


def test_a_company_is_not_yet_what_it_promised() -> None:
    entity = Entity("nio", Names(("蔚来汽车", "蔚来", "NIO")))
    milestone = Milestone("korea", {"zh": "蔚来进入韩国市场"}, "market-entry", "nio")
    against = watch([Timeline("story", {"en": "Story"}, "Asia/Shanghai", (entity,), (milestone,))], load())
    assert not found("蔚来发布三季度财报", against=against)
    assert found("蔚来将于10月进入韩国市场", against=against)["korea"].signal is Signal.SCHEDULED


def test_a_name_that_ends_in_a_star_is_a_prefix() -> None:
    against = watching(named("dragon", "launch", "Dragonfl*"))
    assert found("Dragonflies launched today", against=against)


def test_the_quote_is_a_piece_of_the_text_at_its_offsets() -> None:
    summary = "前情提要。" * 30 + "晨曦X50将于4月上市，" + "配置丰富，" * 60 + "价格未定。"
    quote = found("汽车周报", summary)["x5-launch"].quote
    assert quote.field == "summary"
    assert summary[quote.start : quote.end] == quote.text
    assert "4月上市" in quote.text
    assert len(quote.text) <= 200


def test_a_company_that_is_called_like_an_ordinary_word_is_told_from_it() -> None:
    against = watching(Milestone("listing", {"en": "Ship Nasdaq listing"}, "ipo", Names(("Ship IPO",)), ("Ship",)))
    assert found("Ship files prospectus for listing", against=against)["listing"].signal is Signal.PROGRESS
    assert not found("Owner of a cruise ship files prospectus for listing", against=against)


def test_reasons_name_the_words() -> None:
    reasons = " ".join(found("晨曦X50上市时间推迟至6月")["x5-launch"].reasons)
    assert "晨曦X50" in reasons
    assert "推迟" in reasons


def test_a_whole_name_in_the_title_counts_by_itself() -> None:
    assert found("晨曦X50将于4月上市")["x5-launch"].score >= ACCEPT_FROM > REVIEW_FROM


def test_the_answer_does_not_hang_on_the_order_of_entries_or_milestones() -> None:
    entries = [Entry(str(n), row[1], row[2], date(2026, 3, 10)) for n, row in enumerate(CHINESE + ENGLISH)]
    plain = {one.entry.guid: {f.ref: f for f in one.findings} for one in read(entries, watchlist())}
    shuffled = random.Random(7)
    keys = list(TITLES)
    shuffled.shuffle(entries)
    shuffled.shuffle(keys)
    milestones = tuple(Milestone(key, {"zh": TITLES[key][0], "en": TITLES[key][1]}) for key in keys)
    other = watching(*milestones)
    assert {one.entry.guid: {f.ref: f for f in one.findings} for one in read(entries, other)} == plain


def test_dates_are_read_everywhere_only_when_asked_for() -> None:
    entry = Entry("1", "Shop opens on 3 May 2026", "", date(2026, 3, 10), "en")
    assert not next(read([entry], watchlist())).dates
    assert next(read([entry], watchlist(), every_date=True)).dates


TEXTS = st.text(st.sampled_from("晨曦X50 上市推迟至月日6，。？“”Aurora launch delayed to June:-()"), max_size=120)


@settings(max_examples=60, deadline=None)
@given(title=TEXTS, summary=TEXTS)
def test_no_text_raises_and_no_quote_is_invented(title: str, summary: str) -> None:
    entry = Entry("1", title, summary, date(2026, 3, 10), "")
    for finding in next(read([entry], watchlist(), every_date=True)).findings:
        text = {"title": title, "summary": summary}[finding.quote.field]
        assert text[finding.quote.start : finding.quote.end] == finding.quote.text
