"""`evtimeline review`: the claims that the rules are not sure of, and a person's decisions on claims."""

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from evtimeline.app import App, open_app, read_user
from evtimeline.cli import Invocation
from evtimeline.cli.terminal import Screen, Style, safe, this_screen, truncate, wrap
from evtimeline.cli.words import text, window_text, word
from evtimeline.core.claims import Signal, Stance, Verdict
from evtimeline.errors import UsageError

if TYPE_CHECKING:
    from evtimeline.jobs.reviewing import Ruling
    from evtimeline.jobs.settling import Moved
    from evtimeline.store.claims import ReviewItem

WHY = click.option("--why", metavar="TEXT", help="A reason, kept with the decision.")
CLAIMS = click.argument("claims", metavar="CLAIM...", nargs=-1, required=True, type=int)


@click.group(invoke_without_command=True, short_help="Decide on the claims that the rules are not sure of.")
@click.option("--timeline", metavar="KEY", help="Only claims about milestones of this timeline.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="Show at most so many.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def review(context: click.Context, timeline: str | None, limit: int, as_json: bool) -> None:
    """List the claims that wait for a decision; the commands below decide, on these or on any claim of a ledger.

    CLAIM is the number that `review` and `show` print. Who decided and when is kept, and a decision can be
    taken back by another.
    """
    if context.invoked_subcommand:
        return
    from evtimeline.store import claims
    from evtimeline.store.engine import reading

    invocation = context.find_object(Invocation) or Invocation()
    with open_app(invocation.home, invocation.language) as app, reading(app.engine) as connection:
        waiting = claims.pending(connection, limit, timeline)
        total = claims.pending_count(connection, timeline)
        lines = [_as_json(waiting, total)] if as_json else _listed(waiting, total, app.language, this_screen())
        for line in lines:
            click.echo(line)


@review.command()
@CLAIMS
@WHY
@click.pass_obj
def accept(invocation: Invocation, claims: tuple[int, ...], why: str | None) -> None:
    """Let claims count."""
    _decide(invocation, claims, Verdict.ACCEPTED, why)


@review.command()
@CLAIMS
@WHY
@click.option("--exclude", metavar="PHRASE", help="And never match this milestone again where a text says PHRASE.")
@click.pass_obj
def reject(invocation: Invocation, claims: tuple[int, ...], why: str | None, exclude: str | None) -> None:
    """Let claims not count."""
    if exclude is None:
        _decide(invocation, claims, Verdict.REJECTED, why)
        _offer(invocation, claims)
        return
    if len(claims) != 1:
        raise UsageError("--exclude takes its phrase from one claim: give one CLAIM")
    from evtimeline.jobs.reviewing import exclude as run_exclude
    from evtimeline.store.engine import writing

    with open_app(invocation.home, invocation.language) as app, writing(app.engine) as connection:
        _say(run_exclude(connection, claims[0], exclude, _ruling(app, why)), app.language)


@review.command()
@click.argument("claim", metavar="CLAIM", type=int)
@click.option("--when", metavar="DATE", help="The date that the words give: 2025-06-26, 2025-Q3 ... or `none`.")
@click.option("--signal", type=click.Choice([one.value for one in Signal]), help="What the words say of it.")
@click.option("--stance", type=click.Choice([one.value for one in Stance]), help="How the publisher stands to it.")
@WHY
@click.pass_obj
def edit(
    invocation: Invocation, claim: int, when: str | None, signal: str | None, stance: str | None, why: str | None
) -> None:
    """Correct how a claim was read: it is rejected, and the corrected one takes its place in the ledger."""
    from evtimeline.core.phrases import parse_window
    from evtimeline.jobs.reviewing import Correction, correct
    from evtimeline.store.engine import writing

    if not (when or signal or stance):
        raise UsageError("nothing to correct: give --when, --signal or --stance")
    with open_app(invocation.home, invocation.language) as app, writing(app.engine) as connection:
        undated = when == "none"
        correction = Correction(
            signal=Signal(signal) if signal else None,
            stance=Stance(stance) if stance else None,
            window=parse_window(when, app.today(app.settings.zone)) if when and not undated else None,
            undated=undated,
        )
        _say(correct(connection, claim, correction, _ruling(app, why)), app.language)


def _decide(invocation: Invocation, numbers: Sequence[int], verdict: Verdict, why: str | None) -> None:
    from evtimeline.jobs.reviewing import decide
    from evtimeline.store.engine import writing

    with open_app(invocation.home, invocation.language) as app, writing(app.engine) as connection:
        _say(decide(connection, numbers, verdict, _ruling(app, why)), app.language)


def _offer(invocation: Invocation, numbers: Sequence[int]) -> None:
    """Say how to exclude what was mistaken for the milestone, where the words suggest a phrase."""
    import shlex

    from evtimeline.jobs.reviewing import likely_phrase
    from evtimeline.store import claims
    from evtimeline.store.engine import reading

    with open_app(invocation.home, invocation.language) as app, reading(app.engine) as connection:
        for number in numbers:
            phrase = likely_phrase(claims.get(connection, number).claim)
            if phrase:
                click.echo(text("exclude it", app.language, id=number, phrase=shlex.quote(safe(phrase))))


def _ruling(app: App, why: str | None) -> "Ruling":
    from evtimeline.jobs.reviewing import Ruling

    return Ruling(read_user(), app.now, why)


def _say(moved: "Sequence[Moved]", language: str) -> None:
    if not moved:
        click.echo(text("decided", language))
    for one in moved:
        title = safe(one.milestone.milestone.title(language))
        kind = word(one.revision.kind.value, language)
        click.echo(f"{title}: {kind} {window_text(one.revision.new)}")


def _listed(waiting: "Sequence[ReviewItem]", total: int, language: str, screen: Screen) -> Iterator[str]:
    """Every claim with its words and why it waits, then what can be typed."""
    if not waiting:
        yield text("nothing waits", language)
        return
    for item in waiting:
        yield from _item(item, language, screen)
        yield ""
    if total > len(waiting):
        yield screen.paint(text("more", language, n=total - len(waiting)), Style.FAINT)
    yield from wrap(text("review help", language, id=waiting[0].claim.claim.id), screen.width)


def _item(item: "ReviewItem", language: str, screen: Screen) -> Iterator[str]:
    claim = item.claim.claim
    title = safe(item.milestone.milestone.title(language))
    said = text("comma", language).join(
        (word(claim.signal.value, language), word(claim.stance.value, language), window_text(claim.window))
    )
    yield truncate(f"{screen.paint(f'#{claim.id}', Style.STRONG)}  {title}", screen.width + 8)
    yield truncate(f"    {said}", screen.width)
    if claim.quote:
        yield from (f"    {line}" for line in wrap(f"“{safe(claim.quote.text)}”", screen.width - 4))
    who = f"{safe(claim.publisher)} {claim.stated_on.isoformat()}  {safe(claim.link or '')}"
    yield screen.paint(truncate(f"    {who.rstrip()}", screen.width), Style.FAINT)
    yield screen.paint(truncate(f"    {item.decision.decided_by}", screen.width), Style.FAINT)
    if claim.reasons:
        because = text("because", language, reasons="; ".join(map(safe, claim.reasons)))
        yield from (screen.paint(f"    {line}", Style.FAINT) for line in wrap(because, screen.width - 4))


def _as_json(waiting: "Sequence[ReviewItem]", total: int) -> str:
    return json.dumps(
        {"version": 1, "total": total, "claims": list(map(_record, waiting))}, ensure_ascii=False, indent=1
    )


def _record(item: "ReviewItem") -> dict[str, object]:
    claim, (timeline, milestone) = item.claim.claim, item.milestone.ref
    return {
        "claim": claim.id,
        "timeline": timeline,
        "milestone": milestone,
        "signal": claim.signal.value,
        "stance": claim.stance.value,
        "window": claim.window.edtf if claim.window else None,
        "quote": claim.quote.text if claim.quote else None,
        "publisher": claim.publisher,
        "tier": claim.tier.value,
        "stated_on": claim.stated_on.isoformat(),
        "link": claim.link,
        "score": claim.score,
        "reasons": list(claim.reasons),
        "why": item.decision.decided_by,
    }
