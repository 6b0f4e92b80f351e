"""What others want, what an old delay does, what is only tried, and what happened to something else."""

import pytest
from tests.core.watched import found, named, watching

WATCHED = watching(
    named("film", "release", "Harbour of Glass"),
    named("phone", "launch", "Aurora X50"),
    named("museum", "opening", "Northgate Museum"),
    named("line", "opening", "Orchard line"),
    named("plant", "plant-opening", "Velora Dresden plant", "Dresden plant"),
    named("ipo", "ipo", "Tandem", parties=("Tandem",)),
    named("handover", "delivery", "Kestrel 9"),
    named("goal", "target", "Velora 300,000", parties=("Velora",)),
)


@pytest.mark.parametrize(
    ("key", "title", "summary", "signal"),
    [
        ("film", "Delay Harbour of Glass until cinemas reopen, say theatre owners", "", "mention"),
        ("line", "Scrap Orchard line, residents tell mayor", "", "mention"),
        ("museum", "Postpone Northgate Museum opening, says council leader", "", "mention"),
        ("line", "Orchard line delays cost operator 40 million pounds in lost fares", "", "mention"),
        ("handover", "Kestrel 9 delivery delays force airline to lease older jets", "", "mention"),
        ("plant", "Dresden plant delay costs Velora 40 million euros", "", "mention"),
        ("line", "Fans beg operator to put off Orchard line opening", "", "mention"),
        ("museum", "Northgate Museum opens first galleries in trial run", "", "progress"),
        ("museum", "Northgate Museum welcomes visitors for soft opening", "", "progress"),
        ("museum", "Northgate Museum opens after six-month trial run", "", "achieved"),
        ("museum", "Northgate Museum opening rescheduled for May 4", "", "scheduled"),
        ("line", "Operator reschedules Orchard line opening to May 4", "It was due to open on April 2.", "delayed"),
        ("phone", "Rival tops charts", "It outsold the Aurora X50, launched in January, in most markets.", "mention"),
        ("phone", "New flagship", "The Aurora X50, launched on Tuesday, starts at $300.", "achieved"),
        ("line", "Station opens", "The new stop opened on Monday, in contrast to the Orchard line.", "mention"),
        (
            "plant",
            "Rival opens factory",
            "Rival started production on Friday, a month after Velora built its first car at the Dresden plant.",
            "mention",
        ),
        ("museum", "Northgate Museum opening pushed till 2027", "", "delayed"),
        ("museum", "Northgate Museum opening has slid again, to 2027", "", "delayed"),
        ("ipo", "Tandem expected to hold off on share sale until October", "", "delayed"),
        ("ipo", "Tandem throws in the towel on its IPO", "", "cancelled"),
        ("ipo", "Tandem pulls its prospectus", "", "cancelled"),
        ("ipo", "Tandem yanks IPO", "", "cancelled"),
        ("goal", "Velora hits 300,000-unit goal for 2026 six weeks early", "", "achieved"),
        ("handover", "Maker delays Kestrel 9 maiden flight again", "", "mention"),
        ("film", "Studio will not delay Harbour of Glass", "", "progress"),
    ],
)
def test_only_what_befalls_the_milestone_itself_wakes_somebody_up(
    key: str, title: str, summary: str, signal: str
) -> None:
    assert found(title, summary, against=WATCHED)[key].signal == signal


def test_the_month_of_may_is_no_doubt() -> None:
    assert found("Northgate Museum opening postponed to May 4", against=WATCHED)["museum"].stance == "asserted"
