"""Read all stored entries anew with the present rules: what would change in the ledger, and the change itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import zip_longest
from typing import TYPE_CHECKING

from evtimeline.core.claims import Claim, Verdict
from evtimeline.core.reading import Watchlist
from evtimeline.jobs.reading import (
    RULE,
    Corrections,
    Known,
    Learned,
    Told,
    corrections,
    enter,
    ledger_of,
    load_watchlist,
    tell,
)
from evtimeline.store import claims, entries, milestones, timelines
from evtimeline.store.engine import reading, writing
from evtimeline.store.entries import StoredEntry
from evtimeline.store.milestones import Ref

if TYPE_CHECKING:
    from sqlalchemy import Engine

UNREAD = f"{RULE}no longer read so"
PAGE = 1_000
"""Entries that are read at once."""


class Change(StrEnum):
    """What reading an entry anew does to the ledger of a milestone."""

    NEW = "new"
    LOST = "lost"
    DIFFERENT = "different"  # another signal, stance or window
    JUDGED = "judged"  # the same words, but the rules are surer or less sure of them


@dataclass(frozen=True)
class Difference:
    """What one entry says of one milestone by the present rules, beside what the ledger holds of it."""

    ref: Ref
    entry: StoredEntry
    old: Claim | None
    new: Claim | None
    verdict: Verdict | None = None

    @property
    def change(self) -> Change:
        """What it is called."""
        if self.old is None:
            return Change.NEW
        if self.new is None:
            return Change.LOST
        return Change.JUDGED if _says(self.old) == _says(self.new) else Change.DIFFERENT


@dataclass(frozen=True)
class Rereading:
    """What would change; `read` entries were read, `told` is what those tell that are concerned."""

    read: int
    differences: tuple[Difference, ...]
    told: tuple[Told, ...]


def reread(engine: "Engine", now: datetime, since: date | None = None, timeline: str | None = None) -> Rereading:
    """Read the stored entries, those published from `since` on, and hold the ledger against them; nothing is changed.

    Raises UnknownKeyError when there is no such timeline.
    """
    with reading(engine) as connection:
        if timeline:
            timelines.load(connection, timeline)
        watchlist, numbers = load_watchlist(connection), milestones.ids(connection, timeline)
    found: list[Difference] = []
    told: list[Told] = []
    read = 0
    for page in _pages(engine, since):
        here = _tell(page, watchlist, numbers, now)
        with reading(engine) as connection:
            before = claims.of_entries(connection, [stored.id for stored in page])
            known = ledger_of(connection, before, numbers)
        read += len(page)
        told += here
        found += _differences(_hold(known, here), page, numbers)
    return Rereading(read, tuple(found), tuple(told))


def apply(engine: "Engine", found: Rereading, now: datetime) -> Learned:
    """Make the ledger say what was found, in one transaction that settles once; applying again changes nothing.

    Claims that are new are backfill and alert nobody; lost ones are rejected by a dated verdict. Entries that were
    changed meanwhile are left for the next time, and what a person decided stays.
    """
    concerned = {one.entry.id: one.entry.content_hash for one in found.differences}
    with writing(engine) as connection:
        present = entries.hashes(connection, concerned)
        unchanged = {number for number, fingerprint in concerned.items() if present.get(number) == fingerprint}
        numbers = milestones.ids(connection)
        asked = {numbers[one.ref] for one in found.differences if one.ref in numbers}
        milestones.lock(connection, asked)
        before = [one for one in claims.of_entries(connection, unchanged) if one.milestone_id in asked]
        told = [one for one in found.told if one[0].entry_id in unchanged and one[0].milestone_id in asked]
        return enter(connection, _hold(ledger_of(connection, before, numbers), told), now)


def _pages(engine: "Engine", since: date | None) -> Iterator[tuple[StoredEntry, ...]]:
    last = 0
    while True:
        with reading(engine) as connection:
            page = entries.page(connection, last, PAGE, since)
        if not page:
            return
        yield page
        last = page[-1].id


def _tell(
    page: Sequence[StoredEntry], watchlist: Watchlist, numbers: Mapping[Ref, int], now: datetime
) -> tuple[Told, ...]:
    return tuple(tell([replace(stored, backfill=True) for stored in page], watchlist, numbers, now))


def _hold(known: Sequence[Known], told: Iterable[Told]) -> Corrections:
    """Hold the ledger against what is told, but for what a person has decided on an entry and a milestone."""
    settled = {(one.stored.entry_id, one.stored.milestone_id) for one in known if not one.by_rule}
    open_known = [one for one in known if (one.stored.entry_id, one.stored.milestone_id) not in settled]
    open_told = [one for one in told if (one[0].entry_id, one[0].milestone_id) not in settled]
    return corrections(open_known, open_told, UNREAD)


_Place = tuple[int, int]
_New = tuple[Claim, Verdict]


def _differences(found: Corrections, page: Sequence[StoredEntry], numbers: Mapping[Ref, int]) -> Iterator[Difference]:
    """The corrections in pairs of what was read and what is read now, in the order of entries and milestones."""
    entry_of = {stored.id: stored for stored in page}
    ref_of = {number: ref for ref, number in numbers.items()}
    olds: dict[_Place, list[Claim]] = {}
    news: dict[_Place, list[_New]] = {}
    for new, (verdict, _) in found.told:
        news.setdefault((new.entry_id or 0, new.milestone_id), []).append((new.claim, verdict))
    for one, verdict, _ in found.weighed:
        news.setdefault(_place(one), []).append((one.stored.claim, verdict))
        if one.last.verdict is not Verdict.REJECTED:
            olds.setdefault(_place(one), []).append(one.stored.claim)
    for one in found.dropped:
        olds.setdefault(_place(one), []).append(one.stored.claim)
    for place in sorted({*olds, *news}):
        ref, entry = ref_of[place[1]], entry_of[place[0]]
        for old, new_one in zip_longest(olds.get(place, ()), news.get(place, ())):
            yield Difference(ref, entry, old, *(new_one or (None, None)))


def _place(one: Known) -> _Place:
    return one.stored.entry_id or 0, one.stored.milestone_id


def _says(claim: Claim) -> tuple[object, ...]:
    return claim.signal, claim.stance, claim.window
