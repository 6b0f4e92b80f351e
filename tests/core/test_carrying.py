"""Long English texts: which of the sentences behind the one with the name go on about the milestone."""

import pytest
from tests.core.watched import found, named, watching

WATCHED = watching(
    named("plant", "plant-opening", "Marlow Motors plant", parties=("Marlow Motors",)),
    named("car", "launch", "Tavira Q4"),
    named("ipo", "ipo", "Orrin Foods IPO", parties=("Orrin Foods",)),
    named("film", "release", "Salt Harbour"),
)
PLANT = ("plant", "Marlow Motors plant hires 200 workers", "The company needs welders.")
CAR = ("car", "Tavira Q4 seen in Norway", "The Tavira Q4 stood at a charger near Bergen.")
FILM = ("film", "Salt Harbour crew returns to Cork", "Salt Harbour is a thriller by Ana Lind.")


def told(key: str, title: str, *summary: str) -> tuple[str, str | None]:
    finding = found(title, " ".join(summary), "2025-07-02", against=WATCHED)[key]
    return finding.signal.value, finding.window.edtf if finding.window else None


@pytest.mark.parametrize(
    ("story", "sentence"),
    [
        (PLANT, "Exports from the town rose 12.4% from a year earlier."),
        (PLANT, "Unemployment slipped to 4.1% in May."),
        (PLANT, "A museum opened near the river in spring."),
        (PLANT, "Farmers delayed the harvest because of rain."),
        (CAR, "A ferry company scrapped two crossings."),
        (CAR, "Oil exports were halted until August."),
        (FILM, "Guests arrived early and a choir held a concert."),
        (FILM, "Lind published her first novel and began a column in a newspaper."),
    ],
)
def test_a_sentence_that_leads_back_to_nothing_tells_nothing(story: tuple[str, ...], sentence: str) -> None:
    assert told(*story, sentence)[0] in ("mention", "progress")


@pytest.mark.parametrize(
    ("story", "sentence", "expected"),
    [
        (PLANT, "It will open in September.", ("scheduled", "2025-09")),
        (PLANT, "The opening has been pushed back to October.", ("delayed", "2025-10")),
        (PLANT, "Production started on Monday.", ("achieved", "2025-06-30")),
        (CAR, "Its launch has been postponed to November.", ("delayed", "2025-11")),
        (CAR, "The electric hatchback will go on sale in August.", ("scheduled", "2025-08")),
        (FILM, "It was delayed by a strike and will now be released in December.", ("delayed", "2025-12")),
    ],
)
def test_a_sentence_that_refers_back_goes_on(
    story: tuple[str, ...], sentence: str, expected: tuple[str, str | None]
) -> None:
    assert told(*story, sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Its output fell from a year earlier.",
        "The plant made fewer engines than a month earlier.",
        "The mayor had said a week earlier that the plant would bring jobs.",
        "Its first factory opened two years earlier.",
    ],
)
def test_what_is_earlier_than_now_is_no_advance(sentence: str) -> None:
    assert told(*PLANT, sentence)[0] in ("mention", "progress")


@pytest.mark.parametrize(
    "title",
    [
        "Marlow Motors plant to open a year earlier than planned",
        "Marlow Motors plant will open a year earlier",
        "Marlow Motors plant to open in September, two months earlier",
    ],
)
def test_what_is_to_be_earlier_is(title: str) -> None:
    assert told("plant", title)[0] == "advanced"


def test_prices_are_no_step_toward_a_listing() -> None:
    assert told("ipo", "Orrin Foods IPO in focus", "Grain prices remain under pressure.") == ("mention", None)
    assert told("ipo", "Orrin Foods prices IPO at $19")[0] == "progress"


def test_the_day_on_which_something_else_is_said_is_not_the_day_of_the_event() -> None:
    story = ("plant", "Marlow Motors plant opens", "It will employ 300 people, officials said on Tuesday.")
    assert told(*story) == ("achieved", None)
