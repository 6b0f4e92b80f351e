"""Looks at the ways by which messages leave, for the check-up: set up, and answering, without sending anything."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from evtimeline.core.checkup_work import judge_audience
from evtimeline.core.findings import Area, Finding, Level, found
from evtimeline.core.letters import shown_address
from evtimeline.core.subscriptions import Subscription
from evtimeline.delivery import reach
from evtimeline.delivery.channels import path_of
from evtimeline.delivery.contract import MailServer
from evtimeline.errors import EvtimelineError
from evtimeline.store import subscriptions
from evtimeline.store.engine import reading

if TYPE_CHECKING:
    from sqlalchemy import Engine

_AT_ONCE = 8


@dataclass(frozen=True)
class Way:
    """A way out by its name; `place` may be shown. `try_it` returns why it does not work, and may raise ours."""

    name: str
    place: str
    try_it: Callable[[], str | None]


def mail_way(place: str, server: Callable[[], MailServer]) -> Way:
    """The mail server, whose settings and password are asked for when it is tried."""
    return Way("smtp", place, lambda: reach.greet(server()))


def web_way(name: str, kind: str, url: str, agent: str, secret: Callable[[], object] = lambda: None) -> Way:
    """A webhook, a bot or an Apprise address; `secret` reads what messages are signed with."""

    def try_it() -> str | None:
        secret()
        return reach.ask_apprise(url) if kind == "apprise" else reach.knock(url, agent)

    return Way(name, kind if kind == "apprise" else urlsplit(url).hostname or kind, try_it)


def unnamed_ways(told: Iterable[Subscription], agent: str) -> list[Way]:
    """The web addresses that are subscribed as they are, one way for each host."""
    ways = {
        (one.channel, urlsplit(one.address).netloc): web_way(shown_address(one), one.channel, one.address, agent)
        for one in told
        if "://" in one.address and one.channel not in ("smtp", "file")
    }
    return list(ways.values())


def check_ways(ways: Sequence[Way], *, offline: bool) -> Iterator[Finding]:
    """Whether each way works, all tried at once; `offline`: only that it is set up."""
    if not ways:
        yield found(Area.CHANNELS, Level.OK, "no channels")
    if offline:
        yield from (found(Area.CHANNELS, Level.OK, "channel set", name=way.name) for way in ways)
        return
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for way, why in zip(ways, pool.map(_tried, ways), strict=True):
            if why is None:
                yield found(Area.CHANNELS, Level.OK, "channel", name=way.name, place=way.place)
            else:
                yield found(Area.CHANNELS, Level.PROBLEM, "channel down", name=way.name, why=why)


def check_audience(engine: "Engine", kinds: Mapping[str, str], folder: Path, *, mail: bool) -> Iterator[Finding]:
    """Whether every subscription can be told; `kinds` are the named channels, `mail`: there is a mail server."""
    told = load_told(engine)
    unreachable = [
        (f"{one.id} ({shown_address(one)})", why) for one in told if (why := _why_unreachable(one, kinds, folder, mail))
    ]
    yield from judge_audience(len(told), unreachable, operator=any(one.operator for one in told))


def load_told(engine: "Engine") -> tuple[Subscription, ...]:
    """The subscriptions that are there, paused ones too. Raises StoreError."""
    with reading(engine) as connection:
        return subscriptions.load(connection)


def _tried(way: Way) -> str | None:
    try:
        return way.try_it()
    except EvtimelineError as error:
        return str(error)


def _why_unreachable(one: Subscription, kinds: Mapping[str, str], folder: Path, mail: bool) -> str | None:
    if one.channel == "smtp":
        return None if mail else "there is no mail server: set smtp.host and smtp.from in evtimeline.toml"
    if one.channel == "file":
        place = _nearest(folder / path_of(one.address))
        return None if os.access(place, os.W_OK) else f"{place} cannot be written"
    if "://" in one.address:
        return None
    kind = kinds.get(one.address)
    if kind is None:
        return f"there is no [channel.{one.address}] in evtimeline.toml any more"
    return None if kind == one.channel else f"[channel.{one.address}] has become {kind}, and was {one.channel}"


def _nearest(path: Path) -> Path:
    """The path itself, or the folder above it that is there."""
    return next((place for place in (path, *path.parents) if place.exists()), path)
