"""What is given up, stopped, or put off without a word for a delay: the thing itself, or only its date."""

import pytest
from tests.core.watched import found, named, watching

WATCHED = watching(
    named("phone", "launch", "Orrin Fold", "Orrin Fold phone"),
    named("jet", "delivery", "Falke F4 regional jet", "Falke F4"),
    named("pipeline", "launch", "North Reach 2"),
    named("ipo", "ipo", "Chiyuan Hong Kong listing", "Chiyuan IPO", parties=("Chiyuan",)),
    named("fair", "event", "Alden Mobile Forum"),
)


def signal(key: str, title: str, summary: str = "") -> str:
    return found(title, summary, against=WATCHED)[key].signal.value


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("phone", "Orrin cancels Orrin Fold"),
        ("pipeline", "Chancellor shelves North Reach 2 after border clashes"),
        ("jet", "Maker mothballs Falke F4 programme"),
        ("fair", "Alden Mobile Forum called off after exhibitors quit"),
        ("fair", "Alden Mobile Forum tech fair axed over strike"),
    ],
)
def test_a_name_of_several_words_is_given_up(key: str, title: str) -> None:
    assert signal(key, title) == "cancelled"


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("ipo", "Chiyuan IPO halted, maker sends its advisers home"),
        ("ipo", "Chiyuan Hong Kong listing has been suspended"),
        ("phone", "Orrin is pumping the brakes on the Orrin Fold"),
        ("phone", "Orrin hits pause on Orrin Fold"),
        ("jet", "Falke scuttles 2026 timeline for Falke F4"),
        ("jet", "Falke gives up on 2026 handover of Falke F4"),
        ("jet", "Falke abandons its December start for the Falke F4"),
    ],
)
def test_only_its_date_is_given_up(key: str, title: str) -> None:
    told = found(title, against=WATCHED)[key]
    assert (told.signal.value, told.window) == ("delayed", None)


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("phone", "Orrin cancels Orrin Fold pre-orders"),
        ("phone", "Orrin scraps Orrin Fold stylus"),
        ("phone", "Orrin Fold goes on sale on Friday, ending months of delays"),
    ],
)
def test_something_beside_it_is_given_up(key: str, title: str) -> None:
    assert signal(key, title) not in ("cancelled", "delayed")
