from dataclasses import replace

import pytest
from tests.boards import LINKS, board_of, claim, hostile, launch, many, plant, told
from tests.builders import a_milestone

from evtimeline.core.board_claims import keep, web_link
from evtimeline.core.board_lanes import percent


def test_what_needs_attention_comes_first_among_the_chapters() -> None:
    board = board_of(launch(), plant())
    assert [one.status for one in board.chapters] == ["overdue", "done"]
    assert [(one.status, one.number) for one in board.counts] == [("overdue", 1), ("done", 1)]


def test_the_lanes_are_in_the_order_of_time() -> None:
    board = board_of(plant(), launch())
    assert [board.chapter(one.chapter).title for one in board.groups[0].strips] == [
        "Xiaomi YU7 launch",
        "Phase II plant starts up",
    ]


@pytest.mark.parametrize(
    ("language", "when", "status", "says"),
    [
        ("en", "As known on 20 July 2025", "overdue 20d · slipped +61d · quiet 91d", "delayed 2025-06"),
        ("zh", "截至2025年7月20日所知", "逾期20天 · 推迟61天 · 91天无消息", "推迟 2025-06"),
    ],
)
def test_it_speaks_the_language(language: str, when: str, status: str, says: str) -> None:
    board = board_of(plant(), language=language)
    assert (board.when, board.chapters[0].status_text) == (when, status)
    assert board.chapters[0].claims[0].says == says


def test_the_sentence_is_the_one_that_what_stands_rests_on() -> None:
    proof = board_of(launch()).chapters[0].proof
    assert proof
    assert (proof.words, proof.who) == ("小米YU7今晚正式发布", "小米公司, 2025-06-26")


def test_a_lane_shows_what_was_first_promised_and_since_when_it_is_overdue() -> None:
    strip = board_of(plant()).groups[0].strips[0]
    assert [shape.kind for shape in strip.shapes] == ["ghost", "late", "bar"]
    assert strip.label == "first promise 2025-04; stands 2025-06"


def test_a_day_on_a_long_axis_is_a_diamond() -> None:
    strip = board_of(launch(), told([claim("2025-05-01", "A", "scheduled", "2031", "in 2031")])).groups[0].strips[0]
    assert "happened" in {sign.kind for sign in strip.signs}


def test_the_slip_chart_steps_where_the_promise_moved() -> None:
    chart = board_of(plant()).slips
    assert chart
    trace = chart.traces[0]
    assert trace.line.count("M") == 1 and trace.line.count("V") == 1
    assert trace.band.count("Z") == 2
    assert trace.moved == "+61 days"
    assert not trace.still


def test_other_voices_have_signs_of_their_own() -> None:
    chart = board_of(launch()).slips
    assert chart
    assert [sign.kind for sign in chart.traces[0].signs] == ["said", "said", "done", "forecast", "struck"]


def test_the_common_chart_holds_those_that_moved_most() -> None:
    chart = board_of(plant(), *many(60, 2)).slips
    assert chart
    assert (len(chart.traces), chart.left_out) == (40, 21)
    assert chart.traces[0].chapter == 0


def test_nothing_promised_makes_no_chart() -> None:
    board = board_of(told([claim("2025-05-01", "A", "mention", None, "YU7")]))
    assert board.slips is None
    assert board.chapters[0].stands == "–"


def test_a_report_of_nothing_can_be_drawn() -> None:
    board = board_of()
    assert (board.chapters, board.counts, board.slips, board.summary) == (
        (),
        (),
        None,
        "0 milestones, 0 claims on record",
    )


def test_two_thousand_claims_have_room_and_a_hundred_thousand_are_thinned_out() -> None:
    assert not any(kept.rest for kept in keep(list(many(50, 40))))
    thinned = keep(list(many(200, 60)))
    assert all(6 <= len(kept.shown) < 60 for kept in thinned)
    assert all(len(kept.shown) + len(kept.rest) == 60 for kept in thinned)


def test_what_charts_lead_to_is_never_left_out() -> None:
    stories = [replace(one) for one in many(200, 60)]
    for story, kept in zip(stories, keep(stories), strict=True):
        shown = {said.claim.id for said in kept.shown}
        assert {revision.claim_id for revision in story.revisions} <= shown


def test_what_is_left_out_is_counted() -> None:
    board = board_of(*many(200, 60))
    assert "older claims of 9 publishers, 2024-01-" in board.chapters[0].left_out
    assert board.chapters[0].claim_count == "60 claims"


@pytest.mark.parametrize(
    "link", [*LINKS, "", None, "https://", "http:///x", "ftp://x.example/", "https://x.example:x/ y"]
)
def test_a_link_that_hides_something_is_no_link(link: str | None) -> None:
    assert web_link(link) == ("", "")


@pytest.mark.parametrize(
    "link", ["https://news.example/a?b=1&c=2#d", "http://车.example/路", "https://x.example:8443/"]
)
def test_a_link_to_the_web_is_kept(link: str) -> None:
    assert web_link(link)[0] == link


def test_hostile_texts_lose_what_turns_lines_round() -> None:
    texts = " ".join(one.title + one.claims[0].words + one.claims[0].who for one in board_of(*hostile()).chapters)
    assert not set(texts) & set("\u202e\u202c\u2066\u2028\x00\x1b\ud800")


def test_a_denied_rumour_is_struck_in_the_ledger() -> None:
    rows = {row.number: row for row in board_of(launch()).chapters[0].claims}
    assert rows[4].struck and rows[4].note == "struck by a denial"
    assert rows[4].verdict == "ok"


def test_track_records_are_silent_below_five() -> None:
    said = [claim("2025-03-01", "EV Desk", "scheduled", "2025-04", "April")]
    stories = [replace(told(said, a_milestone(f"m{n}")), makers=("Xiaomi",)) for n in range(6)]
    few = board_of(*stories[:4]).records
    assert [table.rows for table in few] == [(), ()]
    assert few[0].few == "1 publisher with fewer than 5 judged statements: too few to say anything of them."
    enough = board_of(*stories).records
    assert [(table.rows[0].name, table.rows[0].cells[:2]) for table in enough] == [
        ("EV Desk", ("6", "6")),
        ("Xiaomi", ("6", "6")),
    ]
    assert enough[0].rows[0].cells[-3:] == ("0%", "81 d", "+81 d")


@pytest.mark.parametrize(("share", "shown"), [(0.0, "0%"), (1.0, "100%"), (0.5, "50%"), (1 / 3, "33.33%")])
def test_shares_are_written_without_digits_that_nobody_sees(share: float, shown: str) -> None:
    assert percent(share) == shown


def test_the_axis_is_marked_by_mondays_when_zoomed_in() -> None:
    scale = board_of(plant()).scale
    assert scale
    assert [len(level) for level in scale.levels] == sorted(len(level) for level in scale.levels)
    assert any(label.text.count("-") == 2 for label in scale.levels[-1])
