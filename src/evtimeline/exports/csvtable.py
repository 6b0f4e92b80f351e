"""Milestones or claims as CSV (RFC 4180), in which no cell can be taken for a formula."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date

from evtimeline.core.letters import plain, web_link
from evtimeline.core.windows import Window
from evtimeline.exports.phrasing import title_of
from evtimeline.jobs.gallery import Gallery
from evtimeline.jobs.story import Said, Story

BOM = "\ufeff"
"""What tells Excel that a file is UTF-8."""

MILESTONES = (
    *("timeline", "key", "title", "kind", "status", "days_overdue"),
    *("first", "first_earliest", "first_latest", "stands", "earliest", "latest", "outcome", "outcome_on"),
    *("slip_first_days", "slip_last_days", "contested", "reporters", "claims", "pending"),
    *("last_stated_on", "last_publisher", "last_tier"),
)
CLAIMS = (
    *("timeline", "key", "title", "claim", "stated_on", "learned_at", "publisher", "tier", "origin"),
    *("signal", "stance", "window", "earliest", "latest", "verdict", "struck", "quote", "entry_title", "link"),
)
_LONGEST = 2_000  # cells of a text
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")

Cell = str | int | None


def milestones_table(gallery: Gallery, language: str) -> str:
    """One row a milestone under the names of `MILESTONES`; dates are ISO 8601, windows EDTF, unknown cells empty."""
    return _table(MILESTONES, (_milestone(story, language) for story in gallery.stories))


def claims_table(gallery: Gallery, language: str) -> str:
    """One row a claim under the names of `CLAIMS`, the first stated first within each milestone."""
    rows = (_claim(said, story, language) for story in gallery.stories for said in story.ledger)
    return _table(CLAIMS, rows)


def _table(names: Sequence[str], rows: Iterator[Sequence[Cell]]) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return written.getvalue()


def _guarded(cell: Cell) -> Cell:
    """A text that a spreadsheet would run as a formula, behind an apostrophe, which makes it text again."""
    if isinstance(cell, str) and cell.lstrip(" \u3000").startswith(_FORMULA):
        return f"'{cell}"
    return cell


def _milestone(story: Story, language: str) -> Sequence[Cell]:
    standing, last = story.standing, story.standing.last
    first, stands = standing.first, standing.window
    return (
        *_names(story, language),
        str(story.stored.milestone.kind),
        story.status.status.value,
        story.status.days_overdue,
        *_window(first),
        *_window(stands),
        standing.outcome.value,
        _day(standing.outcome_on),
        standing.slip_first,
        standing.slip_last,
        " | ".join(window.edtf for window in standing.contested),
        " | ".join(plain(name, _LONGEST) for name in standing.reporters),
        standing.claims,
        standing.pending,
        _day(last.stated_on) if last else None,
        plain(last.publisher, _LONGEST) if last else None,
        last.tier.value if last else None,
    )


def _claim(said: Said, story: Story, language: str) -> Sequence[Cell]:
    claim = said.claim
    return (
        *_names(story, language),
        claim.id,
        _day(claim.stated_on),
        claim.learned_at.isoformat(timespec="seconds"),
        plain(claim.publisher, _LONGEST),
        claim.tier.value,
        claim.origin.value,
        claim.signal.value,
        claim.stance.value,
        *_window(claim.window),
        said.verdict.value,
        "yes" if claim.id in story.standing.struck else "no",
        plain(claim.quote.text if claim.quote else None, _LONGEST),
        plain(claim.title, _LONGEST),
        web_link(claim.link),
    )


def _names(story: Story, language: str) -> Sequence[str]:
    return (*story.stored.ref, title_of(story.stored.milestone, language))


def _window(window: Window | None) -> Sequence[Cell]:
    """EDTF, first and last day; an open side is empty."""
    return (window.edtf, _day(window.earliest), _day(window.latest)) if window else (None, None, None)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
