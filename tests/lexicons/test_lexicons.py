from collections.abc import Iterator
from importlib import resources

import pytest
import yaml

from evtimeline.core.lexicon import Cue, Role, Sort, Tense, pattern
from evtimeline.core.milestones import Kind
from evtimeline.errors import DocumentError
from evtimeline.lexicons import LANGUAGES, load, parse


def test_every_shipped_language_has_words_for_every_kind() -> None:
    for language in load().languages:
        kinds = {phrase.kind for phrase in language.phrases if phrase.role is Role.TITLE}
        assert {kind.value for kind in Kind} - {Kind.OTHER} <= kinds, language.language


def test_the_languages_share_the_keys_of_places_and_companies() -> None:
    lexicons = load()
    assert {language.language for language in lexicons.languages} == set(LANGUAGES)
    assert {"匈牙利", "hungarian"} <= set(lexicons.concepts[Sort.PLACE, "hungary"])


def test_a_verb_comes_in_all_its_forms() -> None:
    irregular = "irregular: {begin: [begins, began, begun, beginning]}"
    text = f"language: xx\n{irregular}\nkinds: {{launch: {{verbs: [begin sales, try]}}}}"
    forms = {phrase.text: phrase.tense for phrase in parse(text, "xx.yaml").phrases}
    assert forms["begins sales"] is Tense.PRESENT
    assert forms["begun sales"] is Tense.PAST
    assert forms["tries"] is Tense.PRESENT
    assert forms["tried"] is Tense.PAST
    assert forms["trying"] is Tense.ING


def test_brackets_spell_out_alternatives_and_an_ellipsis_parts_head_and_tail() -> None:
    phrases = parse("language: xx\ncues: {delay: [put(|s) … off]}", "xx.yaml").phrases
    assert [(p.text, p.tail, p.cue) for p in phrases] == [("put", "off", Cue.DELAY), ("puts", "off", Cue.DELAY)]


def test_words_that_yaml_takes_for_truth_values_stay_words() -> None:
    assert [p.text for p in parse("language: xx\ncues: {negation: [no, on]}", "xx.yaml").phrases] == ["no", "on"]


def test_the_words_of_a_class_stand_in_a_pattern_in_all_languages() -> None:
    assert all(pattern("%(traded)s Exchange", load()).fullmatch(f"{traded} Exchange") for traded in ("期货", "Metal"))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("language: xx\nwords: {}", "unknown key `words`"),
        ("language: xx\ncues: {delays: []}", "unknown cue `delays`"),
        ("language: xx\nkinds: {launch: {cores: []}}", "unknown key of kind launch `cores`"),
        ("- a", "must be a mapping"),
        ("a: [", "is not YAML"),
    ],
)
def test_a_wrong_word_list_says_what_is_wrong(text: str, complaint: str) -> None:
    with pytest.raises(DocumentError, match=complaint):
        parse(text, "xx.yaml")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_of_a_shipped_word_list_is_written_twice(language: str) -> None:
    text = (resources.files("evtimeline.lexicons") / f"{language}.yaml").read_text("utf-8")
    for keys in _keys(yaml.compose(text, Loader=yaml.CBaseLoader)):
        assert len(keys) == len(set(keys)), sorted(key for key in keys if keys.count(key) > 1)


def test_no_word_is_spelled_with_what_only_regular_expressions_know() -> None:
    phrases = [phrase.text for one in load().languages for phrase in one.phrases]
    odd = {text for text in phrases if len(text) > 1 and set(text) & set("?*[]()|")}
    assert not odd


def _keys(node: yaml.Node | None) -> Iterator[list[str]]:
    if isinstance(node, yaml.MappingNode):
        yield [key.value for key, _ in node.value]
        for _, value in node.value:
            yield from _keys(value)
