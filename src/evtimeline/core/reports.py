"""Reads an analyst's report: who promises or did what, for when, on which condition, said by whom, in which words."""

import re
from bisect import bisect_left
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
from evtimeline.core.report_dates import DateSpan, dates_of
from evtimeline.core.report_kinds import bare, kind_of, names_of, parties_of
from evtimeline.core.report_names import Cast, is_chinese, tidy
from evtimeline.core.report_rows import told_in_row
from evtimeline.core.report_telling import Telling, author_ahead, author_of, is_condition, telling_of, undated_plan
from evtimeline.core.report_titles import phrase
from evtimeline.core.text import fold
from evtimeline.core.windows import Window

MAX_QUOTE: Final = 240
_MAX_TITLE: Final = 90
_FAR: Final = 400
_MARGIN: Final = re.compile(r" {2,}")
_OF_A_COMPANY: Final = re.compile(
    r"(?:港股|a股|美股|科创板|创业板|ipo|赴|(?:nasdaq|nyse|hong kong|stock)\b.*\blisting|listing|ipo\b)"
)


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
    title = blocks[0].headings[0] if blocks and blocks[0].headings else ""  # a later heading is a chapter's
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


@dataclass(frozen=True, slots=True)
class _Page:
    """A block with what was found in it."""

    block: Block
    folded: str
    dates: tuple[DateSpan, ...]


def _read_block(reader: _Reader, block: Block) -> None:
    folded = fold(block.text)
    page = _Page(block, folded, dates_of(block.text, folded, reader.as_of, block.headings))
    reader.cast.enter(block.label, block.headings)
    if not page.dates and not words.PLAN_ZH.search(folded) and not words.PLAN_EN.search(folded):
        reader.cast.note(block.text[:_FAR], _FAR)
        return
    by_label = block.label if words.INSTITUTION.search(fold(block.label)) and len(block.label) < 24 else None
    sentence, label_end = -1, len(block.label) if block.label else 0
    for piece in pieces_of(folded, page.dates):
        if piece.sentence != sentence:
            sentence = piece.sentence
            ahead = author_ahead(block.text, folded, piece.start, piece.start + _FAR)
            reader.author, reader.condition, reader.before = by_label or ahead, None, None
            reader.cast.sentence_subject = ""
        if piece.dated is None and label_end and piece.end <= label_end + 1:
            continue
        piece = _bounded(piece)
        _read_piece(reader, page, piece)
        reader.cast.note(block.text[piece.start : min(piece.end + 60, len(block.text))], piece.end - piece.start)


def _bounded(piece: Piece) -> Piece:
    """The piece, cut around its date where it is so long that it is no clause."""
    if piece.end - piece.start <= 2 * _FAR:
        return piece
    middle = piece.dated.start if piece.dated else piece.start
    return replace(piece, start=max(piece.start, middle - _FAR), end=min(piece.end, middle + _FAR))


def _read_piece(reader: _Reader, page: _Page, piece: Piece) -> None:
    """Read one statement, and remember whom it is about, who says it and what it is made dependent on."""
    text, folded, cast = page.block.text, page.folded, reader.cast
    begin = piece.start
    author = author_of(text, folded, piece.start, piece.end)
    if author:
        reader.author, begin = author
    condition = is_condition(folded, piece)
    if condition:
        match = words.CONDITION.search(folded, begin, piece.end)
        begin = match.end() if match else begin
    said = phrase(text, folded, piece, begin)
    subject = cast.resolve(said.head)
    numbers = amounts(text, folded, piece.start, _reach(page, piece.end), page.dates)
    own = next((one for one in numbers if one.start < piece.end), None)
    window = piece.dated.window if piece.dated else _shared(reader, folded, piece, own)
    telling = _telling(reader, folded, piece, window, own, condition)
    title = said.title(subject)
    if telling and (window or undated_plan(folded, piece)) and len(title) > 3:
        amount = promised(numbers, folded, piece.start, piece.end)
        draft = _draft(reader, page.block, piece, telling, window, title, subject, amount)
        reader.drafts.append(draft)
        reader.before = draft if window else reader.before
    if condition:
        reader.condition = " ".join(text[piece.start : piece.end].strip(" ,，。.").split())
    elif said.head and not author:
        measured = window is None and said.rest[:1].isdigit()  # 年封测能力 5 亿颗: nobody acts
        if not measured:
            _remember(cast, said.head, telling is not None and window is not None)


def _remember(cast: Cast, head: str, tells: bool) -> None:
    """Let the subject of a statement be what the next ones are about; under a name as label only events change it."""
    if words.PRONOUN.match(fold(head)):
        cast.sentence_subject = cast.resolve(head)
    elif cast.is_named(head) and (tells or not cast.label):
        cast.remember(cast.resolve(head))


def _telling(
    reader: _Reader, folded: str, piece: Piece, window: Window | None, own: Amount | None, condition: bool
) -> Telling | None:
    """How a piece tells its milestone; an author or a condition makes a forecast of what lies ahead."""
    if window is None:
        return None if condition else Telling.PLAN
    ahead = window.latest is None or window.latest >= reader.as_of
    if piece.dated is None:
        before = reader.before.telling if reader.before else None
        return Telling.FORECAST if reader.author or reader.condition else before
    if condition:
        event = own or any(p.search(folded, piece.start, piece.end) for p in (words.EVENT_ZH, words.EVENT_EN))
        return Telling.FORECAST if ahead and event else None
    told = telling_of(folded, piece, window, own, reader.as_of)
    if told is Telling.PLAN and ahead and (reader.author or reader.condition):
        return Telling.FORECAST
    return told


def _shared(reader: _Reader, folded: str, piece: Piece, own: Amount | None) -> Window | None:
    """The date of the target before in the sentence, for a further one beside it ("…, 占比将提升至 30%")."""
    before = reader.before
    cues = (words.PLAN_ZH, words.FORECAST_ZH, words.PLAN_EN, words.FORECAST_EN)
    cued = any(pattern.search(folded, piece.start, piece.end) for pattern in cues)
    counted = own and words.MEASURE.search(folded, piece.start, piece.end)
    if before and before.kind == Kind.TARGET and before.telling is not Telling.PAST and cued and counted:
        return before.window
    return None


def _reach(page: _Page, end: int) -> int:
    """How far what is said behind a piece still belongs to it: to the end of the sentence or the next date."""
    limit = min(len(page.folded), end + 160)
    if page.folded[end - 1 : end] in ("。", "；", ";"):
        return end
    marks = (page.folded.find(stop, end - 1, limit) for stop in ("。", "；", ";", ". "))
    following = bisect_left(page.dates, end, key=lambda one: one.start)
    stops = [page.dates[following].start] if following < len(page.dates) else []
    return min([limit, *stops, *(mark for mark in marks if mark >= 0)])


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
    created = reader.cast.created_in(block.text[piece.start : piece.end + 60], piece.end - piece.start)
    kind = kind_of(title, amount is not None and amount.start < piece.end, reader.lexicons)
    subject = created if created and kind == Kind.FOUNDING else bare(subject)
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
    """The exact words between two offsets of a block, trimmed; a line break with its indent is shown as one blank."""
    said = block.text[start : min(end, start + MAX_QUOTE)]
    start += len(said) - len(said.lstrip(" ,，:：;；"))
    said = said.strip(" ,，:：;；")
    return Quote(_MARGIN.sub(" ", said), "document", block.start + start, block.start + start + len(said))


def _read_row(reader: _Reader, block: Block) -> None:
    """A row of a table with one cell that is a date and another that tells an event."""
    told = told_in_row(block, reader.as_of)
    if told is None:
        return
    reader.cast.enter("", block.headings)
    future = told.window.earliest is None or told.window.earliest > reader.as_of
    title = tidy(told.event if reader.cast.is_named(told.event) else reader.cast.resolve(told.event))
    owner = reader.cast.heading or reader.cast.main
    if owner and _OF_A_COMPANY.match(fold(title)):
        title = f"{owner}{title}" if is_chinese(title) else f"{owner}: {title}"
    subject = bare(title)
    drafted = Draft(
        title=title,
        kind=kind_of(title, False, reader.lexicons),
        telling=Telling.PLAN if future or told.planned else Telling.PAST,
        window=told.window,
        quote=Quote(block.text.strip(), "document", block.start, block.start + len(block.text.rstrip())),
        subject=subject,
        names=names_of(subject if subject != title else "", title, reader.lexicons),
        parties=parties_of("", title, reader.lexicons),
    )
    reader.drafts.append(drafted)
