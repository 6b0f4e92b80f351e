"""What the `milestone` commands show: what was derived, what changed, and the list."""

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from evtimeline.cli.terminal import Cell, Column, Screen, Style, safe, table
from evtimeline.core.claims import Revision
from evtimeline.core.milestones import Milestone, Names, Timeline
from evtimeline.core.plans import Difference
from evtimeline.documents.drafting import derived

if TYPE_CHECKING:
    from evtimeline.jobs.settling import Moved
    from evtimeline.store.standings import StoredStanding


def described(timeline: Timeline, added: Milestone) -> Iterator[str]:
    """What was added, and what was derived for it."""
    said = derived(added.titles)
    entity = next((e.names for e in timeline.entities if e.key == added.subject), None)
    names = added.subject if isinstance(added.subject, Names) else entity or said.names
    window = added.promise.window
    yield f"added {added.key} to the timeline {timeline.key}: {safe(next(iter(added.titles.values())))}"
    yield f"  kind     {added.kind}"
    yield f"  names    {', '.join(names.names)}"
    if names.exclusions:
        yield f"  not      {', '.join(names.exclusions)}"
    if added.parties or said.parties:
        yield f"  parties  {', '.join(added.parties or said.parties)}"
    yield f"  window   {window.display if window else f'none yet: evtimeline milestone edit {added.key} --when DATE'}"


def changed(milestone: Milestone, changes: Sequence[Difference]) -> Iterator[str]:
    """What became different in a milestone, a line a field."""
    for change in (change for difference in changes for change in difference.changes):
        yield f"{milestone.key}: {change.field}  {safe(change.old or '(nothing)')} → {safe(change.new or '(nothing)')}"


def moved_lines(milestone: Milestone, moved: "Sequence[Moved]") -> Iterator[str]:
    """What a person's claim changed in what stands."""
    if not moved:
        yield f"{milestone.key}: noted in the ledger; what stands has not changed"
    for one in moved:
        yield f"{milestone.key}: {_revision(one.revision)}"


def _revision(revision: Revision) -> str:
    old = revision.old.display if revision.old else ""
    new = revision.new.display if revision.new else ""
    days = f" ({revision.days_last:+d} days)" if revision.days_last else ""
    return f"{revision.kind} {old + ' → ' if old and old != new else ''}{new}{days}".rstrip()


def as_json(rows: "Sequence[StoredStanding]") -> str:
    """The milestones for programs; `version` grows when a field changes its meaning."""
    return json.dumps({"version": 1, "milestones": [_record(row) for row in rows]}, ensure_ascii=False, indent=1)


def _record(row: "StoredStanding") -> dict[str, object]:
    milestone, standing = row.milestone.milestone, row.standing
    return {
        "timeline": row.milestone.timeline_key,
        "milestone": milestone.key,
        "title": dict(milestone.titles),
        "kind": str(milestone.kind),
        "first": milestone.promise.window.edtf if milestone.promise.window else None,
        "window": standing.window.edtf if standing.window else None,
        "outcome": standing.outcome.value,
    }


def listed(rows: "Sequence[StoredStanding]", language: str, screen: Screen) -> list[str]:
    """The table of `milestone list`."""
    columns = (
        Column("key", 12, yields=1),
        Column("kind", 8, yields=3, optional=True),
        Column("promised", 7),
        Column("stands", 7),
        Column("title", 12, yields=2),
    )
    return table(columns, [_cells(row, language) for row in rows], screen)


def _cells(row: "StoredStanding", language: str) -> tuple[Cell, ...]:
    milestone, standing = row.milestone.milestone, row.standing
    first, stands = milestone.promise.window, standing.window
    outcome = standing.outcome.value
    shown = stands.display if stands else "-"
    return (
        Cell(milestone.key),
        Cell(str(milestone.kind), Style.FAINT),
        Cell(first.display if first else "-"),
        Cell(shown if outcome == "open" else f"{outcome} {shown}"),
        Cell(safe(milestone.title(language))),
    )
