import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exports.galleries import HOSTILE, of_claims, says, titled

from evtimeline.exports.csvtable import CLAIMS, MILESTONES, claims_table, milestones_table

JUNE = says(1, "2025-04-20", "2025-06")
DONE = says(2, "2025-05-26", "2025-05-26", "achieved")
FORMULA = tuple("=+-@＝＋－＠\t\r\n")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_a_row_tells_what_was_promised_and_what_stands() -> None:
    (row,) = rows(milestones_table(of_claims(JUNE, DONE), "en"))
    assert tuple(row) == MILESTONES
    assert (row["title"], row["status"], row["first"], row["latest"]) == (
        "Xiaomi YU7 launch",
        "done",
        "2025-06",
        "2025-05-26",
    )
    assert row["slip_first_days"] == "-35"  # a number of ours stays one


def test_a_ledger_has_one_row_a_claim() -> None:
    first, last = rows(claims_table(of_claims(JUNE, DONE), "en"))
    assert tuple(first) == CLAIMS
    assert (first["publisher"], first["window"], first["quote"], first["verdict"]) == (
        "小米公司",
        "2025-06",
        "说法1：2025-06",
        "accepted",
    )
    assert last["link"] == "https://news.example/2"


def test_lines_end_as_the_standard_asks() -> None:
    written = claims_table(of_claims(JUNE, DONE), "en")
    assert written.count("\r\n") == written.count("\n") == 3


@pytest.mark.parametrize("sign", FORMULA)
@pytest.mark.parametrize("blank", ["", " ", "\u3000", "\u200b"])
def test_no_text_begins_a_formula(sign: str, blank: str) -> None:
    words = f"{blank}{sign}cmd|' /C calc'!A0"
    said = says(1, "2025-04-20", "2025-06", publisher=words, title=words)
    gallery = titled(words, said)
    cells = [cell for row in rows(claims_table(gallery, "en")) for cell in row.values()]
    cells += [row["title"] for row in rows(milestones_table(gallery, "en"))]
    assert not [cell for cell in cells if cell.lstrip(" \u3000").startswith(FORMULA)]


@pytest.mark.parametrize("title", HOSTILE)
def test_foreign_words_stay_in_their_cell(title: str) -> None:
    (row,) = rows(milestones_table(titled(title, JUNE), "en"))
    assert row["key"] == "yu7-launch"
    assert row["title"].isprintable()


@given(st.text(max_size=40))
def test_every_row_has_every_column(title: str) -> None:
    (row,) = rows(milestones_table(titled(title, JUNE), "en"))
    assert set(row) == set(MILESTONES)
    assert None not in row.values()
