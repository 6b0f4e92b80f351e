from pathlib import Path

import pytest
from tests.builders import an_entry, instant
from tests.cli.commands import Capture, said
from tests.cli.workspaces import SHARED, database

from evtimeline.store import entries, feeds


@pytest.fixture
def old_news(story: Path) -> Path:
    """A workspace that holds much news of no use, read half a year ago and more."""
    with database(story) as connection:
        feed = feeds.ensure(connection, [SHARED])[SHARED].id
        news = [an_entry(str(number), summary="Rain. " * 200) for number in range(500)]
        entries.add(connection, feed, news, instant("2025-01-01"), backfill=False)
    return story


def shown(capsys: Capture, home: Path) -> tuple[str, ...]:
    """What people see of the ledger, in many ways."""
    report = home / "report.html"
    said(capsys, "report", "-o", str(report))
    ways = (("status", "--json"), ("show", "yu7-launch"), ("timeline",), ("export", "json"), ("export", "atom"))
    return (*(said(capsys, *words) for words in ways), report.read_text("utf-8"))


def test_housekeeping_says_what_it_cleared_and_all_that_is_shown_stays_the_same(
    old_news: Path, capsys: Capture
) -> None:
    before = shown(capsys, old_news)
    assert said(capsys, "housekeep", "--dry-run") == "would clear 500 entries and 0 messages: 0.6 MB of text\n"
    assert said(capsys, "housekeep") == "cleared 500 entries and 0 messages: 0.6 MB of text\n"
    assert said(capsys, "housekeep").startswith("nothing to do")
    assert shown(capsys, old_news) == before


def test_the_file_becomes_smaller_when_asked_to(old_news: Path, capsys: Capture) -> None:
    before = (old_news / "evtimeline.db").stat().st_size
    assert "smaller" in said(capsys, "housekeep", "--shrink")
    assert (old_news / "evtimeline.db").stat().st_size < before - 300_000


@pytest.mark.usefixtures("old_news")
def test_an_age_may_be_typed(capsys: Capture) -> None:
    assert said(capsys, "housekeep", "--keep", "2y").startswith("nothing to do")
    assert "500 entries" in said(capsys, "housekeep", "--keep", "26w")
    assert "write days, weeks or years" in said(capsys, "housekeep", "--keep", "soon", code=2)
