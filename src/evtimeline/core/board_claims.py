"""The claims of a report as rows, and which of them there is room for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from evtimeline.core.board_words import count, say
from evtimeline.core.cells import safe, truncate
from evtimeline.core.claims import Claim, Origin, Stance, Verdict
from evtimeline.core.said import Said
from evtimeline.core.storyboard import ClaimRow, Told
from evtimeline.core.vocabulary import word

ROOM = 950_000
"""Bytes of a report without its style and script, so that with fifty milestones all of it stays under a megabyte."""

ROOM_EACH = 3_000
"""Bytes that each ledger may take where there are too many milestones for that."""

_STEPS = (100_000, 1_000, 500, 300, 200, 150, 100, 80, 60, 50, 40, 30, 20, 15, 10, 8, 6)
_MOST_NEEDED = 40  # claims of a ledger that are kept for what they changed, the newest
_ROW = 140  # bytes of a claim beside its texts
_CHAPTER, _REVISION = 4_500, 300  # bytes of a milestone beside its claims, and of each of its changes
_QUOTE, _TITLE, _NAME = 280, 160, 60  # cells
_LONGEST_LINK = 2_000  # characters; longer ones lead nowhere in practice
_HIDING = re.compile(r"""[\s"'<>\\`]""")
_VERDICTS = {Verdict.ACCEPTED: "ok", Verdict.PENDING: "wait", Verdict.REJECTED: "no"}


@dataclass(frozen=True)
class Kept:
    """The claims of one ledger that are shown, the newest first, and those that are only counted.

    `titled`: there is room for headlines beside quotations.
    """

    shown: tuple[Said, ...]
    rest: tuple[Said, ...] = ()
    titled: bool = True


def keep(stories: Sequence[Told]) -> tuple[Kept, ...]:
    """Choose for every ledger the same number of newest claims, as many as there is room for, and what changed it.

    Where not all of them fit, headlines go first: the quotation is what counts, and the link leads to them.
    """
    beside = sum(_CHAPTER + _REVISION * len(told.revisions) for told in stories)
    room = max(ROOM - beside, ROOM_EACH * len(stories))
    titled = sum(_size(said.claim) for told in stories for said in told.ledger) <= room
    sizes = [[_size(said.claim, titled) for said in reversed(told.ledger)] for told in stories]
    most = next((step for step in _STEPS if sum(sum(each[:step]) for each in sizes) <= room), _STEPS[-1])
    return tuple(_kept(told, most, titled) for told in stories)


def _kept(told: Told, most: int, titled: bool) -> Kept:
    needed = _needed(told) if len(told.ledger) > most else frozenset()
    newest_first = tuple(enumerate(reversed(told.ledger)))
    shown = tuple(said for place, said in newest_first if place < most or said.claim.id in needed)
    rest = tuple(said for place, said in newest_first if place >= most and said.claim.id not in needed)
    return Kept(shown, rest, titled)


def _needed(told: Told) -> frozenset[int]:
    """The claims that charts and changes lead to."""
    standing = told.standing
    single = [one.claim_id for one in (standing.holder, standing.last) if one]
    beside = [one.claim_id for many in (standing.rivals, standing.rumours, standing.forecasts) for one in many]
    causes = [revision.claim_id for revision in told.revisions[-_MOST_NEEDED:]]
    return frozenset((*single, *beside[:_MOST_NEEDED], *causes))


def _size(claim: Claim, titled: bool = True) -> int:
    """About as many bytes as the claim takes in the file."""
    quote = claim.quote.text[:_QUOTE] if claim.quote else ""
    title = claim.title[:_TITLE] if claim.title and claim.title != quote and (titled or not quote) else ""
    return _ROW + len((quote + title + claim.publisher).encode("utf-8", "replace")) + len(claim.link or "")


def left_out(kept: Kept, ref: str, language: str) -> str:
    """Say what is only counted; nothing where everything is shown."""
    if not kept.rest:
        return ""
    days = [said.claim.stated_on for said in kept.rest]
    return say(
        "left out",
        language,
        n=f"{len(kept.rest):,}",
        who=count("publishers", len({said.claim.publisher for said in kept.rest}), language),
        begin=min(days),
        end=max(days),
        ref=ref,
    )


def claim_row(said: Said, struck: frozenset[int], language: str, titled: bool = True) -> ClaimRow:
    """Word one claim; its texts are foreign, and made harmless for the eye: the template escapes them."""
    claim = said.claim
    words = truncate(safe(claim.quote.text), _QUOTE) if claim.quote else ""
    title = truncate(safe(claim.title), _TITLE) if claim.title else ""
    link, host = web_link(claim.link)
    return ClaimRow(
        number=claim.id,
        verdict=_VERDICTS[said.verdict],
        day=claim.stated_on.isoformat(),
        who=publisher(claim, language),
        tier=word((claim.origin if claim.origin is Origin.PERSON else claim.tier).value, language),
        says=_says(claim, language),
        words=words,
        title=title if title != words and (titled or not words) else "",
        link=link,
        place=host,
        note=_note(said, struck, language),
        struck=claim.id in struck,
    )


def publisher(claim: Claim, language: str) -> str:
    """Who said it, by the name that is shown."""
    return truncate(safe(claim.publisher or claim.title or ""), _NAME) or say("nobody", language)


def who_said(claim: Claim, language: str) -> str:
    """Who said it, and when."""
    return say("who", language, who=publisher(claim, language), day=claim.stated_on)


def web_link(link: str | None) -> tuple[str, str]:
    """The link and its host if a browser may follow it: http or https, nothing in it that hides; else nothing twice."""
    if not link or len(link) > _LONGEST_LINK or _HIDING.search(link) or not link.isprintable():
        return "", ""
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
    except ValueError:
        return "", ""
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        return "", ""
    return link, truncate(host, _NAME)


def _says(claim: Claim, language: str) -> str:
    stance = "" if claim.stance is Stance.ASSERTED else f"{word(claim.stance.value, language)} · "
    window = f" {claim.window.display}" if claim.window else ""
    return f"{stance}{word(claim.signal.value, language)}{window}"


def _note(said: Said, struck: frozenset[int], language: str) -> str:
    """What is unusual about it: that it is struck, does not count, or that a person decided."""
    parts = [say("struck", language)] if said.claim.id in struck else []
    last = said.decisions[-1] if said.decisions else None
    by_rule = last is None or last.decided_by.startswith("rule:")
    if said.verdict is not Verdict.ACCEPTED or not by_rule:
        shown = word(said.verdict.value, language)
        who = f"{safe(last.decided_by)}{say('colon', language) + safe(last.why) if last.why else ''}" if last else ""
        parts.append(say("verdict", language, verdict=shown, who=who) if who else shown)
    return " · ".join(parts)
