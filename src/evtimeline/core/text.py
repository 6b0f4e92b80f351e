"""Text made comparable without moving a single offset, and cut into sentences and clauses."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import compress
from typing import NamedTuple

from evtimeline.core.traditional import SIMPLIFIED

_FULL_WIDTH = {0xFF01 + i: chr(0x21 + i) for i in range(94)}
_LIKENESSES = dict(
    zip(
        map(ord, "\u3000\u00a0\u2009\u202f‘’ʼ“”„«»‐‑‒–—―−İ"),
        '    \'\'\'"""""-------i',
        strict=True,
    )
)
_HALVES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # half a character is none, and no automaton takes it
_FOLDED = {**SIMPLIFIED, **_FULL_WIDTH, **_LIKENESSES, **_HALVES}
_TO_BE_FOLDED = re.compile(f"[{re.escape(''.join(map(chr, _FOLDED)))}]")
_IN_EVERY_TEXT = tuple((mark, _FOLDED[ord(mark)]) for mark in "，：（）！？；％“”’")

_ABBREVIATIONS = frozenset(
    (
        *("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"),
        *("mr", "mrs", "ms", "dr", "st", "no", "inc", "co", "corp", "ltd", "u.s", "u.k", "vs", "approx", "est"),
    )
)
_SENTENCE_END = re.compile(r"[。!?；;\n.](?:(?<!\.)[。!?；;\n]*[\"'」』）)]*|(?<=\.)(?=[\"')]*(?:\s|$))[\"')]*)")
_CLAUSE_END = re.compile(
    r"""[,:()\[\]|/\s-](?:
    (?<=\s)(?:-+\s
        |(?=(?:but|while|whereas|although|though|which|after|because|before|until[ ]then|despite|following
            |if|once|unless|provided|pending)\s)
        |(?<=[一-鿿]\s)\s*(?=[一-鿿]))
    |(?<=,)(?:(?<=[^\x00-\x7f],)|(?!\s?\d))
    |(?<=:)(?!\d)
    |(?<=[()\[\]|/])(?=\s|[^\x00-\x7f])
    |(?<=-)-+)""",
    re.VERBOSE,
)
# Both begin with a set of characters: that is looked for ten times as fast as alternatives are.


class Clause(NamedTuple):
    """A stretch of a text between commas or conjunctions; `sentence` counts from 0 within the text."""

    start: int
    end: int
    sentence: int


def clause_at(starts: Sequence[int], offset: int) -> int:
    """The index of the clause in which `offset` lies, of clauses that begin at `starts`."""
    return max(0, bisect_right(starts, offset) - 1)


def fold(text: str) -> str:
    """`text` in half width, lower case and simplified characters; of the same length, so offsets stay."""
    folded = text if text.isascii() else _half_and_simple(text)
    lowered = folded.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in folded)


def _half_and_simple(text: str) -> str:
    """`text` in half width and simplified characters; marks that fill every Chinese text are replaced wholesale."""
    if not _TO_BE_FOLDED.search(text):
        return text
    for mark, plain in _IN_EVERY_TEXT:
        text = text.replace(mark, plain)
    return _TO_BE_FOLDED.sub(lambda match: _FOLDED[ord(match[0])], text)


_GAPS = ' \t-_/·・:《》〈〉「」『』"'
_LEFT_OUT = re.compile(f"[{re.escape(_GAPS)}]+")
_ASCII_LEFT_OUT = b' \t-_/:"'
_IS_KEPT = bytes(code not in _ASCII_LEFT_OUT for code in range(256))
# English has a gap at every fifth character, for which a regular expression is ten times as slow.


def squeeze(folded: str) -> str:
    """`folded` without spaces, hyphens and quotation marks: `小米 YU 7`, `小米yu-7` and `小米yu7` become one."""
    if folded.isascii():
        return folded.encode().translate(None, _ASCII_LEFT_OUT).decode()
    return _LEFT_OUT.sub("", folded)


def is_left_out(character: str) -> bool:
    """Whether `squeeze` leaves a character out."""
    return character in _GAPS


def joints(folded: str) -> frozenset[int]:
    """The offsets in `squeeze(folded)` at which something was left out."""
    found, removed = set(), 0
    for gap in _LEFT_OUT.finditer(folded):
        found.add(gap.start() - removed)
        removed += gap.end() - gap.start()
    return frozenset(found)


def origins(folded: str) -> list[int]:
    """For every character of `squeeze(folded)`, and for its end, the offset at which it stands in `folded`."""
    if folded.isascii():
        return [*compress(range(len(folded)), folded.encode().translate(_IS_KEPT)), len(folded)]
    kept: list[int] = []
    last = 0
    for gap in _LEFT_OUT.finditer(folded):
        kept.extend(range(last, gap.start()))
        last = gap.end()
    kept.extend(range(last, len(folded) + 1))
    return kept


def origin(folded: str, place: int, start: int = 0) -> int:
    """The offset in `folded` of the character at `place` in `squeeze(folded[start:])`: `origins`, for one of them."""
    end = start + place + 1
    while missing := place + 1 - len(squeeze(folded[start:end])):
        end += missing
    return end - 1


def is_cjk(character: str) -> bool:
    """Whether a character is of Chinese writing, its punctuation among it, or of a script that Unicode has after it."""
    return character > "\u2e80"


_CJK = re.compile("[\u2e81-\U0010ffff]")


def has_cjk(text: str, start: int, end: int) -> bool:
    """Whether a character of Chinese writing stands between two offsets of a text."""
    return _CJK.search(text, start, end) is not None


def is_latin(character: str) -> bool:
    """Whether a character continues a Latin word or number: the ASCII letters and digits and accented letters."""
    return character.isalnum() and character < "\u0370"


_IS_LATIN = bytes(is_latin(chr(code)) for code in range(128)) + bytes(128)


def latin_at(folded: str) -> Callable[[int], bool | int]:
    """A test whether the character at an offset `is_latin`; nothing stands behind the end."""
    if folded.isascii():
        return (folded.encode().translate(_IS_LATIN) + b"\0").__getitem__
    length = len(folded)
    return lambda offset: offset < length and is_latin(folded[offset])


def _ends_sentence(folded: str, dot: int) -> bool:
    """Whether the full stop at `dot` ends a sentence: not after an abbreviation (Nov., Inc.) or an initial."""
    start = dot
    while start and (is_latin(folded[start - 1]) or folded[start - 1] == ".") and dot - start < 12:
        start -= 1
    word = folded[start:dot]
    return word not in _ABBREVIATIONS and not (len(word) == 1 and word.isascii())


LONGEST_SENTENCE = 500
LONGEST_CLAUSE = 250
"""Longer ones are cut, so that the work on a sentence is bounded, whatever the text."""


def clauses(folded: str) -> tuple[Clause, ...]:
    """The clauses of a folded text in order; together they cover everything but the separators."""
    found: list[Clause] = []
    start = sentence = 0
    for mark in _SENTENCE_END.finditer(folded):
        if mark.group()[0] == "." and not _ends_sentence(folded, mark.start()):
            continue
        sentence = _cut(folded, start, mark.end(), sentence, found)
        start = mark.end()
    _cut(folded, start, len(folded), sentence, found)
    return tuple(found)


def _cut(folded: str, start: int, end: int, sentence: int, found: list[Clause]) -> int:
    """Append the clauses of the sentence `start`..`end`; returns the number of the sentence after it."""
    last = begun = start
    for stop, resume in _stops(folded, start, end):
        if folded[last:stop].isspace() or last >= stop:
            continue
        if stop - begun > LONGEST_SENTENCE and last > begun:
            begun, sentence = last, sentence + 1
        found.append(Clause(last, stop, sentence))
        last = resume
    return sentence + 1


def _stops(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where clauses end and where the next begin."""
    last = start
    for mark in _CLAUSE_END.finditer(folded, start, end):
        stop, resume = mark.span()
        if stop - last > LONGEST_CLAUSE:
            yield from _forced(last, stop)
        yield stop, resume
        last = resume
    yield from _forced(last, end)
    yield end, end


def _forced(start: int, end: int) -> Iterator[tuple[int, int]]:
    for stop in range(start + LONGEST_CLAUSE, end, LONGEST_CLAUSE):
        yield stop, stop
