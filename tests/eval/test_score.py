"""The regression sentences must be read at least this well; `make eval` shows how well they are."""

from collections import Counter

import pytest
from tests.eval.score import MATCHED, Row, by_class, by_difficulty, rows

LANGUAGES = ("zh", "en")


def of(language: str) -> list[Row]:
    return [row for row in rows() if row.language == language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_milestones_are_found_and_others_are_not(language: str) -> None:
    score = by_class(of(language))[MATCHED]
    assert score.precision >= 0.95
    assert score.recall >= 0.92


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("signal", ["achieved", "cancelled", "delayed", "advanced", "scheduled"])
def test_what_would_be_told_is_rarely_wrong(language: str, signal: str) -> None:
    assert by_class(of(language))[signal].precision >= 0.8


@pytest.mark.parametrize(
    ("language", "signal", "recall"),
    [
        *(("zh", signal, recall) for signal, recall in (("achieved", 0.85), ("delayed", 0.9), ("scheduled", 0.9))),
        *(("en", signal, recall) for signal, recall in (("achieved", 0.9), ("delayed", 0.9), ("scheduled", 0.9))),
    ],
)
def test_most_of_it_is_read(language: str, signal: str, recall: float) -> None:
    assert by_class(of(language))[signal].recall >= recall


@pytest.mark.parametrize("language", LANGUAGES)
def test_stances_and_windows_are_read_with_the_signal(language: str) -> None:
    scores = by_class(of(language))
    assert scores["stance"].recall >= 0.9
    assert scores["window"].recall >= 0.9


@pytest.mark.parametrize("language", LANGUAGES)
def test_nine_rows_of_ten_are_read_as_a_person_reads_them(language: str) -> None:
    counted = by_difficulty(of(language)).values()
    assert sum(right for right, _ in counted) >= 0.9 * sum(number for _, number in counted)


def test_every_kind_of_difficulty_is_there_in_both_languages() -> None:
    kinds = {language: Counter(row.about for row in of(language)) for language in LANGUAGES}
    assert len(rows()) >= 240
    assert kinds["zh"].keys() == kinds["en"].keys()
