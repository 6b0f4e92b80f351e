"""Claims and verdicts as cells of their rows, and back."""

from sqlalchemy import RowMapping

from evtimeline.core.claims import Claim, Decision, Origin, Quote, Signal, Stance, Tier, Verdict
from evtimeline.core.standing import Evidence
from evtimeline.store.types import window_cells, window_in

SUMMARY = "entry_summary"
"""The column of a selected claim that comes from its entry."""


EVIDENCE_COLUMNS = (
    *("id", "publisher", "tier", "stated_on", "signal", "stance"),
    *("window_earliest", "window_latest", "window_precision", "window_qualifier"),
)
"""What `evidence_in` reads."""


def claim_cells(claim: Claim) -> dict[str, object]:
    """Spread a claim over its columns, all but its number."""
    quote = claim.quote
    return {
        "signal": claim.signal.value,
        "stance": claim.stance.value,
        **window_cells("window", claim.window),
        "quote_text": quote.text if quote else None,
        "quote_field": quote.field if quote else None,
        "quote_start": quote.start if quote else None,
        "quote_end": quote.end if quote else None,
        "stated_on": claim.stated_on,
        "learned_at": claim.learned_at,
        "publisher": claim.publisher,
        "tier": claim.tier.value,
        "origin": claim.origin.value,
        "title": claim.title,
        "link": claim.link,
        "score": claim.score,
        "reasons": list(claim.reasons),
        "backfill": claim.backfill,
    }


def claim_in(row: RowMapping) -> Claim:
    """Read a claim back from its row."""
    return Claim(
        signal=Signal(row["signal"]),
        stance=Stance(row["stance"]),
        window=window_in(row, "window"),
        quote=_quote_in(row),
        stated_on=row["stated_on"],
        learned_at=row["learned_at"],
        publisher=row["publisher"],
        tier=Tier(row["tier"]),
        origin=Origin(row["origin"]),
        id=row["id"],
        title=row["title"],
        link=row["link"],
        score=row["score"],
        reasons=tuple(row["reasons"]),
        backfill=row["backfill"],
        summary=row.get(SUMMARY) or "",
    )


def evidence_in(row: RowMapping) -> Evidence:
    """Read a claim without its words from the row of EVIDENCE_COLUMNS."""
    return Evidence(
        claim_id=row["id"],
        publisher=row["publisher"],
        tier=Tier(row["tier"]),
        stated_on=row["stated_on"],
        signal=Signal(row["signal"]),
        stance=Stance(row["stance"]),
        window=window_in(row, "window"),
    )


def decision_cells(decision: Decision) -> dict[str, object]:
    """Spread a verdict over its columns, all but its number."""
    return {
        "claim_id": decision.claim_id,
        "verdict": decision.verdict.value,
        "decided_by": decision.decided_by,
        "decided_at": decision.decided_at,
        "why": decision.why,
    }


def decision_in(row: RowMapping) -> Decision:
    """Read a verdict back from its row."""
    return Decision(
        claim_id=row["claim_id"],
        verdict=Verdict(row["verdict"]),
        decided_by=row["decided_by"],
        decided_at=row["decided_at"],
        why=row["why"],
        id=row["id"],
    )


def _quote_in(row: RowMapping) -> Quote | None:
    text = row["quote_text"]
    return None if text is None else Quote(text, row["quote_field"], row["quote_start"], row["quote_end"])
