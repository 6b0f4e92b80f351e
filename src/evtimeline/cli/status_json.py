"""`evtimeline status --json`: the overview for programs, as docs/status-json.md describes it."""

import json

from evtimeline.exports.values_json import (
    VERSION,
    Json,
    day_json,
    instant_json,
    milestone_json,
    revision_json,
    standing_json,
    status_json,
    window_json,
)
from evtimeline.jobs.overview import Overview


def dump(overview: Overview) -> str:
    """The whole overview as a JSON document."""
    return json.dumps(overview_json(overview), ensure_ascii=False, indent=2)


def overview_json(overview: Overview) -> dict[str, Json]:
    """The overview as the values that JSON knows."""
    return {
        "version": VERSION,
        "generated_at": instant_json(overview.now),
        "as_of": day_json(overview.as_of),
        "polled_at": instant_json(overview.polled_at),
        "pending": overview.pending,
        "hidden": overview.hidden,
        "milestones": [
            {**milestone_json(row.stored), **status_json(row.status), **standing_json(row.standing)}
            for row in overview.rows
        ],
        "changed_since": instant_json(overview.changed_since),
        "more_changes": overview.more_changes,
        "changes": [
            {
                "timeline": change.stored.timeline_key,
                "key": change.stored.milestone.key,
                "old": window_json(change.old),
                "new": window_json(change.new),
                "revisions": [revision_json(revision) for revision in change.revisions],
            }
            for change in overview.changes
        ],
        "broken_feeds": [
            {
                "url": feed.url,
                "title": feed.title,
                "state": feed.state,
                "error": feed.error,
                "succeeded_at": instant_json(feed.succeeded_at),
            }
            for feed in overview.broken
        ],
        "undelivered": overview.alarms.dead,
        "unsent_since": instant_json(overview.alarms.unsent_since),
        "daemon_lost_at": instant_json(overview.alarms.daemon_lost_at),
    }
