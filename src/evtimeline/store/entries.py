"""Entries, one row per feed and guid; what is known and unchanged costs one lookup and no write."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BindParameter, Connection, Row, RowMapping, bindparam, func, select, tuple_, update

from evtimeline.core.claims import Tier
from evtimeline.core.entries import Entry
from evtimeline.store import tables
from evtimeline.store.batches import chunks, insert_new

_Key = tuple[int, str]
"""A feed's number and a guid."""

_Found = Row[tuple[int, str, int, str, datetime, bool]]

_KEYS = 500  # of them in one statement


@dataclass(frozen=True)
class StoredEntry:
    """An entry with the store's number; `changed` says that it was known with other words."""

    id: int
    feed_id: int
    entry: Entry
    content_hash: str
    first_seen_at: datetime
    backfill: bool
    changed: bool = False


def content_hash(entry: Entry) -> str:
    """Fingerprint what is read of an entry, its title and summary; 32 hex digits."""
    text = f"{entry.title}\0{entry.summary}".encode(errors="surrogatepass")
    return hashlib.blake2b(text, digest_size=16).hexdigest()


@dataclass(frozen=True)
class Batch:
    """The entries that one poll of a feed brought; of those with the same guid the first one counts.

    `backfill` says that this is the feed's first poll. Later `since`, the time of the first poll, marks entries
    published before it as backfill too. `is_first`: nothing of the feed can be stored yet.
    """

    feed_id: int
    entries: Sequence[Entry]
    backfill: bool
    since: datetime | None = None
    is_first: bool = False


_Told = tuple[Batch, Entry, str]
"""What was brought, by which poll, and its fingerprint."""


def known(connection: Connection, feed_id: int, guids: Iterable[str]) -> Mapping[str, str]:
    """Map those of `guids` that the feed brought before to their content hashes."""
    keys = [(feed_id, guid) for guid in dict.fromkeys(guids)]
    return {guid: row.content_hash for (_, guid), row in _rows(connection, keys).items()}


def add(
    connection: Connection,
    feed_id: int,
    entries: Iterable[Entry],
    now: datetime,
    backfill: bool,
    since: datetime | None = None,
) -> tuple[StoredEntry, ...]:
    """Store the entries of one poll; returns those that are new or say something else than before, in their order."""
    return add_all(connection, [Batch(feed_id, tuple(entries), backfill, since)], now)[feed_id]


def add_all(connection: Connection, batches: Iterable[Batch], now: datetime) -> Mapping[int, tuple[StoredEntry, ...]]:
    """The same for the polls of different feeds, in few statements; by the feeds' numbers."""
    unique: dict[_Key, _Told] = {}
    found: dict[int, list[StoredEntry]] = {}
    for batch in batches:
        found[batch.feed_id] = []
        for entry in batch.entries:
            unique.setdefault((batch.feed_id, entry.guid), (batch, entry, content_hash(entry)))
    before = _rows(connection, [key for key, (batch, _, _) in unique.items() if not batch.is_first])
    told = {key: one for key, one in unique.items() if key not in before or before[key].content_hash != one[2]}
    for key in _under_new_guids(connection, told, {feed_id for feed_id, _ in before}):
        del told[key]
    _update(connection, [_cells(*told[key], now) for key in told if key in before])
    numbers = _insert(connection, [_cells(*told[key], now) for key in told if key not in before])
    stored = before | _rows(connection, [key for key in told if key not in before and key not in numbers])
    for key, (batch, entry, fingerprint) in told.items():
        if key in stored:
            row = stored[key]
            mark = StoredEntry(row.id, key[0], entry, fingerprint, row.first_seen_at, row.backfill, key in before)
        else:
            mark = StoredEntry(numbers[key], key[0], entry, fingerprint, now, _is_old(entry, batch))
        found[key[0]].append(mark)
    return {feed_id: tuple(marks) for feed_id, marks in found.items()}


def of_feed(connection: Connection, feed_id: int) -> tuple[StoredEntry, ...]:
    """Read all entries of a feed, the oldest first."""
    columns = tables.entries.c
    statement = select(tables.entries).where(columns.feed_id == feed_id).order_by(columns.id)
    return tuple(_stored_in(row) for row in connection.execute(statement).mappings())


def load_all(connection: Connection) -> tuple[StoredEntry, ...]:
    """Read all entries of all feeds that still have their texts, the oldest first."""
    columns = tables.entries.c
    statement = select(tables.entries).where(columns.cleared_at.is_(None)).order_by(columns.id)
    rows = connection.execute(statement).mappings()
    return tuple(_stored_in(row) for row in rows)


def page(connection: Connection, after: int, limit: int, since: date | None = None) -> tuple[StoredEntry, ...]:
    """Read the next `limit` entries of all feeds whose numbers are greater than `after`, the oldest first.

    Those whose texts were cleared are left out. With `since` only those published on that day or later.
    """
    columns = tables.entries.c
    kept = (columns.id > after) & columns.cleared_at.is_(None)
    statement = select(tables.entries).where(kept).order_by(columns.id).limit(limit)
    if since:
        statement = statement.where(columns.stated_on >= since)
    return tuple(_stored_in(row) for row in connection.execute(statement).mappings())


def hashes(connection: Connection, ids: Iterable[int]) -> Mapping[int, str]:
    """Map the numbers of entries to their content hashes."""
    columns = tables.entries.c
    found: dict[int, str] = {}
    for part in chunks(sorted(set(ids))):
        rows = connection.execute(select(columns.id, columns.content_hash).where(columns.id.in_(part)))
        found |= {row.id: row.content_hash for row in rows}
    return found


def count(connection: Connection) -> int:
    """Count all entries of all feeds."""
    return connection.execute(select(func.count()).select_from(tables.entries)).scalar_one()


def _under_new_guids(connection: Connection, told: Mapping[_Key, _Told], usual: set[int]) -> list[_Key]:
    """Those that the same feed brought before under another guid: some feeds make all their guids anew at every poll.

    Feeds of which a guid was known are as `usual`, and not looked at.
    """
    columns = tables.entries.c
    doubtful = {key: one for key, one in told.items() if not (one[0].is_first or one[0].backfill or key[0] in usual)}
    numbers = sorted({feed_id for feed_id, _ in doubtful})
    known: set[tuple[int, str, datetime | str]] = set()
    for part in chunks(sorted({fingerprint for _, _, fingerprint in doubtful.values()}), _KEYS):
        statement = select(columns.feed_id, columns.content_hash, columns.published_at, columns.link)
        alike = columns.feed_id.in_(numbers) & columns.content_hash.in_(part)
        rows = connection.execute(statement.where(alike))
        known |= {(feed_id, text, published or link) for feed_id, text, published, link in rows if published or link}
    return [
        key
        for key, (_, entry, fingerprint) in doubtful.items()
        if entry.title and (key[0], fingerprint, entry.published or entry.link) in known
    ]


def _is_old(entry: Entry, batch: Batch) -> bool:
    since = batch.since
    return batch.backfill or (since is not None and entry.published is not None and entry.published < since)


def _cells(batch: Batch, entry: Entry, fingerprint: str, now: datetime) -> dict[str, object]:
    return {
        "feed_id": batch.feed_id,
        "guid": entry.guid,
        "title": entry.title,
        "summary": entry.summary,
        "link": entry.link,
        "language": entry.language,
        "published_at": entry.published,
        "updated_at": entry.updated,
        "stated_on": entry.stated_on,
        "publisher": entry.publisher,
        "tier": entry.tier.value,
        "first_seen_at": now,
        "content_hash": fingerprint,
        "backfill": _is_old(entry, batch),
    }


def _insert(connection: Connection, rows: Sequence[dict[str, object]]) -> Mapping[_Key, int]:
    """The numbers of the rows that were not there yet."""
    if not rows:
        return {}
    columns = tables.entries.c
    statement = insert_new(connection, tables.entries).returning(columns.id, columns.feed_id, columns.guid)
    return {(feed_id, guid): number for number, feed_id, guid in connection.execute(statement, rows)}


def _update(connection: Connection, rows: Sequence[dict[str, object]]) -> None:
    """Overwrite what is told; when the entry was first seen, and whether that was backfill, stays."""
    if not rows:
        return
    columns = tables.entries.c
    fixed = ("feed_id", "guid", "first_seen_at", "backfill")
    told: dict[str, BindParameter[object]] = {name: bindparam(f"new_{name}") for name in rows[0] if name not in fixed}
    key = (columns.feed_id == bindparam("its_feed")) & (columns.guid == bindparam("its_guid"))
    values = [
        {"its_feed": row["feed_id"], "its_guid": row["guid"], **{f"new_{name}": row[name] for name in told}}
        for row in rows
    ]
    connection.execute(update(tables.entries).where(key).values(**told, cleared_at=None), values)


def _rows(connection: Connection, keys: Sequence[_Key]) -> dict[_Key, _Found]:
    """What the store knows of entries beside what they say."""
    columns = tables.entries.c
    found: dict[_Key, _Found] = {}
    for part in chunks(keys, _KEYS):
        statement = select(
            columns.feed_id, columns.guid, columns.id, columns.content_hash, columns.first_seen_at, columns.backfill
        ).where(tuple_(columns.feed_id, columns.guid).in_(part))
        found |= {(row.feed_id, row.guid): row for row in connection.execute(statement)}
    return found


def _stored_in(row: RowMapping) -> StoredEntry:
    return StoredEntry(
        row["id"], row["feed_id"], entry_in(row), row["content_hash"], row["first_seen_at"], row["backfill"]
    )


def entry_in(row: RowMapping) -> Entry:
    """Read an entry back from its row."""
    return Entry(
        guid=row["guid"],
        title=row["title"],
        summary=row["summary"],
        stated_on=row["stated_on"],
        language=row["language"],
        link=row["link"],
        published=row["published_at"],
        updated=row["updated_at"],
        publisher=row["publisher"],
        tier=Tier(row["tier"]),
    )
