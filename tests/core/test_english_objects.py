"""English verbs of events and changes whose object is something beside the milestone."""

import pytest
from tests.core.watched import found, named, watching

WATCHED = watching(
    named("car", "launch", "Tavira Q4"),
    named("service", "launch", "Lumo Stream"),
    named("deal", "closing", "Orrin Foods takeover", "Orrin Foods"),
    named("trucks", "delivery", "Halden T8"),
)


def told(key: str, title: str, summary: str = "") -> str:
    return found(title, summary, "2025-07-02", against=WATCHED)[key].signal.value


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("service", "Lumo Stream launches investigation into data leak"),
        ("service", "Lumo Stream launches legal action against pirates"),
        ("car", "Tavira Q4 maker launches probe into brake fault"),
        ("deal", "Orrin Foods shares closed up 9% on bid talk"),
        ("trucks", "Halden T8 orders reached 12,000 units"),
        ("car", "Hundreds of jobs may go if the Tavira Q4 goes on sale, union fears"),
    ],
)
def test_it_is_not_the_event(key: str, title: str) -> None:
    assert told(key, title) in ("mention", "progress")


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("car", "Tavira Q4 sales slipped 1.2% in May"),
        ("car", "Shares in Tavira Q4 maker slipped again"),
        ("car", "Tavira Q4 slips to second place in Norway"),
        ("service", "Lumo Stream film library can hold up to 40,000 titles"),
        ("service", "Lumo Stream chief has moved to Paris in a reshuffle that ends in December"),
    ],
)
def test_a_number_that_moves_is_no_change_of_date(key: str, title: str) -> None:
    assert told(key, title) in ("mention", "progress", "scheduled")


@pytest.mark.parametrize(
    ("key", "title", "signal"),
    [
        ("car", "Tavira Q4 slips to 2027", "delayed"),
        ("car", "Tavira Q4 launch slips by three months", "delayed"),
        ("car", "Tavira Q4 launch moved to early November", "delayed"),
        ("service", "Lumo Stream launches in Norway today", "achieved"),
        ("deal", "Orrin Foods takeover closes", "achieved"),
        ("trucks", "Halden T8 reaches first customers", "achieved"),
    ],
)
def test_the_event_itself_still_counts(key: str, title: str, signal: str) -> None:
    assert told(key, title) == signal
