"""Entries, one row per feed and guid; what is known and unchanged costs one lookup and no write."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BindParameter, Connection, RowMapping, bindparam, func, select, update

from evtimeline.core.claims import Tier
from evtimeline.core.entries import Entry
from evtimeline.store import tables
from evtimeline.store.batches import chunks, insert_new


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


def known(connection: Connection, feed_id: int, guids: Iterable[str]) -> Mapping[str, str]:
    """Map those of `guids` that the feed brought before to their content hashes."""
    columns = tables.entries.c
    found: dict[str, str] = {}
    for part in chunks(list(dict.fromkeys(guids))):
        statement = select(columns.guid, columns.content_hash)
        rows = connection.execute(statement.where(columns.feed_id == feed_id, columns.guid.in_(part)))
        found |= {row.guid: row.content_hash for row in rows}
    return found


def add(
    connection: Connection,
    feed_id: int,
    entries: Iterable[Entry],
    now: datetime,
    backfill: bool,
    since: datetime | None = None,
) -> tuple[StoredEntry, ...]:
    """Store the entries of one poll; returns those that are new or say something else than before, in their order.

    `backfill` says that this is the feed's first poll. Later `since`, the time of the first poll, marks entries
    published before it as backfill too. Of entries with the same guid the first one counts.
    """
    unique: dict[str, Entry] = {}
    for entry in entries:
        unique.setdefault(entry.guid, entry)
    hashes = {guid: content_hash(entry) for guid, entry in unique.items()}
    before = known(connection, feed_id, unique)
    told = [entry for guid, entry in unique.items() if before.get(guid) != hashes[guid]]
    if not told:
        return ()
    rows = [_cells(entry, feed_id, hashes[entry.guid], now, _is_old(entry, backfill, since)) for entry in told]
    _update(connection, [row for row in rows if row["guid"] in before])
    _insert(connection, [row for row in rows if row["guid"] not in before])
    marks = _marks(connection, feed_id, [entry.guid for entry in told])
    return tuple(
        StoredEntry(number, feed_id, entry, hashes[entry.guid], first_seen_at, old, changed=entry.guid in before)
        for entry in told
        for number, first_seen_at, old in (marks[entry.guid],)
    )


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


def _is_old(entry: Entry, backfill: bool, since: datetime | None) -> bool:
    return backfill or (since is not None and entry.published is not None and entry.published < since)


def _cells(entry: Entry, feed_id: int, fingerprint: str, now: datetime, backfill: bool) -> dict[str, object]:
    return {
        "feed_id": feed_id,
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
        "backfill": backfill,
    }


def _insert(connection: Connection, rows: Sequence[dict[str, object]]) -> None:
    if rows:
        connection.execute(insert_new(connection, tables.entries), rows)


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


def _marks(connection: Connection, feed_id: int, guids: Sequence[str]) -> Mapping[str, tuple[int, datetime, bool]]:
    """Map guids to what only the store knows: the number, when first seen, and whether that was backfill."""
    columns = tables.entries.c
    found: dict[str, tuple[int, datetime, bool]] = {}
    for part in chunks(guids):
        statement = select(columns.guid, columns.id, columns.first_seen_at, columns.backfill)
        rows = connection.execute(statement.where(columns.feed_id == feed_id, columns.guid.in_(part)))
        found |= {guid: (number, first_seen_at, backfill) for guid, number, first_seen_at, backfill in rows}
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
