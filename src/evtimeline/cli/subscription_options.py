"""The options that say who is told what, how and how often, shared by `subscribe` and `subscriptions edit`."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any, TypedDict

import click

from evtimeline.cli import LANGUAGES
from evtimeline.core.cadence import MORNING, parse_weekday
from evtimeline.core.claims import RevisionKind, Tier
from evtimeline.core.subscriptions import MENTION, Cadence, Subscription
from evtimeline.documents.typed import to_zone
from evtimeline.errors import UsageError

if TYPE_CHECKING:
    from sqlalchemy import Connection

KINDS = (*(kind.value for kind in RevisionKind), MENTION)
ALL = "all"
"""What is typed for a list to mean no limit again."""

_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_LONGEST_WAIT = 24 * 60


class Fields(TypedDict):
    """What was typed; None or empty where nothing was."""

    instant: bool
    daily: str | None
    weekly: tuple[str, str] | None
    zone: str | None
    to_language: str | None
    timelines: tuple[str, ...]
    milestones: tuple[str, ...]
    kinds: tuple[str, ...]
    tier: str | None
    quiet: str | None
    operator: bool | None
    empty: bool | None
    remind: str | None
    group_wait: int | None


_OPTIONS = (
    click.option("--instant", is_flag=True, help="Told of each change, a quarter of an hour after it was found."),
    click.option("--daily", metavar="TIME", help="A digest every day at TIME, as 08:00."),
    click.option("--weekly", type=(str, str), metavar="DAY TIME", help="A digest every week, as mon 08:00."),
    click.option("--zone", metavar="ZONE", help="The time zone of these times, as Asia/Shanghai."),
    click.option("--in", "to_language", type=click.Choice(LANGUAGES), help="The language of the messages."),
    click.option(
        "--timeline", "timelines", multiple=True, metavar="KEY", help="Only this timeline; repeatable. `all` lifts it."
    ),
    click.option(
        "--milestone", "milestones", multiple=True, metavar="KEY", help="Only this milestone; repeatable, or `all`."
    ),
    click.option(
        "--kind",
        "kinds",
        multiple=True,
        type=click.Choice((*KINDS, ALL)),
        metavar="KIND",
        help="Only this kind of change; repeatable: " + ", ".join(KINDS) + ". Else every one but mention.",
    ),
    click.option(
        "--tier", type=click.Choice([*(tier.value for tier in Tier), ALL]), help="Only what publishers so near say."
    ),
    click.option("--quiet", metavar="TIME-TIME", help="Hold alerts in these hours, as 22:00-07:00; `none` lifts it."),
    click.option("--operator/--no-operator", default=None, help="Also told of broken feeds and failed deliveries."),
    click.option("--empty/--no-empty", default=None, help="Whether a digest without news is sent (a short one)."),
    click.option("--remind", metavar="DAYS", help="Remind so many days before a window opens: 30,7,1; or none."),
    click.option(
        "--group-wait",
        type=click.IntRange(0, _LONGEST_WAIT),
        metavar="MINUTES",
        help="How long an alert waits for a second source (15).",
    ),
)


def subscription_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command these options, in this order."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def applied(connection: "Connection", subscription: Subscription, typed: Fields) -> Subscription:
    """The subscription with what was typed; what was not typed stays. Raises UsageError, UnknownKeyError."""
    changed = _paced(subscription, typed)
    if typed["zone"]:
        changed = replace(changed, zone=_zone(typed["zone"]))
    if typed["to_language"]:
        changed = replace(changed, language=typed["to_language"])
    if typed["quiet"]:
        begin, end = _quiet(typed["quiet"])
        changed = replace(changed, quiet_from=begin, quiet_to=end)
    if typed["remind"]:
        changed = replace(changed, remind_days=_days(typed["remind"]))
    if typed["group_wait"] is not None:
        changed = replace(changed, group_wait=timedelta(minutes=typed["group_wait"]))
    operator, empty = typed["operator"], typed["empty"]
    return replace(
        _limited(connection, changed, typed),
        operator=changed.operator if operator is None else operator,
        empty=changed.empty if empty is None else empty,
    )


def _paced(subscription: Subscription, typed: Fields) -> Subscription:
    given = [name for name in ("instant", "daily", "weekly") if typed[name]]
    if len(given) > 1:
        raise UsageError(f"--{given[0]} and --{given[1]} exclude each other: make two subscriptions")
    if typed["instant"]:
        return replace(subscription, cadence=Cadence.INSTANT, weekday=None, at=None)
    if typed["daily"]:
        return replace(subscription, cadence=Cadence.DAILY, weekday=None, at=_clock(typed["daily"]))
    if typed["weekly"]:
        day, at = typed["weekly"]
        try:
            return replace(subscription, cadence=Cadence.WEEKLY, weekday=parse_weekday(day), at=_clock(at))
        except ValueError as error:
            raise UsageError(str(error)) from error
    return subscription


def weekly_morning(subscription: Subscription) -> Subscription:
    """What is usual where no pace was typed: Monday morning."""
    return replace(subscription, cadence=Cadence.WEEKLY, weekday=0, at=MORNING)


def _limited(connection: "Connection", subscription: Subscription, typed: Fields) -> Subscription:
    """What it is told of; keys are looked up, so that a mistyped one is not silence for ever."""
    from evtimeline.store import milestones, timelines

    changed = subscription
    if typed["timelines"]:
        keys = _unlimited(typed["timelines"])
        for key in keys:
            timelines.load(connection, key)
        changed = replace(changed, timelines=keys)
    if typed["milestones"]:
        found = [milestones.find(connection, key).ref for key in _unlimited(typed["milestones"])]
        changed = replace(changed, milestones=tuple(dict.fromkeys("/".join(ref) for ref in found)))
    if typed["kinds"]:
        changed = replace(changed, kinds=_unlimited(typed["kinds"]))
    if typed["tier"]:
        changed = replace(changed, least_tier=None if typed["tier"] == ALL else Tier(typed["tier"]))
    return changed


def _unlimited(typed: Sequence[str]) -> tuple[str, ...]:
    return () if ALL in typed else tuple(dict.fromkeys(typed))


def _clock(typed: str) -> time:
    found = _CLOCK.fullmatch(typed.strip())
    if not found:
        raise UsageError(f"{typed!r} is no time of the day: write it like 08:00")
    return time(int(found[1]), int(found[2]))


def _quiet(typed: str) -> tuple[time | None, time | None]:
    if typed == "none":
        return None, None
    begin, _, end = typed.partition("-")
    hours = _clock(begin), _clock(end)
    if hours[0] == hours[1]:
        raise UsageError("quiet hours must end at another time than they begin: `--quiet none` lifts them")
    return hours


def _days(typed: str) -> tuple[int, ...]:
    if typed == "none":
        return ()
    try:
        found = sorted({int(one) for one in re.split(r"[,，\s]+", typed.strip())}, reverse=True)
    except ValueError:
        found = [-1]
    if not 0 <= found[-1] <= found[0] <= date.max.toordinal() // 1000:
        raise UsageError(f"{typed!r} are no days: write them like 30,7,1, or none")
    return tuple(found)


def _zone(typed: str) -> str:
    try:
        return to_zone(typed)
    except ValueError as error:
        raise UsageError(str(error)) from error
