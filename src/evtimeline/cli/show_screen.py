"""The screen of `evtimeline show`: what stands, how it came to that, and the words of every claim."""

from collections.abc import Iterator, Sequence

from evtimeline.cli.status_screen import stands_text, status_style, status_text
from evtimeline.cli.terminal import Cell, Column, Screen, Style, cells, pad, safe, table, truncate, wrap
from evtimeline.cli.words import NOTHING, days_text, text, window_text, word
from evtimeline.core.claims import Claim, Origin, Stance, Verdict
from evtimeline.core.standing import Evidence
from evtimeline.jobs.story import Said, Story

INDENT = "    "
MARKS = {
    Verdict.ACCEPTED: ("✓", Style.GOOD),
    Verdict.PENDING: ("?", Style.WARNING),
    Verdict.REJECTED: ("✗", Style.FAINT),
}


def render(story: Story, language: str, screen: Screen, reasons: bool = False) -> Iterator[str]:
    """The lines of the screen, none wider than it but for links; with `reasons` the words by which claims were read."""
    yield from _head(story, language, screen)
    yield ""
    yield from _changes(story, language, screen)
    yield ""
    yield from _ledger(story, language, screen, reasons)


def _head(story: Story, language: str, screen: Screen) -> Iterator[str]:
    title = safe(story.stored.milestone.title(language))
    ref = "/".join(story.stored.ref)
    for line in wrap(title, screen.width):
        yield screen.paint(line, Style.STRONG)
    status = status_text(story.status, language)
    yield f"{screen.paint(truncate(status, screen.width), status_style(story.status))}"
    if story.as_of:
        yield text("as of", language, day=story.as_of)
    facts = [(text("key", language), ref), *_facts(story, language)]
    width = max(cells(name) for name, _ in facts)
    for name, fact in facts:
        first, *rest = wrap(fact, screen.width - width - 4) or [NOTHING]
        yield f"  {screen.paint(pad(name, width), Style.FAINT)}  {first}"
        yield from (" " * (width + 4) + line for line in rest)


def _facts(story: Story, language: str) -> Iterator[tuple[str, str]]:
    standing, milestone = story.standing, story.stored.milestone
    yield text("first promise", language), window_text(standing.first)
    yield text("now stands", language), _stands(story, language)
    moved = _moved(story, language)
    if moved:
        yield text("moved", language), moved
    if standing.reporters:
        yield text("reporters", language), text("comma", language).join(map(safe, standing.reporters))
    for name, said in (
        ("rivals", standing.rivals),
        ("challenges", standing.challenges),
        ("rumours", standing.rumours),
        ("forecasts", standing.forecasts),
    ):
        if said:
            yield text(name, language), "; ".join(_evidence(one, language) for one in said)
    if milestone.target:
        target = milestone.target
        yield text("target", language), safe(f"{target.comparator} {target.value} {target.unit}")
    if milestone.note:
        yield text("note", language), safe(milestone.note)


def _stands(story: Story, language: str) -> str:
    holder = story.standing.holder
    shown = stands_text(story.standing)
    return f"{shown}  ({_evidence(holder, language)})" if holder else shown


def _moved(story: Story, language: str) -> str:
    standing = story.standing
    parts = []
    if standing.slip_first:
        parts.append(text("against first", language, days=days_text(standing.slip_first, language)))
    if standing.slip_last:
        parts.append(text("against last", language, days=days_text(standing.slip_last, language)))
    return text("comma", language).join(parts)


def _evidence(said: Evidence, language: str) -> str:
    window = f" {said.window.display}" if said.window else ""
    who = f"{safe(said.publisher)} {said.stated_on}".lstrip()
    return f"{who}: {word(said.signal.value, language)}{window}"


def _publisher(claim: Claim, language: str) -> str:
    return safe(claim.publisher or claim.title or "") or text("nobody", language)


def _changes(story: Story, language: str, screen: Screen) -> Iterator[str]:
    if not story.revisions:
        yield screen.paint(text("no changes", language), Style.FAINT)
        return
    yield screen.paint(text("changes", language), Style.STRONG)
    columns = (Column("", 10), Column("", 8, 1), Column("", 12, 2), Column("", 6, 3, True), Column("", 8, 4, True))
    rows = []
    for revision in story.revisions:
        cause = story.claim(revision.claim_id)
        old, new = window_text(revision.old), window_text(revision.new)
        rows.append(
            (
                Cell(f"{revision.happened_at:%Y-%m-%d}"),
                Cell(word(revision.kind.value, language), Style.NEWS),
                Cell(new if old in (new, NOTHING) else f"{old} → {new}"),
                Cell(days_text(revision.days_last, language) if revision.days_last else ""),
                Cell(_publisher(cause, language) if cause else "", Style.FAINT),
            )
        )
    yield from (f"  {line}" for line in table(columns, rows, Screen(screen.width - 2, screen.colour))[1:])


def _ledger(story: Story, language: str, screen: Screen, reasons: bool) -> Iterator[str]:
    if not story.ledger:
        yield from wrap(text("no claims", language), screen.width)
        return
    count = len(story.ledger)
    yield screen.paint(text("one claim" if count == 1 else "ledger", language, n=count), Style.STRONG)
    columns = (Column("", 1), Column("", 10), Column("", 14, 2), Column("", 8, 1), Column("", 10))
    lines = table(columns, [_claim_row(said, language) for said in story.ledger], screen)[1:]
    for line, said in zip(lines, story.ledger, strict=True):
        yield line
        for detail, style in _details(said, story, language, reasons):
            width = screen.width - len(INDENT)
            pieces = [detail] if detail == said.claim.link else wrap(detail, width)
            yield from (INDENT + screen.paint(piece, style) for piece in pieces)


def _claim_row(said: Said, language: str) -> Sequence[Cell]:
    claim = said.claim
    symbol, style = MARKS[said.verdict]
    stance = "" if claim.stance is Stance.ASSERTED else f", {word(claim.stance.value, language)}"
    return (
        Cell(symbol, style),
        Cell(claim.stated_on.isoformat()),
        Cell(_publisher(claim, language)),
        Cell(word(claim.signal.value, language) + stance, Style.NEWS),
        Cell(window_text(claim.window)),
    )


def _details(said: Said, story: Story, language: str, reasons: bool) -> Iterator[tuple[str, Style]]:
    claim = said.claim
    if claim.quote and claim.quote.text:
        yield f"“{safe(claim.quote.text)}”", Style.PLAIN
    if claim.title and claim.publisher and not (claim.quote and claim.title == claim.quote.text):
        yield safe(claim.title), Style.FAINT
    yield _verdict(said, story, language), MARKS[said.verdict][1] if said.verdict is Verdict.PENDING else Style.FAINT
    if reasons and claim.reasons:
        yield text("because", language, reasons="; ".join(map(safe, claim.reasons))), Style.FAINT
    if claim.link:
        yield safe(claim.link), Style.FAINT


def _verdict(said: Said, story: Story, language: str) -> str:
    """Which claim, from whom, whether it counts, who decided and why; when it was learned, where that was later."""
    claim = said.claim
    tier = claim.tier if claim.origin is not Origin.PERSON else claim.origin
    shown = word(said.verdict.value, language)
    if said.decisions:
        last = said.decisions[-1]
        shown = text("by", language, verdict=shown, who=safe(last.decided_by))
        shown += f": {safe(last.why)}" if last.why else ""
    parts = [f"#{claim.id}", word(tier.value, language), shown]
    if claim.id in story.standing.struck:
        parts.append(text("struck", language))
    parts += _told(claim, story, language)
    if claim.learned_at.date() > claim.stated_on:
        parts.append(text("learned", language, day=claim.learned_at.date()))
    return " · ".join(parts)


def _told(claim: Claim, story: Story, language: str) -> Iterator[str]:
    """What a claim copies or tells again; of the first of a story, who else reports it."""
    if claim.id not in story.told:
        return
    event, telling = story.told[claim.id]
    if telling.of:
        yield text("copy", language, id=telling.of.id)
    elif claim.id != event.first.id:
        yield text("same story", language, id=event.first.id)
    elif event.others:
        yield text("also", language, names=text("comma", language).join(map(safe, event.others)))
