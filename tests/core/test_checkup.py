"""What a check-up makes of what was found."""

import string
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.builders import NOW

from evtimeline.core.checkup_place import Condition, PrivateFile, judge_backup, judge_clock, judge_database, judge_files
from evtimeline.core.checkup_work import (
    Followed,
    Heard,
    Holding,
    Late,
    Round,
    Work,
    judge_audience,
    judge_feeds,
    judge_messages,
    judge_work,
)
from evtimeline.core.finding_words import _TEXTS, worded
from evtimeline.core.findings import Finding, Level, size, span
from evtimeline.core.troubles import Sore, Trouble

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WHOLE = Condition("x.db", "0003", size=10_000_000, free=10_000_000_000)
OK, WARNING, PROBLEM = Level.OK, Level.WARNING, Level.PROBLEM


def told(findings: Iterable[Finding]) -> list[tuple[str, Level]]:
    return [(one.code, one.level) for one in findings]


def bad(findings: Iterable[Finding]) -> list[tuple[str, Level]]:
    return [one for one in told(findings) if one[1] is not OK]


def heard(beat_ago: timedelta = timedelta(seconds=20), version: str = "1") -> Heard:
    return Heard("here:1", NOW - DAY, NOW - beat_ago, version, alive=beat_ago < timedelta(minutes=3))


def work(**changes: object) -> list[tuple[str, Level]]:
    return bad(judge_work(Work(version="1", **changes), NOW))  # type: ignore[arg-type]


class TestThePlace:
    @pytest.mark.parametrize(
        ("mode", "verdict"),
        [
            (0o600, ("files private", OK)),
            (0o640, ("files private", OK)),
            (0o644, ("files readable", WARNING)),
            (0o662, ("files writable", PROBLEM)),
            (None, ("files private", OK)),
        ],
    )
    def test_a_file_that_others_may_read_is_a_warning_and_one_that_they_may_write_a_problem(
        self, mode: int | None, verdict: tuple[str, Level]
    ) -> None:
        assert told(judge_files([PrivateFile("/x/a b", mode)])) == [verdict]

    def test_the_command_that_helps_can_be_pasted(self) -> None:
        (finding,) = judge_files([PrivateFile("/x/a b", 0o644), PrivateFile("/x/c", 0o644), PrivateFile("/x/d", 0o600)])
        assert worded(finding, "en") == ("others may read /x/a b, /x/c", "chmod o-rw '/x/a b' /x/c")

    @pytest.mark.parametrize(
        ("changes", "verdicts"),
        [
            ({}, []),
            ({"damage": ("Page 6: bad",)}, [("damaged", PROBLEM)]),
            ({"orphans": ("claims",)}, [("orphans", PROBLEM)]),
            ({"read_only": True}, [("read only", PROBLEM)]),
            ({"log": 300_000_000}, [("large log", WARNING)]),
            ({"log": 300_000_000, "size": 9_000_000_000}, []),
            ({"free": 10_000_000}, [("no room", PROBLEM)]),
            ({"free": 400_000_000}, [("little room", WARNING)]),
            ({"free": 8_000_000_000, "size": 9_000_000_000}, [("little room", WARNING)]),
            ({"free": None}, []),
        ],
    )
    def test_a_database_must_be_whole_and_have_room(
        self, changes: dict[str, object], verdicts: Sequence[tuple[str, Level]]
    ) -> None:
        assert bad(judge_database(replace(WHOLE, **changes))) == verdicts  # type: ignore[arg-type]

    def test_a_ledger_that_is_old_enough_needs_a_backup_and_a_fresh_one(self) -> None:
        assert told([judge_backup(None, None, NOW), judge_backup(None, NOW - DAY, NOW)]) == [("no backup yet", OK)] * 2
        assert told([judge_backup(None, NOW - 8 * DAY, NOW)]) == [("no backup", WARNING)]
        assert told([judge_backup(NOW - DAY, NOW - 80 * DAY, NOW)]) == [("backup", OK)]
        assert told([judge_backup(NOW - 31 * DAY, NOW - 80 * DAY, NOW)]) == [("old backup", WARNING)]

    def test_a_clock_behind_the_database_or_this_version_is_wrong(self) -> None:
        now = NOW.replace(year=2027)
        assert told(judge_clock(now, now, stopped=False, unknown_zones=())) == [("clock", OK)]
        assert told(judge_clock(now, now + HOUR, stopped=False, unknown_zones=())) == [("clock back", PROBLEM)]
        assert told(judge_clock(NOW.replace(year=1970), None, stopped=False, unknown_zones=())) == [
            ("clock early", PROBLEM)
        ]
        assert told(judge_clock(NOW, NOW + DAY, stopped=True, unknown_zones=("Mars/X",))) == [
            ("clock stopped", WARNING),
            ("clock back", WARNING),
            ("zone unknown", PROBLEM),
        ]


class TestTheWork:
    def test_a_daemon_that_beats_is_well(self) -> None:
        assert work(daemons=(heard(),), polls=Late(3, NOW - timedelta(minutes=5))) == []

    def test_one_of_another_version_should_be_restarted(self) -> None:
        assert work(daemons=(heard(version="0"),)) == [("daemon old", WARNING)]

    def test_a_lost_one_is_a_warning_until_something_is_late(self) -> None:
        assert work(daemons=(heard(HOUR),)) == [("daemon lost", WARNING)]
        assert work(daemons=(heard(HOUR), heard()), messages=Late(1, NOW - 2 * HOUR)) == [
            ("daemon lost", WARNING),
            ("messages late", PROBLEM),
        ]
        assert work(daemons=(heard(HOUR),), messages=Late(1, NOW - 2 * HOUR)) == [
            ("daemon lost", PROBLEM),
            ("nobody works", PROBLEM),
            ("messages late", PROBLEM),
        ]

    def test_whoever_runs_rounds_by_cron_needs_no_daemon(self) -> None:
        assert work(polls=Late(9, NOW - 3 * HOUR), messages=Late(1, NOW - HOUR / 2)) == []
        assert work(polls=Late(9, NOW - 2 * DAY)) == [("nobody works", PROBLEM), ("polls late", PROBLEM)]
        assert work(digests=Late(1, NOW - 2 * HOUR)) == [("nobody works", PROBLEM), ("digests late", PROBLEM)]

    def test_a_round_that_broke_off_is_a_problem_where_no_daemon_works(self) -> None:
        broken = Round("here", NOW - HOUR, "no room")
        assert work(rounds=(Round("here", NOW - HOUR),)) == []
        assert work(rounds=(broken,)) == [("round failed", PROBLEM)]
        assert work(rounds=(broken,), daemons=(heard(),)) == [("round failed", WARNING)]

    def test_a_daemon_that_holds_the_workspace_and_does_not_beat_is_stuck(self) -> None:
        holding = Holding("daemon", 7, "here", NOW - HOUR)
        assert work(holding=holding) == [("holder silent", PROBLEM)]
        assert work(holding=holding, daemons=(heard(),)) == []
        assert work(holding=Holding("daemon", 7, "here", NOW - timedelta(minutes=1))) == []

    def test_a_job_that_failed_is_told_with_why(self) -> None:
        assert work(daemons=(heard(),), failed=(("poll", "no room"),)) == [("job failed", PROBLEM)]

    def test_with_a_daemon_half_an_hour_is_late(self) -> None:
        assert work(daemons=(heard(),), polls=Late(1, NOW - HOUR)) == [("polls late", PROBLEM)]


class TestFeedsAndMessages:
    BROKEN = Trouble(Sore.BROKEN, "a", "Daily Car", "answered 410")

    def test_a_broken_feed_is_a_warning_and_all_of_them_a_problem(self) -> None:
        assert bad(judge_feeds(Followed(5), [self.BROKEN])) == [("feeds fail", WARNING)]
        assert bad(judge_feeds(Followed(3), [self.BROKEN] * 3)) == [("all feeds fail", PROBLEM)]

    def test_the_first_few_are_named(self) -> None:
        (finding,) = [one for one in judge_feeds(Followed(9), [self.BROKEN] * 4) if one.code == "feeds fail"]
        assert dict(finding.values) == {"n": 4, "worst": "; ".join(["Daily Car (answered 410)"] * 3 + ["…"])}

    def test_whatever_feeds_do_not_bring_is_told(self) -> None:
        silent = Trouble(Sore.SILENT, "b", "Quiet News")
        followed = Followed(5, untouched=2, unlisted=1, twins=(("http://a/x", "https://a/x"),))
        assert bad(judge_feeds(followed, [silent])) == [
            (code, WARNING) for code in ("feeds silent", "feeds untouched", "feeds unlisted", "feed twice")
        ]
        assert bad(judge_feeds(Followed(0), [])) == [("no feeds", WARNING)]

    def test_lost_messages_are_problems_and_doubtful_ones_warnings(self) -> None:
        troubles = [Trouble(Sore.DEAD, "a", "x"), Trouble(Sore.UNBUILT, "b", "y"), self.BROKEN]
        assert bad(judge_messages(troubles, 2)) == [("dead", PROBLEM), ("unbuilt", PROBLEM), ("in doubt", WARNING)]

    def test_whoever_is_not_reached_is_named_and_somebody_should_operate(self) -> None:
        assert told(judge_audience(0, [], operator=False)) == [("nobody told", OK)]
        assert told(judge_audience(2, [], operator=True)) == [("told", OK)]
        assert told(judge_audience(2, [("1 (team)", "gone")], operator=False)) == [
            ("unreachable", PROBLEM),
            ("no operator", WARNING),
        ]


def fields(*texts: str) -> set[str]:
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("code", _TEXTS)
def test_both_languages_say_the_same(code: str) -> None:
    what, remedy, chinese, chinese_remedy = _TEXTS[code]
    assert fields(what, remedy) == fields(chinese, chinese_remedy)
    assert bool(remedy) == bool(chinese_remedy)


def test_lengths_and_sizes_are_short() -> None:
    spans = [span(timedelta(seconds=seconds)) for seconds in (-5, 40, 300, 10_000, 1_000_000)]
    assert spans == ["0s", "40s", "5m", "2h", "11d"]
    assert [size(number) for number in (200, 201_000, 5_600_000, 7_000_000_000)] == [
        "0 kB",
        "201 kB",
        "5.6 MB",
        "7.0 GB",
    ]
