"""The chapters of a report: what is known of one milestone, how it came to that, and where it is written."""

from collections.abc import Iterator

from evtimeline.core.board_claims import Kept, claim_row, left_out, publisher, who_said
from evtimeline.core.board_words import count, moved, say
from evtimeline.core.cells import safe, truncate
from evtimeline.core.claims import Claim, Revision
from evtimeline.core.standing import Evidence, Standing
from evtimeline.core.status import MarkKind, MilestoneStatus, Status, mark_text
from evtimeline.core.storyboard import ChangeRow, Chapter, Fact, Proof, SlipChart, Told
from evtimeline.core.vocabulary import word
from evtimeline.core.windows import Window

NOTHING = "–"
_LONGEST, _NAME = 300, 28  # cells of a quotation, and of a name in the table


def chapter(number: int, told: Told, kept: Kept, chart: SlipChart | None, language: str) -> Chapter:
    """Word one milestone; `kept` are the claims that have room in the file."""
    milestone, standing = told.milestone, told.standing
    claims = {one.claim.id: one.claim for one in told.ledger}
    struck = frozenset(standing.struck)
    last = standing.last
    return Chapter(
        number=number,
        ref=f"{told.timeline}/{milestone.key}",
        title=safe(milestone.title(language)),
        names=safe(" ".join((*milestone.titles.values(), milestone.key, milestone.kind, *told.makers))).casefold(),
        status=told.status.status.value,
        status_text=status_text(told.status, language),
        first=window_text(standing.first),
        stands=stands_text(standing),
        moved=_move(told, language),
        evidence=_evidence_of(claims.get(last.claim_id) if last else None, language),
        proof=_proof(told, claims, language),
        facts=tuple(_facts(told, language)),
        changes=tuple(_change(revision, claims, language) for revision in reversed(told.revisions)),
        claims=tuple(claim_row(said, struck, language, kept.titled) for said in kept.shown),
        claim_count=count("claims", len(told.ledger), language),
        left_out=left_out(kept, f"{told.timeline}/{milestone.key}", language),
        chart=chart,
    )


def status_text(status: MilestoneStatus, language: str) -> str:
    """The status and its marks; a mark that says the status again, with figures, stands in its place."""
    said = status.mark(MarkKind.OVERDUE) if status.status is Status.OVERDUE else status.mark(MarkKind.REPORTED)
    first = mark_text(said, language) if said else word(status.status.value, language)
    return " · ".join([first, *(mark_text(mark, language) for mark in status.marks if mark is not said)])


def stands_text(standing: Standing) -> str:
    """The window that stands, or all that contradict each other."""
    windows = standing.contested or (standing.window,)
    return " | ".join(dict.fromkeys(map(window_text, windows)))


def window_text(window: Window | None) -> str:
    """A window as it is shown, in no language; a dash where there is none."""
    return window.display if window else NOTHING


def _move(told: Told, language: str) -> str:
    """The move against the first promise, where it is one and not only a refinement."""
    marked = told.status.mark(MarkKind.SLIPPED) or told.status.mark(MarkKind.ADVANCED)
    return moved(told.standing.slip_first, language) if marked else ""


def _proof(told: Told, claims: dict[int, Claim], language: str) -> Proof | None:
    """The sentence on which what stands rests, else the newest one."""
    for evidence in (told.standing.holder, told.standing.last):
        claim = claims.get(evidence.claim_id) if evidence else None
        if claim:
            words = claim.quote.text if claim.quote and claim.quote.text else claim.title or ""
            return Proof(truncate(safe(words), _LONGEST), who_said(claim, language), claim.id)
    return None


def _evidence_of(claim: Claim | None, language: str) -> str:
    who = truncate(publisher(claim, language), _NAME) if claim else ""
    return say("who", language, who=who, day=claim.stated_on) if claim else NOTHING


def _change(revision: Revision, claims: dict[int, Claim], language: str) -> ChangeRow:
    cause = claims.get(revision.claim_id)
    old, new = window_text(revision.old), window_text(revision.new)
    return ChangeRow(
        day=f"{revision.happened_at:%Y-%m-%d}",
        kind=word(revision.kind.value, language),
        window=new if old in (new, NOTHING) else f"{old} → {new}",
        moved=moved(revision.days_last, language),
        who=who_said(cause, language) if cause else NOTHING,
        claim=revision.claim_id,
    )


def _facts(told: Told, language: str) -> Iterator[Fact]:
    standing, milestone = told.standing, told.milestone
    comma = say("comma", language)
    yield Fact(say("fact first", language), window_text(standing.first))
    yield Fact(say("fact stands", language), _held(standing, language))
    days = (("against first", standing.slip_first), ("against last", standing.slip_last))
    moves = [say(key, language, days=moved(number, language)) for key, number in days if number]
    if moves:
        yield Fact(say("fact moved", language), comma.join(moves))
    for name, who in (("reporters", standing.reporters), ("cancellers", standing.cancellers)):
        if who:
            yield Fact(say(f"fact {name}", language), comma.join(map(safe, who)))
    for name, said in (
        ("rivals", standing.rivals),
        ("challenges", standing.challenges),
        ("rumours", standing.rumours),
        ("forecasts", standing.forecasts),
    ):
        if said:
            told_by = say("semicolon", language).join(_evidence(one, language) for one in said)
            yield Fact(say(f"fact {name}", language), told_by)
    if milestone.target:
        target = milestone.target
        yield Fact(say("fact target", language), safe(f"{target.comparator} {target.value} {target.unit}"))
    if milestone.note:
        yield Fact(say("fact note", language), safe(milestone.note))
    yield Fact(say("fact key", language), f"{told.timeline}/{milestone.key}")


def _held(standing: Standing, language: str) -> str:
    holder = standing.holder
    return f"{stands_text(standing)} ({_evidence(holder, language)})" if holder else stands_text(standing)


def _evidence(said: Evidence, language: str) -> str:
    window = f" {said.window.display}" if said.window else ""
    who = f"{safe(said.publisher)} {said.stated_on}".lstrip()
    return f"{who}{say('colon', language)}{word(said.signal.value, language)}{window}"
