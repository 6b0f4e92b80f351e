"""Claims with the verdicts on them, in the order in which they were stated."""

from collections.abc import Sequence
from dataclasses import dataclass

from evtimeline.core.claims import Claim, Decision, Origin, Verdict


@dataclass(frozen=True)
class Said:
    """A claim with the verdicts on it, the oldest first; the last one counts."""

    claim: Claim
    decisions: tuple[Decision, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Whether it counts; what a person wrote counts until somebody decides otherwise."""
        if self.decisions:
            return self.decisions[-1].verdict
        return Verdict.PENDING if self.claim.origin is Origin.ENTRY else Verdict.ACCEPTED


def ledger_of(said: Sequence[Claim], decisions: Sequence[Decision]) -> tuple[Said, ...]:
    """The claims of one milestone, each with the verdicts on it, in the order in which they were stated."""
    by_claim: dict[int, list[Decision]] = {}
    for decision in decisions:
        by_claim.setdefault(decision.claim_id, []).append(decision)
    ordered = sorted(said, key=lambda claim: (claim.stated_on, claim.learned_at, claim.id))
    return tuple(Said(claim, tuple(by_claim.get(claim.id, ()))) for claim in ordered)
