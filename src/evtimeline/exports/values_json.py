"""Values as JSON for programs: windows, claims, standings and statuses, in the one form that the documents describe."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from evtimeline.core.claims import Claim, Decision, Revision
from evtimeline.core.standing import Evidence, Standing
from evtimeline.core.status import MilestoneStatus
from evtimeline.core.windows import Window
from evtimeline.store.milestones import StoredMilestone

VERSION = 1
"""The version of the form; a field that is added does not change it, one that goes or means something else does."""

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]


def window_json(window: Window | None) -> Json:
    """A window as days, EDTF and what people read."""
    if window is None:
        return None
    return {
        "edtf": window.edtf,
        "display": window.display,
        "earliest": day_json(window.earliest),
        "latest": day_json(window.latest),
        "precision": window.precision.value,
        "qualifier": window.qualifier.value if window.qualifier else None,
    }


def day_json(day: date | None) -> str | None:
    """A day in ISO 8601."""
    return day.isoformat() if day else None


def instant_json(instant: datetime | None) -> str | None:
    """An instant in ISO 8601, UTC."""
    return instant.isoformat().replace("+00:00", "Z") if instant else None


def milestone_json(stored: StoredMilestone) -> dict[str, Json]:
    """What names a milestone."""
    milestone = stored.milestone
    target = milestone.target
    return {
        "timeline": stored.timeline_key,
        "key": milestone.key,
        "titles": dict(milestone.titles),
        "kind": str(milestone.kind),
        "target": {"value": str(target.value), "unit": target.unit, "comparator": target.comparator}
        if target
        else None,
    }


def status_json(status: MilestoneStatus) -> dict[str, Json]:
    """The status of a day and its marks."""
    return {
        "status": status.status.value,
        "days_overdue": status.days_overdue,
        "needs_check": status.needs_check,
        "marks": [{"kind": mark.kind.value, "number": mark.number, "total": mark.total} for mark in status.marks],
    }


def standing_json(standing: Standing) -> dict[str, Json]:
    """What stands, and what is said beside it."""
    return {
        "first": window_json(standing.first),
        "stands": window_json(standing.window),
        "outcome": standing.outcome.value,
        "outcome_on": day_json(standing.outcome_on),
        "slip_first_days": standing.slip_first,
        "slip_last_days": standing.slip_last,
        "reporters": list(standing.reporters),
        "cancellers": list(standing.cancellers),
        "contested": [window_json(window) for window in standing.contested],
        "holder": evidence_json(standing.holder),
        "rivals": [evidence_json(one) for one in standing.rivals],
        "challenges": [evidence_json(one) for one in standing.challenges],
        "delayed": evidence_json(standing.delayed),
        "rumours": [evidence_json(one) for one in standing.rumours],
        "forecasts": [evidence_json(one) for one in standing.forecasts],
        "last_evidence": evidence_json(standing.last),
        "last_learned": instant_json(standing.last_learned),
        "claims": standing.claims,
        "pending": standing.pending,
        "rejected": standing.rejected,
    }


def evidence_json(evidence: Evidence | None) -> Json:
    """Who said what and when."""
    if evidence is None:
        return None
    return {
        "claim": evidence.claim_id,
        "publisher": evidence.publisher,
        "tier": evidence.tier.value,
        "stated_on": day_json(evidence.stated_on),
        "signal": evidence.signal.value,
        "stance": evidence.stance.value,
        "window": window_json(evidence.window),
    }


def revision_json(revision: Revision) -> dict[str, Json]:
    """A change in what stands."""
    return {
        "kind": revision.kind.value,
        "claim": revision.claim_id,
        "happened_at": instant_json(revision.happened_at),
        "old": window_json(revision.old),
        "new": window_json(revision.new),
        "days_last": revision.days_last,
        "days_first": revision.days_first,
        "backfill": revision.backfill,
    }


def claim_json(claim: Claim, decisions: Sequence[Decision]) -> dict[str, Json]:
    """A claim of the ledger with all verdicts on it, the oldest first; the last one counts."""
    quote = claim.quote
    return {
        "claim": claim.id,
        "publisher": claim.publisher,
        "tier": claim.tier.value,
        "origin": claim.origin.value,
        "stated_on": day_json(claim.stated_on),
        "learned_at": instant_json(claim.learned_at),
        "signal": claim.signal.value,
        "stance": claim.stance.value,
        "window": window_json(claim.window),
        "quote": {"text": quote.text, "field": quote.field, "start": quote.start, "end": quote.end} if quote else None,
        "title": claim.title,
        "link": claim.link,
        "score": claim.score,
        "reasons": list(claim.reasons),
        "backfill": claim.backfill,
        "verdicts": [
            {
                "verdict": decision.verdict.value,
                "decided_by": decision.decided_by,
                "decided_at": instant_json(decision.decided_at),
                "why": decision.why,
            }
            for decision in decisions
        ],
    }
