from dataclasses import replace
from datetime import date
from decimal import Decimal

from evtimeline.core.claims import Stance, Tier
from evtimeline.core.milestones import Citation, Confirm, Entity, Milestone, Names, Promise, Target, Timeline
from evtimeline.core.plans import Action, FieldChange, Part, diff
from evtimeline.core.windows import parse_edtf

PROMISE = Promise(parse_edtf("2025-08"), date(2025, 4, 20), Citation("Plan"), Stance.FORECAST, "in August")
LAUNCH = Milestone("launch", {"en": "Launch"}, "launch", "car", ("maker",), PROMISE, Target(Decimal("350"), "cars"))
CAR = Entity("car", Names(("Car",), ("Cart",)))
TIMELINE = Timeline("cars", {"en": "Cars"}, "UTC", (CAR,), (LAUNCH,))


def with_launch(**changes: object) -> Timeline:
    return replace(TIMELINE, milestones=(replace(LAUNCH, **changes),))  # type: ignore[arg-type]


def fields(new: Timeline) -> dict[str, tuple[str | None, str | None]]:
    (difference,) = diff(TIMELINE, new)
    return {change.field: (change.old, change.new) for change in difference.changes}


def test_equal_timelines_need_no_plan() -> None:
    assert diff(TIMELINE, TIMELINE) == ()


def test_a_new_timeline_is_added_whole() -> None:
    assert [(d.action, d.part, d.key) for d in diff(None, TIMELINE)] == [
        (Action.ADD, Part.TIMELINE, "cars"),
        (Action.ADD, Part.ENTITY, "car"),
        (Action.ADD, Part.MILESTONE, "launch"),
    ]


def test_what_is_taken_out_is_retired() -> None:
    gone = diff(TIMELINE, replace(TIMELINE, entities=(), milestones=()))
    assert [(d.action, d.part) for d in gone] == [(Action.RETIRE, Part.ENTITY), (Action.RETIRE, Part.MILESTONE)]


def test_a_moved_promise_is_told_as_one_field_and_is_a_promise_anew() -> None:
    (difference,) = diff(TIMELINE, with_launch(promise=replace(PROMISE, window=parse_edtf("2025-Q4"))))
    assert difference.changes == (FieldChange("window", "2025-08", "2025-36"),)
    assert difference.promises


def test_another_title_is_no_new_promise() -> None:
    (difference,) = diff(TIMELINE, with_launch(titles={"en": "Launch", "zh": "上市"}))
    assert difference.changes == (FieldChange("title (zh)", None, "上市"),)
    assert not difference.promises


def test_every_field_of_a_milestone_is_seen_to_change() -> None:
    assert fields(with_launch(kind="opening")) == {"kind": ("launch", "opening")}
    assert fields(with_launch(subject=Names(("Car", "New, car")))) == {
        "names": (None, 'Car, "New, car"'),
        "subject": ("car", None),
    }
    assert fields(with_launch(parties=())) == {"parties": ("maker", None)}
    assert fields(with_launch(target=None)) == {"target": (">= 350 cars", None)}
    assert fields(with_launch(confirm=Confirm(2, 0))) == {"confirm": (None, "2 primary or 0 secondary")}
    assert fields(with_launch(note="x")) == {"note": (None, "x")}
    cited = replace(PROMISE, source=Citation("Plan", "Board", Tier.PRIMARY, "https://example.org"), quote=None)
    assert fields(with_launch(promise=cited)) == {
        "publisher": (None, "Board"),
        "tier": ("secondary", "primary"),
        "link": (None, "https://example.org"),
        "quote": ("in August", None),
    }


def test_a_number_written_otherwise_is_the_same_number() -> None:
    assert diff(TIMELINE, with_launch(target=Target(Decimal("3.50E+2"), "cars"))) == ()


def test_another_order_is_a_change_of_the_timeline() -> None:
    second = replace(LAUNCH, key="second")
    before = replace(TIMELINE, milestones=(LAUNCH, second))
    (difference,) = diff(before, replace(TIMELINE, milestones=(second, LAUNCH)))
    assert difference.part is Part.TIMELINE
    assert difference.changes == (FieldChange("order of milestones", "launch, second", "second, launch"),)
