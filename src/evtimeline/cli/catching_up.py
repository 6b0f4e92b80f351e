"""What was stored before a milestone was followed is read for it, and the finds are told."""

from collections.abc import Sequence

import click

from evtimeline.app import App
from evtimeline.core.milestones import Timeline
from evtimeline.core.plans import Difference, to_be_reread


def catch_up_with(app: App, timeline: Timeline, differences: Sequence[Difference]) -> None:
    """Read the entries that are stored already for milestones that are new or named anew, and say what that found."""
    from evtimeline.jobs.reading import catch_up

    learned = catch_up(app.engine, timeline.key, to_be_reread(timeline, differences), app.now)
    if learned.accepted or learned.pending:
        waiting = f", {learned.pending} for `evtimeline review`" if learned.pending else ""
        click.echo(f"found in the entries that were stored before: {learned.accepted} claims{waiting}")
