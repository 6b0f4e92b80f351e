"""Milestones as a calendar (RFC 5545): all-day events as wide as their windows, tentative until they are done."""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from evtimeline.core.letters import web_link
from evtimeline.core.standing import Outcome
from evtimeline.core.status import MarkKind, mark_text
from evtimeline.core.windows import Window
from evtimeline.exports.phrasing import facts_of, name_of, proof_of, title_of
from evtimeline.jobs.gallery import Gallery
from evtimeline.jobs.story import Story

DOMAIN = "evtimeline.github.io"
"""The right side of every UID, so that no other program's events are taken for ours."""

_ENDING = ("Cc", "Cs", "Zl", "Zp")  # control characters, and what some clients take for the end of a line
_OCTETS = 75  # of a line without its end, RFC 5545 section 3.1
_STATES = {Outcome.DONE: "CONFIRMED", Outcome.CANCELLED: "CANCELLED"}


def calendar(gallery: Gallery, language: str) -> str:
    """The dated milestones as an iCalendar object, lines folded and ended as the standard asks.

    An event keeps its UID for good; SEQUENCE is the number of revisions of what stands, DTSTAMP the time at which the
    ledger last grew. So the same ledger gives the same bytes, whatever day it is, and clients see what is newer.
    """
    zones = {timeline.zone for timeline in gallery.timelines}
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//evtimeline//evtimeline//EN",
        "CALSCALE:GREGORIAN",
        f"NAME:{_text(name_of(gallery, language, 'calendar'))}",
        f"X-WR-CALNAME:{_text(name_of(gallery, language, 'calendar'))}",
        *(f"X-WR-TIMEZONE:{_text(zone)}" for zone in zones if len(zones) == 1),
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    ]
    for story in gallery.stories:
        lines += _event(story, gallery.now, language)
    return "".join(map(_folded, (*lines, "END:VCALENDAR")))


def _event(story: Story, now: datetime, language: str) -> Iterator[str]:
    window = story.standing.window
    if window is None:
        return
    learned = f"{(story.standing.last_learned or now).astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield "BEGIN:VEVENT"
    yield f"UID:{_text('/'.join(story.stored.ref))}@{DOMAIN}"
    yield f"DTSTAMP:{learned}"
    yield f"LAST-MODIFIED:{learned}"
    yield f"SEQUENCE:{len(story.revisions)}"
    yield from _days(window)
    yield f"SUMMARY;LANGUAGE={language}:{_text(_summary(story, language))}"
    yield f"DESCRIPTION;LANGUAGE={language}:{_text_lines(facts_of(story, language))}"
    yield f"STATUS:{_STATES.get(story.standing.outcome, 'TENTATIVE')}"
    yield f"CATEGORIES:{_text(story.stored.timeline_key)}"
    yield "TRANSP:TRANSPARENT"
    proof = proof_of(story)
    link = web_link(proof.link) if proof else None
    if link:
        yield f"URL:{link}"
    yield f"X-EVTIMELINE-WINDOW:{_text(window.edtf)}"
    yield "END:VEVENT"


def _days(window: Window) -> Iterator[str]:
    """The days of the window, the end exclusive; of an open one its only end, and the summary says which it is."""
    first = window.earliest or window.latest
    assert first is not None  # a window is never open on both sides
    yield f"DTSTART;VALUE=DATE:{_day(first)}"
    if window.earliest and window.latest and window.latest < date.max:
        yield f"DTEND;VALUE=DATE:{_day(window.latest + timedelta(days=1))}"


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _summary(story: Story, language: str) -> str:
    """The title with what a bar in a calendar cannot show: done, reported, contested, no more than about a month."""
    standing = story.standing
    title = title_of(story.stored.milestone, language)
    if standing.outcome is Outcome.DONE:
        return f"✓ {title}"
    if standing.outcome is Outcome.CANCELLED:
        return f"✗ {title}"
    marks = [mark_text(mark, language) for mark in story.status.marks if mark.kind in _SHOWN]
    window = standing.window
    shown = window.display if window and window.days != 1 else ""
    beside = " · ".join(part for part in (shown, *marks) if part)
    return f"{title} ({beside})" if beside else title


_SHOWN = (MarkKind.REPORTED, MarkKind.CONTESTED, MarkKind.DELAYED)


def _text(text: str) -> str:
    """A text of one line as a TEXT value (section 3.3.11); what could end the line is taken out."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "".join(character for character in escaped if unicodedata.category(character) not in _ENDING)


def _text_lines(lines: Iterable[str]) -> str:
    return "\\n".join(_text(line) for line in lines if line)


def _folded(line: str) -> str:
    """Fold a content line so that no part has more than 75 octets, never inside of a character."""
    parts, size = [""], 0
    for character in line:
        octets = len(character.encode("utf-8", "replace"))
        if size + octets > _OCTETS:
            parts.append(" ")
            size = 1
        parts[-1] += character
        size += octets
    return "\r\n".join(parts) + "\r\n"
