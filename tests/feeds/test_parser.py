import os
import resource
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.feeds.documents import document, titled, titles

from evtimeline.errors import ParseError
from evtimeline.feeds.parse import Document, ParsedFeed
from evtimeline.feeds.parser import Parser
from evtimeline.feeds.worker import CPU_SECONDS, MEMORY, TOO_LARGE, outcome


def test_documents_are_parsed_in_other_processes_and_come_back_as_values() -> None:
    with Parser() as parser:
        assert titles(parser.parse(document(titled("一", "二")))) == ["一", "二"]


def test_every_document_comes_back_with_its_key() -> None:
    given = ((number, document(titled(f"title {number}"))) for number in range(20))
    with Parser(workers=2) as parser:
        outcomes = dict(parser.parse_all(given))
    assert sorted(outcomes) == list(range(20))
    for number, feed in outcomes.items():
        assert isinstance(feed, ParsedFeed) and titles(feed) == [f"title {number}"]


def test_a_document_that_is_no_feed_harms_no_other() -> None:
    documents = [("page", document("<html>")), ("feed", document(titled("x"))), ("empty", document(""))]
    with Parser() as parser:
        outcomes = dict(parser.parse_all(documents))
    assert isinstance(outcomes["feed"], ParsedFeed)
    assert "web page" in str(outcomes["page"]) and "empty" in str(outcomes["empty"])


def test_a_single_document_that_is_no_feed_raises() -> None:
    with Parser() as parser, pytest.raises(ParseError, match="web page"):
        parser.parse(document("<html>"))


def test_a_document_that_takes_too_long_is_given_up_and_the_next_is_parsed() -> None:
    endless = document("<rss><channel><item><title>x</title>" + "<a>" * 400_000)
    with Parser(workers=1, patience=5) as parser:
        with pytest.raises(ParseError, match="given up"):
            parser.parse(endless)
        assert titles(parser.parse(document(titled("next")))) == ["next"]


def test_a_worker_that_stands_still_is_given_up_and_the_next_document_is_parsed() -> None:
    with Parser(workers=1, patience=0.5) as parser:
        os.kill(parser._workers[0]._running().pid, signal.SIGSTOP)
        with pytest.raises(ParseError, match="given up"):
            parser.parse(document(titled("never")))
    with Parser(workers=1) as parser:
        assert titles(parser.parse(document(titled("next")))) == ["next"]


def test_a_worker_may_take_no_more_memory_or_processor_time_than_a_feed_needs() -> None:
    with Parser(workers=1) as parser:
        parser.parse(document(titled("one")))
        worker = parser._workers[0]._running().pid
        assert resource.prlimit(worker, resource.RLIMIT_AS)[0] == MEMORY
        assert 0 < resource.prlimit(worker, resource.RLIMIT_CPU)[0] <= 2 * CPU_SECONDS
        assert resource.prlimit(worker, resource.RLIMIT_CORE)[0] == 0


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [
        (MemoryError(), TOO_LARGE),
        (RecursionError(), "the document is nested too deep to be a feed"),
        (LookupError("x"), "the document breaks the parser (LookupError)"),
    ],
)
def test_whatever_a_document_does_to_the_parser_is_its_own_error(
    failure: Exception, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Document) -> ParsedFeed:
        raise failure

    monkeypatch.setattr("evtimeline.feeds.worker.parse", fail)
    assert outcome(document(titled("x"))) == sentence


def test_a_worker_that_dies_is_replaced() -> None:
    with Parser(workers=1) as parser:
        assert parser.parse(document(titled("one")))
        process = parser._workers[0]._running()
        process.kill()
        process.wait()
        with pytest.raises(ParseError, match="given up"):
            parser.parse(document(titled("lost")))
        assert titles(parser.parse(document(titled("two")))) == ["two"]


def test_easy_documents_go_to_a_worker_together_and_what_is_not_easy_is_parsed_alone() -> None:
    broken = document(titled("broken").removesuffix("</rss>"))
    batch = [(1, document(titled("one"))), (2, broken), (3, document("<html>")), (4, document(titled("four")))]
    with Parser(workers=1) as parser:
        parser.give_easy(batch)
        assert not parser.is_idle
        outcomes = dict(parser.finished(wait=True))
    assert {number: titles(feed) for number, feed in outcomes.items() if isinstance(feed, ParsedFeed)} == {
        1: ["one"],
        2: ["broken"],
        4: ["four"],
    }
    assert "web page" in str(outcomes[3])


def test_a_worker_that_dies_over_several_documents_is_held_against_none_of_them() -> None:
    with Parser(workers=1) as parser:
        process = parser._workers[0]._running()
        process.kill()
        process.wait()
        parser.give_easy([(number, document(titled(str(number)))) for number in range(3)])
        outcomes = dict(parser.finished(wait=True))
    assert [titles(feed) for feed in outcomes.values() if isinstance(feed, ParsedFeed)] == [["0"], ["1"], ["2"]]


def test_a_caller_may_stop_early() -> None:
    def given() -> Iterator[tuple[int, Document]]:
        for number in range(10):
            yield number, document(titled(str(number)))

    with Parser() as parser:
        outcomes = parser.parse_all(given())
        next(outcomes)
        outcomes.close()  # type: ignore[attr-defined]  # it is a generator
        assert titles(parser.parse(document(titled("later")))) == ["later"]


def test_a_worker_takes_no_module_from_the_folder_it_is_started_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("pickle", "json", "feedparser", "evtimeline"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(1)")
    with Parser(workers=1) as parser:
        assert titles(parser.parse(document(titled("x")))) == ["x"]
