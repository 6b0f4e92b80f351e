"""Reads the regression sentences and prints precision and recall by class; `--errors` lists what is wrong."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from evtimeline.core.claims import Signal, Stance
from evtimeline.core.entries import Entry
from evtimeline.core.reading import Finding, read, watch
from evtimeline.core.windows import Window, parse_edtf
from evtimeline.documents.timelinefile import load_timeline
from evtimeline.lexicons import load as load_lexicons

HERE = Path(__file__).parent
MATCHED = "match"


@dataclass(frozen=True)
class Says:
    """What an entry says of one milestone."""

    milestone: str
    signal: Signal
    stance: Stance = Stance.ASSERTED
    window: Window | None = None

    def __str__(self) -> str:
        return f"{self.milestone} {self.signal} {self.window.edtf if self.window else '-'} {self.stance}"


@dataclass(frozen=True)
class Row:
    """A sentence, what it says, and what was read in it; `about` is the kind of difficulty."""

    language: str
    about: str
    title: str
    expected: tuple[Says, ...]
    found: tuple[Says, ...]

    @property
    def pairs(self) -> tuple[tuple[Says, Says], ...]:
        """What is said and what was read of the same milestone."""
        return tuple((one, other) for one in self.expected for other in self.found if one.milestone == other.milestone)

    @property
    def right(self) -> bool:
        """Whether everything was read as it is said."""
        return set(self.expected) == set(self.found)


@dataclass(frozen=True)
class Score:
    """How many there are, how many were found, how many of those are right."""

    expected: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of what there is that was found; 1 where there is nothing."""
        return self.right / self.expected if self.expected else 1.0


@cache
def rows() -> tuple[Row, ...]:
    """Every regression sentence, read."""
    watchlist = watch([load_timeline(HERE / "timeline.yaml")], load_lexicons())
    written = [(language, line) for language in ("zh", "en") for line in _lines(language)]
    entries = [_entry(number, language, line) for number, (language, line) in enumerate(written)]
    found = [tuple(_finding(one.ref[1], one) for one in reading.findings) for reading in read(entries, watchlist)]
    return tuple(
        Row(language, str(line["as"]), str(line["title"]), tuple(map(_says, _listed(line["says"]))), said)
        for (language, line), said in zip(written, found, strict=True)
    )


def by_class(chosen: Sequence[Row]) -> dict[str, Score]:
    """The score of each signal, of stances and windows where the signal is right, and of matching alone."""
    pairs = [pair for row in chosen for pair in row.pairs]
    alike = [(one, other) for one, other in pairs if one.signal is other.signal]
    every = Counter(one.signal for row in chosen for one in row.expected)
    found = Counter(one.signal for row in chosen for one in row.found)
    right = Counter(one.signal for one, _ in alike)
    scores = {signal.value: Score(every[signal], found[signal], right[signal]) for signal in Signal}
    dated = [(one, other) for one, other in alike if one.window]
    scores["stance"] = Score(len(alike), len(alike), sum(one.stance is other.stance for one, other in alike))
    scores["window"] = Score(len(dated), len(dated), sum(_same(one.window, other.window) for one, other in dated))
    scores[MATCHED] = Score(every.total(), found.total(), len(pairs))
    return scores


def by_difficulty(chosen: Sequence[Row]) -> dict[str, tuple[int, int]]:
    """How many rows of each kind of difficulty are read right, of how many."""
    every = Counter(row.about for row in chosen)
    right = Counter(row.about for row in chosen if row.right)
    return {about: (right[about], number) for about, number in every.items()}


def main(arguments: Sequence[str]) -> None:
    """Print the table, and with `--errors` the rows that are wrong."""
    for language in ("zh", "en"):
        chosen = [row for row in rows() if row.language == language]
        print(f"{language}, {len(chosen)} rows      precision  recall   of")
        for name, score in by_class(chosen).items():
            print(f"  {name:<16}{score.precision:9.2f}{score.recall:9.2f}{score.expected:6}")
        told = (f"{about} {right}/{number}" for about, (right, number) in by_difficulty(chosen).items())
        print("  rows read right: " + ", ".join(told))
    if "--errors" in arguments:
        for row in rows():
            if not row.right:
                print("\n".join(_error(row)))


def _error(row: Row) -> Iterator[str]:
    yield f"{row.language} {row.about}: {row.title}"
    yield f"    says {'; '.join(map(str, row.expected)) or 'nothing'}"
    yield f"    read {'; '.join(map(str, row.found)) or 'nothing'}"


def _same(one: Window | None, other: Window | None) -> bool:
    """Whether two windows have the same days; where one has no first day, the last day decides."""
    if one is None or other is None:
        return one is other
    first = one.earliest == other.earliest or None in (one.earliest, other.earliest)
    return first and one.latest == other.latest


def _lines(language: str) -> Iterable[dict[str, object]]:
    lines = yaml.safe_load((HERE / f"{language}.yaml").read_text("utf-8"))
    assert isinstance(lines, list)
    return lines


def _listed(value: object) -> list[str]:
    assert isinstance(value, list)
    return [str(one) for one in value]


def _entry(number: int, language: str, line: dict[str, object]) -> Entry:
    day = line["day"]
    assert isinstance(day, date)
    return Entry(str(number), str(line["title"]), str(line.get("text", "")), day, language)


def _says(told: str) -> Says:
    milestone, signal, *rest = told.split()
    stance = next((Stance(word) for word in rest if word in set(Stance)), Stance.ASSERTED)
    window = next((parse_edtf(word) for word in rest if word not in set(Stance)), None)
    return Says(milestone, Signal(signal), stance, window)


def _finding(milestone: str, finding: Finding) -> Says:
    return Says(milestone, finding.signal, finding.stance, finding.window)


if __name__ == "__main__":
    main(sys.argv[1:])
