"""Reads an analyst's report: who promises or did what, for when, on which condition, said by whom, in which words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from evtimeline.core import report_words as words
from evtimeline.core.claims import Quote
from evtimeline.core.lexicon import Lexicons
from evtimeline.core.milestones import Kind, Target
from evtimeline.core.outline import Block, BlockSort, outline
from evtimeline.core.report_amounts import Amount, amounts, promised
from evtimeline.core.report_clauses import Piece, pieces_of
from evtimeline.core.report_dates import dates_of
from evtimeline.core.report_kinds import kind_of, names_of, parties_of
from evtimeline.core.report_names import Cast
from evtimeline.core.report_rows import told_in_row
from evtimeline.core.report_telling import Telling, author_of, is_condition, telling_of, undated_plan
from evtimeline.core.report_titles import phrase
from evtimeline.core.text import fold
from evtimeline.core.windows import Window

MAX_QUOTE: Final = 240
_MAX_TITLE: Final = 90


@dataclass(frozen=True, slots=True)
class Draft:
    """A milestone as a report tells it; `quote` has the place in the report's text, `names` what texts may call it."""

    title: str
    kind: str
    telling: Telling
    window: Window | None
    quote: Quote
    subject: str
    names: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    target: Target | None = None
    author: str | None = None
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a report tells: dated milestones and undated plans, in the order of the text."""

    title: str
    as_of: date
    milestones: tuple[Draft, ...]
    undated: tuple[Draft, ...]


@dataclass
class _Reader:
    """What has been read so far of a report."""

    lexicons: Lexicons
    as_of: date
    cast: Cast
    author: str | None = None
    condition: str | None = None
    before: Draft | None = None  # the dated statement before in the same sentence
    drafts: list[Draft] = field(default_factory=list)


def extract(text: str, as_of: date, lexicons: Lexicons) -> Extraction:
    """The milestones that `text` (plain or Markdown) tells, dates counted from `as_of`; quotes are exact pieces of it.

    Left out: what only looks like a date, dates of headings, table heads and of figures, and statements of a state.
    """
    blocks = outline(text)
    reader = _Reader(lexicons, as_of, Cast.of(text))
    for block in blocks:
        if block.sort is BlockSort.ROW:
            _read_row(reader, block)
        elif block.sort is not BlockSort.HEADING:
            _read_block(reader, block)
    drafts = tuple(dict.fromkeys(_once(reader.drafts)))
    title = next((block.headings[0] for block in blocks if block.headings), "")
    return Extraction(
        title,
        as_of,
        tuple(draft for draft in drafts if draft.window),
        tuple(draft for draft in drafts if not draft.window),
    )


def _once(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Each milestone as it is told first; the same one undated later is no further plan."""
    seen: set[tuple[str, Window | None]] = set()
    dated = {fold(draft.title) for draft in drafts if draft.window}
    for draft in drafts:
        key = (fold(draft.title), draft.window)
        if key in seen or (draft.window is None and key[0] in dated):
            continue
        seen.add(key)
        yield draft


def _read_block(reader: _Reader, block: Block) -> None:
    folded = fold(block.text)
    dates = dates_of(block.text, folded, reader.as_of, block.headings)
    taken = [(one.start, one.end) for one in dates]
    reader.cast.enter(block.label, block.headings)
    reader.author = block.label if words.INSTITUTION.search(fold(block.label)) and len(block.label) < 24 else None
    by_label = reader.author
    sentence, label_end = -1, len(block.label) if block.label else 0
    for piece in pieces_of(folded, dates):
        if piece.sentence != sentence:
            sentence = piece.sentence
            reader.author, reader.condition, reader.before = by_label, None, None
            reader.cast.sentence_subject = ""
        if piece.dated is None and label_end and piece.end <= label_end + 1:
            continue
        _read_piece(reader, block, folded, piece, taken)
        reader.cast.note(block.text[piece.start : piece.end])


def _read_piece(reader: _Reader, block: Block, folded: str, piece: Piece, taken: Sequence[tuple[int, int]]) -> None:
    """Read one statement, and remember whom it is about, who says it and what it is made dependent on."""
    begin = piece.start
    author = author_of(block.text, folded, piece.start, piece.end)
    if author:
        reader.author, begin = author[0], author[1]
    condition = is_condition(folded, piece)
    if condition:
        match = words.CONDITION.search(folded, begin, piece.end)
        begin = match.end() if match else begin
    said = phrase(block.text, folded, piece, begin)
    subject = reader.cast.resolve(said.head)
    numbers = amounts(block.text, folded, piece.start, min(len(folded), piece.end + 160), taken)
    window = piece.dated.window if piece.dated else _shared(reader, folded, piece, numbers)
    own = next((one for one in numbers if one.start < piece.end), None)
    telling = _telling(reader, folded, piece, window, own, condition)
    title = said.title(subject)
    if telling and (window or undated_plan(folded, piece)) and len(title) > 3:
        end = _reach(folded, piece.end, taken)
        amount = promised([one for one in numbers if one.start < end], folded, piece.start, piece.end)
        draft = _draft(reader, block, piece, telling, window, title, subject, amount)
        reader.drafts.append(draft)
        reader.before = draft if window else reader.before
    if condition:
        reader.condition = block.text[piece.start : piece.end].strip(" ,，")
    elif reader.cast.is_named(said.head) and not author:
        reader.cast.remember(reader.cast.resolve(said.head))
    elif subject and said.head and words.PRONOUN.match(fold(said.head)):
        reader.cast.sentence_subject = subject


def _telling(
    reader: _Reader, folded: str, piece: Piece, window: Window | None, own: Amount | None, condition: bool
) -> Telling | None:
    """How a piece tells its milestone; an author or a condition makes a forecast of what lies ahead."""
    if window is None:
        return None if condition else Telling.PLAN
    if piece.dated is None:
        return Telling.FORECAST if reader.author or reader.condition else reader.before and reader.before.telling
    if condition:
        ahead = window.latest is None or window.latest >= reader.as_of
        return Telling.FORECAST if ahead and (own or words.EVENT_ZH.search(folded, piece.start, piece.end)) else None
    told = telling_of(folded, piece, window, own, reader.as_of)
    ahead = window.latest is None or window.latest >= reader.as_of
    if told is Telling.PLAN and ahead and (reader.author or reader.condition):
        return Telling.FORECAST
    return told


def _shared(reader: _Reader, folded: str, piece: Piece, numbers: Sequence[Amount]) -> Window | None:
    """The date of the target before in the sentence, for a further one beside it ("…, 占比将提升至 30%")."""
    before = reader.before
    cued = any(
        pattern.search(folded, piece.start, piece.end)
        for pattern in (words.PLAN_ZH, words.FORECAST_ZH, words.PLAN_EN, words.FORECAST_EN)
    )
    counted = any(one.start < piece.end for one in numbers) and words.MEASURE.search(folded, piece.start, piece.end)
    if before and before.kind == Kind.TARGET and before.telling is not Telling.PAST and cued and counted:
        return before.window
    return None


def _reach(folded: str, end: int, taken: Sequence[tuple[int, int]]) -> int:
    """How far what is said behind a piece still belongs to it: to the end of the sentence or the next date."""
    stops = [mark for mark in (folded.find(stop, end) for stop in ("。", "；", ";", ". ")) if mark >= 0]
    following = next((start for start, _ in taken if start >= end), len(folded))
    return min([following, end + 160, *stops])


def _draft(
    reader: _Reader,
    block: Block,
    piece: Piece,
    telling: Telling,
    window: Window | None,
    title: str,
    subject: str,
    amount: Amount | None,
) -> Draft:
    """The milestone of a piece, with its words and where they stand."""
    created = reader.cast.created_in(block.text[piece.start : piece.end])
    kind = kind_of(title, amount is not None and amount.start < piece.end, reader.lexicons)
    subject = created if created and kind == Kind.FOUNDING else subject
    end = amount.end if amount and piece.end <= amount.start < piece.start + MAX_QUOTE - 20 else piece.end
    return Draft(
        title=title if len(title) <= _MAX_TITLE else title[: _MAX_TITLE - 1] + "…",
        kind=kind,
        telling=telling,
        window=window,
        quote=_quote(block, piece.start, end),
        subject=subject,
        names=names_of(subject, title, reader.lexicons),
        parties=parties_of(subject, title, reader.lexicons),
        target=amount.target if amount else None,
        author=reader.author if telling is Telling.FORECAST else None,
        condition=reader.condition if telling is not Telling.PAST else None,
    )


def _quote(block: Block, start: int, end: int) -> Quote:
    """The exact words between two offsets of a block, trimmed."""
    said = block.text[start : min(end, start + MAX_QUOTE)]
    start += len(said) - len(said.lstrip(" ,，:：;；"))
    said = said.strip(" ,，:：;；")
    return Quote(said, "document", block.start + start, block.start + start + len(said))


def _read_row(reader: _Reader, block: Block) -> None:
    """A row of a table with one cell that is a date and another that tells an event."""
    told = told_in_row(block, reader.as_of)
    if told is None:
        return
    reader.cast.enter("", block.headings)
    future = told.window.earliest is None or told.window.earliest > reader.as_of
    title = told.event if reader.cast.is_named(told.event) else reader.cast.resolve(told.event)
    drafted = Draft(
        title=title,
        kind=kind_of(title, False, reader.lexicons),
        telling=Telling.PLAN if future or told.planned else Telling.PAST,
        window=told.window,
        quote=Quote(block.text.strip(), "document", block.start, block.start + len(block.text.rstrip())),
        subject=title,
        names=names_of("", title, reader.lexicons),
        parties=parties_of("", title, reader.lexicons),
    )
    reader.drafts.append(replace(drafted))
