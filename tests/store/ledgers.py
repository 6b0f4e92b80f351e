"""Small ledgers in a database, for tests."""

from sqlalchemy import Connection
from tests.builders import NOW, a_claim, a_milestone, a_timeline

from evtimeline.core.claims import Decision, Verdict
from evtimeline.core.windows import Window
from evtimeline.store import claims, timelines
from evtimeline.store.claims import NewClaim, StoredClaim


def a_stored_milestone(connection: Connection, key: str = "yu7-launch") -> int:
    """Follow one milestone; returns its number."""
    return timelines.save(connection, a_timeline(a_milestone(key), key=f"timeline-of-{key}"), NOW)[key]


def a_stored_claim(
    connection: Connection, window: Window | None = None, verdict: Verdict = Verdict.ACCEPTED
) -> StoredClaim:
    """Follow one milestone with one claim, and decide it."""
    milestone = a_stored_milestone(connection)
    (stored,) = claims.add(connection, [NewClaim(milestone, "entry:1", a_claim(window))])
    claims.decide(connection, [Decision(stored.claim.id, verdict, "rule: test", NOW)])
    return stored
