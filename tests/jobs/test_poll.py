from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, update
from tests.builders import instant
from tests.jobs.world import BEGIN, CARS, YU7, Clock, a_world, feed_at, follow, item, poll_all, rss
from tests.servers import Answer, FeedServer

from evtimeline.core.claims import RevisionKind, Tier
from evtimeline.core.standing import Outcome
from evtimeline.core.windows import parse_edtf
from evtimeline.jobs.claiming import list_feeds
from evtimeline.jobs.poll import EASY, HERE, choose, poll
from evtimeline.jobs.reading import CHANGED
from evtimeline.store import claims, entries, feeds, milestones, revisions, standings, tables
from evtimeline.store.engine import reading, writing

PROMISED = item("1", "小米YU7将于2025年6月至7月正式上市", "2024-12-09")
DELAYED = item("2", "小米YU7推迟至2025年9月上市", "2025-05-20")


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as server:
        yield server


def ledger(engine: Engine, key: str = "yu7-launch") -> tuple[str, ...]:
    """What was claimed of a milestone beside its first promise, as signals with windows."""
    with reading(engine) as connection:
        found = claims.of_milestone(connection, milestones.find(connection, key).id)[1:]
    return tuple(f"{claim.signal} {claim.window.edtf if claim.window else '-'}" for claim in found)


def test_a_first_poll_is_backfill_and_fills_the_ledger(sqlite: Engine, server: FeedServer) -> None:
    follow(sqlite)
    url = server.serve("/feed", rss(PROMISED))
    polled = poll_all(sqlite, [feed_at(url)], Clock())[url]
    assert (polled.new_entries, polled.accepted, polled.error) == (1, 1, None)
    assert ledger(sqlite) == ("scheduled 2025-06/2025-07",)
    with reading(sqlite) as connection:
        stored = milestones.find(connection, "yu7-launch")
        assert all(one.revision.backfill for one in revisions.of_milestone(connection, stored.id))
        assert standings.load(connection, stored.id).window == parse_edtf("2025-06/2025-07")


def test_a_slip_that_a_later_poll_brings_is_told(database: Engine, server: FeedServer) -> None:
    follow(database)
    url = server.serve("/feed", rss(PROMISED))
    company = feed_at(url, "Xiaomi", Tier.PRIMARY)
    poll_all(database, [company], Clock())
    server.serve("/feed", rss(DELAYED, PROMISED))
    (moved,) = poll_all(database, [company], Clock(instant("2025-05-20T12:00")))[url].moved
    assert (moved.revision.kind, moved.revision.days_last) == (RevisionKind.SLIPPED, 61)
    assert not moved.revision.backfill


def test_what_was_published_before_the_first_poll_is_backfill_even_when_it_comes_later(
    sqlite: Engine, server: FeedServer
) -> None:
    follow(sqlite)
    url = server.serve("/feed", rss())
    poll_all(sqlite, [feed_at(url)], Clock())
    server.serve("/feed", rss(PROMISED))
    (moved,) = poll_all(sqlite, [feed_at(url)], Clock(BEGIN + timedelta(days=1)))[url].moved
    assert moved.revision.backfill


def test_polling_again_adds_nothing(database: Engine, server: FeedServer) -> None:
    follow(database)
    url = server.serve("/feed", rss(PROMISED, DELAYED))
    poll_all(database, [feed_at(url)], Clock())
    before = ledger(database)
    again = poll_all(database, [feed_at(url)], Clock(BEGIN + timedelta(days=1)))[url]
    assert again.unchanged and ledger(database) == before
    server.serve("/feed", rss(DELAYED, PROMISED))  # other bytes, the same entries
    again = poll_all(database, [feed_at(url)], Clock(BEGIN + timedelta(days=2)))[url]
    assert (again.unchanged, again.new_entries, ledger(database)) == (False, 0, before)


def test_an_entry_that_is_corrected_takes_its_old_claim_back(sqlite: Engine, server: FeedServer) -> None:
    follow(sqlite)
    url = server.serve("/feed", rss(item("1", "小米YU7将于2025年9月上市", "2025-05-09")))
    poll_all(sqlite, [feed_at(url)], Clock())
    server.serve("/feed", rss(item("1", "小米YU7将于2025年7月上市", "2025-05-09")))
    poll_all(sqlite, [feed_at(url)], Clock(BEGIN + timedelta(days=1)))
    with reading(sqlite) as connection:
        stored = milestones.find(connection, "yu7-launch")
        standing = standings.load(connection, stored.id)
        decided = [one.decided_by for one in claims.decisions_of(connection, stored.id)]
    assert standing.window == parse_edtf("2025-07") and standing.rejected == 1
    assert CHANGED in decided


def test_an_entry_that_is_reworded_and_says_the_same_adds_nothing(sqlite: Engine, server: FeedServer) -> None:
    follow(sqlite)
    url = server.serve("/feed", rss(item("1", "小米YU7将于2025年7月上市", "2025-05-09")))
    poll_all(sqlite, [feed_at(url)], Clock())
    server.serve("/feed", rss(item("1", "更新：小米YU7将于2025年7月上市", "2025-05-09")))
    polled = poll_all(sqlite, [feed_at(url)], Clock(BEGIN + timedelta(days=1)))[url]
    assert (polled.new_entries, polled.accepted) == (1, 0)
    assert ledger(sqlite) == ("scheduled 2025-07",)


def test_one_press_report_is_not_done_and_two_are(database: Engine, server: FeedServer) -> None:
    follow(database)
    first = server.serve("/a", rss(item("1", "小米YU7今日正式上市，售价25.35万元起", "2025-06-26")))
    second = server.serve("/b", rss(item("1", "开卖了！小米YU7正式上市，三分钟大定二十万", "2025-06-26")))
    clock = Clock(instant("2025-06-27"))
    outcomes = []
    for url, name in ((first, "Daily Car"), (second, "Evening Car")):
        poll_all(database, [feed_at(url, name)], clock)
        with reading(database) as connection:
            outcomes.append(standings.load(connection, milestones.find(connection, "yu7-launch").id).outcome)
    assert outcomes == [Outcome.REPORTED, Outcome.DONE]


def test_a_feed_that_fails_holds_up_no_other_and_is_asked_again_later(database: Engine, server: FeedServer) -> None:
    follow(database)
    good = server.serve("/good", rss(PROMISED))
    page = server.serve("/page", Answer(b"<!doctype html><title>News</title>", content_type="text/html"))
    gone = server.serve("/gone", Answer(status=410))
    catalogue = [feed_at(url) for url in (good, page, gone)]
    polled = poll_all(database, catalogue, Clock())
    assert polled[good].error is None
    assert "web page, not a feed" in (polled[page].error or "")
    with reading(database) as connection:
        states = feeds.states(connection)
    assert [states[url].state for url in (good, page, gone)] == ["ok", "not a feed", "gone"]
    assert all((states[url].due_at or BEGIN) > BEGIN for url in (good, page, gone))
    list_feeds(database, catalogue, BEGIN)
    assert list(choose(a_world(database, Clock()), catalogue)) == []


def test_a_document_that_was_cut_keeps_its_whole_items_and_is_asked_for_again(
    sqlite: Engine, server: FeedServer
) -> None:
    follow(sqlite)
    whole = rss(PROMISED, DELAYED)
    cut = whole[: whole.index(b"</item>") + 40]
    url = server.serve("/feed", Answer(cut, headers={"ETag": '"cut"'}))
    polled = poll_all(sqlite, [feed_at(url)], Clock())[url]
    assert polled.new_entries == 1 and "cut short" in polled.warnings[0]
    server.serve("/feed", Answer(whole, headers={"ETag": '"whole"'}))
    assert poll_all(sqlite, [feed_at(url)], Clock(BEGIN + timedelta(hours=1)))[url].new_entries == 1
    assert "if-none-match" not in server.asked[-1].headers


def test_validators_spare_the_server_a_second_answer(database: Engine, server: FeedServer) -> None:
    follow(database)

    def answer(asked: object) -> Answer:
        known = getattr(asked, "headers", {}).get("if-none-match") == '"1"'
        return Answer(status=304) if known else Answer(rss(PROMISED), headers={"ETag": '"1"'})

    url = server.serve("/feed", answer)
    poll_all(database, [feed_at(url)], Clock())
    assert poll_all(database, [feed_at(url)], Clock(BEGIN + timedelta(hours=2)))[url].unchanged
    with reading(database) as connection:
        succeeded_at = feeds.states(connection)[url].succeeded_at
    assert succeeded_at and succeeded_at > BEGIN + timedelta(hours=2)


def test_a_rehearsal_says_what_would_come_and_stores_nothing(database: Engine, server: FeedServer) -> None:
    follow(database)
    url = server.serve("/feed", rss(PROMISED))
    bad = server.serve("/bad", Answer(status=500))
    polled = poll_all(database, [feed_at(url), feed_at(bad)], Clock(), keep=False)
    assert polled[url].accepted == 1 and polled[bad].error
    assert ledger(database) == ()
    with reading(database) as connection:
        assert entries.count(connection) == 0
        assert {state.state for state in feeds.states(connection).values()} == {"new"}


def test_a_milestone_that_is_retired_meanwhile_takes_no_claims(sqlite: Engine, server: FeedServer) -> None:
    follow(sqlite)
    follow(sqlite, replace(CARS, milestones=CARS.milestones[1:]))
    url = server.serve("/feed", rss(PROMISED))
    assert poll_all(sqlite, [feed_at(url)], Clock())[url].accepted == 0
    follow(sqlite, replace(CARS, milestones=(YU7, *CARS.milestones[1:])))
    assert ledger(sqlite) == ()


def test_many_feeds_without_news_are_put_down_together(sqlite: Engine, server: FeedServer) -> None:
    follow(sqlite)
    catalogue = [feed_at(server.serve(f"/{number}", rss(PROMISED))) for number in range(60)]
    poll_all(sqlite, catalogue, Clock())
    again = poll_all(sqlite, catalogue, Clock(BEGIN + timedelta(hours=2)))
    assert len(again) == 60 and all(one.unchanged for one in again.values())


def test_a_round_of_many_feeds_is_read_beside_and_every_feed_is_told_once(sqlite: Engine, server: FeedServer) -> None:
    follow(sqlite)
    documents = [rss(item(str(number), f"Headline {number}", "2024-12-09")) for number in range(HERE + 5 * EASY)]
    documents[-3], documents[-2] = documents[-3].removesuffix(b"</rss>"), b"<html>"
    urls = [server.serve(f"/{number}", text) for number, text in enumerate(documents)]
    world = a_world(sqlite, Clock())
    catalogue = [feed_at(url) for url in urls]
    list_feeds(sqlite, catalogue, BEGIN)
    told = list(poll(choose(world, catalogue, everything=True), world))
    assert sorted(one.feed.url for one in told) == sorted(urls)
    assert [one.feed.url for one in told if one.error] == [urls[-2]]
    assert sum(one.new_entries for one in told) == len(urls) - 1


def test_a_feed_that_has_moved_for_good_is_asked_at_its_new_address_once_that_is_confirmed(
    sqlite: Engine, server: FeedServer
) -> None:
    old = server.serve("/old", Answer(status=301, headers={"Location": "/new"}))
    server.serve("/new", rss(PROMISED))
    for day in range(4):
        assert poll_all(sqlite, [feed_at(old)], Clock(BEGIN + timedelta(days=day)))[old].error is None
    assert (len(server.asked_for("/old")), len(server.asked_for("/new"))) == (2, 4)


def test_a_new_address_that_fails_sends_us_back_to_the_old_one(sqlite: Engine, server: FeedServer) -> None:
    old = server.serve("/old", Answer(status=301, headers={"Location": "/new"}))
    server.serve("/new", rss(PROMISED))
    for day in range(3):
        poll_all(sqlite, [feed_at(old)], Clock(BEGIN + timedelta(days=day)))
    server.serve("/new", Answer(status=404))
    server.serve("/old", rss(PROMISED, DELAYED))
    assert poll_all(sqlite, [feed_at(old)], Clock(BEGIN + timedelta(days=4)))[old].error is not None
    assert poll_all(sqlite, [feed_at(old)], Clock(BEGIN + timedelta(days=5)))[old].new_entries == 1


def test_the_habit_of_a_feed_is_learned_so_that_its_silence_is_noticed(sqlite: Engine, server: FeedServer) -> None:
    url = server.serve("/feed", rss(*(item(str(day), f"news {day}", f"2025-05-0{day}") for day in range(1, 8))))
    poll_all(sqlite, [feed_at(url)], Clock())
    with reading(sqlite) as connection:
        assert feeds.states(connection)[url].interval == 86_400


def state_of(engine: Engine, url: str) -> feeds.FeedState:
    with reading(engine) as connection:
        return feeds.states(connection)[url]


def test_only_what_is_new_in_a_document_is_read(database: Engine, server: FeedServer) -> None:
    follow(database)
    url = server.serve("/feed", rss(PROMISED))
    poll_all(database, [feed_at(url)], Clock())
    server.serve("/feed", rss(DELAYED, PROMISED))
    again = poll_all(database, [feed_at(url)], Clock(BEGIN + timedelta(hours=2)))[url]
    assert (again.new_entries, again.accepted) == (1, 1)
    assert len((state_of(database, url).marks or "").split()) == 2


def test_a_move_for_good_that_is_answered_by_nothing_new_is_confirmed_too(database: Engine, server: FeedServer) -> None:
    def answer(asked: object) -> Answer:
        known = getattr(asked, "headers", {}).get("if-none-match") == '"1"'
        return Answer(status=304) if known else Answer(rss(PROMISED), headers={"ETag": '"1"'})

    old = server.serve("/old", answer)
    poll_all(database, [feed_at(old)], Clock())
    server.serve("/old", Answer(status=301, headers={"Location": "/new"}))
    server.serve("/new", answer)
    for day in range(1, 5):
        assert poll_all(database, [feed_at(old)], Clock(BEGIN + timedelta(days=day)))[old].unchanged
    assert len(server.asked_for("/old")) == 3
    assert state_of(database, old).moved_to == server.url("/new")


def test_what_a_feed_asks_for_holds_when_it_answers_that_nothing_changed(database: Engine, server: FeedServer) -> None:
    body = rss(PROMISED).replace(b"<title>Feed</title>", b"<title>Feed</title><ttl>180</ttl>")
    url = server.serve("/feed", Answer(body, headers={"Cache-Control": "max-age=60"}))
    for hours in (0, 4):
        poll_all(database, [feed_at(url)], Clock(BEGIN + timedelta(hours=hours)))
        state = state_of(database, url)
        assert state.due_at and state.due_at >= BEGIN + timedelta(hours=hours + 3)
        assert state.due_why == "asked"


def test_a_feed_that_has_been_silent_for_long_is_asked_less_often(database: Engine, server: FeedServer) -> None:
    url = server.serve("/feed", rss(PROMISED))
    why = []
    for days in (0, 1, 30):
        poll_all(database, [feed_at(url)], Clock(BEGIN + timedelta(days=days)))
        why.append(state_of(database, url).due_why)
    assert why == ["interval", "interval", "habit"]


def test_a_feed_that_another_process_has_taken_over_spoils_none_that_is_stored_with_it(
    database: Engine, server: FeedServer
) -> None:
    follow(database)

    def take_over(_: object) -> Answer:
        taken = update(tables.feeds).where(tables.feeds.c.url.endswith("/lost")).values(leased_by="another")
        with writing(database) as connection:
            connection.execute(taken)
        return Answer(rss(PROMISED))

    lost = server.serve("/lost", take_over)
    kept = [server.serve(f"/{number}", rss(PROMISED)) for number in range(3)]
    polled = poll_all(database, [feed_at(url) for url in (lost, *kept)], Clock())
    assert polled[lost].lost and not polled[lost].in_doubt
    assert [polled[url].new_entries for url in kept] == [1, 1, 1]
    with reading(database) as connection:
        assert entries.count(connection) == 3
