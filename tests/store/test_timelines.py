from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Engine, func, select
from tests.builders import NOW, a_claim, a_milestone, a_timeline, days, instant
from tests.store.statements import counted

from evtimeline.core.claims import Stance, Tier
from evtimeline.core.milestones import Citation, Confirm, Entity, Milestone, Names, Promise, Target, Timeline
from evtimeline.core.windows import Precision, Qualifier, Window
from evtimeline.errors import UnknownKeyError
from evtimeline.store import claims, milestones, tables, timelines
from evtimeline.store.claims import NewClaim
from evtimeline.store.engine import reading, writing

PROMISE = Promise(
    window=Window(date(2025, 8, 1), None, Precision.OPEN, Qualifier.NOT_BEFORE),
    stated=date(2025, 4, 20),
    source=Citation("Wochenbericht", "Analyst", Tier.TERTIARY, "https://example.org/report"),
    stance=Stance.FORECAST,
    quote="“上市”预计在8月",
)

FULL = Timeline(
    key="cars",
    titles={"zh": "汽车", "en": "Cars"},
    zone="Asia/Shanghai",
    entities=(
        Entity("yu7", Names(("小米YU7", "YU7*"), ("小米SU7",))),
        Entity("maker", Names(("小米汽车",))),
    ),
    milestones=(
        Milestone(
            key="yu7-launch",
            titles={"zh": "小米YU7上市", "en": "Xiaomi YU7 launch"},
            kind="launch",
            subject="yu7",
            parties=("maker", "北汽"),
            promise=PROMISE,
            target=Target(Decimal("350000.50"), "辆", ">"),
            confirm=Confirm(2, 5),
            note="first of its kind",
        ),
        Milestone(key="plant", titles={"en": "Plant"}, kind="my own kind", subject=Names(("二期",), ("三期",))),
        Milestone(key="sourced", titles={"en": "S"}, promise=Promise(source=Citation())),
        Milestone(key="bare", titles={"en": "B"}, target=Target(Decimal("1E+3"), "GWh")),
    ),
)


def stored_again(database: Engine, *versions: Timeline) -> Timeline:
    for version in versions:
        with writing(database) as connection:
            timelines.save(connection, version, NOW)
    with reading(database) as connection:
        return timelines.load(connection, versions[-1].key)


def test_a_timeline_comes_back_equal(database: Engine) -> None:
    found = stored_again(database, FULL)
    assert found == FULL
    assert list(found.milestones[0].titles) == ["zh", "en"]
    assert str(found.milestones[0].target and found.milestones[0].target.value) == "350000.50"


@pytest.mark.parametrize("precision", list(Precision))
@pytest.mark.parametrize("qualifier", [None, *Qualifier])
def test_every_kind_of_window_comes_back_equal(
    sqlite: Engine, precision: Precision, qualifier: Qualifier | None
) -> None:
    windows = (
        Window(date(2025, 6, 3), date(2025, 8, 17), precision, qualifier),
        Window(None, date(2025, 6, 30), precision, qualifier),
        Window(date(2025, 6, 1), None, precision, qualifier),
    )
    told = [a_milestone(f"m{n}", promise=Promise(window=window)) for n, window in enumerate(windows)]
    assert stored_again(sqlite, a_timeline(*told)) == a_timeline(*told)


def test_an_edited_timeline_comes_back_as_it_was_edited(database: Engine) -> None:
    edited = replace(
        FULL,
        titles={"en": "Vehicles"},
        zone="UTC",
        entities=(Entity("maker", Names(("Xiaomi EV",))), Entity("new", Names(("New",)))),
        milestones=(a_milestone("new"), replace(FULL.milestones[0], promise=Promise(), target=None, note=None)),
    )
    assert stored_again(database, FULL, edited) == edited
    assert stored_again(database, FULL) == FULL


def test_a_milestone_keeps_its_number_and_ledger_when_it_leaves_and_returns(database: Engine) -> None:
    with writing(database) as connection:
        before = timelines.save(connection, FULL, NOW)
        claims.add(connection, [NewClaim(before["plant"], "entry:1", a_claim())])
        timelines.save(connection, replace(FULL, milestones=FULL.milestones[:1]), NOW)
        assert milestones.ids(connection) == {("cars", "yu7-launch"): before["yu7-launch"]}
        assert timelines.save(connection, FULL, NOW) == before
        assert len(claims.of_milestone(connection, before["plant"])) == 1


def test_saving_an_equal_timeline_writes_nothing(database: Engine) -> None:
    with writing(database) as connection:
        timelines.save(connection, FULL, NOW)
        with counted(database) as statements:
            timelines.save(connection, FULL, instant("2026-01-01"))
    assert all(statement.startswith("SELECT") for statement in statements)


def test_a_retired_timeline_is_gone_until_it_is_saved_again(database: Engine) -> None:
    with writing(database) as connection:
        before = timelines.save(connection, FULL, NOW)
        timelines.retire(connection, "cars", NOW)
        assert timelines.keys(connection) == ()
        assert timelines.load_all(connection) == ()
        assert milestones.load(connection) == ()
        with pytest.raises(UnknownKeyError):
            timelines.load(connection, "cars")
        assert timelines.save(connection, FULL, NOW) == before
        assert timelines.load_all(connection) == (FULL,)


def test_a_thousand_milestones_are_saved_and_read_in_a_few_statements(database: Engine) -> None:
    many = a_timeline(*(a_milestone(f"m{number}") for number in range(1_000)))
    with writing(database) as connection, counted(database) as statements:
        timelines.save(connection, many, NOW)
        assert timelines.load_all(connection) == (many,)
    assert len(statements) < 20
    with reading(database) as connection:
        assert connection.execute(select(func.count()).select_from(tables.milestones)).scalar_one() == 1_000


def test_an_unknown_timeline_is_answered_with_the_nearest(database: Engine) -> None:
    with writing(database) as connection:
        timelines.save(connection, FULL, NOW)
        with pytest.raises(UnknownKeyError, match=r"no timeline car: did you mean cars\?"):
            timelines.load(connection, "car")


def test_a_milestone_is_found_by_its_key_alone_or_with_its_timeline(database: Engine) -> None:
    with writing(database) as connection:
        numbers = timelines.save(connection, FULL, NOW)
        for text in ("plant", "cars/plant"):
            found = milestones.find(connection, text)
            assert found == milestones.StoredMilestone(numbers["plant"], "cars", "Asia/Shanghai", FULL.milestones[1])


def test_a_key_in_two_timelines_asks_which(database: Engine) -> None:
    with writing(database) as connection:
        timelines.save(connection, FULL, NOW)
        timelines.save(connection, a_timeline(a_milestone("plant"), key="houses"), NOW)
        with pytest.raises(UnknownKeyError, match="in 2 timelines: write cars/plant or houses/plant"):
            milestones.find(connection, "plant")
        assert milestones.find(connection, "houses/plant").timeline_key == "houses"


@pytest.mark.parametrize(
    ("text", "answer"),
    [("yu7-lunch", "did you mean yu7-launch"), ("car/plant", "did you mean cars/plant"), ("电池", "milestone list")],
)
def test_an_unknown_milestone_is_answered_with_the_nearest(database: Engine, text: str, answer: str) -> None:
    with writing(database) as connection:
        timelines.save(connection, FULL, NOW)
        with pytest.raises(UnknownKeyError, match=answer):
            milestones.find(connection, text)


def test_where_nothing_is_followed_the_answer_says_how_to_begin(database: Engine) -> None:
    with reading(database) as connection, pytest.raises(UnknownKeyError, match="evtimeline milestone add"):
        milestones.find(connection, "plant")


def test_a_single_milestone_can_be_retired(database: Engine) -> None:
    with writing(database) as connection:
        numbers = timelines.save(connection, FULL, NOW)
        milestones.retire(connection, numbers["plant"], NOW)
        assert ("cars", "plant") not in milestones.ids(connection)
        assert milestones.by_ids(connection, [numbers["plant"], 999])[numbers["plant"]].ref == ("cars", "plant")


def test_days_help_to_write_promises(database: Engine) -> None:
    told = a_timeline(a_milestone(promise=Promise(window=days("2025-06-01", "2025-06-30", Precision.MONTH))))
    assert stored_again(database, told) == told
