import pytest
from hypothesis import given
from hypothesis import strategies as st

from evtimeline.core.text import LONGEST_CLAUSE, LONGEST_SENTENCE, clauses, fold, joints, origins, squeeze


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ＹＵ７上市", "yu7上市"),
        ("寧德時代電池廠", "宁德时代电池厂"),
        ("Dragon’s — “Gate”", 'dragon\'s - "gate"'),
        ("二期，投产。", "二期,投产。"),
        ("İzmir", "izmir"),
    ],
)
def test_spellings_become_one(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_folding_never_moves_an_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_every_squeezed_character_knows_where_it_stood(text: str) -> None:
    folded = fold(text)
    places = origins(folded)
    assert len(places) == len(squeeze(folded)) + 1
    assert "".join(folded[place] for place in places[:-1]) == squeeze(folded)


def test_the_joints_of_a_name_are_where_its_words_meet() -> None:
    assert joints("grand tour vi") == {5, 9}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("工厂六月竣工，八月投产。汽车九月交付", ["工厂六月竣工", "八月投产。", "汽车九月交付"]),
        ("It opens on June 26, 2025, but tickets sell now.", ["it opens on june 26, 2025", "but tickets sell now."]),
        ("Due Nov. 30 in the U.S. market. More follows.", ["due nov. 30 in the u.s. market.", "more follows."]),
        ("产能1,000台，投资3.5亿", ["产能1,000台", "投资3.5亿"]),
    ],
)
def test_a_text_is_cut_where_a_clause_ends_and_not_in_dates_or_numbers(text: str, parts: list[str]) -> None:
    folded = fold(text)
    assert [folded[c.start : c.end].strip() for c in clauses(folded)] == parts


def test_sentences_are_counted() -> None:
    assert [c.sentence for c in clauses(fold("一期投产，二期开工。三期未定"))] == [0, 0, 1]


@given(st.text(st.sampled_from("ab 月，,.？:-'\n"), max_size=3000))
def test_no_clause_or_sentence_grows_beyond_measure(text: str) -> None:
    lengths: dict[int, int] = {}
    for clause in clauses(fold(text)):
        assert clause.end - clause.start <= LONGEST_CLAUSE
        lengths[clause.sentence] = lengths.get(clause.sentence, 0) + clause.end - clause.start
    assert all(length <= LONGEST_SENTENCE for length in lengths.values())
