"""Words joined to date expressions: neighbours that belong together, ranges, moves from one date to another, bounds."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from evtimeline.core.mentions import Mention, Said, inherits, joined


class Bound(StrEnum):
    """On which side of the days that were named the event may lie."""

    BY = "by"
    BEFORE = "before"
    NOT_BEFORE = "not before"
    AFTER = "after"
    SINCE = "since"
    ONWARD = "onward"  # 之后: from the first day on, that day included


class Move(StrEnum):
    """Where a date stands in "moved from A to B"."""

    OLD = "from"
    NEW = "to"


@dataclass(frozen=True, slots=True)
class Expression:
    """One date expression: a mention, or the two ends of a range."""

    start: int
    end: int
    first: Mention
    last: Mention | None = None
    bound: Bound | None = None
    about: bool = False
    move: Move | None = None


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a language joins date words.

    `glue` are the texts that may stand between two words of one date; the patterns are matched right after a date
    (`link`, `after`) or must end right before it (`before`), with the names of bounds as their groups. `moves` is
    searched in the clause before two linked dates.
    """

    glue: frozenset[str]
    link: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    moves: re.Pattern[str]
    ends_before: frozenset[str]  # the last characters of what `before` matches, spaces apart
    begins_after: frozenset[str]  # the first characters of what `after` matches, spaces apart
    named: re.Pattern[str]  # what follows a date that only says which event is meant: ahead of its May 1 release
    reach: int = 32


def compose(folded: str, mentions: list[Mention], grammar: Grammar) -> list[Expression]:
    """The date expressions that these words make up, in order."""
    dates = _joined_neighbours(folded, mentions, grammar)
    found: list[Expression] = []
    index = 0
    while index < len(dates):
        made, used = _expression(folded, dates, index, grammar)
        found.extend(_bounded(folded, expression, grammar) for expression in made)
        index += used
    return found


def _joined_neighbours(folded: str, mentions: list[Mention], grammar: Grammar) -> list[Mention]:
    done: list[Mention] = []
    for mention in mentions:
        if done and folded[done[-1].end : mention.start].strip(" ") in grammar.glue:
            both = joined(done[-1], mention)
            if both is not None:
                done[-1] = both
                continue
        done.append(mention)
    return done


def _expression(folded: str, dates: list[Mention], index: int, grammar: Grammar) -> tuple[list[Expression], int]:
    """The expressions that begin with the date at `index`, and how many dates they use up."""
    first = dates[index]
    link = _link(folded, dates, index, grammar)
    if link is None:
        return ([] if first.weak else [Expression(first.start, first.end, first)]), 1
    last = dates[index + 1]
    if link == "move" or (link in ("range", "back") and _is_move(folded, first.start, grammar)):
        old, new = (Move.NEW, Move.OLD) if link == "back" else (Move.OLD, Move.NEW)
        if not first.weak and not last.weak:
            first, last = inherits(first, last), inherits(last, first)
            pair = [
                Expression(first.start, first.end, first, move=old),
                Expression(last.start, last.end, last, move=new),
            ]
            return pair, 2
    if link == "back" or (first.weak and last.weak):
        return ([] if first.weak else [Expression(first.start, first.end, first)]), 1
    used = 2
    while _link(folded, dates, index + used - 1, grammar) == "or" and _same(last, dates[index + used]):
        last = dates[index + used]
        used += 1
    return [Expression(first.start, last.end, first, last)], used


def _link(folded: str, dates: list[Mention], index: int, grammar: Grammar) -> str | None:
    """How the date at `index` is linked with the next: range, or, move, back; None if it is not."""
    if index + 1 >= len(dates):
        return None
    first, last = dates[index], dates[index + 1]
    match = grammar.link.fullmatch(folded, first.end, last.start)
    if match is None:
        return None
    if match.lastgroup == "or":
        return "or" if _same(first, last) or first.weak or _between(folded, first, last) else None
    return match.lastgroup


def _between(folded: str, first: Mention, last: Mention) -> bool:
    left = folded[max(0, first.start - 12) : first.start].rstrip(" the")
    return left.endswith(("between", "介于")) or folded.startswith(("之间", "间"), last.end)


def _same(first: Mention, last: Mention) -> bool:
    """Whether two dates are neighbours of one kind, so that "or" makes a range of them: June or July, 2029 or 2030."""
    a, b = first.said & ~Said.YEAR, last.said & ~Said.YEAR
    if first.part != last.part or (a != b and a and b):
        return False
    if not a and not b:
        return 0 < last.year - first.year <= 2
    if a in (Said.MONTH, Said.QUARTER, Said.SEASON, Said.HALF):
        return last.number - (first.number_to or first.number) in (1, -11, -3)
    return bool(a & Said.DAY) and (0 < last.day - first.day <= 3 or not first.day)


def _is_move(folded: str, start: int, grammar: Grammar) -> bool:
    return grammar.moves.search(folded, max(0, start - 90), start) is not None


def _bounded(folded: str, expression: Expression, grammar: Grammar) -> Expression:
    """The expression with what is said right before and right after it."""
    left = max(0, expression.start - grammar.reach)
    before = after = None
    if folded[left : expression.start].rstrip()[-1:] in grammar.ends_before:
        before = grammar.before.search(folded[left : expression.start])
    if folded[expression.end : expression.end + 2].lstrip()[:1] in grammar.begins_after:
        after = grammar.after.match(folded, expression.end)
    names = [m.lastgroup for m in (before, after) if m is not None and m.lastgroup]
    bound = next((Bound(name.replace("_", " ")) for name in names if name != "about"), None)
    if bound is Bound.BEFORE and grammar.named.match(folded, expression.end):
        bound = None
    if bound is None and "about" not in names:
        return expression
    start = left + before.start() if before is not None and before.lastgroup else expression.start
    end = after.end() if after is not None and after.lastgroup else expression.end
    return replace(expression, start=start, end=end, bound=bound, about="about" in names)
