from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from tests.jobs.world import BEGIN

from evtimeline.core.entries import Entry
from evtimeline.core.milestones import Milestone, Promise, Timeline
from evtimeline.core.reading import Reading, Watchlist, read, watch
from evtimeline.core.windows import parse_edtf
from evtimeline.jobs import watching
from evtimeline.jobs.watching import WORTH_KEEPING, load_watchlist
from evtimeline.lexicons import load as load_lexicons
from evtimeline.store import exclusions, milestones, timelines
from evtimeline.store.engine import reading, writing

MANY = tuple(
    Milestone(f"m{number}", {"zh": f"恒川X{number}上市"}, "launch", promise=Promise(parse_edtf("2026-06")))
    for number in range(WORTH_KEEPING)
)
TARGET = Milestone("sales", {"zh": "恒川2026年销量目标35万辆"}, "target", promise=Promise(parse_edtf("2026")))
NEWS = tuple(
    Entry(title, title, "", date(2026, 3, 10), "zh")
    for title in ("恒川X7将于4月16日上市", "恒川X299上市推迟至8月", "恒川下调2026年销量目标至30万辆", "恒川X1000上市")
)


def follow(database: Engine, *more: Milestone) -> Timeline:
    timeline = Timeline("cars", {"en": "Cars"}, milestones=(*MANY, *more))
    with writing(database) as connection:
        timelines.save(connection, timeline, BEGIN)
    return timeline


def watched(database: Engine) -> Watchlist:
    """What a new process watches."""
    watching._LAST.clear()
    with reading(database) as connection:
        return load_watchlist(connection)


def told(watchlist: Watchlist) -> Sequence[Reading]:
    return list(read(NEWS, watchlist))


def kept(database: Engine) -> list[Path]:
    assert database.url.database
    return sorted(Path(database.url.database).parent.glob("*.names*"))


def test_what_is_followed_is_read_alike_from_the_database_and_from_its_file(database: Engine) -> None:
    timeline = follow(database, TARGET)
    fresh = told(watch([timeline], load_lexicons()))
    assert [len(one.findings) for one in fresh] == [1, 1, 1, 0]
    assert told(watched(database)) == fresh
    assert told(watched(database)) == fresh  # the second time by the index that was kept


def test_the_index_is_kept_beside_the_database_and_made_anew_when_what_is_followed_changes(sqlite: Engine) -> None:
    follow(sqlite)
    assert [len(one.findings) for one in told(watched(sqlite))] == [1, 1, 0, 0]
    (file,) = kept(sqlite)
    first = file.read_bytes()
    follow(sqlite, TARGET)
    assert [len(one.findings) for one in told(watched(sqlite))] == [1, 1, 1, 0]
    with writing(sqlite) as connection:
        exclusions.add(connection, milestones.find(connection, "m7").id, "4月16日", "li", BEGIN)
    assert [len(one.findings) for one in told(watched(sqlite))] == [0, 1, 1, 0]
    assert kept(sqlite) == [file] and file.read_bytes() != first


@pytest.mark.parametrize("damage", [lambda body: body[: len(body) // 2], lambda body: body.replace(b"x7", b"x8")])
def test_a_damaged_index_is_made_anew(sqlite: Engine, damage: Callable[[bytes], bytes]) -> None:
    follow(sqlite)
    fresh = told(watched(sqlite))
    (file,) = kept(sqlite)
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert told(watched(sqlite)) == fresh
    assert file.read_bytes() == whole


def test_a_folder_that_takes_no_file_is_no_obstacle(sqlite: Engine) -> None:
    follow(sqlite)
    assert sqlite.url.database
    Path(f"{sqlite.url.database}.names").mkdir()
    assert [len(one.findings) for one in told(watched(sqlite))] == [1, 1, 0, 0]
    assert len(kept(sqlite)) == 1


def test_few_milestones_leave_no_file(sqlite: Engine) -> None:
    with writing(sqlite) as connection:
        timelines.save(connection, Timeline("cars", {"en": "Cars"}, milestones=MANY[:10]), BEGIN)
    assert len(watched(sqlite).topics) == 10
    assert kept(sqlite) == []
