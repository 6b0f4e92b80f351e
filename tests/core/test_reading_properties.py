"""What holds for the reader whatever the text: it never raises, quotes only what is there, and minds no order."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import an_entry

from evtimeline.core.entries import Entry
from evtimeline.core.milestones import Timeline
from evtimeline.core.reading import Reading, read, watch
from evtimeline.documents.timelinefile import load_timeline
from evtimeline.lexicons import load as load_lexicons

SHIPPED = load_timeline(Path(__file__).parents[2] / "timelines" / "xiaomi-baic.yaml")
WATCHLIST = watch([SHIPPED], load_lexicons())
NOTHING = watch([Timeline("empty", {"en": "Empty"})], load_lexicons())
EXCLUDED = watch([SHIPPED], load_lexicons(), {("xiaomi-baic", "yu7-launch"): ("YU7 Ultra", "车主", "!")})

NAMES = "小米 YU7 ＹＵ７ 小米YU7 SU7 小米汽车二期工厂 北京时代 享界S9 超充站 Xiaomi BAIC's"
SAID = "上市 投产 量产 推迟 提前 取消 否认 将于 预计 尚未 已经 launch delayed not 2025年7月 6月26日 下半年 年底"
PIECES = (
    *NAMES.split(),
    *SAID.split(),
    *("YU 7", "on sale", "Q3 2025", "July 26", "35万辆", "30GWh", "第四季度", "5:5", "800V", "1/2/3", "0月", "A", "的"),
    *("，", "。", "；", "\n", " ", "“", "”", "（", ")", "…", "\u200b", "\u202e", "🚗", "İ", "ß", "\ud800", "\x00", "."),
)
words = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)
anything = st.one_of(words, st.text(max_size=120), st.tuples(words, st.text(max_size=40), words).map("".join))
days = st.dates(date(1, 1, 1), date(9999, 12, 31))
entries = st.builds(
    lambda title, summary, day, language: an_entry(title=title, summary=summary, stated_on=day, language=language),
    anything,
    anything,
    days,
    st.sampled_from(("zh", "en", "", "zh-Hant", "xx")),
)
bounded = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def text_of(entry: Entry, field: str) -> str:
    return entry.title if field == "title" else entry.summary


def held(reading: Reading) -> Iterator[bool]:
    """Whether each quote and each date is what stands at its place."""
    for finding in reading.findings:
        quote = finding.quote
        yield text_of(reading.entry, quote.field)[quote.start : quote.end] == quote.text
        yield 0.4 <= finding.score < 1 and bool(finding.reasons)
    for one in reading.dates:
        yield text_of(reading.entry, one.field)[one.found.start : one.found.end] == one.found.text


@bounded
@given(entries, st.booleans(), st.booleans())
def test_it_never_raises_and_never_quotes_what_is_not_there(entry: Entry, excluded: bool, every_date: bool) -> None:
    (reading,) = read([entry], EXCLUDED if excluded else WATCHLIST, every_date)
    assert all(held(reading))


@bounded
@given(st.lists(entries, min_size=1, max_size=4))
def test_each_entry_is_read_alike_alone_twice_and_in_any_company(many: list[Entry]) -> None:
    told = list(read(many, WATCHLIST))
    assert [one.entry for one in told] == many
    assert told == list(read(many, WATCHLIST))
    assert told[::-1] == list(read(many[::-1], WATCHLIST))
    assert told[:1] == list(read(many[:1], WATCHLIST))


ORDERS = tuple(
    watch([replace(SHIPPED, milestones=order)], load_lexicons())
    for order in (SHIPPED.milestones[::-1], SHIPPED.milestones[5:] + SHIPPED.milestones[:5])
)


@bounded
@given(entries)
def test_the_order_of_milestones_does_not_matter(entry: Entry) -> None:
    (one,) = read([entry], WATCHLIST)
    for other in ORDERS:
        (two,) = read([entry], other)
        assert sorted(one.findings, key=lambda f: f.ref) == sorted(two.findings, key=lambda f: f.ref)
        assert sorted(one.near_misses, key=repr) == sorted(two.near_misses, key=repr)
        assert one.dates == two.dates


@bounded
@given(entries)
def test_a_phrase_that_a_person_excluded_gives_no_finding_where_it_stands(entry: Entry) -> None:
    said = replace(entry, title=f"小米YU7 Ultra {entry.title}", summary="")
    (reading,) = read([said], EXCLUDED)
    assert ("xiaomi-baic", "yu7-launch") not in [finding.ref for finding in reading.findings]


@bounded
@given(entries)
def test_a_watchlist_of_nothing_finds_nothing(entry: Entry) -> None:
    (reading,) = read([entry], NOTHING, every_date=True)
    assert (reading.findings, reading.near_misses) == ((), ())


def ends(piece: str, length: int) -> None:
    """Read a text that says `piece` over and over; what matters is that it comes to an end."""
    entry = an_entry(title=piece[:40], summary="小米YU7上市" + piece * (length // len(piece)))
    (reading,) = read([entry], WATCHLIST)
    assert all(held(reading))


@pytest.mark.parametrize("piece", ["(", "“", " ", "\n", "a.", "据", "X" * 997 + " ", "１２３４５６７８９０"])
def test_a_million_characters_come_to_an_end(piece: str) -> None:
    ends(piece, 1_000_000)


@pytest.mark.parametrize("piece", ["1", "第", "三", ",", "2025年", "not delayed ", "from June to ", "July 4, "])
def test_beginnings_of_dates_and_words_without_end_come_to_an_end(piece: str) -> None:
    ends(piece, 60_000)


@pytest.mark.parametrize("piece", ["小米YU7上市，", "小米 YU 7 ", "年底前", "6月26日至", "小米YU7将于2025年7月上市。"])
def test_a_milestone_named_in_every_clause_comes_to_an_end(piece: str) -> None:
    ends(piece, 6_000)
