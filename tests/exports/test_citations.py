import json

import pytest
from tests.builders import a_milestone
from tests.exports.galleries import HOSTILE, ZONE, says

from evtimeline.core.claims import Claim, Quote
from evtimeline.exports.citations import Cited, as_bibtex, as_csl, as_sentence
from evtimeline.store.milestones import StoredMilestone

CLAIM = says(12, "2025-06-23", "2025-06-26")
MILESTONE = StoredMilestone(1, "cars", ZONE, a_milestone())


def cited(claim: Claim = CLAIM) -> Cited:
    return Cited(claim, MILESTONE)


def test_a_sentence_says_who_said_what_when_and_where() -> None:
    assert as_sentence(cited(), "en") == (
        "小米公司 (23 June 2025). “说法12：2025-06-26”. <https://news.example/12>. "
        "evtimeline #12, cars/yu7-launch (Xiaomi YU7 launch); learned 23 June 2025."
    )
    assert as_sentence(cited(), "zh").startswith("小米公司 (2025年6月23日)。“说法12：2025-06-26”。<https://")


def test_a_headline_that_says_more_than_the_quote_is_cited_too() -> None:
    said = says(12, "2025-06-23", "2025-06-26", quote=Quote("on June 26", "summary", 0, 10), title="YU7 to launch")
    assert "“on June 26”. YU7 to launch. <" in as_sentence(cited(said), "en")


def test_a_claim_of_nobody_says_so() -> None:
    assert as_sentence(cited(says(1, "2025-06-23", None, publisher="")), "en").startswith("nobody named (")


def test_bibtex_has_the_fields_that_every_style_knows() -> None:
    written = as_bibtex(cited())
    assert written.startswith("@misc{evtimeline-12,\n  author = {{小米公司}},\n")
    assert r"howpublished = {\url{https://news.example/12}}" in written


def test_csl_is_json_with_a_date_in_parts() -> None:
    (item,) = json.loads(as_csl(cited()))
    assert (item["type"], item["issued"]) == ("webpage", {"date-parts": [[2025, 6, 23]]})
    assert item["author"] == [{"literal": "小米公司"}]


@pytest.mark.parametrize("words", HOSTILE)
def test_foreign_words_do_no_harm_in_a_citation(words: str) -> None:
    said = says(1, "2025-06-23", None, publisher=words, title=words, quote=None, link="javascript:alert(1)")
    assert as_sentence(cited(said), "en").isprintable()
    written = as_bibtex(cited(said)).replace(r"\{", "").replace(r"\}", "")
    assert written.count("{") == written.count("}")
    (item,) = json.loads(as_csl(cited(said)))
    assert "URL" not in item
