"""`evtimeline poll`: fetch the feeds that are due, read what they say, and tell what it changed."""

import json
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from evtimeline.app import make_world, open_app
from evtimeline.cli import Invocation
from evtimeline.cli.terminal import Style, safe, this_screen, truncate
from evtimeline.cli.words import text, window_text, word
from evtimeline.errors import UnknownKeyError

if TYPE_CHECKING:
    from evtimeline.feeds.catalogue import Feed
    from evtimeline.jobs.poll import Polled
    from evtimeline.jobs.settling import Moved

SOME_FAILED = 3
"""The exit code when some feeds failed."""


@click.command(short_help="Fetch the feeds that are due and read what they say.")
@click.option("--all", "everything", is_flag=True, help="Poll every feed, due or not.")
@click.option("--feed", "names", metavar="FEED", multiple=True, help="Poll this one: its address or its title.")
@click.option("--dry-run", is_flag=True, help="Fetch and read, but store nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a feed and line, as they finish.")
@click.pass_obj
def poll(invocation: Invocation, everything: bool, names: tuple[str, ...], dry_run: bool, as_json: bool) -> int:
    """Fetch the feeds that are due, store their entries, and read what those say of your milestones.

    A feed's first poll only fills the ledger. Exit code 3 says that some feeds failed; the others were polled.
    """
    from evtimeline.feeds.catalogue import load_catalogue
    from evtimeline.jobs.claiming import count_due, list_feeds
    from evtimeline.jobs.poll import choose
    from evtimeline.jobs.poll import poll as run_poll

    with open_app(invocation.home, invocation.language) as app:
        catalogue = [feed for feed in load_catalogue(app.workspace.catalogue_file) if feed.enabled]
        wanted = _named(catalogue, names) if names else catalogue
        everything = everything or bool(names)
        if not dry_run:
            list_feeds(app.engine, catalogue, app.now)
        total = len(wanted) if everything else count_due(app.engine, app.now)
        world = make_world(app, keep=not dry_run)
        polled = run_poll(choose(world, wanted, everything=everything), world)
        if as_json:
            done = [_say_json(one) for one in polled]
        else:
            done = list(_watched(polled, total))
            _summarise(done, len(catalogue), app.language, dry_run)
    return SOME_FAILED if any(one.error for one in done) else 0


def _named(catalogue: "Sequence[Feed]", names: Sequence[str]) -> "list[Feed]":
    """The feeds that a person named by address, title or publisher; raises UnknownKeyError for a name of none."""
    chosen: list[Feed] = []
    for name in names:
        found = [feed for feed in catalogue if name in (feed.url, feed.title, feed.publisher)]
        if not found:
            raise UnknownKeyError(f"feeds.yaml has no enabled feed {safe(name)!r}: `evtimeline feed list` shows all")
        chosen += [feed for feed in found if feed not in chosen]
    return chosen


def _watched(polled: "Iterator[Polled]", total: int) -> "Iterator[Polled]":
    """Pass the results on; a terminal sees how far it is, and each failure is told at once."""
    screen, progress = this_screen(), sys.stderr.isatty()
    for number, one in enumerate(polled, start=1):
        if progress:
            click.echo("\r\x1b[K", nl=False, err=True)
        for sentence in (one.error, *one.warnings):
            if sentence:
                click.echo(f"{safe(one.feed.name)}: {safe(sentence)}", err=True)
        if progress and number < total:
            line = truncate(f"{number}/{total} {safe(one.feed.name)}", screen.width - 1)
            click.echo(line, nl=False, err=True)
        yield one


def _summarise(done: "Sequence[Polled]", feeds: int, language: str, rehearsal: bool) -> None:
    screen = this_screen()
    if not done:
        click.echo(text("nothing due" if feeds else "no feeds", language))
        return
    for one in done:
        for moved in one.moved:
            if not moved.revision.backfill:
                click.echo(truncate(_moved(moved, language), screen.width))
    counted = text(
        "polled feeds",
        language,
        feeds=len(done),
        new=sum(one.new_entries for one in done),
        claims=sum(one.accepted for one in done),
        pending=sum(one.pending for one in done),
        failed=sum(one.error is not None for one in done),
    )
    click.echo(counted)
    if rehearsal:
        click.echo(screen.paint(text("rehearsed", language), Style.FAINT))


def _moved(moved: "Moved", language: str) -> str:
    revision, title = moved.revision, safe(moved.milestone.milestone.title(language))
    old, new = window_text(revision.old), window_text(revision.new)
    days = f" ({revision.days_last:+d}d)" if revision.days_last else ""
    change = new if revision.old in (None, revision.new) else f"{old} → {new}{days}"
    return f"{title}: {word(revision.kind.value, language)} {change}"


def _say_json(one: "Polled") -> "Polled":
    from evtimeline.feeds.urls import shown

    record = {
        "feed": shown(one.feed.url),
        "title": one.feed.name,
        "new_entries": one.new_entries,
        "accepted": one.accepted,
        "pending": one.pending,
        "unchanged": one.unchanged,
        "error": one.error,
        "warnings": list(one.warnings),
        "changes": [_change(moved) for moved in one.moved],
    }
    click.echo(json.dumps(record, ensure_ascii=False))
    return one


def _change(moved: "Moved") -> dict[str, object]:
    revision, (timeline, key) = moved.revision, moved.milestone.ref
    return {
        "timeline": timeline,
        "milestone": key,
        "kind": revision.kind.value,
        "old": revision.old.edtf if revision.old else None,
        "new": revision.new.edtf if revision.new else None,
        "days": revision.days_last,
        "backfill": revision.backfill,
    }
