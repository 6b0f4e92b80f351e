"""A thousand headlines of other matters must be left alone."""

from datetime import date
from pathlib import Path

from tests.builders import an_entry
from tests.core.headlines import unrelated

from evtimeline.core.reading import read, watch
from evtimeline.documents.timelinefile import load_timeline
from evtimeline.lexicons import load as load_lexicons

SHIPPED = Path(__file__).parents[2] / "timelines" / "xiaomi-baic.yaml"


def test_of_a_thousand_unrelated_headlines_fewer_than_two_match_the_shipped_timeline() -> None:
    entries = [
        an_entry(str(number), title=title, language=language, stated_on=date(2025, 6, 20))
        for number, (language, title) in enumerate(unrelated())
    ]
    assert len({entry.title for entry in entries}) == 1000
    watchlist = watch([load_timeline(SHIPPED)], load_lexicons())
    matched = [reading.entry.title for reading in read(entries, watchlist) if reading.findings]
    assert len(matched) < 2, matched
