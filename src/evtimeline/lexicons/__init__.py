"""Reads word lists into values; a language is a file, names in all languages are two more. Unknown keys are errors."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from itertools import product
from typing import Final

import yaml

from evtimeline.core.lexicon import Concept, Cue, Lexicon, Lexicons, Phrase, Role, Sort, Tense
from evtimeline.core.text import fold
from evtimeline.errors import DocumentError, Problem

LANGUAGES: Final = ("zh", "en")
NAMES: Final = ("places", "companies")
"""Files of names, each in all languages."""

AKIN: Final[Mapping[str, tuple[str, ...]]] = {
    "launch": ("delivery", "mass-production", "release", "opening"),
    "release": ("launch",),
    "delivery": ("mass-production", "launch"),
    "mass-production": ("plant-opening", "delivery"),
    "plant-opening": ("mass-production", "completion", "opening"),
    "opening": ("launch", "plant-opening"),
    "market-entry": ("launch", "delivery"),
    "reopening": ("opening", "launch"),
}
"""For a kind, the other kinds whose delay is its delay too: a car that is built later is sold later."""

COMPANY_KINDS: Final = frozenset({"ipo", "founding", "target", "market-entry", "closing", "approval", "delisting"})
"""Kinds whose subject is a company: news of the company is not yet news of the milestone."""

_KEYS: Final = {"language", "irregular", "cues", "kinds", "concepts", "places", "orgs", "ordinals", "measures"} | {
    "company_suffixes",
    "stopwords",
    "offshoots",
    "subtitles",
    "synonyms",
    "classes",
    "numbered",
    "traits",
    "towns",
    "within",
}
_BRACKETS: Final = re.compile(r"\(([^()]*)\)")


@cache
def load() -> Lexicons:
    """All lexicons that are shipped, read once."""
    languages, names = (tuple(map(_shipped, listed)) for listed in (LANGUAGES, NAMES))
    return Lexicons(languages, AKIN, COMPANY_KINDS, names)


def _shipped(language: str) -> Lexicon:
    name = f"{language}.yaml"
    return parse((resources.files(__name__) / name).read_text(encoding="utf-8"), name)


def parse(text: str, name: str) -> Lexicon:
    """The lexicon that `text` (YAML) holds; raises DocumentError with everything that is wrong in it."""
    try:
        document = yaml.load(text, Loader=yaml.CBaseLoader)
    except yaml.YAMLError as error:
        raise DocumentError(name, (Problem(None, f"is not YAML: {error}"),)) from error
    problems = tuple(_problems(document))
    if problems:
        raise DocumentError(name, problems)
    return Lexicon(
        language=document["language"],
        phrases=tuple(_phrases(document)),
        concepts=tuple(_concepts(document)),
        company_suffixes=tuple(map(fold, document.get("company_suffixes", ()))),
        stopwords=frozenset(map(fold, document.get("stopwords", ()))),
        offshoots=tuple(map(fold, document.get("offshoots", ()))),
        subtitles=frozenset(map(fold, document.get("subtitles", ()))),
        synonyms=tuple(tuple(map(fold, same)) for same in document.get("synonyms", ())),
        classes={name: _all_spelled(words) for name, words in document.get("classes", {}).items()},
        within=dict(_within(document)),
    )


def _problems(document: object) -> Iterator[Problem]:
    """What is wrong with the shape of a lexicon."""
    if not isinstance(document, dict) or not isinstance(document.get("language"), str):
        yield Problem(None, "must be a mapping with `language` and word lists")
        return
    yield from _unknown("key", document, _KEYS)
    yield from _unknown("cue", document.get("cues", {}), {cue.value for cue in Cue})
    for kind, roles in document.get("kinds", {}).items():
        yield from _unknown(f"key of kind {kind}", roles, {role.value for role in Role} | {"verbs", "step_verbs"})


def _unknown(what: str, given: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
    for key in given:
        if key not in known:
            yield Problem(None, f"unknown {what} `{key}`; known are {', '.join(sorted(known))}")


def _phrases(document: Mapping[str, dict[str, list[str]]]) -> Iterator[Phrase]:
    """Every phrase of the cues and kinds, verbs in all their forms."""
    irregular: Mapping[str, list[str]] = document.get("irregular", {})
    for name, texts in document.get("cues", {}).items():
        for text in texts:
            for form, tense in _forms(text, irregular):
                yield _phrase(form, tense, cue=Cue(name))
    kinds: Mapping[str, Mapping[str, list[str]]] = document.get("kinds", {})  # type: ignore[assignment]
    for kind, roles in kinds.items():
        for name, texts in roles.items():
            role = {"verbs": Role.CORE, "step_verbs": Role.STEP}.get(name) or Role(name)
            for text in texts:
                verb = f"~{text}" if name in ("verbs", "step_verbs") else text
                for form, tense in _forms(verb, irregular):
                    yield _phrase(form, tense, kind=kind, role=role)


def _phrase(
    text: str, tense: Tense, cue: Cue | None = None, kind: str | None = None, role: Role | None = None
) -> Phrase:
    """A phrase from its spelling: `a … b` is a head and a tail, `^a` stands where a clause begins."""
    head, _, tail = text.partition("…")
    text = fold(head.strip(" "))
    return Phrase(text.removeprefix("^"), cue, kind, role, tense, fold(tail.strip(" ")) or None, text.startswith("^"))


def _forms(text: str, irregular: Mapping[str, list[str]]) -> Iterator[tuple[str, Tense]]:
    """What `text` spells out: alternatives in brackets, and with ~ in front a verb in all its forms."""
    for spelled in _spelled(text.removeprefix("~")):
        if not text.startswith("~"):
            yield spelled, _tense(spelled)
            continue
        verb, space, rest = spelled.partition(" ")
        for form, tense in _conjugated(verb, irregular.get(verb)):
            yield form + space + rest, tense


_PAST = re.compile(r"\b(?:\w{2,}ed|began|begun|held|laid|went|got|met|won|broke|came|took|made|built|left|ran|flew)\b")
_PRESENT = re.compile(
    r"\b(?:begins|starts|opens|enters|goes|gets|wins|closes|applies|takes|makes|produces|ships|exports|turns|signs"
    r"|rolls|comes|leaves|lands|runs|arrives|departs|boards|crosses|touches|docks|berths|calls|flows|rides|drives|walks"
    r"|travels|holds|hosts|marks|celebrates|reports|announces|commences|kicks|launches|loads|resumes|ceases|ends|closes|sells|bites|fails|crashes|explodes|owns|becomes|joins|receives|trades)\b"
    r"|^first .*… (?:roll|come|leave|cross|arrive|land|enter|board|run|flow|get|receive|take|collect|pick up)\b"
    r"|^(?:ride|drive|cross|walk|enter|board|flow|travel) … for|in the ground$"
    r"|^(?:is|are) \w|^back (?:in|on)|^flying again|\bup and running$|\bunder ?way$|^(?:officially|formally|fully) \w"
    r"|^in full operations?$"
)


_PLURALS = (
    "… begin",
    "… start",
    "… commence",
    "… kick off",
    "… get under way",
    "… get underway",
    "… resume",
    "… return",
)


def _tense(text: str) -> Tense:
    """The tense that a fixed English phrase shows: production began, trading starts."""
    if _PAST.search(text):
        return Tense.PAST
    if text.endswith(_PLURALS):
        return Tense.BASE
    return Tense.PRESENT if _PRESENT.search(text) else Tense.NONE


def _spelled(text: str) -> Iterator[str]:
    if "(" not in text:
        yield text
        return
    parts = _BRACKETS.split(text)
    for choice in product(*(part.split("|") if i % 2 else (part,) for i, part in enumerate(parts))):
        yield "".join(choice)


def _conjugated(verb: str, irregular: list[str] | None) -> Iterator[tuple[str, Tense]]:
    """The forms of an English verb; `irregular` lists third person, past forms and -ing."""
    yield verb, Tense.BASE
    if irregular:
        third, *past, ing = irregular
        yield third, Tense.PRESENT
        yield from ((form, Tense.PAST) for form in past)
        yield ing, Tense.ING
        return
    stem = verb[:-1] if verb.endswith("e") else verb
    if verb.endswith("y") and verb[-2] not in "aeou":
        yield verb[:-1] + "ies", Tense.PRESENT
        yield verb[:-1] + "ied", Tense.PAST
    else:
        yield verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s"), Tense.PRESENT
        yield stem + "ed", Tense.PAST
    yield stem + "ing", Tense.ING


_SECTIONS: Final = {
    "orgs": Sort.ORG,
    "places": Sort.PLACE,
    "concepts": Sort.NOUN,
    "traits": Sort.TRAIT,
    "ordinals": Sort.ORDINAL,
    "measures": Sort.MEASURE,
}


def _concepts(document: Mapping[str, dict[str, list[str]]]) -> Iterator[Concept]:
    for section, sort in _SECTIONS.items():
        for key, texts in document.get(section, {}).items():
            yield _concept(key, sort, texts)
    yield from _numbered(document.get("numbered", ()))
    towns: Mapping[str, Mapping[str, list[str]]] = document.get("towns", {})  # type: ignore[assignment]
    for listed in towns.values():
        for key, names in listed.items():
            yield _concept(key, Sort.PLACE, names)


_NUMERALS: Final = (
    ("one", "two", "three", "four", "five", "six", "seven", "eight"),
    ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"),
)
"""What # stands for besides 1 to 20, in Latin and in Chinese text."""


def _numbered(texts: Iterable[str]) -> Iterator[Concept]:
    """The first to the twentieth of what bears a number: unit 3, 12号线."""
    for number in range(1, 21):
        words = [
            text.replace("#", said)
            for text in texts
            for said in (str(number), *_NUMERALS[not text.isascii()][number - 1 : number])
        ]
        yield _concept(str(number), Sort.ORDINAL, words)


def _concept(key: str, sort: Sort, texts: Iterable[str]) -> Concept:
    return Concept(key, sort, tuple(dict.fromkeys(map(fold, _all_spelled(texts)))))


def _all_spelled(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for text in texts for word in _spelled(text))


def _within(document: Mapping[str, Mapping[str, Iterable[str]]]) -> Iterator[tuple[str, str]]:
    """Each place with the larger one in which it lies."""
    for section in ("within", "towns"):
        for land, keys in document.get(section, {}).items():
            yield from ((key, land) for key in keys)
