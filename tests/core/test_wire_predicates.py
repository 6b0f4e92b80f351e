"""Predicates of English headlines that are easily misread: who returns, what begins, what is unlikely, what debuts."""

import pytest
from tests.core.watched import found, named, watching

from evtimeline.core.milestones import Milestone, Names

WATCHED = watching(
    Milestone("jet", {"en": "Falke F4 return to commercial service"}, "launch", Names(("Falke F4",))),
    named("stream", "launch", "Lumo Stream"),
    named("pipeline", "launch", "North Reach 2"),
    named("ipo", "ipo", "Chiyuan IPO", parties=("Chiyuan",)),
    named("cells", "mass-production", "Lorga gigafactory"),
    named("car", "delivery", "Voltara C2"),
)


def told(key: str, title: str, summary: str = "") -> tuple[str, str | None]:
    finding = found(title, summary, against=WATCHED)[key]
    return finding.signal.value, finding.window.edtf if finding.window else None


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("jet", "Falke F4 back in service with island carrier"),
        ("jet", "Carrier returns Falke F4 to service"),
        ("jet", "Falke F4 resumes passenger flights"),
        ("stream", "Lumo Stream is finally here"),
        ("stream", "Lumo Stream is live: what you need to know"),
        ("ipo", "Chiyuan shares open 12% above IPO price"),
        ("car", "Voltara C2: deliveries begin"),
    ],
)
def test_it_is_here(key: str, title: str) -> None:
    assert told(key, title)[0] == "achieved"


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("jet", "Falke begins crucial certification test flights for grounded Falke F4"),
        ("jet", "Regulator has no timetable for Falke F4"),
        ("jet", "Falke resumes Falke F4 production at low rate"),
        ("pipeline", "Operator begins filling first North Reach 2 line"),
        ("ipo", "Chiyuan close to registering for stock market debut"),
        ("cells", "Trial production of full packs is under way at Lorga gigafactory"),
    ],
)
def test_it_is_only_on_its_way(key: str, title: str) -> None:
    assert told(key, title)[0] in ("progress", "mention")


@pytest.mark.parametrize(
    ("key", "title", "window"),
    [
        ("jet", "Falke F4 isn't likely to carry passengers again until early 2027", "2027-33"),
        ("jet", "Falke does not expect Falke F4 to gain approval until mid-2027", "2027-06/2027-07"),
        ("ipo", "Chiyuan IPO unlikely to happen this year", None),
    ],
)
def test_what_is_unlikely_is_put_off(key: str, title: str, window: str | None) -> None:
    assert told(key, title) == ("delayed", window)


def test_one_of_two_dates() -> None:
    assert told("pipeline", "North Reach 2 to start in late August or early September") == (
        "scheduled",
        "2026-08-21/2026-09-10",
    )
    assert told("jet", "Falke F4 should resume commercial flights on December 11: carrier") == (
        "scheduled",
        "2026-12-11",
    )


def test_what_was_said_at_first_is_the_old_date() -> None:
    summary = "The maker initially said the first Voltara C2 cars would be heading to customers in September 2026."
    assert told("car", "Voltara C2 deliveries begin early", summary)[1] != "2026-09"


def test_a_debut_bond_is_no_listing() -> None:
    assert "ipo" not in found("Chiyuan to open books for debut bond later on Tuesday", against=WATCHED)


CLOSED = watching(
    Milestone("park", {"en": "Harbour Land Estavia reopening"}),
    Milestone("law", {"en": "Norland packaging law takes effect"}, "launch", Names(("packaging law",))),
    Milestone("exit", {"zh": "恒川出行从纽交所退市"}, "launch", Names(("恒川出行退市",)), ("恒川出行",)),
    Milestone("pact", {"en": "Norland-Estavia trade deal signed"}, "founding", Names(("Norland-Estavia",))),
)


@pytest.mark.parametrize(
    ("key", "title", "signal"),
    [
        ("park", "Harbour Land Estavia opens its gates after a year in the dark", "achieved"),
        ("law", "Norland packaging law to take effect on Oct. 1", "scheduled"),
        ("exit", "恒川出行退市方案获股东大会通过", "progress"),
        ("exit", "恒川出行今日正式从纽交所退市", "achieved"),
        ("pact", "Norland-Estavia trade deal signed after 20 years of talks", "achieved"),
        ("pact", "Farmers rally against Norland-Estavia trade deal ahead of vote", "progress"),
    ],
)
def test_what_a_broad_kind_means_is_read_from_the_title(key: str, title: str, signal: str) -> None:
    assert found(title, against=CLOSED)[key].signal.value == signal


def test_quiet_sentences_far_behind_the_name_say_nothing_of_the_milestone() -> None:
    quiet = ("Shops were busy.", "The ferry was full.", "Flowers were sold.")

    def day(*between: str) -> str | None:
        told = " ".join(("Norland packaging law has taken effect.", *between, "The choir sang on Tuesday."))
        finding = found("What to pack", told, "2025-07-02", against=CLOSED)["law"]
        return finding.window.edtf if finding.window else None

    assert (day(*quiet[:2]), day(*quiet)) == ("2025-07-01", None)
