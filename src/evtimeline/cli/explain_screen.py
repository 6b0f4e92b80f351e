"""How `explain` shows a reading to people: entry, what it says of which milestone and why, dates, near misses."""

from collections.abc import Iterator

from evtimeline.cli.terminal import Screen, Style, safe, wrap
from evtimeline.core.reading import ACCEPT_FROM, Finding, Reading

_INDENT = "  "


def lines_of(reading: Reading, screen: Screen, watched: int) -> Iterator[str]:
    """The lines for one entry, no wider than the screen; foreign text is made harmless."""
    entry = reading.entry
    yield from _paragraph(f"{entry.stated_on}  {entry.title}", "", screen, Style.STRONG)
    if not reading.findings:
        yield from _paragraph(f"none of {watched} milestones", _INDENT, screen, Style.FAINT)
    for finding in reading.findings:
        yield from _finding(finding, screen)
    for miss in reading.near_misses:
        yield from _paragraph(f"not {miss.ref[1]}: “{miss.seen}” {miss.why}", _INDENT, screen, Style.FAINT)
    if reading.dates:
        dates = ", ".join(f"“{one.found.text}” {one.found.window.edtf}" for one in reading.dates)
        yield from _paragraph(f"dates: {dates}", _INDENT, screen, Style.FAINT)
    yield ""


def _finding(finding: Finding, screen: Screen) -> Iterator[str]:
    window = f" {finding.window.display}" if finding.window else ""
    weight = "" if finding.score >= ACCEPT_FROM else ", waits for review"
    head = f"{finding.ref[1]}: {finding.signal}{window} ({finding.stance}, score {finding.score:.2f}{weight})"
    yield from _paragraph(head, _INDENT, screen, Style.NEWS)
    yield from _paragraph(f"“{finding.quote.text}”", _INDENT * 2, screen)
    yield from _paragraph("because " + "; ".join(finding.reasons), _INDENT * 2, screen, Style.FAINT)


def _paragraph(text: str, indent: str, screen: Screen, style: Style = Style.PLAIN) -> Iterator[str]:
    for line in wrap(safe(text), max(20, screen.width - len(indent))):
        yield indent + screen.paint(line, style)
