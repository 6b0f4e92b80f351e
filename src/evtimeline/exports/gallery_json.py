"""Whole timelines with their ledgers for programs, each milestone as docs/status-json.md describes it."""

import json

from evtimeline.exports.values_json import (
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
from evtimeline.jobs.gallery import Gallery
from evtimeline.jobs.story import Story


def dump_gallery(gallery: Gallery) -> str:
    """The timelines and every story as a JSON document."""
    timelines: list[Json] = [
        {"key": one.key, "titles": dict(one.titles), "zone": one.zone} for one in gallery.timelines
    ]
    document: dict[str, Json] = {
        "version": VERSION,
        "generated_at": instant_json(gallery.now),
        "timelines": timelines,
        "milestones": [story_json(story) for story in gallery.stories],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def dump_story(story: Story) -> str:
    """One milestone with its whole ledger as a JSON document."""
    head: dict[str, Json] = {
        "version": VERSION,
        "generated_at": instant_json(story.now),
        "as_of": day_json(story.as_of),
    }
    return json.dumps(head | story_json(story), ensure_ascii=False, indent=2)


def story_json(story: Story) -> dict[str, Json]:
    """The story as the values that JSON knows."""
    return {
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
