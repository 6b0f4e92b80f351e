"""`evtimeline show --json`: one milestone with its whole ledger for programs, as docs/status-json.md describes it."""

import json

from evtimeline.cli.values_json import (
    VERSION,
    Json,
    claim_json,
    day_json,
    instant_json,
    milestone_json,
    revision_json,
    standing_json,
    status_json,
)
from evtimeline.jobs.story import Story


def dump(story: Story) -> str:
    """The whole story as a JSON document."""
    return json.dumps(story_json(story), ensure_ascii=False, indent=2)


def story_json(story: Story) -> dict[str, Json]:
    """The story as the values that JSON knows."""
    return {
        "version": VERSION,
        "generated_at": instant_json(story.now),
        "as_of": day_json(story.as_of),
        "milestone": {
            **milestone_json(story.stored),
            **status_json(story.status),
            **standing_json(story.standing),
            "note": story.stored.milestone.note,
        },
        "revisions": [revision_json(revision) for revision in story.revisions],
        "ledger": [
            {
                **claim_json(said.claim, said.decisions),
                "verdict": said.verdict.value,
                "struck": said.claim.id in story.standing.struck,
            }
            for said in story.ledger
        ],
    }
