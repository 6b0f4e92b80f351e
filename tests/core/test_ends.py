import pytest
from tests.core.watched import found, named, watching

from evtimeline.core.ends import ends
from evtimeline.core.milestones import Milestone, Names

TITLES = {"zh": "青芒Fold 4发布", "en": "Qingmang Fold 4 launch"}
PHONE = Milestone("phone", TITLES, "launch", Names(("青芒Fold 4", "Fold 4")), ("青芒",))
YARD = Milestone("yard", {"en": "Completion of the Harnau dry dock"}, "plant-opening", Names(("Harnau dry dock",)))


@pytest.mark.parametrize(
    ("title", "day", "signal", "window"),
    [
        ("青芒Fold 4官宣7月2日发布", "2026-06-18", "scheduled", "2026-07-02"),
        ("Fold 4 to be unveiled on July 2", "2026-06-18", "scheduled", "2026-07-02"),
        ("Qingmang unveils Fold 4 at 7,999 yuan", "2026-07-02", "achieved", None),
        ("昨晚青芒Fold 4发布，7999元起", "2026-07-03", "achieved", "2026-07-02"),
    ],
)
def test_what_is_a_step_elsewhere_is_the_event_where_the_title_says_so(
    title: str, day: str, signal: str, window: str | None
) -> None:
    finding = found(title, day=day, against=watching(PHONE))["phone"]
    assert finding.signal == signal
    assert (finding.window and finding.window.edtf) == window


def test_completion_is_the_event_of_a_milestone_called_completion() -> None:
    against = watching(YARD)
    assert found("Harnau dry dock completed", against=against)["yard"].signal == "achieved"
    plant = watching(named("yard", "plant-opening", "Harnau dry dock"))
    assert found("Harnau dry dock completed", against=plant)["yard"].signal == "progress"


def test_a_title_that_names_no_step_has_no_such_words() -> None:
    assert ends(["岚山K7上市", "Lanshan K7 launch"]) == frozenset()


def test_a_first_output_is_a_step_where_the_title_asks_for_the_whole() -> None:
    farm = Milestone("farm", {"en": "Skagen wind farm full operation"}, "plant-opening", Names(("Skagen wind farm",)))
    assert (
        found("Skagen wind farm produces power for the first time", against=watching(farm))["farm"].signal != "achieved"
    )
    finding = found("Skagen wind farm to be finished in 2027", against=watching(farm))["farm"]
    assert finding.signal == "scheduled"
