import io
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evtimeline.cli.terminal import (
    Cell,
    Column,
    Screen,
    Style,
    abridge,
    cells,
    pad,
    safe,
    screen_of,
    table,
    truncate,
    wrap,
)


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("Xiaomi YU7", 10),
        ("小米YU7上市", 11),
        ("ＹＵ７", 6),
        ("é", 1),
        ("e\u0301", 1),
        ("，。", 4),
        ("…×—", 3),
        ("한글", 4),
        ("😀", 2),
    ],
)
def test_text_is_measured_in_cells(text: str, width: int) -> None:
    assert cells(text) == width


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("小米YU7上市", 11, "小米YU7上市"),
        ("小米YU7上市", 10, "小米YU7上…"),
        ("小米YU7上市", 9, "小米YU7…"),
        ("小米YU7上市", 4, "小…"),
        ("Xiaomi YU7", 8, "Xiaomi…"),
        ("小米", 1, "…"),
        ("小米", 0, ""),
    ],
)
def test_what_is_cut_ends_in_an_ellipsis_and_fits(text: str, width: int, shown: str) -> None:
    assert truncate(text, width) == shown


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("北京时代新能源合资公司成立", 22, "北京时代新能…公司成立"),
        ("Battery joint venture starts mass production", 22, "Battery joint…oduction"),
        ("小米YU7上市", 11, "小米YU7上市"),
    ],
)
def test_what_is_abridged_keeps_its_end(text: str, width: int, shown: str) -> None:
    assert abridge(text, width) == shown


@given(st.text(), st.integers(0, 40))
def test_what_is_abridged_fits(text: str, width: int) -> None:
    assert cells(abridge(safe(text), width)) <= width


@given(st.text(), st.integers(0, 40))
def test_padded_text_has_exactly_its_width(text: str, width: int) -> None:
    assert cells(pad(safe(text), width)) == width


@pytest.mark.parametrize(
    ("foreign", "shown"),
    [
        ("小米YU7上市", "小米YU7上市"),
        ("a\x1b[31mred\x1b[0m", "a[31mred[0m"),
        ("\x9b2Jcleared", "2Jcleared"),
        ("\x1b]0;title\x07", "]0;title"),
        ("one\ntwo\ttabbed\r", "one two tabbed "),
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("\u2066isolated\u2069", "isolated"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("para\u2029graph", "para graph"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("full\u3000width", "full\u3000width"),
        ("nul\x00", "nul"),
    ],
)
def test_foreign_text_is_made_harmless(foreign: str, shown: str) -> None:
    assert safe(foreign) == shown


@given(st.text(st.characters()))
def test_no_control_character_gets_through(text: str) -> None:
    assert not any(
        c < " " or "\x7f" <= c <= "\x9f" or "\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069" for c in safe(text)
    )


@given(st.text(), st.integers(2, 30))
def test_wrapped_text_loses_nothing_but_spaces_and_fits(text: str, width: int) -> None:
    lines = wrap(safe(text), width)
    assert all(cells(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "").replace("\u3000", "") == safe(text).replace(" ", "").replace("\u3000", "")


def test_lines_break_at_spaces_and_between_chinese_characters() -> None:
    assert wrap("小米YU7预计将在6至7月上市，售价未定。", 12) == ["小米YU7预计", "将在6至7月上", "市，售价未", "定。"]
    assert wrap("Xiaomi says June to July", 12) == ["Xiaomi says", "June to July"]


COLUMNS = (
    Column("MILESTONE", least=12, yields=2),
    Column("STANDS", least=10),
    Column("SOURCE", least=6, yields=3, optional=True),
)
ROWS = [
    (Cell("小米YU7上市，以及更多的话", Style.STRONG), Cell("2025-06-26"), Cell("Xiaomi Corporation")),
    (Cell("Plant II"), Cell("2025-06"), Cell("小米")),
]


def test_a_table_with_room_shows_everything() -> None:
    assert table(COLUMNS, ROWS, Screen(80)) == [
        "MILESTONE                  STANDS      SOURCE",
        "小米YU7上市，以及更多的话  2025-06-26  Xiaomi Corporation",
        "Plant II                   2025-06     小米",
    ]


def test_the_column_that_yields_first_shrinks_first() -> None:
    assert table(COLUMNS, ROWS, Screen(50)) == [
        "MILESTONE                  STANDS      SOURCE",
        "小米YU7上市，以及更多的话  2025-06-26  Xiaomi Cor…",
        "Plant II                   2025-06     小米",
    ]


def test_a_column_without_room_is_left_out_and_its_room_given_back() -> None:
    assert table(COLUMNS, ROWS, Screen(30)) == [
        "MILESTONE           STANDS",
        "小米YU7上市，以及…  2025-06-26",
        "Plant II            2025-06",
    ]


@given(st.integers(40, 200), st.lists(st.tuples(st.text(), st.text(), st.text()), max_size=4))
def test_no_line_is_wider_than_the_screen(width: int, texts: list[tuple[str, str, str]]) -> None:
    rows = [tuple(Cell(safe(text)) for text in row) for row in texts]
    assert all(cells(line) <= width for line in table(COLUMNS, rows, Screen(width)))


def test_colour_does_not_move_the_columns() -> None:
    plain = table(COLUMNS, ROWS, Screen(50))
    coloured = table(COLUMNS, ROWS, Screen(50, colour=True))
    assert coloured != plain
    assert [line.replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[0m", "") for line in coloured] == plain


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "environment", "colour"),
    [
        (Terminal(), {}, True),
        (Terminal(), {"NO_COLOR": "1"}, False),
        (Terminal(), {"NO_COLOR": ""}, True),
        (Terminal(), {"TERM": "dumb"}, False),
        (io.StringIO(), {}, False),
        (io.StringIO(), {"FORCE_COLOR": "1"}, True),
        (io.StringIO(), {"FORCE_COLOR": "0"}, False),
        (Terminal(), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colour_is_for_terminals_and_for_those_who_ask(
    stream: io.StringIO, environment: dict[str, str], colour: bool
) -> None:
    assert screen_of(stream, environment).colour is colour


def test_the_width_is_what_columns_says() -> None:
    assert screen_of(io.StringIO(), {"COLUMNS": "132"}).width == 132
    assert screen_of(io.StringIO(), {"COLUMNS": "7"}).width == 40
    assert screen_of(io.StringIO(), {"COLUMNS": "wide"}).width > 0


def test_the_width_is_that_of_the_terminal() -> None:
    leader, follower = os.openpty()
    with os.fdopen(leader, "rb"), os.fdopen(follower, "w") as stream:
        import fcntl
        import struct
        import termios

        fcntl.ioctl(stream, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 91, 0, 0))
        assert screen_of(stream, {}) == Screen(91, colour=True)
