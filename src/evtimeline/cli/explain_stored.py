"""`evtimeline explain --stored`: what the present rules would change in the ledger, and the change itself."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from evtimeline.cli import Invocation
from evtimeline.cli.terminal import Screen, Style, safe, this_screen, wrap
from evtimeline.cli.words import text, window_text, word
from evtimeline.core.claims import Claim, Stance, Verdict

if TYPE_CHECKING:
    from evtimeline.jobs.reading import Learned
    from evtimeline.jobs.rereading import Difference, Rereading

_INDENT = "    "


def reread_stored(invocation: Invocation, since: str | None, timeline: str | None, apply: bool, as_json: bool) -> None:
    """Read what is stored anew, say what would change, and with `apply` change it."""
    from evtimeline.app import open_app
    from evtimeline.core.phrases import parse_window
    from evtimeline.jobs import rereading

    with open_app(invocation.home, invocation.language) as app:
        day = parse_window(since, app.now.date()).earliest if since else None
        found = rereading.reread(app.engine, app.now, day, timeline)
        learned = rereading.apply(app.engine, found, app.now) if apply and found.differences else None
        lines = _json(found, learned) if as_json else _shown(found, apply, learned, app.language, this_screen())
        for line in lines:
            click.echo(line)


def _shown(found: "Rereading", apply: bool, learned: "Learned | None", language: str, screen: Screen) -> Iterator[str]:
    for one in found.differences:
        yield from _difference(one, language, screen)
    counts = Counter(one.change for one in found.differences)
    if not counts:
        yield text("reread alike", language, n=found.read)
        return
    told = text("comma", language).join(
        text("counted", language, n=number, word=text(f"change {change.value}", language))
        for change, number in counts.items()
    )
    yield text("reread", language, n=found.read, told=told)
    yield from wrap(text("reread applied" if apply else "reread not applied", language), screen.width)
    for moved in learned.moved if learned else ():
        title = safe(moved.milestone.milestone.title(language))
        yield f"{title}: {word(moved.revision.kind.value, language)} {window_text(moved.revision.new)}"


def _difference(one: "Difference", language: str, screen: Screen) -> Iterator[str]:
    entry = one.entry.entry
    change = text(f"change {one.change.value}", language)
    head = f"{change}  {'/'.join(one.ref)}  {entry.stated_on}  {safe(entry.publisher)}"
    yield from (screen.paint(line, Style.NEWS) for line in wrap(head, screen.width))
    yield from (_INDENT + line for line in wrap(safe(entry.title), screen.width - len(_INDENT)))
    old = f"#{one.old.id} {_said(one.old, language)}" if one.old else ""
    new = f"{_said(one.new, language)} · {word((one.verdict or Verdict.PENDING).value, language)}" if one.new else ""
    yield from (_INDENT + line for line in wrap(" → ".join(filter(None, (old, new))), screen.width - len(_INDENT)))
    if one.new:
        because = text("because", language, reasons="; ".join(map(safe, one.new.reasons)))
        yield from (screen.paint(_INDENT + line, Style.FAINT) for line in wrap(because, screen.width - len(_INDENT)))
    yield ""


def _said(claim: Claim, language: str) -> str:
    stance = "" if claim.stance is Stance.ASSERTED else f" ({word(claim.stance.value, language)})"
    return f"{word(claim.signal.value, language)}{stance} {window_text(claim.window)}"


def _json(found: "Rereading", learned: "Learned | None") -> Iterator[str]:
    for one in found.differences:
        entry = one.entry.entry
        record = {
            "change": one.change.value,
            "timeline": one.ref[0],
            "milestone": one.ref[1],
            "entry": entry.guid,
            "title": entry.title,
            "publisher": entry.publisher,
            "stated_on": entry.stated_on.isoformat(),
            "old": _record(one.old),
            "new": _record(one.new),
            "verdict": one.verdict.value if one.verdict else None,
            "applied": learned is not None,
        }
        yield json.dumps(record, ensure_ascii=False)


def _record(claim: Claim | None) -> dict[str, object] | None:
    if claim is None:
        return None
    return {
        "claim": claim.id or None,
        "signal": claim.signal.value,
        "stance": claim.stance.value,
        "window": claim.window.edtf if claim.window else None,
        "score": claim.score,
        "quote": claim.quote.text if claim.quote else None,
        "reasons": list(claim.reasons),
    }
