from decimal import Decimal
from pathlib import Path

import pytest

from evtimeline.core.claims import Tier
from evtimeline.documents.marked import Fields, decimal, open_document, parse_document
from evtimeline.errors import DocumentError


def problems(fields: Fields) -> list[tuple[int | None, str]]:
    with pytest.raises(DocumentError) as caught:
        fields.raise_problems()
    return [(problem.line, problem.message) for problem in caught.value.problems]


def refused(text: str) -> str:
    with pytest.raises(DocumentError) as caught:
        parse_document(text, "x.yaml")
    return str(caught.value)


@pytest.mark.parametrize(
    "word", ["no", "on", "2025-06-26", "007", "1_000", "0x10", "1e3", "12:30", "true", "NaN", "=", "<<"]
)
def test_a_value_is_the_text_that_was_written(word: str) -> None:
    assert parse_document(f"a: {word}", "x.yaml").text("a") == word


@pytest.mark.parametrize("word", ["", "~", "null", "# only a comment"])
def test_an_empty_value_is_a_missing_value(word: str) -> None:
    fields = parse_document(f"a: {word}", "x.yaml")
    assert fields.text("a") is None
    assert fields.texts("a") == ()
    assert not fields.has("a")


def test_a_quoted_null_is_a_text() -> None:
    assert parse_document("a: 'null'", "x.yaml").text("a") == "null"


def test_json_is_read_with_its_escaped_pairs() -> None:
    fields = parse_document('{"a": ["\\ud83d\\ude97", "\\u5c0f\\u7c73"], "b": null}', "x.json")
    assert fields.texts("a") == ("🚗", "小米")
    assert not fields.has("b")


def test_every_problem_is_told_with_its_line() -> None:
    fields = parse_document("a: 1\ntier: primry\nnames: [x, [y]]\ncolour: red\na: 2\nn: -3\n", "x.yaml")
    fields.text("a"), fields.texts("names"), fields.whole("n", 1)
    assert fields.choice("tier", Tier, Tier.SECONDARY) is Tier.SECONDARY
    assert fields.required("url") == ""
    fields.close("color")
    assert problems(fields) == [
        (1, "'url' is missing"),
        (2, "'tier': 'primry' is not one of primary, secondary, tertiary; did you mean 'primary'?"),
        (3, "each item of 'names' must be a text"),
        (4, "unknown field 'colour'; did you mean 'color'?"),
        (5, "'a' is given twice; keep one"),
        (6, "'n': '-3' is not a whole number"),
    ]


def test_an_unknown_field_that_is_near_to_none_lists_the_known_ones() -> None:
    fields = parse_document("zzz: 1", "x.yaml")
    fields.text("url")
    fields.close()
    assert problems(fields) == [(1, "unknown field 'zzz'; known are url")]


def test_nested_fields_share_the_problems_of_their_document() -> None:
    fields = parse_document("feeds:\n  - url: x\n    odd: 1\n  - just text\nmore: {flag: maybe}\n", "x.yaml")
    for feed in fields.mappings("feeds"):
        feed.required("url")
        feed.close()
    more = fields.mapping("more")
    assert more is not None
    assert more.flag("flag", True) is True
    assert [line for line, _ in problems(fields)] == [3, 4, 5]


@pytest.mark.parametrize(
    ("word", "value"), [("yes", True), ("on", True), ("True", True), ("no", False), ("off", False)]
)
def test_flags_are_read_as_people_write_them(word: str, value: bool) -> None:
    assert parse_document(f"a: {word}", "x.yaml").flag("a", not value) is value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: b: c", "x.yaml:1: is not valid YAML: a text that holds a colon and a space needs quotes around it"),
        ("a:\n\t- b", "x.yaml:2: is not valid YAML: indent with spaces, not tabs"),
        ("a: 'x\nb: 2", "a quote is opened and never closed"),
        ("a: [1, 2\nb: 3", "a bracket is opened and never closed, or a comma is missing"),
        ("a: 1\n---\nb: 2", "x.yaml:2: a second document begins here"),
        ("- a", "x.yaml:1: the document must be fields"),
        ("a: &x 1\nb: *x", "x.yaml:2: refers to another place with *"),
        ("a: \x01", "x.yaml:1: is not valid YAML: it holds control characters"),
        ("a: \ud800", "is not UTF-8"),
    ],
)
def test_what_is_not_a_document_is_one_sentence_with_its_line(text: str, said: str) -> None:
    assert said in refused(text)


def test_a_document_of_brackets_is_refused_without_exhausting_the_stack() -> None:
    assert "nested deeper than 40 levels" in refused("[" * 1_000_000)
    assert "nested deeper than 40 levels" in refused("a: " + "{a: " * 100_000)


def test_a_document_over_the_limit_is_refused() -> None:
    assert "larger than 5 MB" in refused("a: " + "x" * 5_000_001)


@pytest.mark.parametrize("text", ['a: "\\e[31mred"', 'a: "\\u202egnp"', 'a: "x\\0"'])
def test_control_characters_do_not_come_in_by_escapes(text: str) -> None:
    fields = parse_document(text, "x.yaml")
    assert fields.required("a") == ""
    assert ["control character" in said for _, said in problems(fields)] == [True]


def test_only_a_long_text_has_line_breaks() -> None:
    fields = parse_document("note: |\n  one\n  two\ntitle: |\n  one\n  two\n", "x.yaml")
    assert fields.text("note", long=True) == "one\ntwo"
    assert fields.text("title") is None
    assert problems(fields) == [(4, "'title' must stand on one line, without tabs")]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n"])
def test_an_empty_file_is_a_document_without_fields(text: str) -> None:
    assert parse_document(text, "x.yaml").names == ()


def test_files_that_cannot_be_read_are_told_by_name(tmp_path: Path) -> None:
    wrong = tmp_path / "gbk.yaml"
    wrong.write_bytes("a: 1\nb: 小米".encode("gbk"))
    large = tmp_path / "large.yaml"
    large.write_bytes(b"#" * 5_000_001)
    for path, said in [
        (tmp_path / "none.yaml", "there is no such file"),
        (tmp_path, "is a folder"),
        (wrong, ":2: is not UTF-8 text"),
        (large, "larger than 5 MB"),
    ]:
        with pytest.raises(DocumentError, match=said) as caught:
            open_document(path)
        assert str(path) in str(caught.value)


def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path: Path) -> None:
    path = tmp_path / "bom.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    assert open_document(path).names == ("a", "b")


def test_numbers_keep_their_digits() -> None:
    assert decimal("350,000") == 350_000
    assert str(decimal("1.50")) == "1.50"
    for wrong in ("NaN", "inf", "1e99", "many"):
        with pytest.raises(ValueError, match="not a number"):
            decimal(wrong)
    assert isinstance(decimal("3"), Decimal)
