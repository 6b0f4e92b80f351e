"""Dated milestones as the JSON that TimelineJS draws; what it takes for HTML is escaped here."""

import json
from collections.abc import Iterator
from datetime import date
from html import escape

from evtimeline.core.letters import web_link
from evtimeline.core.windows import Window
from evtimeline.exports.phrasing import facts_of, name_of, proof_of, title_of
from evtimeline.exports.values_json import Json
from evtimeline.jobs.gallery import Gallery
from evtimeline.jobs.story import Story


def slides(gallery: Gallery, language: str) -> str:
    """One slide a milestone that has a date, in the order of their first days."""
    dated = sorted((one for one in gallery.stories if one.standing.window), key=_first_day)
    title: Json = {"text": {"headline": escape(name_of(gallery, language, "milestones"))}}
    events = [_slide(story, window, language) for story in dated if (window := story.standing.window)]
    return json.dumps({"title": title, "events": events}, ensure_ascii=False, indent=2) + "\n"


def _first_day(story: Story) -> tuple[date, str]:
    window = story.standing.window
    return (window.earliest or window.latest or date.max) if window else date.max, story.stored.milestone.key


def _slide(story: Story, window: Window, language: str) -> dict[str, Json]:
    first = window.earliest or window.latest
    assert first is not None  # a window is never open on both sides
    slide: dict[str, Json] = {
        "unique_id": "-".join(story.stored.ref),
        "group": story.stored.timeline_key,
        "start_date": _date(first),
        "display_date": escape(window.display),
        "text": {
            "headline": escape(title_of(story.stored.milestone, language)),
            "text": "".join(_paragraphs(story, language)),
        },
        "autolink": False,
    }
    if window.earliest and window.latest and window.days != 1:
        slide["end_date"] = _date(window.latest)
    return slide


def _paragraphs(story: Story, language: str) -> Iterator[str]:
    yield from (f"<p>{escape(line)}</p>" for line in facts_of(story, language) if line)
    proof = proof_of(story)
    link = web_link(proof.link) if proof else None
    if link:
        yield f'<p><a href="{escape(link)}" rel="noreferrer">{escape(link)}</a></p>'


def _date(day: date) -> Json:
    return {"year": day.year, "month": day.month, "day": day.day}
