"""The screen of `evtimeline timeline KEY`: every claim about one milestone, the day of saying and the window said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from evtimeline.cli.drawing import Canvas, Glyphs, legend, ruler
from evtimeline.cli.status_screen import status_style, status_text
from evtimeline.cli.terminal import Screen, Style, cells, pad, safe, truncate, wrap
from evtimeline.cli.words import text, window_text, word
from evtimeline.core.charts import Axis, axis_around
from evtimeline.core.claims import Signal, Stance, Verdict
from evtimeline.core.status import Status
from evtimeline.core.tracks import is_baseline
from evtimeline.core.windows import Window
from evtimeline.jobs.story import Said, Story

GAP = 2
MOST = 40  # claims that are shown without --all
LEAST = 16


@dataclass(frozen=True)
class Sign:
    """How the window of a claim is drawn, and what that means."""

    glyph: str
    style: Style
    meaning: str


def render(
    story: Story, ends: tuple[date | None, date | None], everything: bool, language: str, screen: Screen, glyphs: Glyphs
) -> Iterator[str]:
    """The lines of the screen, none wider than it; `ends` are the first and last day asked for."""
    for line in wrap(safe(story.stored.milestone.title(language)), screen.width):
        yield screen.paint(line, Style.STRONG)
    status = truncate(status_text(story.status, language), screen.width)
    yield screen.paint(glyphs.text(status), status_style(story.status))
    yield ""
    ledger = story.ledger if everything else story.ledger[-MOST:]
    if not ledger:
        yield from wrap(text("no claims", language), screen.width)
        return
    if len(ledger) < len(story.ledger):
        yield screen.paint(text("earlier claims", language, n=len(story.ledger) - len(ledger)), Style.FAINT)
    yield from _picture(story, ledger, ends, language, screen, glyphs)


def _picture(
    story: Story,
    ledger: Sequence[Said],
    ends: tuple[date | None, date | None],
    language: str,
    screen: Screen,
    glyphs: Glyphs,
) -> Iterator[str]:
    axis = axis_around(_windows(ledger), [story.today, *(said.claim.stated_on for said in ledger)], *ends)
    left = [_left(said, screen, language) for said in ledger]
    right = [_right(said, language) for said in ledger]
    names = min(max(map(cells, left)), screen.width * 32 // 100)
    facts = min(max(map(cells, right)), screen.width * 24 // 100) if screen.width >= 60 else 0
    width = max(LEAST, screen.width - names - GAP - (facts + GAP if facts else 0))
    today = axis.begin(story.today) if axis.holds(story.today) else None
    for line in ruler(axis, width, today, glyphs, screen):
        yield (" " * (names + GAP) + line).rstrip()
    moved = {revision.claim_id for revision in story.revisions}
    signs = [_sign(said, story, moved, glyphs) for said in ledger]
    for said, sign, name, fact in zip(ledger, signs, left, right, strict=True):
        drawn = _drawn(said, sign, axis, today, width, glyphs).paint(screen)
        line = glyphs.text(pad(name, names)) + " " * GAP + drawn
        yield (line + (" " * GAP + glyphs.text(truncate(fact, facts)) if facts else "")).rstrip()
    yield ""
    yield from legend([*_meanings(signs, language), *_fixed(story, language, glyphs)], screen)


def _windows(ledger: Sequence[Said]) -> list[Window]:
    return [said.claim.window for said in ledger if said.claim.window]


def _left(said: Said, screen: Screen, language: str) -> str:
    claim = said.claim
    day = f"{claim.stated_on:%m-%d}" if screen.width < 80 else claim.stated_on.isoformat()
    return f"{day} {safe(claim.publisher or claim.title or '') or text('nobody', language)}"


def _right(said: Said, language: str) -> str:
    claim = said.claim
    stance = "" if claim.stance is Stance.ASSERTED else text("comma", language) + word(claim.stance.value, language)
    return f"{window_text(claim.window)} {word(claim.signal.value, language)}{stance}"


def _sign(said: Said, story: Story, moved: set[int], glyphs: Glyphs) -> Sign:
    """What a claim did to what stands decides how it is drawn."""
    claim = said.claim
    if said.verdict is not Verdict.ACCEPTED or claim.id in story.standing.struck or claim.stance is Stance.DENIED:
        return Sign(glyphs.ghost, Style.FAINT, "sign void")
    if claim.stance is Stance.RUMOUR:
        return Sign(glyphs.rumour, Style.WARNING, "sign rumour")
    if claim.stance in (Stance.FORECAST, Stance.CONDITIONAL):
        return Sign(glyphs.forecast, Style.NEWS, "sign forecast")
    if claim.signal is Signal.ACHIEVED:
        done = story.status.status is Status.DONE
        return Sign(glyphs.done if done else glyphs.reported, Style.GOOD, "sign done" if done else "sign reported")
    if claim.id in moved or is_baseline(claim):
        return Sign(glyphs.stands, status_style(story.status), "sign moved")
    return Sign(glyphs.other, Style.FAINT, "sign beside")


def _drawn(said: Said, sign: Sign, axis: Axis, today: float | None, width: int, glyphs: Glyphs) -> Canvas:
    canvas = Canvas(axis, width)
    if said.claim.window:
        canvas.bar(said.claim.window, sign.glyph, sign.style, (glyphs.past, glyphs.future))
    if today is not None:
        canvas.mark(today, glyphs.today, Style.NEWS)
    stated = said.claim.stated_on
    if axis.holds(stated) and not canvas.taken(axis.begin(stated), sign.glyph):
        canvas.mark(axis.begin(stated), glyphs.stated, Style.STRONG)
    return canvas


def _meanings(signs: Sequence[Sign], language: str) -> Iterator[tuple[str, Style, str]]:
    seen = dict.fromkeys((sign.glyph, sign.style, sign.meaning) for sign in signs)
    yield from ((glyph, style, text(meaning, language)) for glyph, style, meaning in seen)


def _fixed(story: Story, language: str, glyphs: Glyphs) -> Iterator[tuple[str, Style, str]]:
    yield glyphs.stated, Style.STRONG, text("sign stated", language)
    yield glyphs.today, Style.NEWS, text("sign today", language, day=story.today)
