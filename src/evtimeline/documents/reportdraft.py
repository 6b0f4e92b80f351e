"""A timeline file drafted from what a report tells, to be edited: each milestone with its place in the report."""

from dataclasses import dataclass
from typing import Final

from evtimeline.core.claims import Stance, Tier
from evtimeline.core.milestones import Citation, Milestone, Names, Promise, Timeline
from evtimeline.core.report_telling import Telling
from evtimeline.core.reports import Draft, Extraction
from evtimeline.documents.drafting import derived, free_key
from evtimeline.documents.timelinefile import dump_timeline
from evtimeline.documents.typed import titles_of

_NOTES: Final = {
    "zh": {"past": "报告称已经发生。", "condition": "条件：{}。"},
    "en": {"past": "The report tells it as done.", "condition": "Condition: {}."},
}
_HEAD: Final = """\
# Drafted by `evtimeline extract` from {source}, as of {as_of}: {dated} with a date, {undated} without.
# Read it against the report, change and remove what is wrong, then `evtimeline plan FILE` and `evtimeline apply FILE`.
# What it calls past stays open until you say so: `evtimeline milestone done KEY --on DATE`.
"""
_UNDATED: Final = "  # Plans that the report gives no date for.\n"


@dataclass(frozen=True)
class Report:
    """Where a report came from: the name of its file, its text, and the key that its timeline is to have."""

    source: str
    text: str
    key: str


def draft_timeline(report: Report, extraction: Extraction) -> Timeline:
    """The timeline that a report tells, undated plans last; keys are derived from the titles."""
    language = "zh" if "zh" in titles_of(report.text[:2000]) else "en"
    taken: set[str] = set()
    milestones: list[Milestone] = []
    for draft in (*extraction.milestones, *extraction.undated):
        key = free_key(derived(titles_of(draft.title)).key, taken)
        taken.add(key)
        milestones.append(_milestone(draft, key, _heading(report, extraction), extraction))
    title = {language: _heading(report, extraction)}
    return Timeline(report.key, title, "Asia/Shanghai" if language == "zh" else "UTC", (), tuple(milestones))


def _heading(report: Report, extraction: Extraction) -> str:
    return extraction.title or report.source


def _milestone(draft: Draft, key: str, heading: str, extraction: Extraction) -> Milestone:
    stance = Stance.ASSERTED
    if draft.telling is Telling.FORECAST:
        stance = Stance.FORECAST
    elif draft.condition:
        stance = Stance.CONDITIONAL
    return Milestone(
        key=key,
        titles=titles_of(draft.title),
        kind=draft.kind,
        subject=Names(tuple(name.replace("*", "") for name in draft.names)) if draft.names else None,
        parties=draft.parties,
        promise=Promise(
            window=draft.window,
            stated=extraction.as_of,
            source=Citation(heading, draft.author, Tier.TERTIARY),
            stance=stance,
            quote=draft.quote.text,
        ),
        target=draft.target,
        note=_note(draft),
    )


def _note(draft: Draft) -> str | None:
    notes = _NOTES["zh" if "zh" in titles_of(draft.title) else "en"]
    said = [notes["past"]] if draft.telling is Telling.PAST else []
    said += [notes["condition"].format(draft.condition.strip("。. "))] if draft.condition else []
    return " ".join(said) or None


def write_draft(report: Report, extraction: Extraction) -> str:
    """The YAML of the draft; a comment at each milestone says where in the report its words stand."""
    timeline = draft_timeline(report, extraction)
    head, *items = dump_timeline(timeline).split("  - key: ")
    drafts = (*extraction.milestones, *extraction.undated)
    written = [
        _HEAD.format(
            source=report.source,
            as_of=extraction.as_of,
            dated=len(extraction.milestones),
            undated=len(extraction.undated),
        ),
        head,
    ]
    for number, (draft, item) in enumerate(zip(drafts, items, strict=True)):
        if number == len(extraction.milestones):
            written.append(_UNDATED)
        written.append(f"  # {_place(report.text, draft)}\n  - key: {item}")
    return "".join(written)


def _place(text: str, draft: Draft) -> str:
    start = draft.quote.start
    line = text.count("\n", 0, start) + 1
    column = start - text.rfind("\n", 0, start)
    return f"{draft.telling.value}, line {line}, character {column}"
