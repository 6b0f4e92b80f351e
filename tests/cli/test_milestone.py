import json
from pathlib import Path

import pytest

from evtimeline.cli import run
from evtimeline.core.claims import Claim, Origin, Signal, Verdict
from evtimeline.core.milestones import Milestone, Names
from evtimeline.core.standing import Outcome, Standing
from evtimeline.store import claims, milestones, standings
from evtimeline.store.engine import connect, reading

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Path:
    monkeypatch.setenv("EVTIMELINE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("EVTIMELINE_NOW", "2025-05-01T08:00:00+08:00")
    monkeypatch.setenv("EVTIMELINE_USER", "li")
    monkeypatch.setenv("EVTIMELINE_LANGUAGE", "zh")
    assert run(["init"]) == 0
    capsys.readouterr()
    return tmp_path / "home"


def milestone(*arguments: str) -> int:
    return run(["milestone", *arguments])


def stored(home: Path, key: str) -> tuple[Milestone, tuple[Claim, ...], Standing]:
    engine = connect(f"sqlite:///{home / 'evtimeline.db'}")
    try:
        with reading(engine) as connection:
            found = milestones.find(connection, key)
            verdicts = claims.decisions_of(connection, found.id)
            assert all(v.verdict is Verdict.ACCEPTED and v.decided_by == "li" for v in verdicts)
            return found.milestone, claims.of_milestone(connection, found.id), standings.load(connection, found.id)
    finally:
        engine.dispose()


def added(capsys: Capture, *arguments: str) -> str:
    assert milestone("add", *arguments) == 0
    return capsys.readouterr().out.split()[1]


@pytest.mark.parametrize(
    ("title", "when", "edtf", "language"),
    [("小米YU7上市", "2025-08", "2025-08", "zh"), ("Xiaomi YU7 launch", "Q3 2025", "2025-35", "en")],
)
def test_a_title_and_a_date_are_enough(
    home: Path, capsys: Capture, title: str, when: str, edtf: str, language: str
) -> None:
    assert milestone("add", title, "--when", when) == 0
    out = capsys.readouterr().out
    assert "to the timeline default" in out and "kind     launch" in out and "YU7" in out
    kept, (claim,), standing = stored(home, out.split()[1])
    assert kept.titles == {language: title}
    assert kept.kind == "launch"
    assert claim.window is not None and claim.window.edtf == edtf and claim.origin is Origin.PERSON
    assert standing.window == standing.first == claim.window


def test_all_that_can_be_said_is_kept(home: Path) -> None:
    source = ["--source", "Plan", "--publisher", "Harbour Board", "--tier", "primary", "--stated", "2025-04-20"]
    words = ["--quote", "in the autumn", "--name", "New Quay", "--not", "Old Quay", "--party", "Board", "--note", "n"]
    assert milestone("add", "Quay", "--key", "quay", "--kind", "opening", "--when", "2026", *source, *words) == 0
    kept, (claim,), _ = stored(home, "quay")
    assert kept.subject == Names(("New Quay",), ("Old Quay",))
    assert (kept.kind, kept.parties, kept.note) == ("opening", ("Board",), "n")
    assert (claim.publisher, claim.title, str(claim.stated_on)) == ("Harbour Board", "Plan", "2025-04-20")
    assert claim.quote is not None and claim.quote.text == "in the autumn"


def test_a_milestone_without_a_date_says_how_to_give_it_one(home: Path, capsys: Capture) -> None:
    assert milestone("add", "Harbour opens", "--key", "harbour") == 0
    assert "none yet: evtimeline milestone edit harbour --when DATE" in capsys.readouterr().out
    assert stored(home, "harbour")[1] == ()
    assert milestone("edit", "harbour", "--when", "2026") == 0
    assert "harbour: dated 2026" in capsys.readouterr().out


def test_a_new_date_is_a_claim_and_the_first_promise_stays(home: Path, capsys: Capture) -> None:
    key = added(capsys, "小米YU7上市", "--when", "2025-08")
    assert milestone("edit", key, "--when", "2025-10") == 0
    assert "slipped 2025-08 → 2025-10 (+61 days)" in capsys.readouterr().out
    kept, (_, claim), standing = stored(home, key)
    assert kept.promise.window is not None and kept.promise.window.edtf == "2025-08"
    assert (claim.signal, claim.origin, claim.publisher) == (Signal.DELAYED, Origin.PERSON, "li")
    assert standing.window == claim.window and standing.slip_first == 61


def test_the_last_of_several_edits_on_one_day_stands(home: Path, capsys: Capture) -> None:
    key = added(capsys, "小米YU7上市", "--when", "2025-08")
    for when in ("2025-10", "2025-07", "2025-07-15"):
        assert milestone("edit", key, "--when", when) == 0
    standing = stored(home, key)[2]
    assert standing.window is not None and standing.window.edtf == "2025-07-15"
    assert not standing.rivals


def test_titles_names_and_kind_are_changed_without_a_claim(home: Path, capsys: Capture) -> None:
    key = added(capsys, "小米YU7上市", "--when", "2025-08")
    assert milestone("edit", key, "--title", "YU7 on sale", "--name", "小米首款SUV", "--kind", "delivery") == 0
    kept, ledger, _ = stored(home, key)
    assert kept.titles == {"zh": "小米YU7上市", "en": "YU7 on sale"}
    assert kept.kind == "delivery" and len(ledger) == 1
    assert isinstance(kept.subject, Names) and "小米首款SUV" in kept.subject.names


def test_done_and_cancelled_stand_at_once(home: Path, capsys: Capture) -> None:
    first = added(capsys, "小米YU7上市", "--when", "2025-04")
    second = added(capsys, "小米YU9上市", "--when", "2026")
    assert milestone("done", first, "--on", "2025-04-28", "--why", "saw it") == 0
    assert f"{first}: done 2025-04" in capsys.readouterr().out
    assert milestone("cancel", second, "--why", "no longer built", "--on", "2025-04-30") == 0
    assert stored(home, first)[2].outcome is Outcome.DONE
    kept = stored(home, second)
    assert kept[2].outcome is Outcome.CANCELLED
    assert kept[1][-1].quote is not None and kept[1][-1].quote.text == "no longer built"
    assert str(kept[2].outcome_on) == "2025-04-30"


def test_a_new_date_brings_a_cancelled_milestone_back(home: Path, capsys: Capture) -> None:
    key = added(capsys, "小米YU9上市", "--when", "2026")
    milestone("cancel", key)
    assert milestone("edit", key, "--when", "2027") == 0
    standing = stored(home, key)[2]
    assert standing.outcome is Outcome.OPEN
    assert standing.window is not None and standing.window.edtf == "2027"


def test_what_lies_ahead_cannot_be_done(capsys: Capture) -> None:
    key = added(capsys, "小米YU7上市")
    assert milestone("done", key, "--on", "2025-06-26") == 2
    assert "is not a day that has come" in capsys.readouterr().err


def test_a_removed_milestone_comes_back_with_its_ledger(home: Path, capsys: Capture) -> None:
    key = added(capsys, "小米YU7上市", "--when", "2025-08")
    assert milestone("remove", key) == 2
    assert "add --yes" in capsys.readouterr().err
    assert milestone("remove", key, "--yes") == 0
    assert milestone("done", key) == 2
    assert "there is no milestone" in capsys.readouterr().err
    assert added(capsys, "小米YU7上市", "--when", "2025-08") == key
    assert len(stored(home, key)[1]) == 1


def test_a_milestone_typed_twice_is_followed_once(home: Path, capsys: Capture) -> None:
    key = added(capsys, "小米YU7上市", "--when", "2025-08")
    assert milestone("add", "小米YU7上市", "--when", "2025-08") == 2
    assert f"{key} is followed already: change it with `evtimeline milestone edit {key}`" in capsys.readouterr().err
    assert added(capsys, "小米YU7上市", "--key", "again") == "again"


def test_a_wrong_date_says_which_forms_are_understood(capsys: Capture) -> None:
    assert milestone("add", "小米YU7上市", "--when", "soonish") == 2
    err = capsys.readouterr().err
    assert "soonish" in err and "2025-Q3" in err and "2025-06" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["edit", "yu7-lunch", "--when", "2026"], "did you mean yu7-launch"),
        (["edit", "yu7-launch"], "say what to change"),
        (["add", "x", "--key", "No Key"], "cannot be a key"),
        (["add", "x", "--key", "yu7-launch"], "yu7-launch is followed already"),
        (["add", "x", "--kind", "lauch"], "did you mean 'launch'?"),
        (["add", "x", "--stated", "April"], "is not a day such as 2025-04-20"),
        (["add", "  "], "the title is empty"),
        (["add", "x\x1b[31m"], "control characters"),
        (["add", "x", "--subject", "yu7"], "has no entity 'yu7'"),
        (["add", "x", "--timeline", "defualt"], "did you mean 'default'?"),
        (["edit", "yu7-launch", "--title", "\x00"], "control characters"),
        (["list", "--timeline", "nothing"], "there is no timeline nothing"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_with_a_remedy(capsys: Capture, arguments: list[str], said: str) -> None:
    added(capsys, "Xiaomi YU7 launch", "--key", "yu7-launch")
    assert milestone(*arguments) == 2
    assert said in capsys.readouterr().err


def test_the_timeline_must_be_named_where_there_are_several(tmp_path: Path, capsys: Capture) -> None:
    for key in ("one", "two"):
        file = tmp_path / f"{key}.yaml"
        file.write_text(f"timeline: {key}\nentities: [{{key: yu7, names: [YU7]}}]", encoding="utf-8")
        assert run(["apply", "--yes", str(file)]) == 0
    assert milestone("add", "小米YU7上市") == 2
    assert "choose one with --timeline, of one, two" in capsys.readouterr().err
    assert milestone("add", "小米YU7上市", "--timeline", "two", "--subject", "yu7", "--key", "a") == 0
    assert "to the timeline two" in capsys.readouterr().out
    assert milestone("edit", "a", "--name", "x") == 2
    assert "goes by the names of the entity yu7" in capsys.readouterr().err


def test_the_list_shows_what_was_promised_and_what_stands(capsys: Capture) -> None:
    assert milestone("list") == 0
    assert "no milestone yet" in capsys.readouterr().out
    key = added(capsys, "小米YU7上市", "--when", "2025-08")
    milestone("edit", key, "--when", "2025-Q4")
    capsys.readouterr()
    assert milestone("list") == 0
    assert capsys.readouterr().out.splitlines()[1].split() == [key, "launch", "2025-08", "2025-Q4", "小米YU7上市"]
    assert milestone("list", "--json") == 0
    (record,) = json.loads(capsys.readouterr().out)["milestones"]
    assert record == {
        "timeline": "default",
        "milestone": key,
        "title": {"zh": "小米YU7上市"},
        "kind": "launch",
        "first": "2025-08",
        "window": "2025-36",
        "outcome": "open",
    }
