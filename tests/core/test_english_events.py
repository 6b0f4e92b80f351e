"""The ways in which English desks say that an event has happened, is set, or is another one."""

import pytest
from tests.core.watched import found, watching

from evtimeline.core.milestones import Milestone

TITLES = {
    "bridge": "Alder Bridge opening",
    "airport": "Kestrel International Airport opening",
    "museum": "Birchfield Museum opening",
    "metro": "Westmere metro line 4 opening",
    "hospital": "Ashgrove Hospital opening",
    "data": "Helio data centre opening",
    "plant": "Norvik Dunmore plant opening",
    "port": "Lorne Port opening",
    "mine": "Castra copper mine first production",
    "lng": "Port Ellis LNG terminal start-up",
    "farm": "Skerry Bank offshore wind farm start-up",
    "built": "Norvik X9 start of production",
    "car": "Norvik X7 launch",
    "model": "Aria 5 AI model launch",
    "handed": "Norvik X5 first deliveries",
    "film": "Harrow Lane release",
    "game": "Emberfall release",
    "ipo": "Quantra IPO",
    "deal": "Norvik acquisition of Bolton Foods",
    "drug": "FDA approval of Veltrona",
    "rocket": "Comet 2 rocket first launch",
    "tax": "UK digital tax takes effect",
    "ground": "Norvik Easton plant groundbreaking",
    "lander": "Selene 7 moon landing",
    "closure": "Oakmere refinery closure",
}
WATCHED = watching(*(Milestone(key, {"en": title}) for key, title in TITLES.items()))


def told(key: str, title: str) -> tuple[str, str]:
    """Signal and window that a headline of 2 July 2025 gives a milestone."""
    findings = found(title, "", "2025-07-02", WATCHED)
    if key not in findings:
        return ("", "")
    finding = findings[key]
    return finding.signal.value, finding.window.edtf if finding.window else ""


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("bridge", "Alder Bridge comes into use"),
        ("bridge", "First cars cross Alder Bridge"),
        ("bridge", "Alder Bridge declared open"),
        ("bridge", "Minister holds ribbon-cutting ceremony for Alder Bridge"),
        ("bridge", "Alder Bridge has been inaugurated"),
        ("airport", "Kestrel International Airport has become operational"),
        ("airport", "First passengers have arrived at Kestrel International Airport"),
        ("museum", "Birchfield Museum makes its debut"),
        ("museum", "Birchfield Museum welcomes the public"),
        ("metro", "Trains begin running on Westmere metro line 4"),
        ("metro", "Operator puts Westmere metro line 4 into service"),
        ("metro", "Westmere metro line 4 up and running"),
        ("hospital", "Ashgrove Hospital admits first patients"),
        ("data", "Helio data centre goes live"),
        ("data", "Helio switches on data centre"),
        ("port", "Ribbon-cutting held at Lorne Port"),
        ("port", "Operator celebrates opening of Lorne Port"),
        ("bridge", "Motorists drive across Alder Bridge for the first time"),
        ("drug", "Veltrona gets FDA OK"),
        ("plant", "Production gets under way at Norvik's Dunmore plant"),
        ("plant", "Norvik brings Dunmore plant on stream"),
        ("mine", "Castra copper mine pours first copper"),
        ("mine", "First ore mined at Castra copper mine"),
        ("lng", "Port Ellis LNG terminal receives its first cargo"),
        ("lng", "First tanker docks at Port Ellis LNG terminal"),
        ("farm", "Skerry Bank offshore wind farm goes online"),
        ("farm", "Skerry Bank offshore wind farm fully operational"),
        ("built", "Norvik X9 rolls off the assembly line"),
        ("built", "Norvik begins mass-producing X9"),
        ("built", "Production of Norvik X9 begins"),
        ("car", "Norvik brings X7 to market"),
        ("car", "Sales of Norvik X7 begin"),
        ("model", "Lumen releases Aria 5"),
        ("model", "Lumen makes Aria 5 available"),
        ("model", "Aria 5 now generally available"),
        ("handed", "Norvik starts delivering X5"),
        ("handed", "First customers receive Norvik X5"),
        ("film", "Harrow Lane hits theatres"),
        ("film", "Harrow Lane opens to rave reviews"),
        ("game", "Emberfall leaves early access"),
        ("ipo", "Quantra completes IPO"),
        ("ipo", "Quantra shares jump on first day of trading"),
        ("deal", "Norvik takes control of Bolton Foods"),
        ("deal", "Norvik concludes acquisition of Bolton Foods"),
        ("drug", "Veltrona earns FDA approval"),
        ("drug", "FDA waves through Veltrona"),
        ("rocket", "Comet 2 roars into orbit"),
        ("rocket", "Comet 2 fails on debut"),
        ("tax", "UK digital tax has come into force"),
        ("tax", "UK starts collecting digital tax"),
        ("ground", "Norvik starts work on Easton plant"),
        ("ground", "Norvik lays foundation stone for Easton plant"),
        ("lander", "Selene 7 pulls off moon landing"),
        ("closure", "Oakmere refinery stops operating"),
    ],
)
def test_what_has_happened(key: str, title: str) -> None:
    assert told(key, title)[0] == "achieved"


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("bridge", "Alder Bridge opened to motorists on Tuesday"),
        ("bridge", "Alder Bridge was opened by the king on Tuesday"),
        ("museum", "Birchfield Museum threw open its doors on Tuesday"),
        ("drug", "Veltrona was approved by FDA on Tuesday"),
        ("port", "First ship docked at Lorne Port on Tuesday"),
        ("tax", "UK digital tax started to apply on Tuesday"),
        ("drug", "FDA gave green light to Veltrona on Tuesday"),
        ("deal", "Norvik closed deal to buy Bolton Foods on Tuesday"),
    ],
)
def test_to_whom_or_by_whom_is_no_plan(key: str, title: str) -> None:
    assert told(key, title) == ("achieved", "2025-07-01")


@pytest.mark.parametrize(
    ("key", "title", "expected"),
    [
        ("bridge", "Alder Bridge due to be opened by the king on Tuesday", ("scheduled", "2025-07-08")),
        ("bridge", "Alder Bridge will open by Tuesday", ("scheduled", "../2025-07-08")),
        ("game", "Nightjar confirms Sept. 9 for Emberfall release", ("scheduled", "2025-09-09")),
        ("bridge", "Alder Bridge opening brought forward to July 20", ("advanced", "2025-07-20")),
        ("hospital", "Ashgrove Hospital to admit first patients in September", ("scheduled", "2025-09")),
        ("metro", "Westmere metro line 4 set to come back in September", ("scheduled", "2025-09")),
        ("mine", "Castra copper mine to start mining in September", ("scheduled", "2025-09")),
        ("built", "Norvik X9 to roll off the line in September", ("scheduled", "2025-09")),
        ("deal", "Norvik will not complete acquisition of Bolton Foods until 2026", ("delayed", "2026")),
        ("rocket", "Comet 2 will not complete its maiden flight until 2026", ("delayed", "2026")),
    ],
)
def test_what_is_still_to_come(key: str, title: str, expected: tuple[str, str]) -> None:
    assert told(key, title) == expected


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("port", "Lorne Port celebrates 10th anniversary"),
        ("built", "Pre-production Norvik X9 rolls off assembly line"),
        ("built", "Prototype of Norvik X9 rolls off the line"),
        ("built", "Norvik says trial production of X9 has begun"),
        ("plant", "Trial output begins at Norvik's Dunmore plant"),
        ("car", "Norvik releases first images of X7"),
        ("car", "Norvik releases update for X7"),
        ("car", "Norvik drops X7 price"),
        ("car", "Norvik makes X7 available for pre-order"),
        ("car", "Norvik X7 sales begin to recover"),
        ("model", "Lumen releases report on Aria 5"),
        ("game", "Nightjar releases new Emberfall trailer"),
        ("rocket", "Comet 2 team postpones its maiden flight"),
    ],
)
def test_what_is_another_event(key: str, title: str) -> None:
    assert told(key, title)[0] != "achieved"
