"""Reads entries against watched milestones: which one is meant, what is said of it, for when, and by which words.

This is the one seam of reading: entries and a watchlist in, readings out. A user's own model could stand here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from evtimeline.core.attribution import Passage
from evtimeline.core.cases import Statement
from evtimeline.core.claims import Quote, Signal, Stance
from evtimeline.core.cues import Phrasebook
from evtimeline.core.denying import denies_a_change
from evtimeline.core.deriving import vocabulary
from evtimeline.core.entries import Entry
from evtimeline.core.events import Sought
from evtimeline.core.indexing import index_of
from evtimeline.core.lexicon import Lexicons
from evtimeline.core.matching import Scan, Sighting, scan, sightings
from evtimeline.core.milestones import Timeline
from evtimeline.core.passages import Dates, Words, by_clause, masked, passages
from evtimeline.core.phrases import FoundDate, find_dates
from evtimeline.core.siblings import Seen, in_passing, of_others, of_their_own
from evtimeline.core.signals import is_silent, state
from evtimeline.core.speaking import spoken_of
from evtimeline.core.spellings import Index, Matcher
from evtimeline.core.targets import of_the_period
from evtimeline.core.text import fold
from evtimeline.core.topics import MilestoneRef as MilestoneRef
from evtimeline.core.topics import Topic
from evtimeline.core.upshot import combine
from evtimeline.core.watching import Topics
from evtimeline.core.windows import Window

ACCEPT_FROM = 0.7
"""A finding with this score or more counts by itself."""

REVIEW_FROM = 0.4
"""A finding with this score or more waits for a person; below it is no finding, at most a near miss."""

MAX_QUOTE = 200
"""A quote is trimmed to about this many characters."""


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date expression of an entry; `field` says in which of its texts."""

    field: str
    found: FoundDate


@dataclass(frozen=True, slots=True)
class Finding:
    """What an entry says of one milestone. A finding of signal mention carries no weight."""

    ref: MilestoneRef
    signal: Signal
    stance: Stance
    window: Window | None
    score: float
    quote: Quote
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A milestone that an entry seems to name and does not: what was seen, and why it does not count."""

    ref: MilestoneRef
    seen: str
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in one entry; `findings` and `near_misses` in the order of the milestones."""

    entry: Entry
    dates: tuple[ReadDate, ...]
    findings: tuple[Finding, ...]
    near_misses: tuple[NearMiss, ...] = ()


@dataclass(frozen=True)
class Watchlist:
    """Milestones compiled for reading; build it once with `watch`."""

    topics: Topics
    matcher: Matcher
    phrasebook: Phrasebook
    lexicons: Lexicons = field(repr=False)


def watch(
    timelines: Iterable[Timeline],
    lexicons: Lexicons,
    exclusions: Mapping[MilestoneRef, tuple[str, ...]] | None = None,
    matcher: Matcher | None = None,
) -> Watchlist:
    """Compile the milestones of the timelines; `exclusions` are phrases that a person has rejected for a milestone.

    Most of the work goes into the matcher; whoever has kept the one of the same milestones, lexicons and rules, or its
    index, saves it.
    """
    watched = Topics(timelines, lexicons, exclusions or {})
    matcher = matcher or Matcher(index_of(watched, vocabulary(lexicons)))
    return Watchlist(watched, matcher, Phrasebook(lexicons), lexicons)


def index_names(
    timelines: Iterable[Timeline], lexicons: Lexicons, exclusions: Mapping[MilestoneRef, tuple[str, ...]] | None = None
) -> Index:
    """The index of all that names the milestones; it can be kept in a file, and a Matcher is made of it at once."""
    return index_of(Topics(timelines, lexicons, exclusions or {}), vocabulary(lexicons))


def read(entries: Iterable[Entry], watchlist: Watchlist, every_date: bool = False) -> Iterator[Reading]:
    """One reading per entry, in order.

    Dates are looked for where a milestone may be named; with `every_date` in every entry.
    """
    for entry in entries:
        yield _read(entry, watchlist, every_date)


def _read(entry: Entry, watchlist: Watchlist, every_date: bool) -> Reading:
    texts = {"title": entry.title, "summary": entry.summary}
    folded = {name: fold(text) for name, text in texts.items() if text}
    matcher = watchlist.matcher
    leading = {name: matcher.leading(text) for name, text in folded.items()}
    if not any(leading.values()):
        return Reading(entry, _dates(entry, texts) if every_date else (), ())
    scans = [scan(name, texts[name], text, matcher.hits(text, leading[name])) for name, text in folded.items()]
    numbers = matcher.candidates({hit.facet for scanned in scans for hit in scanned.hits})
    if not numbers:
        return Reading(entry, _dates(entry, texts) if every_date else (), ())
    dates = {one.field: find_dates(masked(one), entry.stated_on, entry.language) for one in scans}
    flat = tuple(ReadDate(name, found) for name, listed in dates.items() for found in listed)
    words = {scanned.field: watchlist.phrasebook.words(scanned.folded, scanned.clauses) for scanned in scans}
    spoken = spoken_of(scans, words)
    said = {one.field: by_clause(one, words[one.field]) for one in scans}
    dated = {one.field: by_clause(one, dates[one.field]) for one in scans}
    findings: list[Finding] = []
    told: list[Seen] = []
    near: list[NearMiss] = []
    kinds = frozenset[str]().union(*spoken.values())
    named = [(topic, sightings(topic, scans, spoken)) for topic in map(watchlist.topics.__getitem__, numbers)]
    for topic, seen in of_their_own(named):
        finding = _finding(entry, topic, seen, scans, said, dated, watchlist.lexicons) if seen else None
        if finding and finding.score >= REVIEW_FROM:
            findings.append(finding)
            told.append(Seen(topic, seen, finding.signal, kinds))
        else:
            near += _near_misses(topic, scans, finding)
    return Reading(entry, flat, tuple(_apart(findings, told, entry, watchlist.lexicons)), tuple(near))


def _apart(findings: Sequence[Finding], told: Sequence[Seen], entry: Entry, lexicons: Lexicons) -> Iterator[Finding]:
    """The findings but those of another milestone of the same name; one that only goes by with it is a mention."""
    others = of_others(told, f"{entry.title}\n{entry.summary}", lexicons) if len(told) > 1 else frozenset()
    for number, (finding, seen) in enumerate(zip(findings, told, strict=True)):
        if number in others:
            continue
        if len(told) > 1 and in_passing(seen, told):
            reasons = (*finding.reasons, "another milestone of the same subject is meant")
            yield replace(finding, signal=Signal.MENTION, window=None, reasons=reasons)
        else:
            yield finding


def _dates(entry: Entry, texts: Mapping[str, str]) -> tuple[ReadDate, ...]:
    """The dates of an entry that names no milestone."""
    return tuple(
        ReadDate(name, found)
        for name, text in texts.items()
        for found in find_dates(text, entry.stated_on, entry.language)
    )


def _finding(
    entry: Entry,
    topic: Topic,
    seen: list[Sighting],
    scans: list[Scan],
    words: Words,
    dates: Dates,
    lexicons: Lexicons,
) -> Finding | None:
    """What the entry says of a topic that it names."""
    akin = lexicons.akin.get(topic.kind, ())
    spoken_of = list(passages(topic, seen, scans, words, dates, akin))
    if not spoken_of:
        return None
    denied = denies_a_change(spoken_of)
    sought = Sought(topic.kind, akin, topic.ends, topic.whole, topic.also)
    statements = [state(passage, sought, entry.stated_on, denied) for passage in _heard(spoken_of, sought)]
    if topic.period:
        statements = [of_the_period(statement, topic.period, entry.stated_on) for statement in statements]
    upshot = combine(statements, entry.stated_on)
    first = topic.edition.earliest
    if upshot.signal is Signal.ACHIEVED and first and entry.stated_on < first:
        return None  # an earlier edition
    best = max(seen, key=lambda sighting: (_certainty(sighting), -len(sighting.pattern.name)))
    score = round(min(0.99, _certainty(best) + (0.05 if upshot.signal is not Signal.MENTION else 0.0)), 2)
    return Finding(
        ref=topic.ref,
        signal=upshot.signal,
        stance=upshot.stance,
        window=upshot.window,
        score=score,
        quote=_quote(upshot.base, scans),
        reasons=(_named(best, scans), *upshot.base.reasons),
    )


_QUIET = 3
"""So many sentences in which nothing is said of a milestone may follow one in which something is."""


def _heard(spoken_of: Iterable[Passage], sought: Sought) -> Iterator[Passage]:
    """The passages without those late in a long text, after which nothing more is said of the milestone."""
    quiet = 0
    for passage in spoken_of:
        quiet = quiet + 1 if is_silent(passage, sought.kind, sought.akin) else 0
        if quiet <= _QUIET:
            yield passage


def _certainty(sighting: Sighting) -> float:
    """How surely a sighting means the milestone: a whole name in the title most, scattered words in a summary least."""
    certainty = 0.9 if sighting.pattern.whole else 0.65 if sighting.pattern.beside else 0.75
    certainty -= 0.08 if sighting.field == "summary" else 0.0
    return certainty - (0.1 if sighting.pattern.party or (sighting.pattern.about and sighting.pattern.whole) else 0.0)


def _named(sighting: Sighting, scans: Iterable[Scan]) -> str:
    text = next(scanned.text for scanned in scans if scanned.field == sighting.field)
    if sighting.pattern.whole:
        hit = sighting.hits[0]
        return f"“{text[hit.start : hit.end]}” in the {sighting.field}"
    pieces = dict.fromkeys(text[hit.start : hit.end] for hit in sighting.hits)
    return f"{' + '.join(f'“{piece}”' for piece in pieces)} in the {sighting.field} stand for “{sighting.pattern.name}”"


def _quote(statement: Statement, scans: Iterable[Scan]) -> Quote:
    """The proving sentence, trimmed at its ends; an exact piece of the text with its offsets."""
    passage = statement.passage
    scanned = next(scanned for scanned in scans if scanned.field == passage.field)
    sentence = passage.clauses[0][1].sentence
    whole = [clause for clause in scanned.clauses if clause.sentence == sentence]
    start, end = (0, len(scanned.text)) if passage.field == "title" else (whole[0].start, whole[-1].end)
    if end - start > MAX_QUOTE:
        start = max(start, min(passage.start, end - MAX_QUOTE))
        end = min(end, start + MAX_QUOTE)
    text = scanned.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    return Quote(text, passage.field, start, start + len(text))


def _near_misses(topic: Topic, scans: Sequence[Scan], finding: Finding | None) -> list[NearMiss]:
    """Why a topic that seemed to be named is not found."""
    if finding:
        return [NearMiss(topic.ref, finding.quote.text, f"is too unsure (score {finding.score})")]
    wholes = {facet for pattern in topic.patterns if pattern.whole for facet in pattern.all_of}
    for facets, why in (
        (topic.exclusions, "is a look-alike that the milestone excludes"),
        (wholes, "stands there without a party of the milestone or a word of its kind"),
    ):
        for scanned in scans:
            for hit in scanned.hits:
                if hit.facet in facets:
                    return [NearMiss(topic.ref, scanned.text[hit.start : hit.end], why)]
    return []
