"""Ledgers for tests, told line by line: `2025-05-29 tertiary Blog delayed rumour 2025-08/2025-09`."""

import shlex
from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from evtimeline.core.claims import Claim, Decision, Origin, Quote, Signal, Stance, Tier, Verdict
from evtimeline.core.ledger import Settlement, settle
from evtimeline.core.milestones import Confirm, Milestone
from evtimeline.core.windows import parse_edtf

MILESTONE = Milestone("yu7-launch", {"en": "Xiaomi YU7 launch"})
_TIERS, _SIGNALS, _STANCES, _ORIGINS = set(Tier), set(Signal), set(Stance), set(Origin)


def tell(*lines: str) -> tuple[Claim, ...]:
    """Read claims off lines of: day stated, tier, publisher, signal, and if need be stance, window, origin,
    `title=...`, `quote=...`, `text=...` (the entry's), `link=...`, `learned=DAY` (else the day stated), `backfill`.
    Ids count from 1.
    """
    return tuple(_claim(number, shlex.split(line)) for number, line in enumerate(lines, start=1))


def _claim(number: int, words: list[str]) -> Claim:
    stated, tier, publisher, *rest = words
    named = dict(word.split("=", 1) for word in rest if "=" in word)
    plain = [word for word in rest if "=" not in word]
    window = next((w for w in plain if w not in _SIGNALS | _STANCES | _ORIGINS and w != "backfill"), None)
    learned = datetime.combine(date.fromisoformat(named.get("learned", stated)), time(12), UTC)
    return Claim(
        signal=Signal(next(word for word in plain if word in _SIGNALS)),
        stance=Stance(next((word for word in plain if word in _STANCES), "asserted")),
        window=parse_edtf(window) if window else None,
        quote=Quote(named["quote"], "summary", 0, len(named["quote"])) if "quote" in named else None,
        stated_on=date.fromisoformat(stated),
        learned_at=learned,
        publisher=publisher,
        tier=Tier(tier),
        origin=Origin(next((word for word in plain if word in _ORIGINS), "entry")),
        id=number,
        title=named.get("title"),
        link=named.get("link"),
        summary=named.get("text", ""),
        backfill="backfill" in plain,
    )


def accepted(claims: Iterable[Claim]) -> tuple[Decision, ...]:
    """A rule's acceptance of each claim, when it was learned."""
    return tuple(Decision(c.id, Verdict.ACCEPTED, "rule: test", c.learned_at, id=c.id) for c in claims)


def settled(*lines: str, confirm: Confirm | None = None, as_of: str | None = None) -> Settlement:
    """What comes of the claims of these lines, all accepted when they were learned."""
    claims = tell(*lines)
    milestone = Milestone("yu7-launch", {"en": "Xiaomi YU7 launch"}, confirm=confirm or Confirm())
    return settle(milestone, claims, accepted(claims), date.fromisoformat(as_of) if as_of else None)


def verdict(claim_id: int, decided: str, verdict: Verdict = Verdict.REJECTED, by: str = "Li") -> Decision:
    """A person's verdict on a claim."""
    at = datetime.combine(date.fromisoformat(decided), time(15), UTC)
    return Decision(claim_id, verdict, by, at, id=1000 + claim_id)
